package outcome

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// pageCounts are sentences that say how many pages a list has.
var pageCounts = []*pattern.Pattern{
	pattern.New(`第\s*1\s*(?:页)?\s*[/／,，]?\s*共?\s*(\d{1,4})\s*页`),
	pattern.New(`共\s*(\d{1,4})\s*页`),
	pattern.New(`(?:^|\s)1\s*[/／]\s*(\d{1,4})\s*页`),
	pattern.New(`(?i)\bpage\s+1\s+(?:of|/)\s+(\d{1,4})\b`),
}

// slides are what the class of a thing says that numbers pictures, not pages of a list.
var slides = []string{"swiper", "slick", "carousel", "banner", "slide", "flex-control", "owl"}

// fullPage is how many records make a control for the next page believable on a page that
// does not number pages: some show one even where there is a single page.
const fullPage = 10

// nextWords are what a control says that leads to the next page, in lower case.
var nextWords = map[string]bool{"下一页": true, "下页": true, "后一页": true, "下一頁": true, "next": true, "next page": true}

// pagedByScript finds the number of records or pages that a page gives to layui's pager,
// which draws what a reader sees of it.
var pagedByScript = pattern.New(`laypage(?:\.render)?\s*\(\s*\{[^}]{0,400}?\b(count|pages)\s*:\s*['"]?(\d{1,6})`)

// Pager is what a page with some records says by which its list has several pages; "" where
// nothing does. It does not tell which of them this page is: only where it is the first, and
// no address of the second was recognised, the list is the beginning of one.
func Pager(d *page.Document, records int) string {
	if d.Format != page.FormatHTML {
		return ""
	}
	if found := pagedByScript.FindSubmatch(d.Text); found != nil {
		n, err := strconv.Atoi(string(found[2]))
		if err == nil && (n > records || string(found[1]) == "pages" && n > 1) {
			return "laypage " + string(found[1]) + ": " + string(found[2])
		}
	}
	root := d.HTML()
	if root == nil {
		return ""
	}
	said := ""
	dom.First(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		said = countsPages(n)
		if said == "" {
			said = numbersPages(n)
		}
		if said == "" && records >= fullPage {
			said = leadsOn(n)
		}
		if said != "" && unshown(n) {
			said = ""
		}
		return said != ""
	})
	return strings.Clone(said)
}

// countsPages is the sentence in an element's own text that counts more pages than one.
func countsPages(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || !strings.Contains(c.Data, "页") && !strings.Contains(strings.ToLower(c.Data), "page") {
			continue
		}
		text := dom.Clean(dom.TextUpTo(n, 200))
		for _, count := range pageCounts {
			found := count.FindStringSubmatch(text)
			if found == nil {
				continue
			}
			if pages, err := strconv.Atoi(found[1]); err == nil && pages > 1 {
				return found[0]
			}
		}
		return ""
	}
	return ""
}

// numbersPages tells an element that says 1 and is followed by one that says 2, within
// something that is a pager by its class or id.
func numbersPages(n *html.Node) string {
	if n.Data == "td" || n.Data == "th" || number(n) != "1" || !inPager(n) {
		return ""
	}
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if number(c) == "2" {
				return "1 2"
			}
			return ""
		}
	}
	return ""
}

// leadsOn is what a control says by which a script shows the next page.
func leadsOn(n *html.Node) string {
	href := strings.ToLower(strings.TrimSpace(named(n, "href")))
	script := n.Data == "button" || dom.HasAttr(n, "onclick") || n.Data == "a" && len(dom.Attr(n, "href")) < 200 && (href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:"))
	if !script {
		return ""
	}
	text := strings.Trim(dom.TextUpTo(n, 40), " .…>»›→")
	if !nextWords[strings.ToLower(text)] {
		return ""
	}
	return text
}

// number is the figure that is all there is in an element, or in the only one in it, and so
// on for some levels; "" for anything else. It looks at a handful of nodes, whatever is below.
func number(n *html.Node) string {
	for range 4 {
		text, inside := "", (*html.Node)(nil)
		looked := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if looked++; looked > 8 {
				return ""
			}
			switch {
			case c.Type == html.CommentNode:
			case c.Type == html.TextNode && len(c.Data) < 200:
				text += strings.TrimSpace(c.Data)
			case c.Type == html.ElementNode && inside == nil:
				inside = c
			default:
				return ""
			}
		}
		if text != "" || inside == nil {
			return text
		}
		n = inside
	}
	return ""
}

// named is an attribute that names an element. One that is too long names nothing.
func named(n *html.Node, key string) string {
	if value := dom.Attr(n, key); len(value) < 200 {
		return value
	}
	return ""
}

// inPager tells whether an element, or one of those around it, is named for pages.
func inPager(n *html.Node) bool {
	found := false
	for m, up := n, 0; m != nil && up < 5; m, up = m.Parent, up+1 {
		name := strings.ToLower(named(m, "class") + " " + named(m, "id") + " " + named(m, "aria-label") + " " + named(m, "value"))
		for _, s := range slides {
			if strings.Contains(name, s) {
				return false
			}
		}
		found = found || (up > 0 || m.Data == "option") && m.Data != "body" && m.Data != "html" && strings.Contains(name, "pag")
	}
	return found
}
