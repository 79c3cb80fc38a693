package induce

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/records"
)

// total is the number of jobs that the page states for the whole list, nil where it states
// none, a cap (500+, 100000), or less than it shows.
func (v *view) total(shown int) *int {
	for i := range v.o.Leaves {
		leaf := &v.o.Leaves[i]
		if len(leaf.Text) > 80 || v.o.Elements[leaf.Element].Region&(records.Foot|records.Filter) != 0 {
			continue
		}
		if n, ok := statedTotal(leaf.Text); ok && n >= shown {
			total := n
			return &total
		}
	}
	return nil
}

// statedTotal reads 共 123 条, 共有123个职位, 123 open positions, 1–20 of 123. It is false
// for caps and for anything else.
func statedTotal(text string) (int, bool) {
	if !strings.ContainsAny(text, "0123456789") {
		return 0, false
	}
	low := casing.Lower(text)
	for i := 0; i < len(low); i++ {
		if low[i] < '0' || low[i] > '9' {
			continue
		}
		n, j := 0, i
		for j < len(low) && (low[j] >= '0' && low[j] <= '9' || low[j] == ',' && j+3 < len(low) && low[j+1] >= '0' && low[j+1] <= '9') && j-i < 9 {
			if low[j] != ',' {
				n = n*10 + int(low[j]-'0')
			}
			j++
		}
		if counts(strings.TrimRight(low[:i], " "), strings.TrimLeft(low[j:], " ")) && !capped(n, low[j:]) {
			return n, true
		}
		i = j
	}
	return 0, false
}

// counts tells by the words around a number that it counts jobs.
func counts(before, after string) bool {
	if strings.HasSuffix(before, "共") || strings.HasSuffix(before, "共有") || strings.HasSuffix(before, "总计") || strings.HasSuffix(before, "共计") || strings.HasSuffix(before, "找到") || strings.HasSuffix(before, "总数：") {
		for _, unit := range []string{"条", "个职", "个岗", "个招", "个结果", "个在招", "职位", "岗位", "个相关", "项"} {
			if strings.HasPrefix(after, unit) {
				return true
			}
		}
		return after == "" && strings.HasSuffix(before, "总数：") || strings.HasPrefix(after, "个") && len(after) < 8
	}
	for _, unit := range []string{"个职位", "个岗位", "个在招职位", "个热招职位", "条职位", "jobs found", "open jobs", "open positions", "open roles", "job openings", "jobs available", "results found", "current openings", "openings", "job results", "positions available", "vacancies found", "jobs match", "jobs"} {
		if strings.HasPrefix(after, unit) && len(after) < len(unit)+14 {
			return before == "" || len(before) < 20 && !strings.HasSuffix(before, "-") && !strings.HasSuffix(before, "–") && !strings.Contains(before, "per") && !strings.Contains(before, "page")
		}
	}
	return strings.HasSuffix(before, " of") && (strings.Contains(before, "-") || strings.Contains(before, "–") || strings.Contains(before, "showing") || strings.Contains(before, "results"))
}

// capped tells a number that is no count but the most that the site will say.
func capped(n int, after string) bool {
	return strings.HasPrefix(after, "+") || strings.HasPrefix(after, " +") || strings.HasPrefix(after, "多") || strings.HasPrefix(after, "＋") || n >= 1000 && n%1000 == 0 || n >= 999 && strings.Trim(strconv.Itoa(n), "9") == ""
}

// next is the address of the following page of the list, "" on the last one.
func (v *view) next() string {
	for _, find := range []func() string{v.relNext, v.nextByWord, v.nextByNumber} {
		href := find()
		if href == "" {
			continue
		}
		if address := v.d.Resolve(href); !v.samePage(address) {
			return address
		}
	}
	return ""
}

func (v *view) samePage(address string) bool {
	if address == "" {
		return true
	}
	a, errA := url.Parse(address)
	b, errB := url.Parse(v.d.URL)
	if errA != nil || errB != nil || v.d.URL == "" {
		return false
	}
	return a.Host == b.Host && a.Path == b.Path && a.RawQuery == b.RawQuery
}

func (v *view) relNext() string {
	n := dom.First(v.d.HTML(), func(n *html.Node) bool {
		return (n.DataAtom == atom.Link || n.DataAtom == atom.A) && strings.EqualFold(dom.Attr(n, "rel"), "next") && dom.Attr(n, "href") != ""
	})
	if n == nil || disabled(n) {
		return ""
	}
	return usable(dom.Attr(n, "href"))
}

var nextWords = wordSet("下一页 下页 下一頁 后一页 next next> next>> next» next› nextpage » › >> > 下一页> 下一页>> 下一页» 加载更多 查看更多职位 olderposts loadmore morejobs loadmorejobs 次へ")

