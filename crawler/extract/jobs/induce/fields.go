package induce

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/signals"
)

// posting reads a record.
func (v *view) posting(r *rec) signals.Posting {
	p := signals.Posting{Title: v.titleOf(r.title)}
	if href := v.linkOf(r); href != "" {
		p.URL = v.d.Resolve(href)
	}
	p.Headcount = words.Headcount(v.o.Leaves[r.title].Text)
	v.readFields(r, &p)
	return p
}

// linkOf is the address of the record: that of its title, else the first that leads to a
// single job, else the first that leads to any page.
func (v *view) linkOf(r *rec) string {
	if href := v.o.Link(v.o.Leaves[r.title].Element); v.kindOf(href) != noLink {
		return href
	}
	best, kind := "", noLink
	for l := r.from; l < r.to; l++ {
		href := v.o.Link(v.o.Leaves[l].Element)
		if k := v.kindOf(href); k > kind && k != jobsLink {
			best, kind = href, k
		}
	}
	if best != "" {
		return best
	}
	return v.dataLink(r)
}

// dataLink is an address that a record keeps in an attribute for a script: data-href, or
// location.href='…' behind a click.
func (v *view) dataLink(r *rec) string {
	e := &v.o.Elements[r.element]
	for i := r.element; i < min(e.End, r.element+12); i++ {
		for _, a := range v.o.Elements[i].Node.Attr {
			switch a.Key {
			case "data-href", "data-url", "data-link", "href":
				if kindOfLink(a.Val) > jobsLink || kindOfLink(a.Val) == otherLink && strings.Contains(a.Val, "/") {
					return a.Val
				}
			case "onclick":
				if href := clickTarget(a.Val); href != "" {
					return href
				}
			}
		}
	}
	return ""
}

// clickTarget reads location.href='…' and window.open('…').
func clickTarget(script string) string {
	for _, call := range []string{"location.href", "window.open", "location="} {
		i := strings.Index(script, call)
		if i < 0 {
			continue
		}
		rest := script[i+len(call):]
		start := strings.IndexAny(rest, `'"`)
		if start < 0 || start > 12 {
			continue
		}
		end := strings.IndexByte(rest[start+1:], rest[start])
		if end > 0 {
			return rest[start+1 : start+1+end]
		}
	}
	return ""
}

// readFields reads place, date and headcount from the leaves of a record.
func (v *view) readFields(r *rec, p *signals.Posting) {
	before := words.NoLabel // what the leaf before this one announces
	guessed := ""
	for l := r.from; l < r.to; l++ {
		if l == r.title {
			before = words.NoLabel
			continue
		}
		leaf := &v.o.Leaves[l]
		text := leaf.Text
		if d, ok := v.leafDate(r, l); ok && p.Posted == nil {
			p.Posted, p.Basis = &d, signals.DatePublished
			l++
			continue
		}
		if pairs := words.Pairs(text); pairs != nil {
			for _, p2 := range pairs {
				v.field(p, p2.Label, p2.Value, leaf.Element)
			}
			before = words.NoLabel
			continue
		}
		label, value := words.Labelled(text)
		if label == words.NoLabel {
			label, value = v.columnOf(leaf.Element), text
		}
		if label == words.NoLabel {
			label = before
		}
		if before = words.LabelOf(text); before != words.NoLabel {
			continue
		}
		if value == "" && label != words.NoLabel {
			before = label
			continue
		}
		v.field(p, label, value, leaf.Element)
		if guessed == "" && label == words.NoLabel && p.Place == "" {
			guessed = v.guessPlace(text, leaf.Element)
		}
	}
	if p.Place == "" {
		p.Place = guessed
	}
}

// leafDate is a date that two texts in a row state, as calendar leaves do. A label before it
// says what any date is, so it is none of a posting's own.
func (v *view) leafDate(r *rec, l int32) (signals.Date, bool) {
	if l+1 >= r.to || l+1 == r.title || l > r.from && words.LabelOf(v.o.Leaves[l-1].Text) != words.NoLabel || v.columnOf(v.o.Leaves[l].Element) != words.NoLabel {
		return signals.Date{}, false
	}
	return dates.Joined(v.o.Leaves[l].Text, v.o.Leaves[l+1].Text)
}

