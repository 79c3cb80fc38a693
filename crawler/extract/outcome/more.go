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
var moreWords = said([]string{"load more", "show more", "see more", "view more", "more"}, listed,
	"加载更多", "点击加载更多", "点击加载", "加载更多职位", "加载更多岗位", "加载更多公告", "查看更多职位", "查看更多岗位", "查看更多公告", "更多职位", "更多岗位", "更多招聘", "更多招聘信息",
	"load more", "mehr stellen laden", "weitere stellen laden", "mehr laden", "mehr stellen anzeigen", "weitere stellen anzeigen")

// allWords are what a link says that leads from a few records to the list of all.
var allWords = said([]string{"view all", "see all", "show all", "browse all", "explore all"}, listed,
	"查看全部职位", "查看所有职位", "查看全部岗位", "查看所有岗位", "查看全部招聘", "浏览全部职位", "浏览所有职位", "alle stellen anzeigen", "alle jobs anzeigen", "alle offenen stellen", "voir toutes les offres", "toutes nos offres", "ver todas las vacantes", "ver todas as vagas")

var listed = []string{
	"jobs", "positions", "openings", "results", "roles", "vacancies", "opportunities", "listings", "postings", "offers", "careers",
	"open positions", "open roles", "open jobs", "job openings", "job offers", "job listings", "job postings", "job opportunities", "career opportunities", "current openings", "current vacancies", "available positions",
}

// said are the words given, and each verb with each noun.
func said(verbs, nouns []string, words ...string) map[string]bool {
	m := make(map[string]bool, len(words)+len(verbs)*len(nouns))
	for _, w := range words {
		m[w] = true
	}
	for _, v := range verbs {
		for _, n := range nouns {
			m[v+" "+n] = true
		}
	}
	return m
}

// moreSigns stand in the bytes of every page that has one of the words, but for their case.
var moreSigns = [][]byte{[]byte("加载"), []byte("更多"), []byte("ore "), []byte("OAD MORE"), []byte("oad more"), []byte("oad More"), []byte("aden"), []byte("nzeigen"), []byte("all "), []byte("All "), []byte("ALL "), []byte("查看"), []byte("浏览"), []byte("outes "), []byte("odas ")}

// More is what a control of a page says that loads the rest of its list; "" where there is
// none, or where it is not shown. Where nothing else tells of a next page,
// the list is only the beginning of one. So are a few records beside a link to all of them.
func More(d *page.Document, records int) string {
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
		text := strings.ToLower(strings.Trim(dom.Clean(dom.TextUpTo(n, 60)), " .…>»›→➔↓▼+"))
		if moreWords[text] || records <= mostFeatured && allWords[text] && leadsToAll(d, n) {
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

// mostFeatured is how many records a page at most shows that only picks some of a list.
const mostFeatured = 12

// leadsToAll tells a link of the page's content to another page: one in a menu stands on all
// pages of a site, the list of all among them.
func leadsToAll(d *page.Document, n *html.Node) bool {
	href := dom.Attr(n, "href")
	if href == "" || strings.HasPrefix(href, "#") || strings.HasPrefix(strings.ToLower(href), "javascript:") || d.Resolve(href) == d.URL {
		return false
	}
	for m := n; m != nil; m = m.Parent {
		switch m.Data {
		case "nav", "header", "footer":
			return false
		}
		for _, word := range []string{"nav", "menu", "header", "footer", "breadcrumb", "crumb"} {
			if m.Type == html.ElementNode && strings.Contains(strings.ToLower(dom.Attr(m, "class")+" "+dom.Attr(m, "id")), word) {
				return false
			}
		}
	}
	return true
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
