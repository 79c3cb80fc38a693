package systems

import (
	"dealvitals/crawler/extract/page"
)

// 51job 前程无忧 (we.51job.com, search.51job.com, jobs.51job.com).
//
// GET https://we.51job.com/api/job/search-pc answers {"status":"1","resultbody":{"job":{
// "totalCount","items":[…]}}}: issueDateString is what the page shows as the publication,
// updateDateTime a refresh; the older window.__SEARCH_RESULT__ = {"engine_jds":[…],
// "total_page"} has issuedate and updatedate. The oldest pages (GBK) render #resultList .el
// with the publication in .t5; pages of a company render #joblistdata. Strangers mostly meet
// a slider.
var job51 = System{
	Name: "51job",
	JSON: []board{job51Items},
	HTML: []listing{{
		Hosts: []string{"51job.com"}, Marks: []string{"resultList"},
		Row: css("#resultList > .el:not(.title)"), Title: css(".t1 a[title]", ".t1 a"), Place: css(".t3"), Date: css(".t5"),
	}, {
		Hosts: []string{"51job.com"}, Marks: []string{"joblistdata"},
		Row: css("#joblistdata .el", "#joblistdata .j_joblist"), Title: css("a.zw-name", ".t1 a", "a"), Place: css(".t3", ".area"), Date: css(".t5", ".t6"),
	}},
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"__SEARCH_RESULT__"}) {
			return page.Result{}, false
		}
		r, ok := job51Old.readValue("51job", assigned(d.Text, "window.__SEARCH_RESULT__"), d)
		r.Form, r.Extractor = page.FormList, "51job-html"
		return r, ok
	},
}

var job51Items = board{
	Hosts: []string{"we.51job.com"}, Items: []string{"resultbody.job.items", "resultbody.items"}, Answer: []string{"resultbody"}, Shape: []string{"jobName", "jobId"},
	Title: []string{"jobName"}, ID: []string{"jobId"}, Place: []string{"jobAreaString"}, Link: []string{"jobHref"}, Published: []string{"issueDateString", "confirmDateString"}, Updated: []string{"updateDateTime"}, Total: []string{"resultbody.job.totalCount", "resultbody.job.totalcount"},
}

var job51Old = board{
	Items: []string{"engine_jds", "engine_search_result"}, Shape: []string{"job_name", "jobid"},
	Title: []string{"job_name", "job_title"}, ID: []string{"jobid"}, Place: []string{"workarea_text"}, Link: []string{"job_href"}, Published: []string{"issuedate"}, Updated: []string{"updatedate"}, Total: []string{"jobid_count"},
}
