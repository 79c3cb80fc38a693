package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// horizonDays is how far back notices matter: the window of the tender measure.
const horizonDays = 90

// tenderWalk is what a crawl of a tender site knows besides.
type tenderWalk struct {
	horizon      signals.Date  // notices before it do not matter
	lastComplete signals.Date  // day of the newest complete run; zero where there was none
	lastWas      bool          // the newest run was that one
	stopped      bool          // the rest of the list is old, or was read in earlier runs
	details      int           // detail pages asked for
	left         int           // new notices whose detail pages were not asked for
	feed         bool          // the list is a feed
	oldest       *signals.Date // of its notices; nil where one does not say
	failed       int
	failure      string // of the first detail page that could not be read
	pages        []signals.RunPage
}

func (c *Crawler) newTenderWalk(ctx context.Context, t signals.Target, run signals.Run) (*tenderWalk, error) {
	day := signals.DateOf(run.StartedAt.In(signals.Shanghai))
	w := &tenderWalk{horizon: day.AddDays(-horizonDays)}
	if c.history == nil {
		return w, nil
	}
	earlier, err := c.history.Summaries(ctx, t.ID, run.StartedAt)
	if err != nil {
		return nil, fmt.Errorf("looking up earlier runs of target %s: %w", t.ID, err)
	}
	for _, r := range earlier { // oldest first
		w.lastWas = r.Complete && !r.Drifted
		if w.lastWas {
			w.lastComplete = signals.DateOf(r.StartedAt.In(signals.Shanghai))
		}
	}
	return w, nil
}

// notices does what follows the reading of a page of notices: details of new ones, and
// the question whether older pages are needed.
func (w *walk) notices(ctx context.Context, v *visit) error {
	if len(v.state.Items) == 0 {
		return nil
	}
	known, err := w.c.memory.KnownNotices(ctx, w.target.ID, v.state.Items)
	if err != nil {
		return fmt.Errorf("looking up the notices that are known: %w", err)
	}
	allKnown := true
	for _, id := range v.state.Items {
		allKnown = allKnown && known[id]
	}
	dates, dated := noticeDates(v)
	w.tender.feed, w.tender.oldest = v.state.Feed, v.state.Oldest
	w.tender.stopped = dated && dates.newest.Before(w.tender.horizon) || allKnown && w.tender.covered(dates.newest, dated)
	if v.page.Unchanged {
		return nil
	}
	return w.details(ctx, v, known)
}

// covered tells whether what lies behind a page of known notices was read by an earlier
// run: by the last one, or by a complete one that was later than all of the page.
func (t *tenderWalk) covered(newest signals.Date, dated bool) bool {
	return t.lastWas || dated && !t.lastComplete.IsZero() && newest.Before(t.lastComplete)
}

type dateRange struct{ newest signals.Date }

// noticeDates is when a page's notices were published; false where one does not say.
func noticeDates(v *visit) (dateRange, bool) {
	var r dateRange
	for _, n := range v.notices {
		if n.Published == nil {
			return r, false
		}
		if r.newest.IsZero() || r.newest.Before(*n.Published) {
			r.newest = *n.Published
		}
	}
	return r, len(v.notices) > 0
}

