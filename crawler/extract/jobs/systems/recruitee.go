package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/pattern"
)

// Recruitee (*.recruitee.com, and companies' own domains).
//
// GET https://{company}.recruitee.com/api/offers/ gives {"offers":[…]} on one page.
// published_at ("2026-11-24 08:00:00 UTC") is the opening, created_at that of the draft.
var recruitee = System{
	Name: "recruitee",
	JSON: []board{{
		Hosts: []string{"recruitee.com"}, Items: []string{"offers"}, Answer: []string{"offers"}, Shape: []string{"title", "careers_url|careers_apply_url"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location", "locations", "city"}, Link: []string{"careers_url", "careers_apply_url"},
		Published: []string{"published_at", "created_at"}, Updated: []string{"updated_at"},
		Closed: func(r any) bool { s := value.Text(r, "status"); return s != "" && s != "published" },
	}},
	Link: []linkShape{
		{Mark: ".recruitee.com", Pattern: pattern.New(`https?://([\w-]+)\.recruitee\.com`), URL: "https://$1.recruitee.com/api/offers/"},
	},
}
