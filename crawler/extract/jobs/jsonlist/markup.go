package jsonlist

import (
	"strings"

	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// markupKeys are where answers for a page's own script carry a rendered list.
var markupKeys = set("html", "content", "data", "result", "results", "markup", "template", "body", "list", "items", "jobs", "view", "rendered", "output", "listhtml", "htmlcontent", "fragment", "listings", "jobshtml", "resultshtml")

// rendered reads the jobs of an answer that carries them as markup: {"found_jobs": true,
// "html": "<li class=…"} of WordPress' job plugins, and the content of its pages.
func rendered(v any, d *page.Document) (page.Result, bool) {
	markup := markupIn(v, 0)
	if markup == "" {
		return page.Result{}, false
	}
	res := page.Result{Form: page.FormAPI, Extractor: "json-markup", Charset: d.Charset}
	if value.False(v, "found_jobs") {
		res.Outcome, res.Why = signals.OutcomeEmpty, "the answer says that it found no jobs"
		return res, true
	}
	inner := page.Open(page.Page{URL: d.URL, ContentType: "text/html; charset=utf-8", Body: []byte(markup), At: d.At})
	found := induce.Read(inner)
	if len(found.Postings) == 0 || found.Detail {
		return page.Result{}, false
	}
	res.Outcome, res.Why, res.Postings, res.Total = signals.OutcomeOK, "markup inside the answer: "+found.Why, found.Postings, found.Total
	if found.Next != "" {
		res.Next = &page.Request{URL: found.Next}
	}
	return res, true
}

// markupIn is the longest markup under the keys that carry it, at most two levels down.
func markupIn(v any, depth int) string {
	switch v := v.(type) {
	case string:
		if len(v) >= 60 && strings.Contains(v, "</") && (strings.Contains(v, "<a ") || strings.Contains(v, "<li") || strings.Contains(v, "<tr") || strings.Contains(v, "<div")) {
			return v
		}
	case map[string]any:
		best := ""
		for k, inner := range v {
			if depth > 2 || !markupKeys[plain(k)] {
				continue
			}
			if m := markupIn(inner, depth+1); len(m) > len(best) {
				best = m
			}
		}
		return best
	}
	return ""
}
