package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// Greenhouse (boards.greenhouse.io, job-boards.greenhouse.io).
//
// GET https://boards-api.greenhouse.io/v1/boards/{board}/jobs gives all jobs on one page,
// {"jobs": […], "meta": {"total"}}; /departments and /offices give the same records by
// group. first_published is the day of opening; updated_at changes whenever the job is
// edited. An unknown board answers {"status":404,"error":"…"}.
// Rendered boards: div.opening (old), tr.job-post (new, 50 a page, ?page=2); the new ones
// also hold their records as state of the script, where published_at is the opening.
var greenhouse = System{
	Name: "greenhouse",
	JSON: []board{{
		Hosts: []string{"greenhouse.io"},
		Items: []string{"jobs", "departments.*.jobs", "offices.*.departments.*.jobs"},
		Shape: []string{"absolute_url", "title", "location", "internal_job_id|updated_at|first_published|requisition_id"},
		Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location"}, Link: []string{"absolute_url"},
		Published: []string{"first_published", "published_at"}, Updated: []string{"updated_at"}, Total: []string{"meta.total"},
	}},
	Page: readGreenhouseState,
	HTML: []listing{{
		Hosts: []string{"greenhouse.io"}, Marks: []string{`job-post"`},
		Row: css("tr.job-post"), Title: css("p.body--medium", "p.body:first-of-type"), Place: css("p.body--metadata", "p.body__secondary"), OwnTitle: true,
	}, {
		Hosts: []string{"greenhouse.io"}, Marks: []string{`class="opening`},
		Row: css("div.opening", "li.opening", "p.opening"), Title: css("a[data-mapped]", "a[href*='/jobs/']", "a[href*=gh_jid]"), Place: css(".location"),
	}},
	Link: []linkShape{
		{Mark: "greenhouse.io/embed/job_board", Pattern: pattern.New(`greenhouse\.io/embed/job_board(?:/js)?\?(?:[\w=%.-]+&(?:amp;)?)*for=([\w-]+)`), URL: "https://boards-api.greenhouse.io/v1/boards/$1/jobs", Certain: true},
		{Mark: "boards-api.greenhouse.io", Pattern: pattern.New(`boards-api\.greenhouse\.io/v1/boards/([\w-]+)`), URL: "https://boards-api.greenhouse.io/v1/boards/$1/jobs"},
		{Mark: "greenhouse.io/", Pattern: pattern.New(`(?:job-)?boards(?:\.eu)?\.greenhouse\.io/([\w-]+)`), URL: "https://boards-api.greenhouse.io/v1/boards/$1/jobs"},
	},
}

var greenhouseState = board{
	Hosts: []string{"greenhouse.io"}, Items: []string{"data"}, Shape: []string{"title", "absolute_url"},
	Title: []string{"title"}, ID: []string{"id"}, Place: []string{"location"}, Link: []string{"absolute_url"},
	Published: []string{"published_at", "first_published"}, Updated: []string{"updated_at"}, Total: []string{"total"},
}

// readGreenhouseState reads the records of a new board from the state of its script.
func readGreenhouseState(d *page.Document) (page.Result, bool) {
	if d.Format != page.FormatHTML || !hasMark(d, []string{"__remixContext"}) {
		return page.Result{}, false
	}
	posts := deep(assigned(d.Text, "__remixContext"), "jobPosts", 8)
	if posts == nil || value.List(posts, "data") == nil {
		return page.Result{}, false
	}
	r, ok := greenhouseState.readValue("greenhouse", posts, d)
	r.Form, r.Extractor, r.Total = page.FormList, "greenhouse-html", nil
	if n, found := value.Int(posts, "total_pages"); ok && found && n > 1 {
		r.Next = greenhousePage(d, n)
	}
	return r, ok
}

func greenhousePage(d *page.Document, pages int) *page.Request {
	n := positionOf(d, "page", 1)
	if n >= pages {
		return nil
	}
	return withQuery(d, "page", n+1)
}
