package systems

import (
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// nextWords are what links to the next page say, in text, title or aria-label.
var nextWords = map[string]bool{
	"next": true, "next page": true, "next page of results": true, "next »": true, "next ›": true, "next >": true, "next →": true, "下一页": true, "下一页>": true, "下页": true, "下一頁": true, "nächste seite": true, "weiter": true, "suivant": true, "page suivante": true, "siguiente": true, "próxima": true, "volgende": true,
}

// following is the address of the next page of a rendered list: a link that says so; ""
// where there is none or where it is switched off.
func following(d *page.Document, root *html.Node) string {
	n := dom.First(root, func(n *html.Node) bool {
		if n.Data != "a" && n.Data != "link" || switchedOff(n) {
			return false
		}
		href := dom.Attr(n, "href")
		if href == "" || strings.HasPrefix(href, "#") || strings.HasPrefix(href, "javascript:") {
			return false
		}
		if strings.EqualFold(dom.Attr(n, "rel"), "next") {
			return true
		}
		return n.Data == "a" && (saysNext(dom.Attr(n, "aria-label")) || saysNext(dom.Attr(n, "title")) || saysNext(dom.TextUpTo(n, 60)) || saysNextInside(n))
	})
	if n == nil {
		return ""
	}
	address := d.Resolve(dom.Attr(n, "href"))
	if address == d.URL {
		return ""
	}
	return address
}

func saysNext(text string) bool {
	return text != "" && nextWords[strings.ToLower(dom.Clean(text))]
}

// saysNextInside tells a link whose icon says it: <span title="Next page of results">.
func saysNextInside(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (saysNext(dom.Attr(c, "title")) || saysNext(dom.Attr(c, "alt")) || saysNext(dom.Attr(c, "aria-label"))) {
			return true
		}
	}
	return false
}

func switchedOff(n *html.Node) bool {
	for m := n; m != nil && (m == n || m == n.Parent); m = m.Parent {
		class := strings.ToLower(dom.Attr(m, "class"))
		if strings.Contains(class, "disabled") || strings.Contains(class, "invisible") || dom.Attr(m, "aria-disabled") == "true" {
			return true
		}
	}
	return false
}
