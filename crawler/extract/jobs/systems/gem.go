package systems

import "dealvitals/crawler/extract/pattern"

// Gem (jobs.gem.com/{board}).
//
// GET https://api.gem.com/job_board/v0/{board}/job_posts/ gives an array like Greenhouse's,
// first_published_at being the opening; the page's own query answers {"data":
// {"oatsExternalJobPostings":{"jobPostings":[…]}}} without dates.
var gem = System{
	Name: "gem",
	JSON: []board{{
		Hosts: []string{"api.gem.com"}, Items: []string{""}, Shape: []string{"title", "absolute_url", "first_published_at|created_at"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location", "offices"}, Link: []string{"absolute_url"}, Published: []string{"first_published_at", "created_at"}, Updated: []string{"updated_at"},
	}, {
		Hosts: []string{"jobs.gem.com"}, Items: []string{"data.oatsExternalJobPostings.jobPostings", "0.data.oatsExternalJobPostings.jobPostings", "1.data.oatsExternalJobPostings.jobPostings"}, Shape: []string{"title", "extId"},
		Title: []string{"title"}, ID: []string{"extId", "id"}, Place: []string{"locations"},
	}},
	Link: []linkShape{
		{Mark: "jobs.gem.com/", Pattern: pattern.New(`jobs\.gem\.com/([\w-]+)`), URL: "https://api.gem.com/job_board/v0/$1/job_posts/"},
	},
}
