package systems

import "dealvitals/crawler/extract/pattern"

// Polymer (jobs.polymer.co/{company}).
//
// GET https://api.polymer.co/v1/hire/organizations/{company}/jobs gives {"items":[…],
// "meta"}; published_at is the opening.
var polymer = System{
	Name: "polymer",
	JSON: []board{{
		Hosts: []string{"polymer.co"}, Items: []string{"items"}, Answer: []string{"items", "meta"}, Shape: []string{"title", "job_post_url|display_location"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"display_location", "location"}, Link: []string{"job_post_url"}, Published: []string{"published_at"}, Total: []string{"meta.total", "meta.count"},
	}},
	Link: []linkShape{
		{Mark: "jobs.polymer.co/", Pattern: pattern.New(`jobs\.polymer\.co/([\w-]+)`), URL: "https://api.polymer.co/v1/hire/organizations/$1/jobs"},
	},
}
