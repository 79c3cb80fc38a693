package systems

// Teamtailor ({company}.teamtailor.com, and companies' own domains).
//
// /jobs.json is a JSON feed ("items" with date_published), /jobs.rss the same as RSS; the
// API for partners speaks JSON:API, where created-at is the creation. Rendered pages list
// ul#jobs_list_container; department, place and kind stand in one line with "·" between.
var teamtailor = System{
	Name: "teamtailor",
	JSON: []board{{
		Hosts: []string{"teamtailor.com"}, Items: []string{"items"}, Answer: []string{"version|home_page_url"}, Shape: []string{"title", "url", "_jobposting"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"_jobposting.jobLocation"}, Link: []string{"url"}, Published: []string{"date_published"}, Updated: []string{"date_modified"},
	}, {
		Hosts: []string{"api.teamtailor.com"}, Items: []string{"data"}, Answer: []string{"data", "meta|links"}, Shape: []string{"attributes.title", "attributes.created-at|attributes.human-status", "links|relationships"},
		Title: []string{"attributes.title"}, ID: []string{"id"}, Link: []string{"links.careersite-job-url"}, Published: []string{"attributes.start-date", "attributes.created-at"}, Updated: []string{"attributes.updated-at"},
		Total: []string{"meta.record-count"},
	}},
	HTML: []listing{{
		Hosts: []string{"teamtailor.com"}, Marks: []string{"jobs_list_container"},
		Row: css("#jobs_list_container > li", "#jobs_list_container > a", "#jobs_list_container > div"), Title: css(".text-block-base-link", ".company-link-style", ".job-title", "a"), Place: css(".text-md > span:nth-of-type(3)"),
	}},
}
