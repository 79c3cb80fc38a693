package list

import (
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/crawler/extract/records"
	"dealvitals/signals"
)

// freeDate is a date that stands without a label, the last one where a deadline is known.
func (s *site) freeDate(rec records.Record, title string) *signals.Date {
	if d := leafDate(rec, title); d != nil {
		return d
	}
	for text := range seen(rec) {
		if len(text) > 200 || strings.Contains(title, text) {
			continue
		}
		for part := range strings.SplitSeq(text, " | ") {
			if d := s.dateBeside(part); d != nil {
				return d
			}
		}
	}
	return splitDate(rec, s)
}

// dateBeside is the date of a text, or of a part of a line, that holds little else.
func (s *site) dateBeside(text string) *signals.Date {
	if len(text) < 5 || deadlineText.MatchString(text) && !publishedText.MatchString(text) {
		return nil
	}
	if loc := dateText.FindStringIndex(text); loc != nil && (loc[0] <= 36 && utf8.RuneCountInString(text) <= 60 || loc[0] <= 3) {
		return s.date(text)
	}
	return nil
}

// seen are the texts of a record that a reader sees, in their order.
func seen(rec records.Record) iter.Seq[string] {
	return func(yield func(string) bool) {
		on := true
		for _, root := range rec.Nodes {
			dom.Walk(root, func(n *html.Node) bool {
				if !on || n.Type == html.ElementNode && dom.Unseen(n) {
					return false
				}
				if n.Type != html.TextNode {
					return true
				}
				if text := dom.Clean(n.Data); text != "" {
					on = yield(text)
				}
				return false
			})
		}
	}
}

var (
	deadlineText = pattern.New(`(?i)截止|开标|结束|剩余|closing|closes|deadline|due|last date|end date|angebotsfrist`)
	// publishedText tells which of two dates in a text is that of the notice.
	publishedText = pattern.New(`(?i)发布|公告时间|公告日期|\b(?:posted|published|issued)\b`)
	dateText      = pattern.New(`\d{2,4}\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*[-/月]\s*\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}|今天|昨天|前天|小时前|分钟前|天前|刚刚|(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|yesterday)`)
)

// leafDate is a date that the record sets as a calendar leaf does: its year, or its day, in
// a text of its own.
func leafDate(rec records.Record, title string) *signals.Date {
	before := ""
	for text := range seen(rec) {
		if d, ok := dates.Joined(before, text); ok && !strings.Contains(title, text) {
			return &d
		}
		before = text
	}
	return nil
}

// splitDate reads dates whose day and month stand in elements of their own: "02 / 2026-06".
func splitDate(rec records.Record, s *site) *signals.Date {
	for _, root := range rec.Nodes {
		n := dom.First(root, func(n *html.Node) bool {
			c := strings.ToLower(dom.Attr(n, "class"))
			return strings.Contains(c, "date") || strings.Contains(c, "time")
		})
		if n == nil {
			continue
		}
		text := dom.Text(n)
		if deadlineText.MatchString(text) {
			continue
		}
		if m := dayFirst.FindStringSubmatch(text); m != nil {
			return s.date(m[2] + "-" + m[3] + "-" + m[1])
		}
		if m := dayLast.FindStringSubmatch(text); m != nil {
			return s.date(m[1] + "-" + m[2] + "-" + m[3])
		}
		if d := s.date(text); d != nil {
			return d
		}
	}
	return nil
}

// Days and months set apart from each other, in either order.
var (
	dayFirst = pattern.New(`^(\d{1,2})\s*[日/]?\s*(20\d\d)[-./年]\s*(\d{1,2})月?$`)
	dayLast  = pattern.New(`^(20\d\d)[-./年]\s*(\d{2})月?\s*(\d{2})日?$`)
)

func (s *site) date(text string) *signals.Date {
	return dayOf(dates.ParseIn(text, s.at, s.orderOf(text)))
}

// pastDate is a date of publication.
func (s *site) pastDate(text string) *signals.Date {
	return dayOf(dates.ParsePast(text, s.at, s.orderOf(text)))
}

func (s *site) orderOf(text string) dates.Order {
	if strings.Contains(text, "/") {
		return s.order
	}
	return dates.DayFirst
}

func dayOf(found dates.Found, ok bool) *signals.Date {
	if !ok {
		return nil
	}
	return &found.Date
}

// dateOrder is how the page writes 4/3/2026: as its other dates, its language or its land
// say, and American where nothing does.
func dateOrder(d *page.Document) dates.Order {
	var texts []string
	lang := ""
	dom.Walk(d.HTML(), func(n *html.Node) bool {
		if n.Data == "html" && n.Type == html.ElementNode {
			lang = dom.Attr(n, "lang")
		}
		if n.Type == html.TextNode && len(n.Data) < 100 && strings.Count(n.Data, "/") >= 2 {
			texts = append(texts, n.Data)
		}
		return true
	})
	if o := dates.OrderOfPage(texts, lang, d.URL); o != dates.OrderUnknown {
		return o
	}
	return dates.MonthFirst
}

func firstDate(a, b *signals.Date) *signals.Date {
	if a != nil {
		return a
	}
	return b
}
