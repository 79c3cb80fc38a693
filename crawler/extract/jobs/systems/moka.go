package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Moka 摩卡 (app.mokahr.com, hire-r1.mokahr.com, and companies' own domains).
//
// POST /api/outer/ats-apply/website/jobs/v2 answers {"data": cipher, "necromancer": key}:
// AES under a vector that stands in the page, so that it is opaque to us and never 0. Older
// endpoints (ats-jc-apply) answer {"jobs":[…],"jobStats":{"total"}} in the clear;
// publishedAt (openedAt) is the opening, updatedAt a change. The pages are script shells
// whose <input id="init-data"> holds the site's settings, sometimes with jobs.
var moka = System{
	Name: "moka",
	JSON: []board{mokaJobs},
	Page: readMoka,
}

var mokaJobs = board{
	Hosts: []string{"mokahr.com"}, Items: []string{"data.jobs", "jobs", "data.data.jobs"}, Shape: []string{"title", "locations|location", "commitment|publishedAt|openedAt|mjCode|orgId"},
	Title: []string{"title"}, ID: []string{"id"}, Place: []string{"locations", "location"}, Published: []string{"publishedAt", "openedAt", "createdAt"}, Updated: []string{"updatedAt"},
	Total:  []string{"data.jobStats.total", "jobStats.total", "data.total", "total"},
	Closed: func(r any) bool { return value.Text(r, "status") == "closed" },
}

func readMoka(d *page.Document) (page.Result, bool) {
	switch d.Format {
	case page.FormatJSON:
		v := d.JSON()
		if value.Text(v, "necromancer") != "" {
			return opaqueMoka("the answer of Moka is encrypted"), true
		}
	case page.FormatHTML:
		if !hasMark(d, []string{"mokahr.com", "moka-static", "static-ats.mokahr"}) || !hasMark(d, []string{`id="init-data"`}) {
			return page.Result{}, false
		}
		if r, ok := mokaJobs.readValue("moka", attributeValue(d, "init-data"), d); ok && r.Outcome == signals.OutcomeOK {
			r.Form, r.Extractor = page.FormList, "moka-html"
			return r, true
		}
		return opaqueMoka("the page of Moka is a script shell; its answers are encrypted"), true
	}
	return page.Result{}, false
}

func opaqueMoka(why string) page.Result {
	return page.Result{Outcome: signals.OutcomeScriptShell, Form: page.FormAPI, Extractor: "moka", Why: why}
}
