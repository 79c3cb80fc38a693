package induce

import (
	"fmt"
	"sort"
	"strings"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Reading is what induction finds on a page.
type Reading struct {
	Postings []signals.Posting
	Detail   bool // the page is about one job
	Why      string
	Total    *int
	Next     string
	// Closed is the number of records that say themselves that they are not open any more.
	Closed int
	// AboutJobs tells that the page as a whole speaks of jobs, whether or not it lists any.
	AboutJobs bool
}

// Read finds the jobs of an HTML page. Without postings there is no list of jobs on it that
// can be told from other lists.
func Read(d *page.Document) Reading {
	if d.HTML() == nil {
		return Reading{}
	}
	v := newView(d)
	defer v.release()
	v.order = v.dateOrder()
	out := Reading{AboutJobs: v.facts.jobs >= 2}
	lists := v.lists()
	if job, ok := v.detail(lists); ok {
		out.Postings, out.Detail, out.Why = []signals.Posting{job}, true, "the page describes one job under its title"
		return out
	}
	if len(lists) == 0 {
		if v.facts.jobs > 0 {
			out.Postings, out.Why = v.labelledJobs(), "jobs stand there as labels and values"
		}
		return out
	}
	n := 0
	for i := range lists {
		n += len(lists[i].recs)
	}
	out.Postings, out.Closed = v.postings(lists)
	out.Total = v.total(len(out.Postings))
	out.Next = v.next()
	out.Why = fmt.Sprintf("%d records that stand alike (%s) and whose titles read like jobs", n, v.nameOf(lists[0].recs[0].element))
	return out
}

// lists are the accepted groups of records that do not overlap, best first.
func (v *view) lists() []candidate {
	var out []candidate
	all := v.candidates()
	for i := range all {
		c := &all[i]
		if !v.accept(c) || v.overlaps(out, c) || v.insideOther(all, c) {
			continue
		}
		if len(out) > 0 && !v.belongs(&out[0], c) {
			continue
		}
		out = append(out, *c)
	}
	return v.withoutSideBoxes(out)
}

// insideOther tells that a group's records are parts of the records of another group, whose
// titles stand outside of them and for which more speaks: tags of jobs, say.
func (v *view) insideOther(all []candidate, c *candidate) bool {
	for i := range all {
		o := &all[i]
		if o.key == c.key || len(o.recs) == 0 || len(o.recs) > len(c.recs) || o.total*len(c.recs) <= c.total*len(o.recs) || o.recs[0].from > c.recs[0].from {
			continue
		}
		parts := 0
		for _, r := range c.recs {
			n := sort.Search(len(o.recs), func(k int) bool { return o.recs[k].to > r.from })
			if n < len(o.recs) && o.recs[n].from <= r.from && r.to <= o.recs[n].to && (o.recs[n].title < r.from || o.recs[n].title >= r.to) {
				parts++
			}
		}
		if parts*5 >= 4*len(c.recs) && v.accept(o) {
			return true
		}
	}
	return false
}

// overlaps tells that a group's records lie in, or around, records already taken.
func (v *view) overlaps(taken []candidate, c *candidate) bool {
	for i := range taken {
		spans := taken[i].recs
		for _, r := range c.recs {
			n := sort.Search(len(spans), func(k int) bool { return spans[k].to > r.from })
			if n < len(spans) && spans[n].from < r.to {
				return true
			}
		}
	}
	return false
}

// belongs tells that a further group is as clearly jobs as the best one.
func (v *view) belongs(best, c *candidate) bool {
	a, b := best.total/max(1, len(best.recs)), c.total/max(1, len(c.recs))
	if b*3 < a*2 {
		return false
	}
	linked := func(c *candidate) bool { return c.recs[0].links > 0 }
	return linked(best) == linked(c) || c.recs[0].facts > 0
}

// withoutSideBoxes leaves out boxes of suggestions where there is a list of the page's own.
func (v *view) withoutSideBoxes(lists []candidate) []candidate {
	own := lists[:0:0]
	for _, c := range lists {
		if !c.side {
			own = append(own, c)
		}
	}
	if len(own) == 0 {
		return lists
	}
	return own
}

// postings reads the records of all lists, each job once, and counts those that are closed.
func (v *view) postings(lists []candidate) (open []signals.Posting, closed int) {
	var recs []rec
	for i := range lists {
		recs = append(recs, lists[i].recs...)
	}
	sort.SliceStable(recs, func(a, b int) bool { return recs[a].from < recs[b].from })
	titles := map[int32]bool{}
	for i := range recs {
		titles[recs[i].title] = true
	}
	all, kept := make([]signals.Posting, 0, len(recs)), recs[:0]
	for i := range recs {
		if v.closed(&recs[i]) {
			closed++
			continue
		}
		if p := v.posting(&recs[i]); p.Title != "" {
			p.ID = v.unitOf(&recs[i])
			all, kept = append(all, p), append(kept, recs[i])
		}
	}
	kept, all = v.withoutContents(kept, all)
	v.completePlaces(kept, all)
	for i := range all {
		if all[i].Place == "" {
			all[i].Place = v.placeAbove(kept[i].from, titles)
		}
	}
	return Distinct(all), closed
}

// closed tells a record that says by a text of its own, a badge or a cell, that the job is
// not open any more.
func (v *view) closed(r *rec) bool {
	for l := r.from; l < r.to; l++ {
		if l != r.title && words.Closed(v.o.Leaves[l].Text) {
			return true
		}
	}
	return false
}

// unitOf is the company or department that a record names by a class or a column.
func (v *view) unitOf(r *rec) string {
	for l := r.from; l < r.to; l++ {
		leaf := &v.o.Leaves[l]
		if l != r.title && len(leaf.Text) < 100 && (v.o.Elements[leaf.Element].Class&sayUnit != 0 || v.columnOf(leaf.Element) == words.DepartmentOf) {
			return leaf.Text
		}
	}
	return ""
}

// Distinct leaves out postings that come again: under the same address and title, or, where
// addresses tell nothing, with the same title, place and what its ID held before. It gives
// each its id.
func Distinct(all []signals.Posting) []signals.Posting {
	if len(all) == 0 {
		return nil
	}
	keys := make([]string, len(all))
	titles := make(map[string]string, len(all)) // the first title under each address
	shared := map[string]bool{}                 // addresses under which several titles stand
	for i, p := range all {
		keys[i] = identity(p.URL)
		first, ok := titles[keys[i]]
		if !ok {
			titles[keys[i]] = p.Title
		}
		shared[keys[i]] = shared[keys[i]] || ok && first != p.Title
	}
	at := make(map[string]int, len(all))
	out := make([]signals.Posting, 0, len(all))
	for i, p := range all {
		key := keys[i]
		if key == "" || shared[key] {
			key = p.Title + "|" + p.Place
			if p.ID != "" {
				key += "|" + p.ID // what else tells it apart: the company of a board's list
			}
		}
		if i, again := at[key]; again {
			merge(&out[i], p)
			continue
		}
		at[key] = len(out)
		p.ID = key
		out = append(out, p)
	}
	return out
}

// merge keeps of a posting that came again what the first did not say.
func merge(into *signals.Posting, p signals.Posting) {
	if into.Posted == nil {
		into.Posted, into.Basis = p.Posted, p.Basis
	}
	if into.Place == "" {
		into.Place = p.Place
	} else if p.Place != "" && !strings.Contains(into.Place, p.Place) && len(into.Place) < 200 {
		into.Place += "; " + p.Place
	}
	into.Headcount = max(into.Headcount, p.Headcount)
}

// dateOrder tells how the page writes 03/04/2026.
func (v *view) dateOrder() dates.Order {
	var texts []string
	for i := range v.o.Leaves {
		if t := v.o.Leaves[i].Text; len(t) < 60 && (strings.Count(t, "/") == 2 || strings.Count(t, "-") == 2) {
			texts = append(texts, t)
		}
	}
	return dates.OrderOf(texts, v.lang())
}

func (v *view) lang() string {
	h := dom.First(v.d.HTML(), func(n *html.Node) bool { return n.DataAtom == atom.Html })
	if h == nil {
		return ""
	}
	return dom.Attr(h, "lang")
}

// nameOf names an element for people: li.job-item.
func (v *view) nameOf(element int32) string {
	n := v.o.Elements[element].Node
	name := n.Data
	for c := range strings.FieldsSeq(dom.Attr(n, "class")) {
		return name + "." + c
	}
	return name
}
