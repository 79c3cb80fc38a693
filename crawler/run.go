package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// Result is what a run brought.
type Result struct {
	Run      signals.Run
	Postings signals.Postings
	Notices  []signals.Notice
	// Sighted are the ids of records on pages that did not change since they were read.
	Sighted  []string
	Evidence []signals.Evidence
	// Unread are the notices whose own pages were not read, as the run leaves them;
	// DetailsRead the ids of those that are not among them any more.
	Unread      []signals.UnreadDetail
	DetailsRead []string
	// Searched are the customers for whom a search target was asked to the end.
	Searched []string
	// Pages are the list pages that were read. A page that could not be read has none, so
	// that what is known of it is there for the next run.
	Pages []signals.PageState
}

// Run crawls a target. Trouble of the site is told by the outcome and problem of the run
// that comes back; an error means that the context ended, or that the memory or the
// archive failed, and that nothing of the run may be kept.
func (c *Crawler) Run(ctx context.Context, t signals.Target, run signals.Run) (Result, error) {
	if c.memory == nil || c.archive == nil {
		return Result{}, &SettingError{"memory and archive", "given: it was made for single pages only"}
	}
	limit, problem := c.runFor(t)
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	w, err := c.newWalk(limited, t, run)
	if err != nil {
		return c.notBegun(ctx, t, run, err)
	}
	w.shown = signals.Progress{RunID: run.ID, Since: run.StartedAt}
	defer c.board.take(t.ID)
	err = w.all(limited, problem)
	if ctx.Err() != nil {
		return Result{}, ctx.Err()
	}
	if err != nil {
		return Result{}, err
	}
	if err := c.archive.Sync(ctx, w.result.Evidence); err != nil {
		return Result{}, err
	}
	return w.finish(), nil
}

// notBegun is a run that ended before its first request, for a reason of the target. What
// earlier runs left unread stays so.
func (c *Crawler) notBegun(ctx context.Context, t signals.Target, run signals.Run, err error) (Result, error) {
	var failed *PageError
	if !errors.As(err, &failed) {
		return Result{}, err
	}
	unread, err := c.memory.UnreadDetails(ctx, run.TargetID)
	if err != nil {
		return Result{}, fmt.Errorf("looking up what earlier runs of target %s left unread: %w", run.TargetID, err)
	}
	run.List = t.ListKey()
	run.FinishedAt, run.Outcome, run.Problem = c.clock(), failed.Outcome, failed.Problem
	days, err := c.tenderDays(ctx, run.StartedAt)
	if err != nil {
		return Result{}, err
	}
	run.Unread = signals.UnreadOf(unread, signals.DateOf(run.StartedAt.In(signals.Shanghai)).AddDays(-days))
	return Result{Run: run}, nil
}

// all does every step of a run. When its time is over, what it has is its result, and
// problem says why no more.
func (w *walk) all(ctx context.Context, problem string) error {
	read := w.list
	if w.searching != nil {
		read = w.searches
	}
	err := read(ctx)
	if ctx.Err() != nil {
		w.outOfTime(problem)
		return nil
	}
	if err != nil || w.tender == nil {
		return err
	}
	if err := w.details(ctx); ctx.Err() == nil {
		return err
	}
	w.explain("its time was over before all detail pages were read")
	return nil
}

// walk is a run in progress: the way from a list's first page to its last.
type walk struct {
	c       *Crawler
	target  signals.Target
	session *session
	reader  string // names the readers and the settings that they read with
	result  Result
	packed  *packed     // the postings of the result
	tender  *tenderWalk // nil for hiring
	shown   signals.Progress

	requests map[string]bool // list pages asked for
	hashes   map[string]bool // of the list pages read
	seen     map[string]bool // ids of the records of this run
	kept     map[string]bool // hashes in result.Evidence
	pages    []listPage      // the list pages read
	records  int             // on all list pages, also those that are there twice
	total    *int            // that the site states
	instead  bool            // a page that embeds another system was left for that
	dated    bool            // every posting so far states its publication date
	ended    bool            // the pagination ended by itself
	measured bool            // every page was a measurement
	// truncated says why the list was not read to its end, as Run.Truncated does.
	truncated string
	added     map[string]bool // ids of the records in the result, of all lists of the run; nil where there is one list, whose seen are these
	searching *searching      // nil where the target is no search
}

// listPage is a list page that was read, as far as paging needs it.
type listPage struct {
	hash  string
	ids   []string
	again bool // it showed nothing that was not shown before
}

