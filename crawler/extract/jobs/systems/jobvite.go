package systems

import "dealvitals/crawler/extract/pattern"

// Jobvite (jobs.jobvite.com/{company}/jobs).
//
// Rendered lists are table.jv-job-list, one for each category, or rows of a list; there are
// no dates. Pages are ?p=0,1,… where a category is too long.
var jobvite = System{
	Name: "jobvite",
	HTML: []listing{{
		Hosts: []string{"jobvite.com"}, Marks: []string{"jv-job-list", "jv-page"},
		Row: css("table tr", ".jv-job-list > li", "a.jv-job-list-row", ".jv-job-list .row"), Title: css(".jv-job-list-name a", ".jv-job-list-name", "td a[href*='/job/']"), Place: css(".jv-job-list-location"),
	}},
	Link: []linkShape{
		{Mark: "jobvite.com/", Pattern: pattern.New(`jobs\.jobvite\.com/(?:careers/)?([\w-]+)`), URL: "https://jobs.jobvite.com/$1/jobs"},
	},
}
