package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// SAP SuccessFactors, its career site builder (formerly jobs2web).
//
// Rendered lists are tr.data-row with a.jobTitle-link (twice, for wide and narrow screens)
// or li.job-tile; span.jobDate is the posting date. Pages are ?startrow=0,25,…  Newer sites
// POST /services/recruiting/v1/jobs with {"pageNumber"} and get {"jobSearchResult":[
// {"response":{…}}],"totalJobs"}, unifiedStandardStart being the posting's start.
// Feeds are <Job-Listing><Job>… with Posted-Date.
var successFactors = System{
	Name: "successfactors",
	HTML: []listing{{
		Marks: []string{"jobTitle-link"},
		Row:   css("tr.data-row", "li.job-tile", ".searchResultsShell tr", ".job-row"), Title: css("a.jobTitle-link"), Link: css("a.jobTitle-link"),
		Place: css("span.jobLocation", ".section-field.location div:last-child", ".section-field.location span:last-child", ".jobLocation"), Date: css("span.jobDate", ".section-field.date div:last-child"),
	}},
	JSON: []board{{
		Items: []string{"jobSearchResult"}, Answer: []string{"jobSearchResult"}, Shape: []string{"response.unifiedStandardTitle|response.unifiedUrlTitle"},
		Title: []string{"response.unifiedStandardTitle", "response.unifiedUrlTitle"}, ID: []string{"response.id"}, Place: []string{"response.jobLocationShort", "response.jobLocation"},
		Published: []string{"response.unifiedStandardStart"}, Total: []string{"totalJobs"},
		Address: func(d *page.Document, r any) string {
			o, id := origin(d), value.Text(r, "response.id")
			if o == "" || id == "" {
				return ""
			}
			return o + "/job/" + value.First(r, "response.unifiedUrlTitle", "response.urlTitle") + "/" + id
		},
		Next: postPage("pageNumber", 0, 10, `{"locale":"en_US","pageNumber":{n},"sortBy":"","keywords":"","location":""}`),
	}},
	XML: &feed{
		Marks: []string{"<Job-Listing"}, Root: []string{"Job-Listing"}, Item: []string{"Job"},
		Title: []string{"JobTitle"}, ID: []string{"ReqId", "JobReqId"}, Place: []string{"Location", "mfield1", "filter1"}, Link: []string{"URL", "Link"}, Published: []string{"Posted-Date"},
	},
}
