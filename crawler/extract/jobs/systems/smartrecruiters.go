package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// SmartRecruiters (careers.smartrecruiters.com, jobs.smartrecruiters.com).
//
// GET https://api.smartrecruiters.com/v1/companies/{company}/postings?limit=100&offset=0
// gives {"offset","limit","totalFound","content":[…]}. releasedDate is the publication of
// the posting. The rendered page groups its jobs by place and shows no date.
var smartRecruiters = System{
	Name: "smartrecruiters",
	JSON: []board{{
		Hosts: []string{"smartrecruiters.com"}, Items: []string{"content"}, Answer: []string{"content", "totalFound"}, Shape: []string{"name|title", "location", "releasedDate|refNumber|company"},
		Title: []string{"name", "title"}, ID: []string{"id", "uuid"}, Place: []string{"location.fullLocation", "location"},
		Published: []string{"releasedDate"}, Updated: []string{"updatedOn"}, Total: []string{"totalFound"},
		Address: func(_ *page.Document, r any) string {
			company, id := value.Text(r, "company.identifier"), value.Text(r, "id")
			if company == "" || id == "" {
				return ""
			}
			return "https://jobs.smartrecruiters.com/" + company + "/" + id
		},
	}},
	HTML: []listing{{
		Hosts: []string{"smartrecruiters.com"}, Marks: []string{"opening-job", "js-openings"},
		Row: css("li.opening-job", ".js-openings-list li"), Title: css("h4", ".job-title"), Place: css(".job-location"),
		Group: css(".openings-section"), Heading: css(".opening-title"),
	}},
	Link: []linkShape{
		{Mark: "smartrecruiters.com/", Pattern: pattern.New(`api\.smartrecruiters\.com/v1/companies/([\w-]+)`), URL: "https://api.smartrecruiters.com/v1/companies/$1/postings?limit=100&offset=0"},
		{Mark: "smartrecruiters.com/", Pattern: pattern.New(`(?:careers|jobs)\.smartrecruiters\.com/([\w-]+)`), URL: "https://api.smartrecruiters.com/v1/companies/$1/postings?limit=100&offset=0"},
	},
}
