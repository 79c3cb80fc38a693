package induce

import (
	"strings"

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
			day := d // only a day that is taken needs memory that stays
			p.Posted, p.Basis = &day, signals.DatePublished
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
		if before = v.label(l); before != words.NoLabel && !words.Place(text) { // "Remote" is both
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
	if l+1 >= r.to || l+1 == r.title {
		return signals.Date{}, false
	}
	day, ok := dates.Joined(v.o.Leaves[l].Text, v.o.Leaves[l+1].Text)
	if !ok || l > r.from && v.label(l-1) != words.NoLabel || v.columnOf(v.o.Leaves[l].Element) != words.NoLabel {
		return signals.Date{}, false
	}
	return day, true
}

func (v *view) field(p *signals.Posting, label words.Label, value string, element int32) {
	switch label {
	case words.PlaceOf:
		if p.Place == "" && len(value) <= 200 {
			p.Place = barePlace(value)
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
			day := found.Date
			p.Posted, p.Basis = &day, found.Basis
		}
	}
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
