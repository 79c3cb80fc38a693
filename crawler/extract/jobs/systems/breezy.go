package systems

import "dealvitals/crawler/extract/pattern"

// Breezy HR ({company}.breezy.hr).
//
// GET https://{company}.breezy.hr/json gives an array of all positions; published_date is
// the opening. Rendered pages list li.position and show no date.
var breezy = System{
	Name: "breezy",
	JSON: []board{{
		Hosts: []string{"breezy.hr"}, Items: []string{""}, Shape: []string{"name", "friendly_id", "department|location"},
		Title: []string{"name"}, ID: []string{"id", "friendly_id"}, Place: []string{"location.name", "location", "locations"}, Link: []string{"url"},
		Published: []string{"published_date", "creation_date"}, Updated: []string{"updated_date"},
	}},
	HTML: []listing{{
		Hosts: []string{"breezy.hr"}, Marks: []string{"breezy.hr", "breezyhr", "breezy-portal"},
		Row: css("li.position"), Title: css("h2", "h3", ".polygot"), Place: css("li.location span", ".location"),
	}},
	Link: []linkShape{
		{Mark: ".breezy.hr", Pattern: pattern.New(`https?://([\w-]+)\.breezy\.hr`), URL: "https://$1.breezy.hr/json"},
	},
}
