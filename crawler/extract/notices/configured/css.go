package configured

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// part is a selector and the attribute that is read instead of the text.
type part struct {
	selector  cascadia.Sel // nil: the record itself
	attribute string
}

// compile reads "div.title a@href".
func compile(rule string) (part, error) {
	selector, attribute := strings.TrimSpace(rule), ""
	if i := strings.LastIndexByte(selector, '@'); i >= 0 && !strings.ContainsAny(selector[i:], `]"'`) {
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

func (p part) value(n *html.Node) string {
	if p.selector != nil {
		n = cascadia.Query(n, p.selector)
	}
	switch {
	case n == nil:
		return ""
	case p.attribute != "":
		return dom.Clean(dom.Attr(n, p.attribute))
	}
	return dom.Text(n)
}

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
	item, err := cascadia.Parse(rules.Item)
	if err != nil {
		return wrong("the selector %q of the records cannot be read: %v", rules.Item, err)
	}
	parts := map[string]part{}
	for field, rule := range rules.Fields {
		if parts[field], err = compile(rule); err != nil {
			return wrong("%v", err)
		}
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: "configured"}
	for _, n := range cascadia.QueryAll(root, item) {
		values := map[string]string{}
		for field, p := range parts {
			values[field] = p.value(n)
		}
		if x, ok := notice(d, values); ok {
			r.Notices = append(r.Notices, x)
		}
	}
	if len(r.Notices) == 0 {
		return nothingSelected(root, rules)
	}
	r.Why = fmt.Sprintf("configured reading: %q selects %d records", rules.Item, len(r.Notices))
	r.Next = nextPage(d, root, rules.Next)
	return r
}

func nothingSelected(root *html.Node, rules signals.CSSRules) page.Result {
	if rules.Empty == "" {
		return wrong("%q selects nothing", rules.Item)
	}
	p, err := compile(rules.Empty)
	if err != nil {
		return wrong("%v", err)
	}
	if p.selector == nil || cascadia.Query(root, p.selector) == nil {
		return wrong("%q selects nothing, and neither does %q", rules.Item, rules.Empty)
	}
	return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: "configured", Why: fmt.Sprintf("configured reading: %q says that there is nothing", rules.Empty)}
}

func nextPage(d *page.Document, root *html.Node, rule string) *page.Request {
	p, err := compile(rule)
	if rule == "" || err != nil {
		return nil
	}
	if p.attribute == "" {
		p.attribute = "href"
	}
	u := p.value(root)
	if u == "" || strings.HasPrefix(u, "#") || strings.HasPrefix(strings.ToLower(u), "javascript") || d.Resolve(u) == d.URL {
		return nil
	}
	return &page.Request{URL: d.Resolve(u)}
}
