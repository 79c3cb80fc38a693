package outcome

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// moreWords are what a control says that loads the rest of a list, in lower case. Words that
// also unfold a text or a filter (查看更多, "show more") are none of them.
var moreWords = map[string]bool{
	"加载更多": true, "点击加载更多": true, "点击加载": true, "加载更多职位": true, "加载更多岗位": true, "加载更多公告": true, "查看更多职位": true, "查看更多岗位": true, "查看更多公告": true, "更多职位": true, "更多岗位": true,
	"load more": true, "load more jobs": true, "load more positions": true, "load more openings": true, "load more results": true,
	"show more jobs": true, "show more positions": true, "show more openings": true, "show more results": true,
	"see more jobs": true, "view more jobs": true, "more jobs": true, "mehr stellen laden": true, "weitere stellen laden": true, "mehr laden": true,
}

// moreSigns stand in the bytes of every page that has one of the words, but for their case.
var moreSigns = [][]byte{[]byte("加载"), []byte("更多"), []byte("ore "), []byte("OAD MORE"), []byte("oad more"), []byte("oad More"), []byte("aden")}

// More is what a control of a page says that loads the rest of its list; "" where there is
// none, or where it is not shown. Where nothing else tells of a next page,
// the list is only the beginning of one.
func More(d *page.Document) string {
	if d.Format != page.FormatHTML || !hasAny(d.Text, moreSigns) {
		return ""
	}
	root := d.HTML()
	if root == nil {
		return ""
	}
	said := ""
	dom.First(root, func(n *html.Node) bool {
		if !control(d, n) || unshown(n) {
			return false
		}
		text := strings.ToLower(strings.Trim(dom.Clean(dom.TextUpTo(n, 60)), " .…>»↓▼+"))
		if moreWords[text] {
			said = text
		}
		return said != ""
	})
	return strings.Clone(said)
}

func hasAny(text []byte, signs [][]byte) bool {
	for _, sign := range signs {
		if bytes.Contains(text, sign) {
			return true
		}
	}
	return false
}

// control tells whether an element is one that a reader clicks on. A link to the page
// itself leads nowhere.
func control(d *page.Document, n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "button":
		return true
	case "a":
		href := dom.Attr(n, "href")
		return href == "" || strings.HasPrefix(href, "#") || d.Resolve(href) != d.URL
	case "div", "span", "p":
		class := strings.ToLower(dom.Attr(n, "class") + " " + dom.Attr(n, "id"))
		return dom.Attr(n, "role") == "button" || dom.HasAttr(n, "onclick") || strings.Contains(class, "more")
	}
	return false
}

// unshown tells whether an element, or what it stands in, is hidden or switched off.
func unshown(n *html.Node) bool {
	if dom.HasAttr(n, "disabled") || dom.Attr(n, "aria-disabled") == "true" {
		return true
	}
	for m := n; m != nil; m = m.Parent {
		if m.Type != html.ElementNode {
			continue
		}
		if dom.Hidden(m) {
			return true
		}
		for _, class := range strings.Fields(strings.ToLower(dom.Attr(m, "class"))) {
			if class == "hidden" || class == "hide" || class == "d-none" || class == "disabled" || class == "is-hidden" {
				return true
			}
		}
	}
	return false
}
