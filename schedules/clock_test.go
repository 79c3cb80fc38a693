package schedules

import (
	"context"
	"errors"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"
)

func TestSetClockIsToldFromTimeThatPasses(t *testing.T) {
	c, passed := &clock{now: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)}, time.Duration(0)
	watch := newClockwork(c.Now, func() time.Duration { return passed })
	for _, step := range []struct {
		name    string
		clock   time.Duration
		elapsed time.Duration
		want    bool
	}{
		{"time passes", time.Hour, time.Hour, false},
		{"a little drift", time.Hour, time.Hour - 5*time.Second, false},
		{"set ahead by years", 3 * 365 * 24 * time.Hour, time.Minute, true},
		{"and stays there", time.Minute, time.Minute, false},
		{"set back", -3 * 365 * 24 * time.Hour, time.Minute, true},
	} {
		c.advance(step.clock)
		passed += step.elapsed
		if got := watch.wasSet(); got != step.want {
			t.Errorf("%s: set %t, want %t", step.name, got, step.want)
		}
	}
}

func TestSchedulesAreReckonedAgainAndWhatWasMissedIsStarted(t *testing.T) {
	o := newOffice(t)
	o.crawler["T1"], o.crawler["T2"] = shows(o.clock.Now, "会计"), shows(o.clock.Now, "会计")
	kept := o.tellsKept()
	s := newScheduler(t, o)
	during(t, s, func() {
		look := time.NewTicker(time.Millisecond)
		defer look.Stop()
		for len(s.cron.Entries()) < 3 { // two targets, the re-score
			<-look.C
		}
		before := s.cron
		o.clock.advance(25 * time.Hour)
		must(t, s.reckonAgain(t.Context()))
		for range 2 {
			<-kept
		}
		if after := s.cron; after == before || len(after.Entries()) != 3 || len(s.entries) != 2 {
			t.Errorf("%d entries after, of the old table %t", len(after.Entries()), after == before)
		}
	})
}

// fullLog is a run log on a disk that is full while it says so.
type fullLog struct {
	RunLog
	full bool
}

func (l *fullLog) Commit(ctx context.Context, c store.RunCommit) (store.Committed, error) {
	if l.full {
		return store.Committed{}, store.ErrNoSpace
	}
	return l.RunLog.Commit(ctx, c)
}

func (l *fullLog) Abandon(ctx context.Context, id, why string) error {
	if l.full {
		return store.ErrNoSpace
	}
	return l.RunLog.Abandon(ctx, id, why)
}

func TestRunThatCouldNotBeClosedHoldsItsTargetNoLonger(t *testing.T) {
	o := newOffice(t)
	log := &fullLog{RunLog: o.db.Runs, full: true}
	o.runner.Runs = log
	o.crawler["T1"] = shows(o.clock.Now, "会计")
	if _, err := o.runner.Run(t.Context(), "T1", "schedule"); !errors.Is(err, store.ErrNoSpace) {
		t.Fatalf("got %v, want store.ErrNoSpace", err)
	}
	if _, err := o.runner.Run(t.Context(), "T1", "schedule"); !errors.Is(err, store.ErrNoSpace) {
		t.Fatalf("while the disk is full: got %v, want store.ErrNoSpace", err)
	}
	log.full = false
	run, err := o.runner.Run(t.Context(), "T1", "schedule")
	must(t, err)
	if run.New != 1 {
		t.Errorf("the run after it brought %d new, want 1", run.New)
	}
}

func TestRunThatIsUnderWayIsNotTakenForOneThatFailed(t *testing.T) {
	o := newOffice(t)
	o.crawler["T1"] = func(ctx context.Context, run signals.Run) (crawler.Result, error) {
		_, err := o.runner.Run(ctx, "T1", "manual")
		var busy *store.RunInProgressError
		if !errors.As(err, &busy) {
			t.Errorf("got %v, want a store.RunInProgressError", err)
		}
		return shows(o.clock.Now, "会计")(ctx, run)
	}
	_, err := o.runner.Run(t.Context(), "T1", "schedule")
	must(t, err)
}
