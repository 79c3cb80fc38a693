// Package selector follows the CSS selectors by which an administrator names the parts of a
// page: "div.title a" reads an element's text, "div.title a@href" one of its attributes, and
// an empty selector, or only "@href", stands for the record itself.
package selector

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// Part is a rule that was read.
type Part struct {
	elements  cascadia.Sel // nil: the record itself
	attribute string       // "": the text
}

// Parse reads a rule.
func Parse(rule string) (Part, error) {
	elements, attribute := strings.TrimSpace(rule), ""
	if i := strings.LastIndexByte(elements, '@'); i >= 0 && !strings.ContainsAny(elements[i:], `]"'`) {
		elements, attribute = strings.TrimSpace(elements[:i]), strings.TrimSpace(elements[i+1:])
	}
	if elements == "" {
		return Part{attribute: attribute}, nil
	}
	s, err := cascadia.Parse(elements)
	if err != nil {
		return Part{}, fmt.Errorf("the selector %q cannot be read: %w", elements, err)
	}
	return Part{s, attribute}, nil
}

// IsRecord tells whether the part is the record itself, and no element inside it.
func (p Part) IsRecord() bool { return p.elements == nil }

// In is the first such element inside n; nil where there is none.
func (p Part) In(n *html.Node) *html.Node {
	if p.IsRecord() {
		return n
	}
	return cascadia.Query(n, p.elements)
}

// AllIn are all such elements inside n, in their order.
func (p Part) AllIn(n *html.Node) []*html.Node {
	if p.IsRecord() {
		return []*html.Node{n}
	}
	return cascadia.QueryAll(n, p.elements)
}

// Value is what the part says in a record; "" where it is not there.
func (p Part) Value(record *html.Node) string {
	n := p.In(record)
	switch {
	case n == nil:
		return ""
	case p.attribute != "":
		return dom.Clean(dom.Attr(n, p.attribute))
	}
	return dom.Text(n)
}

// Next is the page to which the part links; nil where it links nowhere else. A last page
// often keeps its link, which then leads to itself or runs a script.
func (p Part) Next(d *page.Document) *page.Request {
	if p.attribute == "" {
		p.attribute = "href"
	}
	link := p.Value(d.HTML())
	if link == "" || strings.HasPrefix(link, "#") || strings.HasPrefix(strings.ToLower(link), "javascript") {
		return nil
	}
	address := d.Resolve(link)
	if address == "" || address == d.URL {
		return nil
	}
	return &page.Request{URL: address}
}
