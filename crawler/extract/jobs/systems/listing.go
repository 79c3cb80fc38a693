package systems

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// listing is a list of jobs that a system renders as HTML: selectors for a record and its
// parts. A record without a title is left out.
type listing struct {
	Hosts []string
	// Marks are texts of which one stands in every such page: without one, the tree is not
	// even made.
	Marks []string

	Row, Title, Place, Date selector
	// Group selects the parts of a list that a place heads, Heading that place; optional.
	Group, Heading selector
	// Link selects the record's link; without it, the record itself, else the title's link.
	Link selector
	// ID is an attribute of the row; optional.
	ID string
	// OwnTitle: the title's element holds badges ("New") besides the title.
	OwnTitle bool
	Basis    signals.DateBasis // of Date; published where empty
	// None selects what the system shows in place of an empty list; optional.
	None selector
}

// selector is a list of CSS selectors in order of preference, compiled when the program
// starts; its zero value selects nothing.
type selector struct {
	each []cascadia.Selector
	any  cascadia.Selector
}

func css(list ...string) selector {
	s := selector{any: cascadia.MustCompile(strings.Join(list, ", "))}
	for _, one := range list {
		s.each = append(s.each, cascadia.MustCompile(one))
	}
	return s
}

// first is the first match of the first selector that matches at all.
func (s selector) first(n *html.Node) *html.Node {
	for _, one := range s.each {
		if f := one.MatchFirst(n); f != nil {
			return f
		}
	}
	return nil
}

// all is every match of any of the selectors, in document order.
func (s selector) all(n *html.Node) []*html.Node {
	if s.any == nil {
		return nil
	}
	return s.any.MatchAll(n)
}

func (s selector) text(n *html.Node) string {
	if f := s.first(n); f != nil {
		return dom.Text(f)
	}
	return ""
}

func (l *listing) read(system string, d *page.Document) (page.Result, bool) {
	if !hasMark(d, l.Marks) {
		return page.Result{}, false
	}
	root := d.HTML()
	if root == nil {
		return page.Result{}, false
	}
	var seen jsonlist.Seen
	rows := l.Row.all(root)
	order := l.order(root, rows)
	places := l.headed(root)
	for _, row := range rows {
		if p, ok := l.posting(d, row, order); ok {
			if p.Place == "" {
				p.Place = places[row]
			}
			seen.Add(p)
		}
	}
	if len(seen.Postings) > 0 {
		r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: system + "-html", Postings: seen.Postings,
			Why: fmt.Sprintf("a list of %s with %d rows", system, len(rows))}
		if next := following(d, root); next != "" {
			r.Next = &page.Request{URL: next}
		}
		return r, true
	}
	if n := l.None.first(root); n != nil && len(rows) == 0 {
		return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormList, Extractor: system + "-html",
			Why: fmt.Sprintf("%s shows its empty list: %q", system, dom.TextUpTo(n, 100))}, true
	}
	return page.Result{}, false
}

// headed are the places that head the groups of rows.
func (l *listing) headed(root *html.Node) map[*html.Node]string {
	places := map[*html.Node]string{}
	for _, group := range l.Group.all(root) {
		for _, row := range l.Row.all(group) {
			places[row] = l.Heading.text(group)
		}
	}
	return places
}

func (l *listing) posting(d *page.Document, row *html.Node, order dates.Order) (signals.Posting, bool) {
	title := l.Title.first(row)
	if title == nil {
		return signals.Posting{}, false
	}
	p := signals.Posting{Title: dom.Text(title), Place: l.Place.text(row), URL: l.link(d, row, title)}
	if l.OwnTitle && dom.OwnText(title) != "" {
		p.Title = dom.OwnText(title)
	}
	if p.Title == "" {
		return signals.Posting{}, false
	}
	if l.ID != "" {
		p.ID = dom.Attr(row, l.ID)
	}
	if p.ID == "" {
		p.ID = p.URL
	}
	if n := l.Date.first(row); n != nil {
		text := dom.Attr(n, "datetime")
		if text == "" {
			text = dom.Text(n)
		}
		if found, ok := dates.ParseIn(text, d.At, order); ok {
			p.Posted, p.Basis = &found.Date, found.Basis
			if l.Basis != "" && found.Basis == signals.DatePublished {
				p.Basis = l.Basis
			}
		}
	}
	return p, true
}

// order is that of day and month in the dates of all rows.
func (l *listing) order(root *html.Node, rows []*html.Node) dates.Order {
	if l.Date.any == nil {
		return dates.OrderUnknown
	}
	var texts []string
	for _, row := range rows {
		texts = append(texts, l.Date.text(row))
	}
	lang := ""
	if n := dom.First(root, func(n *html.Node) bool { return n.Data == "html" }); n != nil {
		lang = dom.Attr(n, "lang")
	}
	return dates.OrderOf(texts, lang)
}

func (l *listing) link(d *page.Document, row, title *html.Node) string {
	if n := l.Link.first(row); n != nil {
		return reference(d, n)
	}
	for _, n := range []*html.Node{row, title, anchorIn(title), anchorAround(title, row), anchorIn(row)} {
		if n != nil && n.Data == "a" && dom.Attr(n, "href") != "" {
			return reference(d, n)
		}
	}
	return ""
}

func reference(d *page.Document, n *html.Node) string {
	href := strings.TrimSpace(dom.Attr(n, "href"))
	if href == "" || strings.HasPrefix(href, "javascript:") || href == "#" {
		return ""
	}
	return d.Resolve(href)
}

func anchorIn(n *html.Node) *html.Node {
	return dom.First(n, func(c *html.Node) bool { return c.Data == "a" && dom.Attr(c, "href") != "" })
}

func anchorAround(n, limit *html.Node) *html.Node {
	for p := n.Parent; p != nil && p != limit.Parent; p = p.Parent {
		if p.Type == html.ElementNode && p.Data == "a" {
			return p
		}
	}
	return nil
}

func hasMark(d *page.Document, marks []string) bool {
	for _, m := range marks {
		if d.Contains(m) {
			return true
		}
	}
	return false
}
