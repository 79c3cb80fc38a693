package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// JOIN (join.com/companies/{company}).
//
// The page holds its state in __NEXT_DATA__: initialState.jobs.{items,pagination}. createdAt
// is the creation, the only date. Pages are ?page=2.
var join = System{
	Name: "join",
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"join.com"}) || !hasMark(d, []string{"__NEXT_DATA__"}) {
			return page.Result{}, false
		}
		jobs := value.At(elementText(d, "__NEXT_DATA__"), "props.pageProps.initialState.jobs")
		if jobs == nil {
			return page.Result{}, false
		}
		r, ok := joinJobs.readValue("join", jobs, d)
		r.Form, r.Extractor = page.FormList, "join-html"
		return r, ok
	},
	Link: []linkShape{
		{Mark: "join.com/companies/", Pattern: pattern.New(`join\.com/companies/([\w-]+)`), URL: "https://join.com/companies/$1"},
	},
}

var joinJobs = board{
	Hosts: []string{"join.com"}, Items: []string{"items"}, Shape: []string{"title", "idParam"},
	Title: []string{"title"}, ID: []string{"id", "idParam"}, Place: []string{"city"}, Published: []string{"createdAt"}, Total: []string{"pagination.rowCount", "pagination.total"},
	Address: func(d *page.Document, r any) string {
		if id := value.Text(r, "idParam"); id != "" && segment(d, 0) == "companies" {
			return origin(d) + "/companies/" + segment(d, 1) + "/" + id
		}
		return ""
	},
	Next: func(d *page.Document, _ any, got, total int) *page.Request {
		n := positionOf(d, "page", 1)
		if got == 0 || n*got >= total {
			return nil
		}
		return withQuery(d, "page", n+1)
	},
}