// nextByWord finds a link that says next. A lone arrow counts only in a pager.
func (v *view) nextByWord() string {
	for i := range v.o.Elements {
		e := &v.o.Elements[i]
		n := e.Node
		if n.DataAtom != atom.A && n.DataAtom != atom.Button {
			continue
		}
		text := ""
		if e.Last == e.First+1 {
			text = v.o.Leaves[e.First].Text
		}
		label := dom.Attr(n, "aria-label")
		if label == "" {
			label = dom.Attr(n, "title")
		}
		word := casing.Lower(strings.Join(strings.Fields(text), ""))
		spoken := casing.Lower(strings.Join(strings.Fields(label), ""))
		if !nextWords[word] && !nextWords[spoken] && !(spoken != "" && strings.HasPrefix(spoken, "nextpage")) || len(word) <= 2 && word != "" && e.Region&records.Pager == 0 && !v.inPager(int32(i)) {
			continue
		}
		if disabled(n) || n.Parent != nil && disabled(n.Parent) {
			return ""
		}
		for _, key := range []string{"href", "data-href", "data-url", "data-next-url", "hx-get"} {
			if href := usable(dom.Attr(n, key)); href != "" {
				return href
			}
		}
		if href := v.fromClick(dom.Attr(n, "href") + " " + dom.Attr(n, "onclick") + " " + dom.Attr(n, "data-page")); href != "" {
			return href
		}
	}
	return ""
}

// inPager tells that an element stands among page numbers.
func (v *view) inPager(i int32) bool {
	for n, p := 0, v.o.Elements[i].Parent; p >= 0 && n < 3; n, p = n+1, v.o.Elements[p].Parent {
		numbers := 0
		el := &v.o.Elements[p]
		if el.Last-el.First > 30 {
			return false
		}
		for l := el.First; l < el.Last; l++ {
			if _, err := strconv.Atoi(v.o.Leaves[l].Text); err == nil {
				numbers++
			}
		}
		if numbers >= 2 {
			return true
		}
	}
	return false
}

// What classes and scripts say of the links between the pages of a list.
var (
	disabledClass = anyof.Of("disabled", "disable", "nolink", "unable", "inactive", "no-next", "end")
	currentClass  = anyof.Of("active", "current", "cur", "on", "selected", "thispage", "curr")
	turnsPage     = anyof.Of("page", "pg", "goto")
)

func disabled(n *html.Node) bool {
	if dom.HasAttr(n, "disabled") || dom.Attr(n, "aria-disabled") == "true" {
		return true
	}
	return disabledClass.In(casing.Lower(dom.Attr(n, "class"))) && !strings.Contains(dom.Attr(n, "class"), "append")
}

// usable is an address that leads to another page.
func usable(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || kindOfLink(href) == noLink {
		return ""
	}
	return href
}

// nextByNumber finds the link to the page after the current one in a pager.
func (v *view) nextByNumber() string {
	for i := range v.o.Elements {
		e := &v.o.Elements[i]
		if e.Region&records.Pager == 0 || e.Parent >= 0 && v.o.Elements[e.Parent].Region&records.Pager != 0 {
			continue
		}
		if href := v.afterCurrent(e.First, e.Last); href != "" {
			return href
		}
	}
	return ""
}

// afterCurrent looks for the current page's number, which is no link or is marked, and the
// link to the one after it.
func (v *view) afterCurrent(from, to int32) string {
	current := 0
	for l := from; l < min(to, from+60); l++ {
		n, err := strconv.Atoi(v.o.Leaves[l].Text)
		if err != nil || n < 1 || n > 9999 {
			continue
		}
		element := v.o.Leaves[l].Element
		if current > 0 && n == current+1 {
			node := v.o.Elements[element].Node
			if href := usable(v.o.Link(element)); href != "" {
				return href
			}
			return v.fromClick(dom.Attr(node, "href") + " " + dom.Attr(node, "onclick"))
		}
		if v.marked(element) {
			current = n
		}
	}
	return ""
}

func (v *view) marked(element int32) bool {
	if usable(v.o.Link(element)) == "" && v.o.Elements[element].Link < 0 {
		return true
	}
	for n, e := 0, element; e >= 0 && n < 2; n, e = n+1, v.o.Elements[e].Parent {
		node := v.o.Elements[e].Node
		if dom.HasAttr(node, "aria-current") || currentClass.In(casing.Lower(dom.Attr(node, "class"))) {
			return true
		}
	}
	return false
}

// fromClick makes the address of a page that only a script turns to, where the page's own
// address has a number to set: ?page=1 and goPage(2).
func (v *view) fromClick(script string) string {
	open := strings.IndexByte(script, '(')
	if open < 0 || !turnsPage.In(casing.Lower(script[:open])) {
		return ""
	}
	digits := script[open+1:]
	digits = strings.TrimLeft(digits, "'\" ")
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	u, err := url.Parse(v.d.URL)
	if err != nil || end == 0 || end > 5 {
		return ""
	}
	q := u.Query()
	for _, key := range slices.Sorted(maps.Keys(q)) {
		if pageParams[casing.Lower(key)] {
			q.Set(key, digits[:end])
			u.RawQuery = q.Encode()
			return u.String()
		}
	}
	return ""
}

var pageParams = wordSet("page p pg pageno pagenum pageindex page_index curpage currentpage pn pageid page_no pagenumber start_page")
