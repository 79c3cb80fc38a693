package systems

import "dealvitals/crawler/extract/pattern"

// Freshteam ({company}.freshteam.com/jobs).
//
// Rendered lists are .job-list items with a.job-title or .job-list-info; no dates.
var freshteam = System{
	Name: "freshteam",
	HTML: []listing{{
		Hosts: []string{"freshteam.com"}, Marks: []string{"freshteam"},
		Row: css("li.job-list-info", ".job-role-list li", ".open-list li"), Title: css(".job-title", ".job-list-title"), Place: css(".location-info", ".job-location"),
	}},
	Link: []linkShape{
		{Mark: ".freshteam.com", Pattern: pattern.New(`https?://([\w-]+)\.freshteam\.com/(?:jobs|embed)`), URL: "https://$1.freshteam.com/jobs"},
	},
}
