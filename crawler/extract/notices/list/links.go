package list

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/crawler/extract/records"
)

// link is the address of a notice, "" where the element leads nowhere that can be fetched.
func (s *site) link(n *html.Node) string {
	for p, up := n, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		if p.DataAtom != atom.A {
			continue
		}
		href := strings.TrimSpace(dom.Attr(p, "href"))
		if !script(href) {
			return s.doc.Resolve(href)
		}
	}
	if a := dom.First(n, func(c *html.Node) bool { return c.DataAtom == atom.A && !script(dom.Attr(c, "href")) }); a != nil {
		return s.doc.Resolve(dom.Attr(a, "href"))
	}
	if m := opened.FindStringSubmatch(dom.Attr(n, "onclick") + " " + dom.Attr(n, "href")); m != nil {
		return s.doc.Resolve(m[1])
	}
	return ""
}

// opened is an address inside of a script: window.open('/a/b.html').
var opened = pattern.New(`['"]((?:https?://|/|\.{1,2}/)[^'"\s<>]{3,300})['"]`)

func script(href string) bool {
	h := strings.ToLower(strings.TrimSpace(href))
	return h == "" || strings.HasPrefix(h, "#") || strings.HasPrefix(h, "javascript") || strings.HasPrefix(h, "mailto:") || strings.HasPrefix(h, "tel:")
}

// anyLink is the only address that a record leads to.
func (s *site) anyLink(rec records.Record, title string) string {
	for _, root := range rec.Nodes {
		a := dom.First(root, func(c *html.Node) bool {
			return c.DataAtom == atom.A && !script(dom.Attr(c, "href")) && (title == "" || dom.Text(c) != "")
		})
		if a != nil {
			return s.doc.Resolve(dom.Attr(a, "href"))
		}
	}
	return ""
}

// formID is the number that a form around or in a title posts: sites whose notices open by
// POST have no address for them.
func formID(n *html.Node) string {
	for p, up := n, 0; p != nil && up < 5; p, up = p.Parent, up+1 {
		if p.DataAtom != atom.Form {
			continue
		}
		in := dom.First(p, func(c *html.Node) bool {
			return c.DataAtom == atom.Input && strings.HasSuffix(strings.ToLower(dom.Attr(c, "name")), "id") && dom.Attr(c, "value") != ""
		})
		if in != nil {
			return dom.Attr(in, "value")
		}
	}
	return ""
}

// headsOf are the column heads of a list that is a table.
func headsOf(l records.List) []string {
	first := l.Records[0].Nodes[0]
	if first.DataAtom != atom.Tr {
		return nil
	}
	table := first
	for table != nil && table.DataAtom != atom.Table {
		table = table.Parent
	}
	if table == nil {
		return nil
	}
	tr := dom.First(table, func(n *html.Node) bool { return n.DataAtom == atom.Tr })
	if tr == nil {
		return nil
	}
	var heads []string
	ths := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if c.DataAtom == atom.Th {
			ths++
		}
		heads = append(heads, headText(c))
	}
	if ths == 0 && tr == first && len(l.Records) > 1 && !headRow(heads) {
		return nil
	}
	return heads
}

func headRow(heads []string) bool {
	for _, h := range heads {
		if h == "" || len(h) > 40 || strings.ContainsAny(h, "0123456789") {
			return false
		}
	}
	return true
}

func headText(c *html.Node) string {
	return strings.TrimRight(strings.ToLower(strings.ReplaceAll(dom.Text(c), " ", spaceFor(c))), "↑↓▲▼ ")
}

// spaceFor keeps the blanks of English heads, and none of Chinese ones.
func spaceFor(c *html.Node) string {
	for _, r := range dom.Text(c) {
		if r > 0x2e00 {
			return ""
		}
	}
	return " "
}

