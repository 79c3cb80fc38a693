package jobs

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// part is a compiled selector, with the attribute to read instead of the text.
type part struct {
	selector  cascadia.Sel
	attribute string
}

// compile reads "div.title a@href". An empty selector, or only "@href", is the record itself.
func compile(rule string) (part, error) {
	selector, attribute := strings.TrimSpace(rule), ""
	if i := strings.LastIndexByte(selector, '@'); i >= 0 && !strings.ContainsAny(selector[i:], "]\"'") {
		selector, attribute = strings.TrimSpace(selector[:i]), strings.TrimSpace(selector[i+1:])
	}
	if selector == "" {
		return part{attribute: attribute}, nil
	}
	s, err := cascadia.Parse(selector)
	if err != nil {
		return part{}, fmt.Errorf("the selector %q cannot be read: %w", selector, err)
	}
	return part{s, attribute}, nil
}

func (p part) find(n *html.Node) *html.Node {
	if p.selector == nil {
		return n
	}
	return cascadia.Query(n, p.selector)
}

func (p part) value(n *html.Node) string {
	found := p.find(n)
	if found == nil {
		return ""
	}
	if p.attribute != "" {
		return dom.Clean(dom.Attr(found, p.attribute))
	}
	return dom.Text(found)
}

// readCSS reads a page by an administrator's selectors. A selector that selects nothing is
// no statement that there are no jobs: only Empty is.
func readCSS(d *page.Document, rules signals.CSSRules) page.Result {
	bad := func(err error) page.Result {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: byCSS, Why: "configured reading: " + err.Error()}
	}
	root := d.HTML()
	if root == nil {
		return bad(fmt.Errorf("the page is %s, no HTML", d.Format))
	}
	item, err := compile(rules.Item)
	if err != nil {
		return bad(err)
	}
	if item.selector == nil {
		return bad(fmt.Errorf("no selector for the records"))
	}
	fields, err := compileFields(rules.Fields)
	if err != nil {
		return bad(err)
	}
	next, err := compile(rules.Next)
	if err != nil {
		return bad(err)
	}
	var all []signals.Posting
	for _, n := range cascadia.QueryAll(root, item.selector) {
		if p, ok := cssPosting(d, n, fields); ok {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return cssEmpty(d, rules)
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: byCSS, Postings: withIDs(all), Why: fmt.Sprintf("configured reading: %q selects %d records", rules.Item, len(all))}
	if rules.Next != "" {
		r.Next = cssNext(d, next)
	}
	return r
}

func compileFields(rules map[string]string) (map[string]part, error) {
	out := make(map[string]part, len(rules))
	for field, rule := range rules {
		if !knownField(field) {
			return nil, fmt.Errorf("unknown field %q: id, title, location, posted, updated, url and headcount are known", field)
		}
		p, err := compile(rule)
		if err != nil {
			return nil, err
		}
		out[field] = p
	}
	if _, ok := out["title"]; !ok {
		return nil, fmt.Errorf("no selector for title")
	}
	return out, nil
}

func knownField(name string) bool {
	switch name {
	case "id", "title", "location", "posted", "updated", "url", "headcount":
		return true
	}
	return false
}

func cssPosting(d *page.Document, n *html.Node, fields map[string]part) (signals.Posting, bool) {
	values := make(map[string]string, len(fields))
	for field, p := range fields {
		values[field] = p.value(n)
	}
	return configured(d, values)
}

// configured makes a posting of the values that configured rules gave.
func configured(d *page.Document, values map[string]string) (signals.Posting, bool) {
	p := signals.Posting{ID: values["id"], Title: induce.CleanTitle(values["title"]), Place: values["location"]}
	if p.Title == "" {
		return p, false
	}
	if u := values["url"]; u != "" {
		p.URL = d.Resolve(u)
	}
	p.Headcount = induce.Count(values["headcount"])
	for _, f := range []string{"posted", "updated"} {
		found, ok := dates.Parse(values[f], d.At)
		if !ok || p.Posted != nil {
			continue
		}
		p.Posted, p.Basis = &found.Date, found.Basis
		if f == "updated" {
			p.Basis = signals.DateUpdated
		}
	}
	return p, true
}

// withIDs keeps the ids that the site gives, and makes those that it does not.
func withIDs(all []signals.Posting) []signals.Posting {
	for _, p := range all {
		if p.ID == "" {
			return induce.Distinct(all)
		}
	}
	seen := map[string]bool{}
	out := all[:0]
	for _, p := range all {
		if !seen[p.ID] {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	return out
}

// cssEmpty is the result where no record was selected: empty by the page's own word, or
// what else the page says.
func cssEmpty(d *page.Document, rules signals.CSSRules) page.Result {
	if rules.Empty != "" {
		p, err := compile(rules.Empty)
		if err != nil {
			return page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: byCSS, Why: "configured reading: " + err.Error()}
		}
		if p.selector != nil && p.find(d.HTML()) != nil {
			return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: byCSS, Why: fmt.Sprintf("configured reading: %q says that there are none", rules.Empty)}
		}
	}
	r := nothing(d, false)
	r.Extractor = byCSS
	r.Why = fmt.Sprintf("configured reading: %q selects nothing; %s", rules.Item, r.Why)
	return r
}

func cssNext(d *page.Document, next part) *page.Request {
	if next.attribute == "" {
		next.attribute = "href"
	}
	return nextRequest(d.Resolve(next.value(d.HTML())))
}
