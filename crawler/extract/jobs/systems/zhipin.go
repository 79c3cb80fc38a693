package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// BOSS直聘 (www.zhipin.com).
//
// GET /wapi/zpgeek/search/joblist.json gives {"code":0,"zpData":{"resCount","hasMore",
// "jobList":[…]}} to visitors with a valid token; to all others {"code":37,"message":"您的访
// 问行为异常"} (blocked) or a page that computes the token (script shell). resCount stops at a
// cap. There is no date of opening in it. Rendered lists are .job-primary (old, with
// "发布于…" in .info-publis), li.job-card-wrapper and .job-card-box.
var zhipin = System{
	Name: "zhipin",
	JSON: []board{{
		Hosts: []string{"zhipin.com"}, Path: "joblist", Items: []string{"zpData.jobList", "zpData.list"}, Answer: []string{"zpData"}, Shape: []string{"jobName", "encryptJobId|encryptId"},
		Title: []string{"jobName"}, ID: []string{"encryptJobId", "encryptId"}, Place: []string{"cityName", "locationName"}, Total: []string{"zpData.totalCount"},
		Address: func(_ *page.Document, r any) string {
			if id := value.Text(r, "encryptJobId"); id != "" {
				return "https://www.zhipin.com/job_detail/" + id + ".html"
			}
			return ""
		},
	}},
	HTML: []listing{{
		Hosts: []string{"zhipin.com"}, Marks: []string{"job-primary", "job-card-wrapper", "job-card-box"},
		Row: css("li .job-primary", ".job-list .job-primary", "li.job-card-wrapper", "li.job-card-box", ".job-card-box"), Title: css(".job-name a", ".job-name", ".job-title", "h3.name a"), Place: css(".job-area", ".company-location", ".info-primary > p"), Date: css(".info-publis p", ".job-time .time", ".job-pub-time"), OwnTitle: true,
	}},
}
