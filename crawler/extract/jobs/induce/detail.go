package induce

import (
	"strings"

	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/records"
	"dealvitals/signals"
)

// detail reads a page that is about one job: its title stands above duties and
// requirements, and what lists there are come after, as suggestions.
func (v *view) detail(lists []candidate) (signals.Posting, bool) {
	title, ok := v.mainTitle()
	if !ok {
		return signals.Posting{}, false
	}
	first, last, ok := v.dutiesOutside(lists)
	if !ok || last < title || first-title > 150 {
		return signals.Posting{}, false
	}
	for i := range lists {
		c := &lists[i]
		if c.recs[0].from <= title && title < c.recs[len(c.recs)-1].to {
			return signals.Posting{}, len(c.recs) == 1 && false
		}
		if c.recs[0].from < title && len(c.recs) > 1 && !c.side {
			return signals.Posting{}, false
		}
	}
	r := rec{from: title, to: min(first, title+60), element: v.o.Leaves[title].Element, title: title}
	p := v.posting(&r)
	p.URL = v.d.URL
	if p.ID = identity(v.d.URL); p.ID == "" {
		p.ID = p.Title + "|" + p.Place
	}
	return p, true
}

// mainTitle is the leaf that names the page's one job: the first heading that reads like a
// job and that the page's own title repeats, or an h1.
func (v *view) mainTitle() (int32, bool) {
	head := squeeze(v.o.Title)
	for _, s := range v.seeds {
		e := &v.o.Elements[v.o.Leaves[s].Element]
		if e.Region&(records.Aside|records.Control) != 0 {
			continue
		}
		text := squeeze(v.o.Leaves[s].Text)
		named := len(text) >= 4 && strings.Contains(head, text)
		if e.Level == 1 && v.score[s] >= 4 || named && (e.Level > 0 || e.Class&(sayName|sayTitle) != 0 || v.score[s] >= 4) {
			return s, true
		}
	}
	return 0, false
}

func squeeze(s string) string {
	return casing.Lower(strings.Join(strings.Fields(s), ""))
}

// dutiesOutside are the first and last headings such as 岗位职责 outside the lists.
func (v *view) dutiesOutside(lists []candidate) (first, last int32, ok bool) {
	for i := range v.o.Leaves {
		l := int32(i)
		if v.announces(l) != words.DutiesOf || v.o.Elements[v.o.Leaves[i].Element].Region&outside != 0 || v.inCell(l) || v.inside(lists, l) {
			continue
		}
		if !ok {
			first = l
		}
		last, ok = l, true
	}
	return first, last, ok
}

// inCell tells a heading of a table's column.
func (v *view) inCell(l int32) bool {
	e := v.o.Leaves[l].Element
	return v.o.Elements[e].Node.DataAtom == atom.Th
}

func (v *view) inside(lists []candidate, l int32) bool {
	for i := range lists {
		for _, r := range lists[i].recs {
			if r.from <= l && l < r.to {
				return true
			}
		}
	}
	return false
}
