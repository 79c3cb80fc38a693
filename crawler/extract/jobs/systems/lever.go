package systems

import "dealvitals/crawler/extract/pattern"

// Lever (jobs.lever.co, jobs.eu.lever.co).
//
// GET https://api.lever.co/v0/postings/{site}?mode=json gives an array of all published
// postings (skip and limit page it; group=team gives [{"title","postings":[…]}]). createdAt
// is the creation in ms; there is no other date. An unknown site answers
// {"ok":false,"error":"Document not found"}. Rendered pages show no date.
var lever = System{
	Name: "lever",
	JSON: []board{{
		Hosts: []string{"lever.co"},
		Items: []string{"", "*.postings", "postings"},
		Shape: []string{"text", "categories", "hostedUrl|applyUrl"},
		Title: []string{"text"}, ID: []string{"id"}, Place: []string{"categories.location", "categories.allLocations", "country"}, Link: []string{"hostedUrl", "applyUrl"},
		Published: []string{"createdAt"},
	}},
	HTML: []listing{{
		Hosts: []string{"lever.co"}, Marks: []string{"posting-title", "posting-name"},
		Row: css("div.posting", "li.posting"), Title: css("[data-qa=posting-name]", "a.posting-title h5", "h5"), Place: css(".sort-by-location", ".location"), Link: css("a.posting-title"), ID: "data-qa-posting-id",
		None: css(".no-postings", ".postings-wrapper .empty-message"),
	}},
	Link: []linkShape{
		{Mark: "lever-jobs-container", Pattern: pattern.New(`leverJobsOptions\s*=\s*\{[^}]*accountName:\s*["']([\w-]+)["']`), URL: "https://api.lever.co/v0/postings/$1?mode=json", Certain: true},
		{Mark: "lever.co/", Pattern: pattern.New(`(?:jobs|api)\.lever\.co/(?:v0/postings/)?([\w-]+)`), URL: "https://api.lever.co/v0/postings/$1?mode=json"},
	},
}
