package systems

import "dealvitals/signals"

// Liepin 猎聘 (www.liepin.com, api-c.liepin.com).
//
// POST https://api-c.liepin.com/api/com.liepin.searchfront4c.pc-search-job gives {"flag":1,
// "data":{"data":{"jobCardList":[{"job":{…},"comp","recruiter"}]},"pagination":{"totalCounts",
// "totalPage"}}}; totals stop at a cap. refreshTime is a refresh: there is no opening date.
// Rendered lists are .sojob-item-main (old, with the refresh in <time>) and
// .job-card-pc-container.
var liepin = System{
	Name: "liepin",
	JSON: []board{{
		Hosts: []string{"liepin.com"}, Path: "job", Items: []string{"data.data.jobCardList", "data.jobCardList", "data.data.list", "data.list"}, Shape: []string{"job.title", "job.jobId|job.link"},
		Title: []string{"job.title"}, ID: []string{"job.jobId"}, Place: []string{"job.dq"}, Link: []string{"job.link"}, Updated: []string{"job.refreshTime"}, Total: []string{"data.pagination.totalCounts", "data.data.pagination.totalCounts"},
	}},
	HTML: []listing{{
		Hosts: []string{"liepin.com"}, Marks: []string{"sojob-item-main"},
		Row: css(".sojob-item-main"), Title: css(".job-info h3 a", ".job-info .job-name a", ".job-info a"), Place: css(".area"), Date: css("time"), Basis: signals.DateUpdated,
	}, {
		Hosts: []string{"liepin.com"}, Marks: []string{"job-card-pc-container"},
		Row: css(".job-card-pc-container"), Title: css(".job-title-box > div:first-child", ".job-title-box .ellipsis-1"), Place: css(".job-dq-box .ellipsis-1"), Link: css("a[data-nick=job-detail-job-info]", "a[href*='/job/']", "a[href*='/a/']"),
	}},
}
