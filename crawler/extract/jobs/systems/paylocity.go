package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Paylocity (recruiting.paylocity.com/recruiting/jobs/All/{id}).
//
// The page assigns window.pageData = {"Jobs":[…],"ModuleTitle"}; PublishedDate is the
// publication. Internal jobs stand among the others and are marked.
var paylocity = System{
	Name: "paylocity",
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"window.pageData"}) {
			return page.Result{}, false
		}
		r, ok := paylocityJobs.readValue("paylocity", assigned(d.Text, "window.pageData"), d)
		r.Form, r.Extractor = page.FormList, "paylocity-html"
		return r, ok
	},
}

var paylocityJobs = board{
	Hosts: []string{"paylocity.com"}, Items: []string{"Jobs"}, Answer: []string{"Jobs"}, Shape: []string{"JobTitle", "JobId"},
	Title: []string{"JobTitle"}, ID: []string{"JobId"}, Place: []string{"LocationName", "JobLocation.Name"}, Published: []string{"PublishedDate"},
	Closed: func(r any) bool { return value.True(r, "IsInternal") },
	Address: func(_ *page.Document, r any) string {
		return "https://recruiting.paylocity.com/Recruiting/Jobs/Details/" + value.Text(r, "JobId")
	},
}