// details reads the detail pages of a list page's new notices.
func (w *walk) details(ctx context.Context, v *visit, known map[string]bool) error {
	fresh := make(map[string]bool)
	for _, n := range v.notices {
		fresh[n.ID] = !known[n.ID]
	}
	for i := range w.result.Notices {
		n := &w.result.Notices[i]
		if !fresh[n.ID] || !w.wantsDetail(*n, v) {
			continue
		}
		fresh[n.ID] = false
		if w.tender.details >= w.c.settings.MaxDetails {
			w.tender.left++
			continue
		}
		w.tender.details++
		if err := w.detail(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// wantsDetail leaves out notices without a page of their own, and those too old to count.
func (w *walk) wantsDetail(n signals.Notice, v *visit) bool {
	if n.URL == "" || w.requests[requestKey(extract.Request{URL: n.URL})] || n.Evidence != v.page.Evidence {
		return false
	}
	return n.Published == nil || !n.Published.Before(w.tender.horizon)
}

// detail reads a notice's own page into it. One that cannot be read leaves the notice as
// the list has it.
func (w *walk) detail(ctx context.Context, n *signals.Notice) error {
	began := time.Now()
	r := extract.Request{URL: n.URL}
	got, err := w.session.get(ctx, r, validators{})
	var failed *PageError
	if errors.As(err, &failed) {
		w.noDetail(signals.RunPage{URL: n.URL, Outcome: failed.Outcome, Problem: failed.Problem, Took: took(began)})
		return nil
	}
	if err != nil {
		return err
	}
	ev, err := w.c.keep(ctx, r, got)
	if err != nil {
		return err
	}
	read := w.c.readPage(w.c.page(got), signals.KindTender, signals.Reading{})
	page := signals.RunPage{
		URL: n.URL, Outcome: read.Outcome, StatusCode: got.status, Evidence: ev.Hash, Problem: problemOf(read), Took: took(began),
	}
	found, ok := noticeOf(read, *n)
	if !ok {
		w.noDetail(page)
		return nil
	}
	w.keep(ev)
	page.Items = 1
	w.tender.pages = append(w.tender.pages, page)
	*n = merge(*n, found)
	n.Evidence = ev.Hash
	w.progress(page)
	return nil
}

func (w *walk) noDetail(page signals.RunPage) {
	w.tender.failed++
	if page.Outcome.Measurement() {
		page.Outcome, page.Problem = signals.OutcomeNotRelevant, "no notice was recognised on it"
	}
	if w.tender.failure == "" {
		w.tender.failure = page.URL + ": " + page.Problem
	}
	w.tender.pages = append(w.tender.pages, page)
	w.progress(page)
}

// noticeOf finds a notice on its own page: the only one there, or the one of its title.
func noticeOf(read extract.Result, listed signals.Notice) (signals.Notice, bool) {
	if !read.Outcome.Measurement() {
		return signals.Notice{}, false
	}
	if len(read.Notices) == 1 {
		return read.Notices[0], true
	}
	for _, n := range read.Notices {
		if n.Title == listed.Title && n.Title != "" {
			return n, true
		}
	}
	return signals.Notice{}, false
}

// fullPage is how many notices on the only page of a list make it look like the first of
// several: pages of lists hold ten or more.
const fullPage = 10

// judgeReach takes a list that does not reach back over the window for what it may be: a
// part. A feed shows only what is newest; so does a page that is full, states no total, and
// whose next page nobody recognised. What they do not show must not be counted as nothing.
func (w *walk) judgeReach() {
	onlyPage := len(w.pages) == 1 && w.total == nil && len(w.seen) >= fullPage
	if !w.tender.feed && !onlyPage || w.tender.oldest != nil && w.tender.oldest.Before(w.tender.horizon) {
		return
	}
	w.ended = false
	since := "an unknown day"
	if w.tender.oldest != nil {
		since = w.tender.oldest.String()
	}
	if w.tender.feed {
		w.result.Run.Truncated = truncatedFeed
		w.explain(fmt.Sprintf("the feed reaches back to %s only, not over the %d days that count: make the site's list a target instead", since, horizonDays))
		return
	}
	w.result.Run.Truncated = truncatedOnePage
	w.explain(fmt.Sprintf("the list reaches back to %s only, not over the %d days that count, and no next page was recognised: give its address with {page} in it, or its interface", since, horizonDays))
}

// explainDetails says of the run which details it lacks.
func (w *walk) explainDetails() {
	if w.tender == nil {
		return
	}
	if w.tender.failed > 0 {
		w.explain(fmt.Sprintf("%d of %d detail pages could not be read, the first: %s", w.tender.failed, w.tender.details, w.tender.failure))
	}
	if w.tender.left > 0 {
		w.explain(fmt.Sprintf("the detail pages of %d more new notices were left out: a run may read %d", w.tender.left, w.c.settings.MaxDetails))
	}
}
