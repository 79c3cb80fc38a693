package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
)

// tenderWalk is what a crawl of a tender site knows besides.
type tenderWalk struct {
	days         int          // that count
	horizon      signals.Date // notices before it do not matter
	lastComplete signals.Date // day of the newest complete run; zero where there was none
	meets        bool         // this page and those behind it were read by an unfinished walk
	old          bool         // the rest of the list is too old to matter
	known        bool         // the rest of the list was read by earlier runs
	feed         bool         // the list is a feed
	newest       signals.Date // of all notices of the run
	undated      bool         // one of them does not say when it was published
	order        listOrder
	wasMixed     bool // earlier runs found the list in no order
	wasRecent    bool // the run before found that a search shows what is recent only
	walked       walked
	details      detailWork
}

func (c *Crawler) newTenderWalk(ctx context.Context, t signals.Target, run signals.Run) (*tenderWalk, error) {
	day := signals.DateOf(run.StartedAt.In(signals.Shanghai))
	unread, err := c.memory.UnreadDetails(ctx, t.ID)
	if err != nil {
		return nil, fmt.Errorf("looking up what earlier runs of target %s left unread: %w", t.ID, err)
	}
	days, err := c.tenderDays(ctx, run.StartedAt)
	if err != nil {
		return nil, err
	}
	w := &tenderWalk{days: days, horizon: day.AddDays(-days), details: newDetailWork(unread)}
	if w.wasMixed, err = c.readOrder(ctx, t); err != nil {
		return w, err
	}
	if w.walked.earlier, err = c.readBackfill(ctx, t); err != nil || c.history == nil {
		return w, err
	}
	earlier, err := c.history.Summaries(ctx, t.ID, run.StartedAt)
	if err != nil {
		return nil, fmt.Errorf("looking up earlier runs of target %s: %w", t.ID, err)
	}
	list := t.ListKey()
	for _, r := range earlier { // oldest first
		if r.List != "" && r.List != list {
			w.lastComplete = signals.Date{} // it read another list
			continue
		}
		w.wasRecent = r.Reaches != nil
		if r.Complete && !r.Drifted {
			w.lastComplete = signals.DateOf(r.StartedAt.In(signals.Shanghai))
		}
	}
	return w, nil
}

// tenderDays is how far back notices matter: as far as the policy counts them, and no less
// than what a complete run is taken to have seen.
func (c *Crawler) tenderDays(ctx context.Context, at time.Time) (int, error) {
	if c.interest == nil {
		return signals.TenderReachDays, nil
	}
	days, err := c.interest.TenderDays(ctx, at)
	if err != nil {
		return 0, fmt.Errorf("looking up over how many days tenders are counted: %w", err)
	}
	return max(days, signals.TenderReachDays), nil
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
	t := w.tender
	t.walked.arrived(anyKnown)
	rows, err := w.rowsOf(ctx, v, known)
	if err != nil {
		return err
	}
	t.order.add(rows)
	t.feed = v.state.Feed
	t.newer(v.state.Newest)
	if ordered := t.order.falls() && !t.wasMixed; ordered {
		t.old = len(rows) > 0 && allOlder(rows, t.horizon.AddDays(-t.order.rise))
		t.known = allKnown && t.order.olderBehind(t.lastComplete)
		t.meets = allKnown && t.walked.earlier != nil && !t.walked.met && t.order.olderBehind(t.walked.earlier.Day)
	}
	w.wantDetails(v, known)
	return nil
}

// stopped tells whether the rest of the list need not be read.
func (t *tenderWalk) stopped() bool { return t.old || t.known }

func allOlder(rows []orderRow, day signals.Date) bool {
	return !slices.ContainsFunc(rows, func(r orderRow) bool { return r.day == nil || !r.day.Before(day) })
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
