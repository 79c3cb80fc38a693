package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Jibe, the career sites of iCIMS (companies' own domains).
//
// GET /api/jobs?page=1&limit=100 gives {"jobs":[{"data":{…}}],"totalCount","count"}, with
// one row for each place of a requisition (same req_id). posted_date is the publication,
// create_date the record's creation, update_date a change.
var jibe = System{
	Name: "jibe",
	JSON: []board{{
		Items: []string{"jobs"}, Answer: []string{"jobs", "totalCount|count"}, Shape: []string{"data.title", "data.slug|data.req_id"},
		Title: []string{"data.title"}, ID: []string{"data.req_id", "data.slug"}, Place: []string{"data.full_location", "data.short_location", "data.location_name", "data.city"}, Link: []string{"data.meta_data.canonical_url", "data.canonical_url"},
		Published: []string{"data.posted_date", "data.create_date"}, Updated: []string{"data.update_date"}, Total: []string{"totalCount"},
		Address: func(d *page.Document, r any) string {
			if o, slug := origin(d), value.Text(r, "data.slug"); o != "" && slug != "" {
				return o + "/jobs/" + slug
			}
			return ""
		},
	}},
}
