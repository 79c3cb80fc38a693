package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// Ashby (jobs.ashbyhq.com).
//
// GET https://api.ashbyhq.com/posting-api/job-board/{org} gives {"apiVersion","jobs":[…]}
// on one page; publishedAt is the opening, isListed false means reachable by link only. The
// page's own query (non-user-graphql) and the state of its script (window.__appData) hold
// {"jobBoard":{"teams","jobPostings":[…]}} with publishedDate and updatedAt. An unknown
// organisation has "organization": null there, and 404 from the posting API.
var ashby = System{
	Name: "ashby",
	JSON: []board{{
		Hosts: []string{"ashbyhq.com"}, Items: []string{"jobs"}, Answer: []string{"jobs", "apiVersion"}, Shape: []string{"title", "jobUrl|isListed"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location", "address.postalAddress"}, Link: []string{"jobUrl", "applyUrl"},
		Published: []string{"publishedAt"}, Updated: []string{"updatedAt"},
		Closed: func(r any) bool { return value.False(r, "isListed") },
	}, ashbyPostings},
	Page: readAshbyState,
	HTML: []listing{{ // rendered, where a browser kept no state
		Hosts: []string{"ashbyhq.com"}, Marks: []string{"ashby-job-posting-brief-title"},
		Row: css("a:has(.ashby-job-posting-brief-title)"), Title: css(".ashby-job-posting-brief-title"),
	}},
	Link: []linkShape{
		{Mark: "ashbyhq.com/", Pattern: pattern.New(`jobs\.ashbyhq\.com/([\w.%-]+)/embed`), URL: "https://api.ashbyhq.com/posting-api/job-board/$1", Certain: true},
		{Mark: "ashbyhq.com/", Pattern: pattern.New(`(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/([\w.%-]+)`), URL: "https://api.ashbyhq.com/posting-api/job-board/$1"},
	},
}

var ashbyPostings = board{
	Hosts: []string{"ashbyhq.com"}, Items: []string{"data.jobBoard.jobPostings", "data.jobBoardWithTeams.jobPostings", "jobBoard.jobPostings"}, Shape: []string{"title", "locationName|locationId", "employmentType|teamId|secondaryLocations"},
	Title: []string{"title"}, ID: []string{"id"}, Place: []string{"locationName", "locationAddress"},
	Published: []string{"publishedDate", "publishedAt"}, Updated: []string{"updatedAt"},
	Closed: func(r any) bool { return value.False(r, "isListed") },
	Address: func(d *page.Document, r any) string {
		org, id := segment(d, 0), value.Text(r, "id")
		if o := origin(d); o == "https://jobs.ashbyhq.com" && org != "" && id != "" {
			return o + "/" + org + "/" + id
		}
		return ""
	},
}

func readAshbyState(d *page.Document) (page.Result, bool) {
	if d.Format != page.FormatHTML || !hasMark(d, []string{"__appData"}) {
		return page.Result{}, false
	}
	state := assigned(d.Text, "window.__appData")
	if state == nil {
		return page.Result{}, false
	}
	r, ok := ashbyPostings.readValue("ashby", state, d)
	if !ok && value.Has(state, "jobBoard") && value.Object(state, "organization") != nil && len(value.List(state, "jobBoard.jobPostings")) == 0 && value.At(state, "jobBoard.jobPostings") != nil {
		return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: "ashby-html", Why: "the board of Ashby lists no job"}, true
	}
	r.Form, r.Extractor = page.FormList, "ashby-html"
	return r, ok
}
