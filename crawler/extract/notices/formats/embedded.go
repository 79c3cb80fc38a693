package formats

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// Embedded reads the state that an application's page carries for its browser: JSON in a
// script element (__NEXT_DATA__ and the like). It is asked where the page shows nothing.
func Embedded(d *page.Document) (Answer, bool) {
	best, ok := Answer{}, false
	for _, s := range dom.All(d.HTML(), jsonScript) {
		v := inner(strings.TrimSpace(s.FirstChild.Data))
		if v == nil {
			continue
		}
		f := finder{}
		f.look(v, nil, 0)
		a := Answer{Form: page.FormList, Total: statedTotal(f.holders)}
		for _, o := range f.best {
			if n, read := recordNotice(d, newRecord(o)); read {
				a.Notices = append(a.Notices, n)
			}
		}
		if len(a.Notices) > len(best.Notices) {
			best, ok = a, true
		}
	}
	return best, ok
}

func jsonScript(n *html.Node) bool {
	return n.DataAtom == atom.Script && n.FirstChild != nil && (strings.Contains(dom.Attr(n, "type"), "json") && !strings.Contains(dom.Attr(n, "type"), "ld+json") || dom.Attr(n, "id") == "__NEXT_DATA__")
}
