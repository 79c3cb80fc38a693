package schedules

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/evidence"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// attic is a store with evidence in several files.
type attic struct {
	t       *testing.T
	db      *bolt.DB
	archive *evidence.Archive
	now     time.Time
	kept    map[string]signals.Evidence // by name
}

func newAttic(t *testing.T) *attic {
	t.Helper()
	a := &attic{t: t, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), kept: make(map[string]signals.Evidence)}
	folder := t.TempDir()
	var err error
	a.db, err = bolt.Open(filepath.Join(folder, "attic.db"), bolt.Options{Clock: func() time.Time { return a.now }, NoSync: true})
	must(t, err)
	a.archive, err = evidence.Open(filepath.Join(folder, "evidence"), evidence.Options{MaxFile: 3000, Clock: func() time.Time { return a.now }})
	must(t, err)
	t.Cleanup(func() { must(t, errors.Join(a.archive.Close(), a.db.Close())) })
	return a
}

func (a *attic) capture(name string) signals.Evidence {
	a.t.Helper()
	ev, err := a.archive.Keep(a.t.Context(), evidence.Capture{URL: "https://example.com/" + name, StatusCode: 200, At: a.now, Body: []byte("the page " + name)})
	must(a.t, err)
	a.kept[name] = ev
	return ev
}

// keepRun keeps a run with what it brought.
func (a *attic) keepRun(id string, c store.RunCommit) {
	a.t.Helper()
	c.Run = signals.Run{ID: id, TargetID: "T1", StartedAt: a.now, FinishedAt: a.now, Outcome: signals.OutcomeOK, Complete: true}
	c.At = a.now
	must(a.t, a.db.Runs.Begin(a.t.Context(), c.Run))
	_, err := a.db.Runs.Commit(a.t.Context(), c)
	must(a.t, err)
}

// fill keeps a run whose pages are referred to in each way there is, and some that are not.
func (a *attic) fill() {
	a.t.Helper()
	var needed, all []signals.Evidence
	for i, name := range []string{"posting", "notice", "page", "decided"} {
		needed = append(needed, a.capture(name))
		all = append(all, needed[i], a.capture(fmt.Sprint("idle", i)))
	}
	posting, notice, page, decided := needed[0], needed[1], needed[2], needed[3]
	a.keepRun("R1", store.RunCommit{
		Evidence: all,
		Postings: signals.PostingsOf(signals.Posting{ID: "p", TargetID: "T1", CustomerID: "C1", Title: "会计", Evidence: posting.Hash}),
		Notices:  []signals.Notice{{ID: "n", TargetID: "T1", Title: "公告", Evidence: notice.Hash}},
		Pages:    []signals.PageState{{TargetID: "T1", URL: "https://example.com/page", Hash: page.Hash, Outcome: signals.OutcomeOK}},
	})
	_, err := a.db.Verdicts.Record(a.t.Context(), []store.Verdict{{DealID: "D1", Decision: &scorer.Decision{
		DealID: "D1", Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: a.now, Actor: "machine", Evidence: []string{decided.Hash},
	}}})
	must(a.t, err)
	a.now = a.now.AddDate(0, 0, 300)
	for i := range 8 {
		a.capture(fmt.Sprint("young", i)) // more files, so that the old ones are finished
	}
}

func (a *attic) retention() *Retention {
	return &Retention{Files: a.archive, Records: a.db.Runs, Clock: func() time.Time { return a.now }}
}

// judge holds what is there against what must be.
func (a *attic) judge() {
	a.t.Helper()
	removed := 0
	for name, captured := range a.kept {
		ev, err := a.db.Runs.Evidence(a.t.Context(), captured.Hash)
		if errors.Is(err, store.ErrNotFound) {
			ev, err = captured, nil // not of a run
		}
		must(a.t, err)
		body, err := a.archive.Body(a.t.Context(), ev)
		var gone *evidence.RemovedError
		switch {
		case errors.As(err, &gone) && name[:4] == "idle":
			removed++
		case err != nil || string(body) != "the page "+name:
			a.t.Errorf("%s: %q, %v", name, body, err)
		}
	}
	if removed == 0 {
		a.t.Error("nothing is removed")
	}
	if _, err := a.db.Audit.Verify(a.t.Context()); err != nil {
		a.t.Error(err)
	}
}

