package jobs

import (
	"fmt"
	"slices"
	"strings"

	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// found is what one reader found on an HTML page.
type found struct {
	extractor string
	postings  []signals.Posting
	closed    int // postings that say themselves that they are closed
	detail    bool
	why       string
	total     *int   // that a state of the page tells, as more
	more      string // what it says by which the list goes on
}

// readHTML lets the readers of HTML pages look, and takes the one to be believed. only
// names the one reader that an administrator wants; "" lets all look.
func readHTML(d *page.Document, only string) page.Result {
	induced := induce.Read(d)
	all := []found{}
	for _, f := range []found{readJSONLD(d), readMicrodata(d), readState(d), ofInduction(induced)} {
		if only == "" || f.extractor == only || only == byList && f.extractor == byDetail {
			all = append(all, f)
		}
	}
	best := choose(all)
	if best < 0 {
		return withoutPostings(d, all, induced.AboutJobs)
	}
	f := all[best]
	r := page.Result{Outcome: signals.OutcomeOK, Why: f.why, Extractor: f.extractor, Form: page.FormList, Postings: enrich(f, all)}
	if f.detail {
		r.Form = page.FormDetail
	} else {
		r.Total, r.Next = induced.Total, nextRequest(induced.Next)
		if r.Total == nil {
			r.Total = f.total
		}
		if r.Total != nil && *r.Total < len(r.Postings) {
			r.Total = nil
		}
		if r.Next == nil && r.Total == nil {
			r.More = f.more
		}
	}
	r.RunnersUp = runnersUp(all, best)
	return r
}

func ofInduction(i induce.Reading) found {
	f := found{extractor: byList, postings: i.Postings, closed: i.Closed, detail: i.Detail, why: i.Why}
	if i.Detail {
		f.extractor = byDetail
	}
	return f
}

func nextRequest(address string) *page.Request {
	if address == "" {
		return nil
	}
	return &page.Request{URL: address}
}

// choose is the reader to be believed, -1 where none found a posting. A page that describes
// one job is that job, whatever it suggests beside it. Otherwise structured data is believed
// unless the page shows clearly more than it.
func choose(all []found) int {
	best := -1
	for i, f := range all {
		if len(f.postings) == 0 {
			continue
		}
		if best < 0 || better(f, all[best]) {
			best = i
		}
	}
	return best
}

// better decides between a later reader and the best so far; readers come in the order in
// which they are trusted.
func better(f, best found) bool {
	switch {
	case best.detail && !f.detail && len(best.postings) == 1:
		return len(f.postings) > 1 && holds(f.postings, best.postings[0]) && best.extractor != byDetail
	case f.detail && !best.detail:
		return len(best.postings) != 1 && f.extractor != byList
	case f.extractor == byState:
		return len(f.postings) > len(best.postings) && overlap(f, best)*2 > len(best.postings)
	case best.extractor == byState:
		return len(f.postings) > len(best.postings) || overlap(f, best)*2 < len(f.postings)
	}
	return len(f.postings) > len(best.postings)
}

func holds(all []signals.Posting, one signals.Posting) bool {
	for _, p := range all {
		if sameTitle(p.Title, one.Title) {
			return true
		}
	}
	return false
}

// overlap is how many of b's titles a has.
func overlap(a, b found) int {
	titles := map[string]bool{}
	for _, p := range a.postings {
		titles[plain(p.Title)] = true
	}
	n := 0
	for _, p := range b.postings {
		if titles[plain(p.Title)] {
			n++
		}
	}
	return n
}

func sameTitle(a, b string) bool { return plain(a) == plain(b) }

func plain(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// enrich adds to the chosen postings the dates and places that another reader found for
// the same job: one with the same title of which there is only one.
func enrich(chosen found, all []found) []signals.Posting {
	others := slices.DeleteFunc(slices.Clone(all), func(f found) bool {
		return f.extractor == chosen.extractor || f.extractor == byState || len(f.postings) == 0
	})
	if len(others) == 0 {
		return chosen.postings
	}
	count := map[string]int{}
	for _, p := range chosen.postings {
		count[plain(p.Title)]++
	}
	for _, f := range others {
		for _, p := range f.postings {
			if count[plain(p.Title)] != 1 {
				continue
			}
			for i := range chosen.postings {
				if sameTitle(chosen.postings[i].Title, p.Title) {
					addMissing(&chosen.postings[i], p)
				}
			}
		}
	}
	return chosen.postings
}

func addMissing(to *signals.Posting, from signals.Posting) {
	if from.Posted != nil && (to.Posted == nil || to.Basis != signals.DatePublished && from.Basis == signals.DatePublished) {
		to.Posted, to.Basis = from.Posted, from.Basis
	}
	if to.Place == "" {
		to.Place = from.Place
	}
	if to.URL == "" {
		to.URL = from.URL
	}
	if to.Headcount == 0 {
		to.Headcount = from.Headcount
	}
}

func runnersUp(all []found, best int) []page.RunnerUp {
	var out []page.RunnerUp
	for i, f := range all {
		if i != best && len(f.postings) > 0 {
			out = append(out, page.RunnerUp{Extractor: f.extractor, Count: len(f.postings), Why: f.why})
		}
	}
	return out
}

// withoutPostings is the result of a page on which no reader found an open job.
func withoutPostings(d *page.Document, all []found, aboutJobs bool) page.Result {
	for _, f := range all {
		if f.closed == 0 {
			continue
		}
		r := page.Result{Outcome: signals.OutcomeEmpty, Extractor: f.extractor, Form: page.FormDetail}
		r.Why = fmt.Sprintf("the page's own data says that its %d job is closed (validThrough is past)", f.closed)
		if f.extractor == byList {
			r.Form, r.Why = page.FormList, fmt.Sprintf("each of the %d jobs on the page says that it is closed", f.closed)
		}
		return r
	}
	r := nothing(d, aboutJobs)
	if r.Outcome == signals.OutcomeBlocked || r.Outcome == signals.OutcomeLogin || r.Outcome == signals.OutcomeNotFound || r.Outcome == signals.OutcomeEmpty {
		return r
	}
	if s, ok := systems.Read(d); ok && s.Instead != nil {
		return s
	}
	if instead := systems.Embedded(d); instead != nil && aboutJobs {
		r.Instead = instead
	}
	return r
}
