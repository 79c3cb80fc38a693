package crawler

import (
	"context"
	"fmt"

	"dealvitals/signals"
)

// horizonDays is how far back notices matter.
const horizonDays = signals.TenderReachDays

// tenderWalk is what a crawl of a tender site knows besides.
type tenderWalk struct {
	horizon      signals.Date  // notices before it do not matter
	lastComplete signals.Date  // day of the newest complete run; zero where there was none
	lastWas      bool          // the newest run was that one
	meets        bool          // this page and those behind it were read by an unfinished walk
	stopped      bool          // the rest of the list is old, or was read in earlier runs
	feed         bool          // the list is a feed
	oldest       *signals.Date // of its notices; nil where one does not say
	newest       signals.Date  // of all notices of the run
	undated      bool          // one of them does not say when it was published
	falls        bool          // only a list in falling order of dates has nothing newer behind a page
	mixed        bool          // it turned out to be in another order
	lowest       *signals.Date // the day of its last notice so far
	walked       walked
	details      detailWork
}

func (c *Crawler) newTenderWalk(ctx context.Context, t signals.Target, run signals.Run) (*tenderWalk, error) {
	day := signals.DateOf(run.StartedAt.In(signals.Shanghai))
	unread, err := c.memory.UnreadDetails(ctx, t.ID)
	if err != nil {
		return nil, fmt.Errorf("looking up what earlier runs of target %s left unread: %w", t.ID, err)
	}
	w := &tenderWalk{horizon: day.AddDays(-horizonDays), details: newDetailWork(unread)}
	if w.walked.earlier, err = c.readBackfill(ctx, t); err != nil || c.history == nil {
		return w, err
	}
	earlier, err := c.history.Summaries(ctx, t.ID, run.StartedAt)
	if err != nil {
		return nil, fmt.Errorf("looking up earlier runs of target %s: %w", t.ID, err)
	}
	list := t.ListKey()
	for _, r := range earlier { // oldest first
		w.walked.lastRun = r.ID
		if r.List != "" && r.List != list {
			w.lastWas, w.lastComplete = false, signals.Date{} // it read another list
			continue
		}
		w.lastWas = r.Complete && !r.Drifted
		if w.lastWas {
			w.lastComplete = signals.DateOf(r.StartedAt.In(signals.Shanghai))
		}
	}
	return w, nil
}

// notices does what follows the reading of a page of notices: it notes those whose own
// pages are to be read, and asks whether older pages are needed.
func (w *walk) notices(ctx context.Context, v *visit) error {
	if len(v.state.Items) == 0 {
		w.tender.walked.arrived(false)
		return nil
	}
	known, err := w.c.memory.KnownNotices(ctx, w.target.ID, v.state.Items)
	if err != nil {
		return fmt.Errorf("looking up the notices that are known: %w", err)
	}
	allKnown, anyKnown := true, false
	for _, id := range v.state.Items {
		allKnown, anyKnown = allKnown && known[id], anyKnown || known[id]
	}
	w.tender.walked.arrived(anyKnown)
	newest := v.state.Newest
	w.tender.feed, w.tender.oldest = v.state.Feed, v.state.Oldest
	w.tender.newer(newest)
	mayStop := !w.tender.falls || w.tender.fallsOn(v.notices)
	w.tender.stopped = mayStop && (newest != nil && newest.Before(w.tender.horizon) || allKnown && w.tender.covered(newest))
	w.tender.meets = mayStop && allKnown && w.tender.walked.meets(newest)
	w.wantDetails(v, known)
	return nil
}

// covered tells whether what lies behind a page of known notices was read by an earlier
// run: by the last one, or by a complete one that was later than all of the page.
func (t *tenderWalk) covered(newest *signals.Date) bool {
	return t.lastWas || newest != nil && !t.lastComplete.IsZero() && newest.Before(t.lastComplete)
}

// newer notes the newest day of a page's notices; nil where one of them does not say.
func (t *tenderWalk) newer(day *signals.Date) {
	switch {
	case day == nil:
		t.undated = true
	case t.newest.Before(*day):
		t.newest = *day
	}
}
