package configured

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/selector"
	"dealvitals/signals"
)

// readCSS reads a page by selectors. A selector that selects nothing is no statement that
// there is nothing: only Empty is.
func readCSS(d *page.Document, rules signals.CSSRules) page.Result {
	root := d.HTML()
	if root == nil {
		return wrong("the page is %s, no HTML", d.Format)
	}
	if name := unknown(rules.Fields); name != "" {
		return wrong("unknown field %q", name)
	}
	item, err := selector.Parse(rules.Item)
	if err != nil {
		return wrong("%v", err)
	}
	if item.IsRecord() {
		return wrong("no selector for the records")
	}
	parts := map[string]selector.Part{}
	for _, field := range slices.Sorted(maps.Keys(rules.Fields)) {
		if parts[field], err = selector.Parse(rules.Fields[field]); err != nil {
			return wrong("%v", err)
		}
	}
	next, err := selector.Parse(rules.Next)
	if err != nil {
		return wrong("%v", err)
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: "configured"}
	for _, n := range item.AllIn(root) {
		values := map[string]string{}
		for field, p := range parts {
			values[field] = p.Value(n)
		}
		if x, ok := notice(d, values); ok {
			r.Notices = append(r.Notices, x)
		}
	}
	if len(r.Notices) == 0 {
		return nothingSelected(root, rules)
	}
	r.Why = fmt.Sprintf("configured reading: %q selects %d records", rules.Item, len(r.Notices))
	if rules.Next != "" {
		r.Next = next.Next(d)
	}
	return r
}

func nothingSelected(root *html.Node, rules signals.CSSRules) page.Result {
	if rules.Empty == "" {
		return wrong("%q selects nothing", rules.Item)
	}
	p, err := selector.Parse(rules.Empty)
	if err != nil {
		return wrong("%v", err)
	}
	if p.IsRecord() || p.In(root) == nil {
		return wrong("%q selects nothing, and neither does %q", rules.Item, rules.Empty)
	}
	return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: "configured", Why: fmt.Sprintf("configured reading: %q says that there is nothing", rules.Empty)}
}
