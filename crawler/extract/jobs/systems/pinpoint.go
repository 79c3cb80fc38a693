package systems

import "dealvitals/crawler/extract/pattern"

// Pinpoint ({company}.pinpointhq.com).
//
// GET https://{company}.pinpointhq.com/postings.json gives {"data":[…]} on one page, without
// dates of opening: deadline_at is the end.
var pinpoint = System{
	Name: "pinpoint",
	JSON: []board{{
		Hosts: []string{"pinpointhq.com"}, Items: []string{"data"}, Answer: []string{"data"}, Shape: []string{"title", "url|path", "workplace_type|employment_type"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location.name", "location"}, Link: []string{"url", "path"},
	}},
	Link: []linkShape{
		{Mark: ".pinpointhq.com", Pattern: pattern.New(`https?://([\w-]+)\.pinpointhq\.com`), URL: "https://$1.pinpointhq.com/postings.json"},
	},
}
