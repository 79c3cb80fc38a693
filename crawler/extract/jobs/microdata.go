package jobs

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readMicrodata reads schema.org JobPosting as microdata (itemscope, itemprop) or RDFa
// (typeof, property).
func readMicrodata(d *page.Document) found {
	f := found{extractor: byMicrodata}
	if !bytes.Contains(d.Text, []byte("JobPosting")) {
		return f
	}
	items := dom.All(d.HTML(), isJobItem)
	for _, n := range items {
		if p, ok := postingOfItem(n, d); ok {
			f.postings = append(f.postings, p)
		}
	}
	f.postings = induce.Distinct(f.postings)
	f.detail = len(f.postings) == 1 && len(items) == 1
	f.why = fmt.Sprintf("%d JobPosting in microdata", len(items))
	return f
}

func isJobItem(n *html.Node) bool {
	return strings.Contains(dom.Attr(n, "itemtype"), "schema.org/JobPosting") || strings.HasSuffix(dom.Attr(n, "typeof"), "JobPosting")
}

func postingOfItem(n *html.Node, d *page.Document) (signals.Posting, bool) {
	p := signals.Posting{Title: induce.CleanTitle(property(n, "title"))}
	if p.Title == "" {
		p.Title = induce.CleanTitle(property(n, "name"))
	}
	if p.Title == "" {
		return p, false
	}
	if u := property(n, "url"); u != "" {
		p.URL = d.Resolve(u)
	}
	p.Place = property(n, "addressLocality")
	if p.Place == "" {
		p.Place = property(n, "jobLocation")
	}
	if found, ok := dates.Parse(property(n, "datePosted"), d.At); ok {
		p.Posted, p.Basis = &found.Date, signals.DatePublished
	}
	return p, true
}

// property is the value of the first element below n that bears the property, not looking
// into further postings.
func property(n *html.Node, name string) string {
	var value string
	dom.Walk(n, func(c *html.Node) bool {
		if value != "" || c != n && c.Type == html.ElementNode && isJobItem(c) {
			return false
		}
		if c.Type != html.ElementNode || !hasWord(dom.Attr(c, "itemprop"), name) && !hasWord(strings.ReplaceAll(dom.Attr(c, "property"), "schema:", ""), name) {
			return true
		}
		value = propertyValue(c, name)
		return value == ""
	})
	return value
}

func hasWord(s, word string) bool {
	for w := range strings.FieldsSeq(s) {
		if w == word {
			return true
		}
	}
	return false
}

func propertyValue(n *html.Node, name string) string {
	for _, key := range []string{"content", "datetime"} {
		if v := dom.Clean(dom.Attr(n, key)); v != "" {
			return v
		}
	}
	if name == "url" && (n.DataAtom == atom.A || n.DataAtom == atom.Link) {
		return strings.TrimSpace(dom.Attr(n, "href"))
	}
	return dom.Text(n)
}
