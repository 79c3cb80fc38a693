// Package jobs reads the postings of hiring pages. Several readers look at a page; which of
// them is believed is decided in one place, choose.
package jobs

import (
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Names of the extractors of this package, as results and settings know them.
const (
	byCSS       = "css"
	byPaths     = "json-paths"
	byJSONLD    = "json-ld"
	byMicrodata = "microdata"
	byState     = "embedded-state"
	byList      = "list"
	byDetail    = "detail"
	byFeed      = "feed"
	bySitemap   = "sitemap"
	byCSV       = "csv"
)

// Read finds the postings of a page, or says why it has none.
func Read(d *page.Document, reading signals.Reading) page.Result {
	r := read(d, reading)
	r.Charset = d.Charset
	return r
}

func read(d *page.Document, reading signals.Reading) page.Result {
	if d.Status() >= 400 {
		if o, why, told := outcome.Of(d); told {
			return page.Result{Outcome: o, Why: why}
		}
	}
	switch {
	case reading.CSS != nil:
		return readCSS(d, *reading.CSS)
	case reading.JSON != nil:
		return readPaths(d, *reading.JSON)
	}
	if r, ok := readSystem(d, reading.Extractor); ok {
		return r
	}
	switch d.Format {
	case page.FormatJSON:
		return readJSON(d, reading.Extractor)
	case page.FormatXML:
		return readXML(d)
	case page.FormatCSV:
		return readCSV(d)
	case page.FormatHTML:
		return readHTML(d, reading.Extractor)
	}
	return nothing(d, false)
}

// readJSON reads an answer: a list of records, or the HTML that it carries for the page to
// put in.
func readJSON(d *page.Document, only string) page.Result {
	r, ok := jsonlist.Read(d)
	if ok && r.Outcome.Measurement() && len(r.Postings) > 0 {
		return r
	}
	if inner := longestHTML(d.JSON(), 0); inner != "" {
		inside := page.Open(page.Page{URL: d.URL, ContentType: "text/html; charset=utf-8", StatusCode: d.StatusCode, Body: []byte("<html><body>" + inner + "</body></html>"), At: d.At})
		if h := readHTML(inside, only); h.Outcome.Measurement() {
			h.Form, h.Why = page.FormAPI, "the HTML that the answer carries: "+h.Why
			return h
		}
	}
	if ok {
		return r
	}
	return nothing(d, false)
}

// longestHTML is the longest string of a JSON value that is HTML, "" where there is none.
func longestHTML(v any, depth int) string {
	best := ""
	keep := func(s string) {
		if len(s) > len(best) {
			best = s
		}
	}
	switch v := v.(type) {
	case string:
		t := strings.TrimSpace(v)
		if strings.HasPrefix(t, "<") && strings.HasSuffix(t, ">") && strings.Contains(t, "</") {
			return t
		}
	case map[string]any:
		for _, x := range v {
			if depth < 4 {
				keep(longestHTML(x, depth+1))
			}
		}
	case []any:
		for _, x := range v[:min(len(v), 50)] {
			if depth < 4 {
				keep(longestHTML(x, depth+1))
			}
		}
	}
	return best
}

// readSystem reads what one of the known systems wrote. A page that only embeds one is left
// to the other readers first: it may list its jobs itself.
func readSystem(d *page.Document, only string) (page.Result, bool) {
	switch only {
	case byJSONLD, byMicrodata, byState, byList, byDetail, byFeed, bySitemap, byCSV:
		return page.Result{}, false
	}
	r, ok := systems.Read(d)
	if !ok || r.Outcome == signals.OutcomeScriptShell && d.Format == page.FormatHTML {
		return page.Result{}, false
	}
	return r, true
}

// nothing is the result of a page without postings: what it says itself of why, else that
// no list was recognised.
func nothing(d *page.Document, aboutJobs bool) page.Result {
	if o, why, told := outcome.Of(d); told {
		return page.Result{Outcome: o, Why: why}
	}
	if why, told := outcome.NoJobs(d, aboutJobs); told {
		return page.Result{Outcome: signals.OutcomeEmpty, Why: why, Form: page.FormList, Extractor: byList}
	}
	if why, told := outcome.Unfilled(d, aboutJobs); told {
		return page.Result{Outcome: signals.OutcomeScriptShell, Why: why}
	}
	return page.Result{Outcome: signals.OutcomeNotRelevant, Why: "no list of jobs was recognised"}
}

// AnswersWhole tells whether the reader that an extractor names reads a list that is whole by
// what it is: a system's own answer, a table in a file, the map of a site.
func AnswersWhole(extractor string) bool {
	return extractor == byCSV || extractor == bySitemap || systems.AnswersWhole(extractor)
}