// totals are how pages state how many notices there are.
var totals = []*pattern.Pattern{
	pattern.New(`共\s*(?:找到|有|计|搜索到|检索到|查询到)?\s*(?:约)?\s*([\d,]{1,9})\s*(?:条|项|笔|则|个结果|份|个公告)`),
	pattern.New(`(?:总记录数?|总条数|记录总数|总计|总数)\s*[:：]?\s*([\d,]{1,9})`),
	pattern.New(`(?i)\bof ([\d,]{1,9}) (?:entries|results|records|items|notices|opportunities)`),
	pattern.New(`(?i)\b([\d,]{1,9}) (?:results|notices|opportunities|tenders) found`),
}

// total is the number of notices that the page states for the whole list.
func total(root *html.Node) *int {
	text := dom.Text(root)
	for n := range titlesWithTotal(root) {
		text += " " + n
	}
	for _, re := range totals {
		m := re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", "")); err == nil {
			return &n
		}
	}
	return nil
}

// titlesWithTotal are tooltips such as title="共10000条".
func titlesWithTotal(root *html.Node) map[string]bool {
	out := map[string]bool{}
	dom.Walk(root, func(n *html.Node) bool {
		if n.Type == html.ElementNode {
			if t := dom.Attr(n, "title"); strings.Contains(t, "共") && len(t) < 60 {
				out[t] = true
			}
		}
		return true
	})
	return out
}

// next is the next page of the list.
func next(d *page.Document, root *html.Node) *page.Request {
	if in := dom.First(root, func(n *html.Node) bool {
		return n.DataAtom == atom.Input && dom.Attr(n, "id") == "destoon_next" && dom.Attr(n, "value") != ""
	}); in != nil {
		return request(d, dom.Attr(in, "value"))
	}
	if l := dom.First(root, func(n *html.Node) bool {
		return (n.DataAtom == atom.Link || n.DataAtom == atom.A) && strings.EqualFold(dom.Attr(n, "rel"), "next") && !script(dom.Attr(n, "href"))
	}); l != nil {
		return request(d, dom.Attr(l, "href"))
	}
	a := dom.First(root, func(n *html.Node) bool {
		if n.DataAtom != atom.A || script(dom.Attr(n, "href")) {
			return false
		}
		c := strings.ToLower(dom.Attr(n, "class"))
		return nextText.MatchString(dom.Text(n)) && !strings.Contains(c, "disabled")
	})
	if a == nil {
		return scriptedNext(d, root)
	}
	return request(d, dom.Attr(a, "href"))
}

var nextText = pattern.New(`(?i)^[\s\[]*(?:下一?页|后一?页|next(?: page)?)[\s\]>›»]*$|^[›»>]{1,2}$`)

// request is the next page, nil where it is the page itself.
func request(d *page.Document, href string) *page.Request {
	u := d.Resolve(href)
	if u == "" || u == d.URL {
		return nil
	}
	return &page.Request{URL: u}
}

// pager is the script of search.ccgp.gov.cn and its relatives, which draws the pager:
// Pager({ size:12, current: 0, prefix:'/bxsearch?…' }).
var (
	pager     = pattern.New(`Pager\(\{[^}]{0,400}size\s*:\s*(\d+)[^}]{0,400}current\s*:\s*(\d+)`)
	pageParam = pattern.New(`([?&](?:page_index|pageindex|pageIndex|pageNo|page|pn|currentPage)=)(\d+)`)
)

func scriptedNext(d *page.Document, root *html.Node) *page.Request {
	m := pager.FindSubmatch(d.Text)
	if m == nil {
		return nil
	}
	size, err1 := strconv.Atoi(string(m[1]))
	current, err2 := strconv.Atoi(string(m[2]))
	loc := pageParam.FindStringSubmatchIndex(d.URL)
	if err1 != nil || err2 != nil || current+1 >= size || loc == nil {
		return nil
	}
	now, err := strconv.Atoi(d.URL[loc[4]:loc[5]])
	if err != nil {
		return nil
	}
	return &page.Request{URL: d.URL[:loc[4]] + strconv.Itoa(now+1) + d.URL[loc[5]:]}
}
