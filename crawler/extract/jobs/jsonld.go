package jobs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// maxNested is how deep JSON-LD is looked into.
const maxNested = 12

// readJSONLD reads schema.org JobPosting in JSON-LD (https://schema.org/JobPosting), however
// it is wrapped, and however broken.
func readJSONLD(d *page.Document) found {
	f := found{extractor: byJSONLD}
	if !bytes.Contains(d.Text, []byte("JobPosting")) {
		return f
	}
	var raw []map[string]any
	for _, s := range dom.All(d.HTML(), isJSONLD) {
		collect(looseJSON(scriptText(s)), &raw, 0)
	}
	var open []signals.Posting
	for _, m := range raw {
		p, ok := postingOfLD(m, d)
		if !ok {
			continue
		}
		if expired(m, d.At) {
			f.closed++
			f.postings = append(f.postings, p)
			continue
		}
		open = append(open, p)
	}
	// A page that lists several jobs, all past, was captured at another time than we were told.
	if len(open) > 0 || f.closed == 1 {
		f.postings = open
	}
	f.postings = induce.Distinct(f.postings)
	f.detail = len(f.postings) == 1 && len(raw) == 1
	f.why = fmt.Sprintf("%d JobPosting in JSON-LD", len(raw))
	return f
}

func isJSONLD(n *nethtml.Node) bool {
	return n.DataAtom == atom.Script && strings.Contains(strings.ToLower(dom.Attr(n, "type")), "ld+json")
}

func scriptText(n *nethtml.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// collect gathers every JobPosting of a value: in arrays, @graph, ItemList, mainEntity.
func collect(v any, into *[]map[string]any, depth int) {
	if depth > maxNested {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			collect(x, into, depth+1)
		}
	case map[string]any:
		if isType(v, "JobPosting") {
			*into = append(*into, v)
			return
		}
		for _, key := range []string{"@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage", "jobPosting", "hasPart", "about", "@list"} {
			if x, ok := v[key]; ok {
				collect(x, into, depth+1)
			}
		}
	}
}

func isType(v map[string]any, want string) bool {
	for _, t := range texts(v["@type"]) {
		if t == want || strings.HasSuffix(t, "/"+want) || strings.HasSuffix(t, ":"+want) {
			return true
		}
	}
	return false
}

// texts are the strings of a value that may be one or several.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case json.Number:
		return []string{v.String()}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, texts(x)...)
		}
		return out
	}
	return nil
}

func text(v any) string {
	if all := texts(v); len(all) > 0 {
		return dom.Clean(html.UnescapeString(all[0]))
	}
	return ""
}

func postingOfLD(m map[string]any, d *page.Document) (signals.Posting, bool) {
	p := signals.Posting{Title: induce.CleanTitle(text(m["title"]))}
	if p.Title == "" {
		p.Title = induce.CleanTitle(text(m["name"]))
	}
	if p.Title == "" {
		return p, false
	}
	if u := text(m["url"]); u != "" {
		p.URL = d.Resolve(u)
	} else if u := text(m["@id"]); strings.HasPrefix(u, "http") {
		p.URL = u
	}
	p.Place = placeOfLD(m)
	if found, ok := dates.Parse(text(m["datePosted"]), d.At); ok {
		p.Posted, p.Basis = &found.Date, signals.DatePublished
	}
	if n := induce.Count(text(m["totalJobOpenings"])); n > 0 {
		p.Headcount = n
	}
	return p, true
}

func placeOfLD(m map[string]any) string {
	var out []string
	for _, l := range list(m["jobLocation"]) {
		if s := addressOf(l); s != "" && len(out) < 5 {
			out = append(out, s)
		}
	}
	if len(out) == 0 && text(m["jobLocationType"]) == "TELECOMMUTE" {
		return "Remote"
	}
	return strings.Join(out, "; ")
}

func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

func addressOf(v any) string {
	switch v := v.(type) {
	case string:
		return text(v)
	case map[string]any:
		if a, ok := v["address"]; ok {
			if s := addressOf(a); s != "" {
				return s
			}
		}
		var parts []string
		for _, key := range []string{"addressLocality", "addressRegion", "addressCountry"} {
			part := v[key]
			if c, ok := part.(map[string]any); ok {
				part = c["name"]
			}
			if s := text(part); s != "" && (len(parts) == 0 || parts[len(parts)-1] != s) {
				parts = append(parts, s)
			}
		}
		if len(parts) == 0 {
			return text(v["name"])
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// expired tells a posting that says itself that it was open only until before at.
func expired(m map[string]any, at time.Time) bool {
	if at.IsZero() {
		return false
	}
	until, ok := dates.Parse(text(m["validThrough"]), at)
	return ok && until.Date.Before(signals.DateOf(at.In(signals.Shanghai)))
}