func (v *view) field(p *signals.Posting, label words.Label, value string, element int32) {
	switch label {
	case words.PlaceOf:
		if p.Place == "" && len(value) <= 200 {
			p.Place = strings.Trim(placeOnly(value), besidePlace)
		}
		return
	case words.HeadcountOf:
		if n := words.Number(value); n > 0 {
			p.Headcount = n
		} else if n := words.Headcount(value); n > 0 {
			p.Headcount = n
		}
		return
	case words.Until, words.SalaryOf, words.DepartmentOf, words.DutiesOf, words.TitleOf:
		return
	}
	if p.Headcount == 0 && len(value) < 30 {
		p.Headcount = words.Headcount(value)
	}
	if p.Posted != nil && p.Basis == signals.DatePublished || len(value) > 160 {
		return
	}
	if found, ok := v.dateOf(value, element); ok {
		if label == words.UpdatedOn {
			found.Basis = signals.DateUpdated
		}
		if p.Posted == nil || found.Basis == signals.DatePublished {
			p.Posted, p.Basis = &found.Date, found.Basis
		}
	}
}

// farAbove is how many texts above a record its group's heading may stand.
const farAbove = 300

// placeAbove is the place that the heading of a record's group names: jobs are listed city by
// city. The nearest heading that is no job's title decides.
func (v *view) placeAbove(from int32, titles map[int32]bool) string {
	for l := from - 1; l >= 0 && l > from-farAbove; l-- {
		if e := &v.o.Elements[v.o.Leaves[l].Element]; e.Level == 0 || titles[l] || e.Region&outside != 0 {
			continue
		}
		if text := v.o.Leaves[l].Text; words.Place(text) {
			return strings.Trim(placeOnly(text), besidePlace)
		}
		return ""
	}
	return ""
}

// parting tells the signs between the facts of a line.
func parting(r rune) bool {
	return r == '/' || r == '|' || r == '·' || r == '｜' || r == '•' || r == '丨'
}

// besidePlace are the signs that stand around a place.
const besidePlace = " []【】·•|｜丨-"

// placeOnly is a place without the facts that stand behind it in the same text: 東京都渋谷区 /
// 正社員 / 年収500万円.
func placeOnly(value string) string {
	for i := 0; i < len(value); {
		n := strings.IndexFunc(value[i:], parting)
		if n < 0 {
			return value
		}
		at := i + n
		_, size := utf8.DecodeRuneInString(value[at:])
		rest := strings.TrimSpace(value[at+size:])
		if end := strings.IndexFunc(rest, parting); end >= 0 {
			rest = strings.TrimSpace(rest[:end])
		}
		if at > 0 && (words.Fact(rest) && !words.Place(rest) || words.Salary(rest)) {
			return strings.TrimSpace(value[:at])
		}
		i = at + size
	}
	return value
}

// dateOf reads a date of a leaf; a <time> tells it exactly.
func (v *view) dateOf(text string, element int32) (dates.Found, bool) {
	found, ok := dates.ParseIn(text, v.d.At, v.order)
	for n, e := 0, element; e >= 0 && n < 2; n, e = n+1, v.o.Elements[e].Parent {
		node := v.o.Elements[e].Node
		if node.DataAtom != atom.Time {
			continue
		}
		exact, known := dates.Parse(dom.Attr(node, "datetime"), v.d.At)
		if !known {
			break
		}
		if ok && found.Basis == signals.DateUpdated {
			exact.Basis = signals.DateUpdated
		}
		return exact, true
	}
	return found, ok
}

// guessPlace takes a leaf without a label for the place: by its class, else by its words.
func (v *view) guessPlace(text string, element int32) string {
	if len(text) > 90 {
		return ""
	}
	e := &v.o.Elements[element]
	said := e.Class
	if e.Parent >= 0 && v.o.Elements[e.Parent].Last-v.o.Elements[e.Parent].First <= 3 {
		said |= v.o.Elements[e.Parent].Class
	}
	if said&sayPlace != 0 && !numeric(text) && !words.Salary(text) && !words.Action(text) {
		return strings.Trim(placeOnly(text), besidePlace)
	}
	if words.Place(text) {
		return strings.Trim(placeOnly(text), besidePlace)
	}
	for _, piece := range words.Pieces(text) {
		if words.Place(piece) {
			return piece
		}
	}
	return ""
}
