package systems

import "dealvitals/crawler/extract/pattern"

// Rippling (ats.rippling.com/{board}/jobs).
//
// GET https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs gives an array of
// {"uuid","name","department","url","workLocation"}, one row for each place of a job (same
// uuid); v2 gives {"items":[…],"totalItems","totalPages"}. No dates.
var rippling = System{
	Name: "rippling",
	JSON: []board{{
		Hosts: []string{"rippling.com"}, Items: []string{"", "items"}, Shape: []string{"name", "uuid|id", "workLocation|department", "url"},
		Title: []string{"name"}, ID: []string{"uuid", "id"}, Place: []string{"workLocation.label", "workLocation", "locations"}, Link: []string{"url"}, Total: []string{"totalItems"},
	}},
	Link: []linkShape{
		{Mark: "ats.rippling.com/", Pattern: pattern.New(`ats\.rippling\.com/(?:[a-z]{2}-[A-Z]{2}/)?([\w-]+)/jobs`), URL: "https://api.rippling.com/platform/api/ats/v1/board/$1/jobs"},
	},
}
