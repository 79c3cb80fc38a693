package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// run is a finished complete run of target T1 on day n.
func run(n int) signals.Run {
	return signals.Run{
		ID: fmt.Sprintf("run-%03d", n), TargetID: "T1", Trigger: "schedule",
		StartedAt: day(n), FinishedAt: day(n).Add(time.Minute), Outcome: signals.OutcomeOK, Complete: true,
	}
}

// commit is what run r brings, known when it finished.
func commit(r signals.Run, postings ...signals.Posting) store.RunCommit {
	return store.RunCommit{Run: r, Postings: signals.PostingsOf(postings...), At: r.FinishedAt}
}

func runs(t *testing.T, open Opener) {
	t.Run("one run of a target is in progress at a time", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(f.Runs.Begin(ctx, run(1)))
		f.must(f.Runs.Begin(ctx, run(1)))
		var busy *store.RunInProgressError
		if err := f.Runs.Begin(ctx, run(2)); !errors.As(err, &busy) || busy.RunID != "run-001" {
			t.Errorf("beginning a second run: %v, want RunInProgressError of run-001", err)
		}
		if _, err := f.Runs.Commit(ctx, commit(run(2))); !errors.As(err, &busy) {
			t.Errorf("committing a second run: %v, want RunInProgressError", err)
		}
		f.must(second(f.Runs.Commit(ctx, commit(run(1)))))
		f.must(f.Runs.Begin(ctx, run(2)))
	})

	t.Run("a run that was cut off is found after a restart", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		started := run(1)
		started.FinishedAt, started.Outcome, started.Complete = time.Time{}, "", false
		f.must(f.Runs.Begin(ctx, started))
		f.reopen()
		same(t, "the journal", ok(f.Runs.Unfinished(ctx))(t), []signals.Run{started})
		f.clock.now = day(1).Add(time.Hour)
		f.must(f.Runs.Abandon(ctx, started.ID, "cut off"))
		if left := ok(f.Runs.Unfinished(ctx))(t); len(left) != 0 {
			t.Errorf("after it was given up the journal still holds %v", left)
		}
		got := ok(f.Runs.Get(ctx, started.ID))(t)
		if got.Problem != "cut off" || !got.FinishedAt.Equal(f.clock.now) {
			t.Errorf("the run given up reads %+v", got)
		}
		if s := ok(f.Runs.Summaries(ctx, "T1", time.Time{}))(t); len(s) != 0 {
			t.Errorf("a run that was given up has a summary: %v", s)
		}
		var ended *store.RunEndedError
		if _, err := f.Runs.Commit(ctx, commit(run(1))); !errors.As(err, &ended) {
			t.Errorf("committing it after all: %v, want RunEndedError", err)
		}
	})

	t.Run("a commit that comes twice changes nothing and is answered as before", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		c := commit(run(1), posting("J1"))
		first := ok(f.Runs.Commit(ctx, c))(t)
		f.must(second(f.Runs.Commit(ctx, commit(run(2)))))
		f.must(f.Runs.Abandon(ctx, "run-001", "too late"))
		same(t, "the second answer", ok(f.Runs.Commit(ctx, c))(t), first)
		if s := ok(f.Runs.Summaries(ctx, "T1", time.Time{}))(t); len(s) != 2 {
			t.Errorf("there are %d summaries, want 2", len(s))
		}
		if got := ok(f.Runs.Get(ctx, "run-001"))(t); got.New != 1 || got.Problem != "" {
			t.Errorf("the run reads %+v, want one new posting and no problem", got)
		}
	})

	t.Run("runs are listed newest first, page by page", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		for n := range 12 {
			f.must(second(f.Runs.Commit(ctx, commit(run(n)))))
		}
		f.must(f.Runs.Begin(ctx, run(12)))
		var ids string
		for before := ""; ; {
			page := ok(f.Runs.List(ctx, "T1", before, 5))(t)
			if len(page) == 0 {
				break
			}
			for _, r := range page {
				ids += r.ID[len(r.ID)-2:] + " "
			}
			before = page[len(page)-1].ID
		}
		if ids != "12 11 10 09 08 07 06 05 04 03 02 01 00 " {
			t.Errorf("the runs are listed as %s", ids)
		}
	})

	t.Run("summaries show the runs that were known", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		r := run(1)
		r.Outcome, r.Complete, r.Items, r.AllDated = signals.OutcomeBlocked, false, 7, true
		r.List, r.Extractor, r.Stated, r.OnePage, r.Unread = "list", "json", true, true, &signals.Unread{Notices: 2}
		f.must(second(f.Runs.Commit(ctx, commit(r))))
		f.must(second(f.Runs.Commit(ctx, commit(run(2)))))
		same(t, "as of the first run's end", ok(f.Runs.Summaries(ctx, "T1", r.FinishedAt))(t), []signals.RunSummary{{
			ID: r.ID, StartedAt: r.StartedAt, FinishedAt: r.FinishedAt, Outcome: signals.OutcomeBlocked, Items: 7, AllDated: true,
			List: "list", Extractor: "json", Stated: true, OnePage: true, Unread: &signals.Unread{Notices: 2},
		}})
		if s := ok(f.Runs.Summaries(ctx, "T1", r.FinishedAt.Add(-1)))(t); len(s) != 0 {
			t.Errorf("before it was known the run has a summary: %v", s)
		}
	})

	t.Run("pages and evidence are kept with their run", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		c := commit(run(1))
		c.Pages = []signals.PageState{{URL: "http://a/" + string(make([]byte, 3)), Hash: "h1", Items: []string{"J1"}}}
		c.Evidence = []signals.Evidence{{Hash: "h1", URL: "http://a/", Size: 5}}
		f.must(second(f.Runs.Commit(ctx, c)))
		page, found, err := f.Runs.Page(ctx, "T1", c.Pages[0].URL)
		if err != nil || !found || page.Hash != "h1" || page.TargetID != "T1" {
			t.Errorf("the page reads %+v, %v, %v", page, found, err)
		}
		if _, found, err := f.Runs.Page(ctx, "T2", c.Pages[0].URL); found || err != nil {
			t.Errorf("another target's page: %v, %v; want none", found, err)
		}
		same(t, "the evidence", ok(f.Runs.Evidence(ctx, "h1"))(t), c.Evidence[0])
		if _, err := f.Runs.Evidence(ctx, "h2"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("unknown evidence: %v, want ErrNotFound", err)
		}
		if _, err := f.Runs.Get(ctx, "run-999"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("unknown run: %v, want ErrNotFound", err)
		}
	})
}