func (c *Crawler) newWalk(ctx context.Context, t signals.Target, run signals.Run) (*walk, error) {
	s, err := c.newSession(t)
	if err != nil {
		return nil, err
	}
	run.List = t.ListKey()
	w := &walk{
		c: c, target: t, session: s, reader: readerName(t), dated: true, result: Result{Run: run},
		packed:   &packed{target: t.ID, customer: t.CustomerID},
		requests: make(map[string]bool), hashes: make(map[string]bool), seen: make(map[string]bool), kept: make(map[string]bool),
	}
	if t.Kind == signals.KindTender {
		w.tender, err = c.newTenderWalk(ctx, t, run)
	}
	if err == nil && t.Searches() {
		w.added = make(map[string]bool)
		w.searching, err = c.newSearching(ctx, t)
	}
	return w, err
}

// readerName changes when a page would be read differently.
func readerName(t signals.Target) string {
	reading := t.Reading
	reading.Secrets = nil // who asks with another key reads the same
	settings, err := json.Marshal(reading)
	if err != nil {
		return "" // a struct of strings and maps: it cannot fail
	}
	sum := sha256.Sum256(settings)
	return extract.Version + "/" + string(t.Kind) + "/" + hex.EncodeToString(sum[:6])
}

// list walks the list from page to page.
func (w *walk) list(ctx context.Context) error {
	first := firstRequest(w.target.URL, w.target.Reading)
	next := &first
	w.measured = true
	for next != nil {
		if len(w.pages) >= w.maxPages() {
			w.truncated = truncatedPages
			return nil
		}
		w.requests[requestKey(*next)] = true
		w.asks(next.URL)
		v, err := w.visit(ctx, *next)
		if err != nil {
			return err
		}
		w.take(v)
		if w.tender != nil && v.page.Outcome.Measurement() {
			w.passed(*next, v)
		}
		if w.measured = v.page.Outcome.Measurement(); !w.measured {
			return nil
		}
		if w.tender != nil {
			if err := w.notices(ctx, v); err != nil {
				return err
			}
		}
		next = w.after(*next, v)
	}
	return nil
}

// maxPages is how many pages of a list are read.
func (w *walk) maxPages() int {
	if w.searching != nil {
		return w.searching.pages
	}
	return w.limit()
}

// limit is how many list pages a run reads.
func (w *walk) limit() int {
	if own := w.target.Reading.MaxPages; own > 0 {
		return min(own, w.c.settings.MaxPages)
	}
	return w.c.settings.MaxPages
}

// take adds what a list page brought to the result.
func (w *walk) take(v *visit) {
	w.result.Run.Pages = append(w.result.Run.Pages, v.page)
	if v.page.Outcome.Measurement() {
		w.result.Pages = append(w.result.Pages, v.state)
		before := len(w.seen)
		w.addRecords(v)
		w.records += len(v.state.Items)
		again := w.hashes[v.state.Hash] || len(v.state.Items) > 0 && len(w.seen) == before
		w.pages = append(w.pages, listPage{hash: v.state.Hash, ids: v.state.Items, again: again})
		w.hashes[v.state.Hash] = true
	}
	w.progress(v.page)
}

func (w *walk) addRecords(v *visit) {
	if w.result.Run.Extractor == "" && len(v.state.Items) > 0 {
		w.result.Run.Extractor = v.state.Extractor
	}
	w.dated = w.dated && (v.state.AllDated || len(v.state.Items) == 0)
	if v.total != nil {
		w.total = v.total
	}
	if v.page.Unchanged {
		for _, id := range v.state.Items {
			if w.fresh(id) {
				w.result.Sighted = append(w.result.Sighted, id)
			}
		}
		return
	}
	ids := v.state.Items // of the postings, then of the notices
	for i, p := range v.postings {
		if w.fresh(ids[i]) {
			w.packed.add(p)
		}
	}
	for i, n := range v.notices {
		if w.fresh(ids[len(v.postings)+i]) {
			w.result.Notices = append(w.result.Notices, n)
		}
	}
}

// fresh notes an id, and tells whether the run had not seen it.
func (w *walk) fresh(id string) bool {
	again := w.seen[id]
	w.seen[id] = true
	if w.added == nil {
		return !again
	}
	again = w.added[id]
	w.added[id] = true
	return !again
}

// addedCount is how many records are in the result.
func (w *walk) addedCount() int {
	if w.added == nil {
		return len(w.seen)
	}
	return len(w.added)
}

func (w *walk) keep(ev signals.Evidence) {
	if !w.kept[ev.Hash] {
		w.kept[ev.Hash] = true
		w.result.Evidence = append(w.result.Evidence, ev)
	}
}

// took is a page's time as it is kept: to the millisecond.
func took(since time.Time) signals.Duration {
	return signals.Duration(time.Since(since).Round(time.Millisecond))
}
