package crawler

import (
	"fmt"

	"dealvitals/signals"
)

// fullPage is how many notices on the only page of a list make it look like the first of
// several: pages of lists hold ten or more.
const fullPage = 10

// judgeReach takes a list that does not reach back over the window for what it may be: a
// part. A feed shows only what is newest; so does a page that is full, states no total, and
// whose next page nobody recognised. Of any other list the run tells how far back it reaches:
// a page of few notices may be a box of the newest ones, and a list that ends may show what is
// open only. What they do not show must not be counted as nothing.
func (w *walk) judgeReach() {
	if w.searching == nil && w.silent() {
		w.ended = false
		w.truncated = truncatedSilent
		return
	}
	if w.tender.stopped() {
		w.reachesEarlier()
		return
	}
	since := w.reach()
	if !w.tender.horizon.Before(since) {
		return
	}
	onlyPage := len(w.pages) == 1 && w.total == nil && len(w.seen) >= fullPage
	switch {
	case w.tender.feed:
		w.ended, w.truncated = false, truncatedFeed
		w.explain(fmt.Sprintf("the feed reaches back to %s only, not over the %d days that count: make the site's list a target instead", since, w.tender.days))
	case onlyPage:
		w.ended, w.truncated = false, truncatedOnePage
		w.explain(fmt.Sprintf("the list reaches back to %s only, not over the %d days that count, and no next page was recognised: give its address with {page} in it, or its interface", since, w.tender.days))
	case w.searching == nil:
		w.result.Run.Reaches = &since
		w.explain(fmt.Sprintf("the list shows everything since %s only: until the site was watched for longer, or shows older notices, no count over %d days proves that a customer buys little", since, w.tender.days))
	}
}

// reachesEarlier notes of a run that ended at what is known that it saw everything since the
// last complete one, however far that reached back; and of one that ended at what is too old,
// that it saw everything that matters.
func (w *walk) reachesEarlier() {
	since := w.tender.lastComplete
	switch {
	case w.searching != nil:
		return
	case w.tender.old && w.tender.days == signals.TenderReachDays:
		return // what a run is taken to have seen that says nothing
	case w.tender.old:
		since = w.tender.horizon
	}
	w.result.Run.Reaches = &since
}

// reach is the first day from which on the list showed everything. A notice that states no
// day anywhere stands for the day on which it was first seen.
func (w *walk) reach() signals.Date {
	run := signals.DateOf(w.result.Run.StartedAt.In(signals.Shanghai))
	read := make(map[string]*signals.Date, len(w.result.Notices))
	for _, n := range w.result.Notices {
		read[n.ID] = n.Published
	}
	return w.tender.order.reach(run, func(r orderRow) signals.Date {
		switch {
		case r.day != nil:
			return *r.day
		case read[r.id] != nil:
			return *read[r.id]
		}
		return r.seen
	})
}

// silent tells whether a list shows nothing of the days that count, and explains it. That of
// a site that serves many buyers is not empty by itself: one that says so fails, or filters
// by something.
func (w *walk) silent() bool {
	newest := w.tender.newest
	switch {
	case len(w.seen) == 0:
		w.explain("the site says that it has no notices: a list that shows nothing may be out of use, or filter by something")
	case !w.tender.undated && newest.Before(w.tender.horizon):
		w.explain(fmt.Sprintf("the newest notice is of %s: a list that shows nothing of the last %d days may be out of use, or begin with what is oldest", newest, w.tender.days))
	default:
		return false
	}
	return true
}
