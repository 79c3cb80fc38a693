package systems

import "dealvitals/crawler/extract/pattern"

// Personio ({company}.jobs.personio.de, .com).
//
// GET https://{company}.jobs.personio.de/xml gives <workzag-jobs><position>…: name, office,
// department, createdAt, which is the creation and the only date. /search.json gives the
// same without a date. Rendered pages list a.job-box-link.
var personio = System{
	Name: "personio",
	XML: &feed{
		Marks: []string{"<workzag-jobs"}, Root: []string{"workzag-jobs"}, Item: []string{"position"},
		Title: []string{"name"}, ID: []string{"id"}, Place: []string{"office"}, Published: []string{"createdAt"},
	},
	JSON: []board{{
		Hosts: []string{"jobs.personio.de", "jobs.personio.com"}, Items: []string{"", "data"}, Shape: []string{"name", "office|offices", "recruitingCategory|recruiting_category|employment_type|employmentType|schedule"},
		Title: []string{"name"}, ID: []string{"id"}, Place: []string{"office", "offices"}, Published: []string{"createdAt", "created_at"},
	}},
	HTML: []listing{{
		Hosts: []string{"personio.de", "personio.com"}, Marks: []string{"job-box-link"},
		Row: css("a.job-box-link"), Title: css(".jb-title", "[class*=jobTitle]", "h3", "h4"), Place: css(".jb-description span:last-child"), ID: "data-job-position-id",
	}},
	Link: []linkShape{
		{Mark: ".jobs.personio.", Pattern: pattern.New(`https?://([\w-]+)\.jobs\.personio\.(de|com)`), URL: "https://$1.jobs.personio.$2/xml"},
	},
}
