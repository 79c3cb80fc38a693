package jobs

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/selector"
	"dealvitals/signals"
)

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
	item, err := selector.Parse(rules.Item)
	if err != nil {
		return bad(err)
	}
	if item.IsRecord() {
		return bad(fmt.Errorf("no selector for the records"))
	}
	fields, err := compileFields(rules.Fields)
	if err != nil {
		return bad(err)
	}
	next, err := selector.Parse(rules.Next)
	if err != nil {
		return bad(err)
	}
	var all []signals.Posting
	for _, n := range item.AllIn(root) {
		if p, ok := cssPosting(d, n, fields); ok {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return cssEmpty(d, rules)
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: byCSS, Postings: withIDs(all), Why: fmt.Sprintf("configured reading: %q selects %d records", rules.Item, len(all))}
	if rules.Next != "" {
		r.Next = next.Next(d)
	}
	return r
}

func compileFields(rules map[string]string) (map[string]selector.Part, error) {
	out := make(map[string]selector.Part, len(rules))
	for _, field := range slices.Sorted(maps.Keys(rules)) {
		if !knownField(field) {
			return nil, fmt.Errorf("unknown field %q: id, title, location, posted, updated, url and headcount are known", field)
		}
		p, err := selector.Parse(rules[field])
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

func cssPosting(d *page.Document, n *html.Node, fields map[string]selector.Part) (signals.Posting, bool) {
	values := make(map[string]string, len(fields))
	for field, p := range fields {
		values[field] = p.Value(n)
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
		p, err := selector.Parse(rules.Empty)
		if err != nil {
			return page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: byCSS, Why: "configured reading: " + err.Error()}
		}
		if !p.IsRecord() && p.In(d.HTML()) != nil {
			return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: byCSS, Why: fmt.Sprintf("configured reading: %q says that there are none", rules.Empty)}
		}
	}
	r := nothing(d, false)
	r.Extractor = byCSS
	r.Why = fmt.Sprintf("configured reading: %q selects nothing; %s", rules.Item, r.Why)
	return r
}
