package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Amazon (www.amazon.jobs).
//
// GET /en/search.json?offset=0&result_limit=10 gives {"error":null,"hits","jobs":[…]}; hits
// stops at 10 000. posted_date ("November 24, 2026") is the publication, updated_time is an
// age in words.
var amazon = System{
	Name: "amazon",
	JSON: []board{{
		Hosts: []string{"amazon.jobs"}, Items: []string{"jobs"}, Answer: []string{"jobs", "hits"}, Shape: []string{"title", "job_path|id_icims"},
		Title: []string{"title"}, ID: []string{"id_icims", "id"}, Place: []string{"normalized_location", "location"}, Published: []string{"posted_date"}, Total: []string{"hits"},
		Address: func(_ *page.Document, r any) string {
			if path := value.Text(r, "job_path"); path != "" {
				return "https://www.amazon.jobs" + path
			}
			return ""
		},
	}},
}
