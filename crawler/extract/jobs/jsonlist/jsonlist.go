// Package jsonlist reads jobs from any JSON that holds a list of them, whatever system
// wrote it: it finds the arrays of records, tells by the names of their fields and by their
// titles which of them are jobs, and reads title, place, date and link. Answers that are
// empty, that refuse, or that are opaque are told apart (DESIGN §4, "Outcomes").
package jsonlist

import (
	"fmt"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// extractor is the name under which results of this package are known.
const extractor = "json-list"

// Read reads a JSON document. False means that the document is no JSON, or that it holds
// nothing that this package can judge.
func Read(d *page.Document) (page.Result, bool) {
	if d.Format != page.FormatJSON {
		return page.Result{}, false
	}
	v := d.JSON()
	if v == nil {
		return page.Result{}, false
	}
	r, ok := FromValue(v, d)
	if ok {
		if r.Form != page.FormDetail {
			r.Form = page.FormAPI
		}
		return r, true
	}
	if r, ok := rendered(v, d); ok {
		return r, true
	}
	return refuse(v, d)
}

// FromValue reads jobs from a JSON value, such as the state that a page embeds. True means
// that it holds a list of jobs, or says itself that there are none.
func FromValue(v any, d *page.Document) (page.Result, bool) {
	f := findLists(v)
	listed, ok := f.jobs(v, d)
	if ok && !f.aside {
		return listed, true
	}
	if one, found := single(v, d); found {
		return one, true
	}
	if ok {
		return listed, true
	}
	return f.nothing(v, d)
}

// jobs is the result of the lists that are jobs.
func (f *finder) jobs(root any, d *page.Document) (page.Result, bool) {
	chosen := f.choose()
	if len(chosen) == 0 {
		return page.Result{}, false
	}
	best := chosen[0]
	if f.aside = best.sideList(); f.aside && f.saysNone(root) {
		return page.Result{}, false
	}
	var seen Seen
	for _, r := range chosen {
		rd := newReader(d, r)
		for i, m := range r.records {
			fields := record{}
			if i < len(r.fields) {
				fields = r.fields[i]
			} else {
				fields = fieldsOf(m)
			}
			if p, ok := rd.posting(fields); ok {
				seen.addRequisition(p, requisitionOf(fields))
			}
		}
	}
	if len(seen.Postings) == 0 {
		return page.Result{}, false
	}
	res := page.Result{
		Outcome: signals.OutcomeOK, Form: page.FormList, Extractor: extractor, Charset: d.Charset, Postings: seen.Postings,
		Why: fmt.Sprintf("a list of %d records at %q whose titles stand in %q", len(best.records), best.name(), best.titleKey),
	}
	if len(chosen) == 1 && best.seen == 1 {
		res.Total, _ = totalFor(root, best.path)
	}
	res.Next, res.More = nextPage(d, root, best), goesOn(root, best.path)
	if res.Total != nil && (*res.Total < len(res.Postings) || *res.Total == len(res.Postings) && res.More != "") {
		res.Total = nil // it counts something else
	}
	if res.Next != nil || res.Total != nil {
		res.More = ""
	}
	return res, true
}

// choose is the best list of jobs, and the lists of the same kind beside it.
func (f *finder) choose() []rated {
	var rates []rated
	best := -1
	for _, l := range f.lists {
		r := rate(l)
		if r.score < enough {
			continue
		}
		rates = append(rates, r)
		if best < 0 || r.better(rates[best]) {
			best = len(rates) - 1
		}
	}
	if best < 0 {
		return nil
	}
	chosen := []rated{rates[best]}
	for i, r := range rates {
		if i != best && r.beside(rates[best]) {
			chosen = append(chosen, r)
		}
	}
	return chosen
}

// better prefers the answer's own list to suggestions, then the clearer, then the longer.
func (r rated) better(o rated) bool {
	if a, b := r.sideList(), o.sideList(); a != b {
		return b
	}
	if r.score/4 != o.score/4 {
		return r.score > o.score
	}
	if len(r.records) != len(o.records) {
		return len(r.records) > len(o.records)
	}
	return r.score > o.score
}

// beside tells a list of the same records as the best one: the same field for the title
// and the same shape. Suggestions and lists inside the best one's records are left out.
func (r rated) beside(best rated) bool {
	if r.sideList() || r.titleKey != best.titleKey || under(r.path, best.path) || under(best.path, r.path) {
		return false
	}
	return sameShape(r.records[0], best.records[0]) && sameShape(best.records[0], r.records[0])
}