func TestOnlyEvidenceOnWhichNothingRestsIsRemoved(t *testing.T) {
	a := newAttic(t)
	a.fill()
	before := a.now.AddDate(0, 0, -100)
	counted, err := a.retention().Purge(t.Context(), before, true, "me")
	must(t, err)
	done, err := a.retention().Purge(t.Context(), before, false, "me")
	must(t, err)
	if counted != done || done.Removed == 0 || done.Moved == 0 {
		t.Errorf("counted %+v, done %+v", counted, done)
	}
	a.judge()
	again, err := a.retention().Purge(t.Context(), before, false, "me")
	must(t, err)
	if again.Removed != 0 {
		t.Errorf("a second time: %+v", again)
	}
	// A page that was removed and comes again is kept again.
	ev := a.capture("idle0")
	a.keepRun("R2", store.RunCommit{Evidence: []signals.Evidence{ev}})
	known, err := a.db.Runs.Evidence(t.Context(), ev.Hash)
	must(t, err)
	if body, err := a.archive.Body(t.Context(), known); err != nil || string(body) != "the page idle0" {
		t.Errorf("it is %q, %v", body, err)
	}
}

func TestNothingIsRemovedBeforeItsTime(t *testing.T) {
	a := newAttic(t)
	a.fill()
	done, err := a.retention().Purge(t.Context(), a.now.AddDate(0, 0, -301), false, "me")
	must(t, err)
	if done != (EvidencePurged{}) {
		t.Errorf("removed %+v", done)
	}
}

// torn is an archive and a store whose process ends at a step: every step after it fails.
type torn struct {
	*evidence.Archive
	records EvidenceRecords
	left    int
}

var errKilled = errors.New("killed")

func (k *torn) step() error {
	if k.left--; k.left < 0 {
		return errKilled
	}
	return nil
}

func (k *torn) Move(ctx context.Context, ev signals.Evidence) (signals.Evidence, error) {
	if err := k.step(); err != nil {
		return ev, err
	}
	return k.Archive.Move(ctx, ev)
}

func (k *torn) Remove(ctx context.Context, name string) error {
	if err := k.step(); err != nil {
		return err
	}
	return k.Archive.Remove(ctx, name)
}

func (k *torn) Referred(ctx context.Context) (map[string]bool, error) { return k.records.Referred(ctx) }

func (k *torn) Evidence(ctx context.Context, hash string) (signals.Evidence, error) {
	return k.records.Evidence(ctx, hash)
}

func (k *torn) MoveEvidence(ctx context.Context, file string, moved []signals.Evidence, removed []string, actor string, at time.Time) error {
	if err := k.step(); err != nil {
		return err
	}
	return k.records.MoveEvidence(ctx, file, moved, removed, actor, at)
}

func TestAPurgeThatIsKilledAtAnyStepLosesNothing(t *testing.T) {
	for left := 0; ; left++ {
		a := newAttic(t)
		a.fill()
		before := a.now.AddDate(0, 0, -100)
		k := &torn{Archive: a.archive, records: a.db.Runs, left: left}
		_, err := (&Retention{Files: k, Records: k, Clock: func() time.Time { return a.now }}).Purge(t.Context(), before, false, "me")
		if err != nil && !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		whole := err == nil
		if _, err := a.retention().Purge(t.Context(), before, false, "me"); err != nil {
			t.Fatalf("after it was killed at step %d: %v", left, err)
		}
		a.judge()
		if whole {
			return
		}
	}
}
