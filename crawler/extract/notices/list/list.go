// Package list reads lists of notices: of any site, as long as its records stand alike. A
// record's title is what reads as the title of a notice; its other fields are told by the
// heads of columns and by labels inside the record.
package list

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/records"
	"dealvitals/signals"
)

// Found is the best list of a page.
type Found struct {
	Notices []signals.Notice
	// Share is how much of the page's text stands in the list, 0–1.
	Share float64
	// Dated is the share of notices with a date, Typed of those whose title states a type.
	Dated, Typed float64
	Linked       bool // at least one record leads to a page of its own
	Stands       bool // enough speaks for a list of notices
	Others       int  // other groups of records that could be lists
	Total        *int // as the page states it
	Next         *page.Request
}

// maxRecords bounds the work on one page.
const maxRecords = 5000

// Read finds the list of notices of a page.
func Read(d *page.Document) Found {
	root := d.HTML()
	if root == nil {
		return Found{}
	}
	s := &site{doc: d, at: d.At, order: dateOrder(d), trail: trail(root), scores: map[string]int{}}
	best, others := candidate{}, 0
	for _, l := range records.Lists(root) {
		c := s.candidate(l)
		if c.score <= 0 {
			continue
		}
		others++
		if c.better(best) {
			best = c
		}
	}
	if best.score <= 0 {
		best = s.single(root)
	}
	if best.score <= 0 {
		return Found{}
	}
	f := s.found(best)
	f.Others = max(0, others-1)
	f.Total, f.Next = total(root), next(d, root)
	return f
}

// site is what all records of a page share.
type site struct {
	doc   *page.Document
	at    time.Time
	order dates.Order
	trail signals.NoticeType // of "首页 > 中标公告", "" when it says none
	// scores are the texts judged so far: the same links stand in groups of every level.
	scores map[string]int
}

// candidate is a group of records read as notices.
type candidate struct {
	rows  []row
	size  int // bytes of text in the records
	score float64
}

// better prefers more notices and fields; of lists as good, the one whose records are the
// larger elements, for they hold the fields.
func (c candidate) better(o candidate) bool {
	if c.score != o.score {
		return c.score > o.score
	}
	return c.size > o.size
}

func (s *site) candidate(l records.List) candidate {
	if len(l.Records) > maxRecords || len(l.Records) == 0 {
		return candidate{}
	}
	c := candidate{}
	heads := headsOf(l)
	seen := map[string]bool{}
	jobs := 0
	for _, rec := range l.Records {
		r, ok := s.row(rec, heads)
		c.size += r.size
		if r.job {
			jobs++
		}
		key := r.title + "|" + r.url + "|" + r.no + "|" + r.id
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		c.rows = append(c.rows, r)
		c.score += r.points
	}
	if jobs*3 > len(l.Records) || !s.plausible(c, len(l.Records)) {
		return candidate{}
	}
	return c
}

// plausible tells whether the rows of a group are notices, on the whole.
func (s *site) plausible(c candidate, all int) bool {
	if len(c.rows) == 0 || len(c.rows)*2 < all && len(c.rows) < 5 {
		return false
	}
	typed, dated, facts, files := 0, 0, 0, 0
	for i := range c.rows {
		if c.rows[i].typed {
			typed++
		}
		if c.rows[i].date != nil {
			dated++
		}
		if c.rows[i].facts > 0 {
			facts++
		}
		if c.rows[i].file {
			files++
		}
	}
	n := len(c.rows)
	if files*2 > n {
		return false
	}
	if dated == 0 && facts == 0 && typed*10 < n*7 {
		return false
	}
	return typed*2 >= n || (facts*3 >= n*2 && typed*5 >= n) || facts*10 >= n*9 && c.rows[0].facts >= 2 || (s.trail != "" && dated*10 >= n*8 && typed*5 >= n)
}

// found makes notices of the rows.
func (s *site) found(c candidate) Found {
	f := Found{Stands: true}
	typed, dated := 0, 0
	for i := range c.rows {
		r := &c.rows[i]
		f.Notices = append(f.Notices, s.notice(r))
		if r.typed {
			typed++
		}
		if r.date != nil {
			dated++
		}
		f.Linked = f.Linked || r.opens
	}
	n := float64(len(c.rows))
	f.Typed, f.Dated = float64(typed)/n, float64(dated)/n
	if all := len(dom.Text(s.doc.HTML())); all > 0 {
		f.Share = float64(c.size) / float64(all)
	}
	return f
}

func (s *site) notice(r *row) signals.Notice {
	n := signals.Notice{
		Title: r.title, URL: r.url, Published: r.date, Deadline: r.deadline, Buyer: r.buyer, Agency: r.agency,
		Region: r.region, ProjectNo: r.no, Type: r.kind, ID: r.id, Summary: r.summary,
	}
	if n.Type == "" {
		n.Type = firstType(s.trail, signals.NoticeTender) // most notices are calls
	}
	if r.amount.Value.IsPositive() {
		v := r.amount.Value
		n.Amount, n.Currency = &v, r.amount.Currency
		if n.Currency == "" && hasHan(n.Title) {
			n.Currency = "CNY"
		}
	}
	if r.winner != "" {
		n.Winners = []string{r.winner}
	}
	return n
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

func firstType(types ...signals.NoticeType) signals.NoticeType {
	for _, t := range types {
		if t != "" {
			return t
		}
	}
	return signals.NoticeOther
}

// trail is the type that the page's path names for all its notices.
func trail(root *html.Node) signals.NoticeType {
	text := ""
	dom.Walk(root, func(n *html.Node) bool {
		if text != "" || n.Type != html.ElementNode {
			return text == ""
		}
		if dom.Block(n) || n.Data == "div" {
			t := dom.TextUpTo(n, 300)
			if len(t) < 240 && strings.Contains(t, "首页") && strings.ContainsAny(t, ">»/＞") && !strings.Contains(t, "登录") {
				text = t
				return false
			}
		}
		return true
	})
	i := strings.LastIndexAny(text, ">»/＞")
	if i < 0 {
		return ""
	}
	return kind.OfCategory(strings.Trim(text[i:], ">»/＞ "))
}
