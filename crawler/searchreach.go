package crawler

import (
	"fmt"

	"dealvitals/signals"
)

// shownResults are the notices that a run's searches showed, all names together.
type shownResults struct {
	notices int
	oldest  *signals.Date // of those with a day
	undated bool          // one has none
	known   bool          // a search ended at what earlier runs had read
}

func (r *shownResults) add(t *tenderWalk) {
	for _, page := range t.order.pages {
		for _, row := range page {
			r.notices++
			r.undated = r.undated || row.day == nil
			if row.day != nil && (r.oldest == nil || row.day.Before(*r.oldest)) {
				r.oldest = row.day
			}
		}
	}
	r.known = r.known || t.known && !t.old
}

// judgeSearchReach notes that a search shows only what is recent: a site's form searches the
// last week or month unless it is told otherwise. Buyers who put out ten notices in the days
// that count have put out others before; where the results for no name hold one of those,
// the site leaves them out. Once that was seen, a run that ended at what was known saw
// everything since the one before, and no more.
func (w *walk) judgeSearchReach() {
	shown, t := &w.searching.shown, w.tender
	var since signals.Date
	switch {
	case shown.oldest != nil && shown.oldest.Before(t.horizon):
		return
	case t.wasRecent:
		since = w.searching.lastOf()
	case shown.notices >= fullPage && !shown.undated && !shown.known:
		since = shown.oldest.AddDays(1) // of its oldest day it may have left some out
	}
	if since.IsZero() {
		return
	}
	w.result.Run.Reaches = &since
	w.explain(fmt.Sprintf("no search shows anything of more than %d days ago: it may be limited to what is recent; widen the dates in its address, or no count over as many days proves that a customer buys little", t.days))
}

// lastOf is the earliest day on which one of the customers was searched for before, zero where
// none was.
func (s *searching) lastOf() signals.Date {
	var first signals.Date
	for _, search := range s.list {
		if day := signals.DateOf(search.Last.In(signals.Shanghai)); !search.Last.IsZero() && (first.IsZero() || day.Before(first)) {
			first = day
		}
	}
	return first
}
