package detail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// published is when the notice was published: by label, by the line under the title, by the
// page's meta, by its address, and where nothing else is said by its signature. Dates of
// opening and of deadlines are never it, and neither are "今天是…" and copyright lines.
func (r *reader) published() *signals.Date {
	if d := r.dated(label.Published); d != nil {
		return d
	}
	for i := 0; i < len(r.sheet.Lines) && i < 120; i++ {
		text := r.sheet.Lines[i].Text
		if m := stamp.FindString(text); m != "" {
			if d := r.date(m); d != nil {
				return d
			}
		}
	}
	if d := r.date(metaContent(r.src.Root, "PubDate")); d != nil {
		return d
	}
	if d := addressDate(r.src.URL); d != nil {
		return d
	}
	if d := r.dated(label.PublishedWeak); d != nil {
		return d
	}
	return r.signatureDay()
}

// dated is the first date under a label of that role.
func (r *reader) dated(want label.Role) *signals.Date {
	for i := range r.sheet.Facts {
		if r.roles[i] != want || complaint.MatchString(r.sheet.Facts[i].Section) {
			continue
		}
		text := r.sheet.Facts[i].Value
		if found, ok := dates.ParsePast(text, r.src.At, r.orderOf(text)); ok {
			return &found.Date
		}
	}
	return nil
}

// stamp is the line under a title: "2026年06月02日 10:26 来源：", "时间：2026-06-02 点击".
var stamp = pattern.New(`^[\[【(（]?\s*\d{4}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:$|[\]】)）]|来源|作者|浏览|点击|阅读|【|字体|发布)|(?:^|[\s【\[（(])(?:发布|公告|发稿|信息)(?:时间|日期)?\s*[:：]\s*\d{4}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}|^(?i:published|posted|issued|date posted)(?: on)?\s*:?\s+(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})|^时间\s*[:：]\s*\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}`)

func (r *reader) date(text string) *signals.Date {
	if text == "" {
		return nil
	}
	found, ok := dates.ParseIn(text, r.src.At, r.orderOf(text))
	if !ok {
		return nil
	}
	d := found.Date
	return &d
}

// orderOf reads 4/3/2026 as American unless the notice's other dates, its language or its
// land say otherwise.
func (r *reader) orderOf(text string) dates.Order {
	if !strings.Contains(text, "/") {
		return dates.DayFirst
	}
	if r.order == dates.OrderUnknown {
		r.order = dates.MonthFirst
		var texts []string
		for i := range r.sheet.Facts {
			texts = append(texts, r.sheet.Facts[i].Value)
		}
		if o := dates.OrderOfPage(texts, langOf(r.src.Root), r.src.URL); o != dates.OrderUnknown {
			r.order = o
		}
	}
	return r.order
}

func langOf(root *html.Node) string {
	n := dom.First(root, func(n *html.Node) bool { return n.DataAtom == atom.Html })
	if n == nil {
		return ""
	}
	return dom.Attr(n, "lang")
}

// addressDay is the day in the address of a notice: t20161115_7579344.htm, /20260529/.
var addressDay = pattern.New(`(?:/|t|_|-)(20[0-4]\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:/|_|-|\.|$)`)

func addressDate(url string) *signals.Date {
	m := addressDay.FindStringSubmatch(url)
	if m == nil {
		return nil
	}
	d, err := signals.ParseDate(m[1] + "-" + m[2] + "-" + m[3])
	if err != nil {
		return nil
	}
	return &d
}

func (r *reader) signatureDay() *signals.Date {
	lines := r.sheet.Lines
	for i := len(lines) - 1; i >= 0 && i > len(lines)-60; i-- {
		if signatureDate.MatchString(lines[i].Text) {
			if d := r.date(arabic(lines[i].Text)); d != nil {
				return d
			}
		}
	}
	return nil
}

// arabic writes a date in Chinese numerals in digits: 二〇〇九年七月十五日, 二00九年十二月三十日.
func arabic(text string) string {
	if !strings.ContainsAny(text, "一二三四五六七八九十〇○零") {
		return text
	}
	year, rest, ok := strings.Cut(text, "年")
	if !ok {
		return text
	}
	month, day, ok := strings.Cut(rest, "月")
	if !ok {
		return text
	}
	return digitsOf(year) + "年" + tens(month) + "月" + tens(strings.TrimSuffix(day, "日")) + "日"
}

var numerals = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "O", "0", "Ｏ", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

func digitsOf(s string) string { return numerals.Replace(strings.TrimSpace(s)) }

// tens reads 七, 十, 十五, 二十, 三十一.
func tens(s string) string {
	s = strings.TrimSpace(s)
	before, after, ok := strings.Cut(s, "十")
	if !ok {
		return digitsOf(s)
	}
	if before == "" {
		before = "一"
	}
	if after == "" {
		after = "零"
	}
	return digitsOf(before) + digitsOf(after)
}

// deadline is until when bids are taken; the opening stands for it where it alone is said.
func (r *reader) deadline() *signals.Date {
	for _, want := range []label.Role{label.Deadline, label.Opening} {
		for i := range r.sheet.Facts {
			if r.roles[i] != want {
				continue
			}
			if d := r.date(r.sheet.Facts[i].Value); d != nil {
				return d
			}
		}
	}
	if m := before.FindStringSubmatch(r.text); m != nil {
		return r.date(m[1])
	}
	return nil
}

// before is "于2026年06月25日 09:00（北京时间）前递交投标文件".
var before = pattern.New(`于\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)[^，。]{0,30}前(?:递交|提交)`)
