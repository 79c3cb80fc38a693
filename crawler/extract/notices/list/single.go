package list

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/records"
	"dealvitals/signals"
)

// single reads a list that happens to hold one notice: no record repeats, so only an item
// whose link states a type, and that has a date beside it, is taken.
func (s *site) single(root *html.Node) candidate {
	var hits []*html.Node
	dom.Walk(root, func(n *html.Node) bool {
		if n.DataAtom != atom.Li && n.DataAtom != atom.Tr {
			return true
		}
		text := dom.TextUpTo(n, 1500)
		if len(text) > 1200 || kind.Of(text) == "" || !dateText.MatchString(text) {
			return true
		}
		a := dom.First(n, func(c *html.Node) bool {
			return c.DataAtom == atom.A && announces(linkTitle(c)) && kind.Of(linkTitle(c)) != "" && kind.Of(linkTitle(c)) != signals.NoticeOther
		})
		if a != nil {
			hits = append(hits, n)
			return false
		}
		return true
	})
	if len(hits) != 1 {
		return candidate{}
	}
	l := records.List{Container: hits[0].Parent, Records: []records.Record{{Nodes: hits}}}
	return s.candidate(l)
}

// linkTitle is a link's title.
func linkTitle(a *html.Node) string { return fullTitle(a, strings.TrimSpace(dom.TextUpTo(a, 900))) }
