package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
	"dealvitals/signals/match"
)

// detail reads a notice's own page into it. One that cannot be read leaves the notice as
// the list has it, and is tried again by later runs.
func (w *walk) detail(ctx context.Context, d *signals.UnreadDetail) error {
	began := time.Now()
	r := extract.Request{URL: d.URL}
	w.asks(d.URL)
	got, err := w.session.get(ctx, r, validators{})
	var failed *PageError
	if errors.As(err, &failed) {
		w.noDetail(d, signals.RunPage{URL: d.URL, Outcome: failed.Outcome, Problem: failed.Problem, Took: took(began)})
		return nil
	}
	if err != nil {
		return err
	}
	ev, err := w.c.keep(ctx, r, got)
	if err != nil {
		return err
	}
	w.keep(ev) // of a page that cannot be read too: people look at it to see why
	read := w.c.readPage(w.c.page(got), signals.KindTender, signals.Reading{})
	page := signals.RunPage{
		URL: d.URL, Outcome: read.Outcome, StatusCode: got.status, Evidence: ev.Hash, Problem: problemOf(read), Took: took(began),
	}
	listed, err := w.listedNotice(ctx, d.NoticeID)
	if err != nil {
		return err
	}
	found, ok := noticeOf(read, listed)
	if !ok {
		w.noDetail(d, page)
		return nil
	}
	page.Items = 1
	n := merge(listed, found)
	n.Evidence, n.Details = ev.Hash, signals.DetailRead
	if match.MayBeAnybodys(n) { // whose it is may stand in its text all the same
		n.Text = read.Text
	}
	w.putNotice(n)
	work := &w.tender.details
	work.refusals, work.done[d.NoticeID] = 0, true
	work.pages = append(work.pages, page)
	w.progress(page)
	return nil
}

// listedNotice is a notice as the list has it, or as earlier runs left it where this one
// did not come upon it.
func (w *walk) listedNotice(ctx context.Context, id string) (signals.Notice, error) {
	if i, ok := w.tender.details.listed[id]; ok {
		return w.result.Notices[i], nil
	}
	n, err := w.c.memory.Notice(ctx, w.target.ID, id)
	if err != nil {
		return n, fmt.Errorf("looking up notice %s of target %s: %w", id, w.target.ID, err)
	}
	n.FirstSeen, n.LastSeen = w.result.Run.StartedAt, w.result.Run.StartedAt
	return n, nil
}

func (w *walk) putNotice(n signals.Notice) {
	if i, ok := w.tender.details.listed[n.ID]; ok {
		w.result.Notices[i] = n
		return
	}
	w.result.Notices = append(w.result.Notices, n)
}

func (w *walk) noDetail(d *signals.UnreadDetail, page signals.RunPage) {
	work := &w.tender.details
	if page.Outcome.Measurement() {
		page.Outcome, page.Problem = signals.OutcomeNotRelevant, "no notice was recognised on it"
	}
	*d = d.Tried(w.result.Run.StartedAt, page.Outcome, page.Problem)
	work.failed++
	work.failure = cmp.Or(work.failure, page.URL+": "+page.Problem)
	work.refusals++
	if !refusal(page.Outcome) {
		work.refusals = 0
	}
	work.pages = append(work.pages, page)
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

// refusal tells whether an outcome is the site's, not the page's.
func refusal(o signals.Outcome) bool {
	return o == signals.OutcomeBlocked || o == signals.OutcomeLogin || o == signals.OutcomeUnreachable
}
