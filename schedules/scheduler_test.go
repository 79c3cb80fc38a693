package schedules

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"
)

func newScheduler(t *testing.T, o *office) *Scheduler {
	t.Helper()
	s, err := NewScheduler(Settings{Crawl: "CRON_TZ=Asia/Shanghai 0 6 * * *", Rescore: "CRON_TZ=Asia/Shanghai 30 8 * * *", Places: Places{All: 2, Site: 2, Host: 2}},
		o.runner, o.db.Targets, o.db.Runs, o.db.Marks)
	must(t, err)
	return s
}

// during runs the scheduler until work returns, and waits for its end.
func during(t *testing.T, s *Scheduler, work func()) {
	t.Helper()
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	work()
	cancel()
	must(t, <-ended)
}

// keptLog is a run log that tells the test when a run was kept.
type keptLog struct {
	RunLog
	kept chan<- string
}

func (l keptLog) Commit(ctx context.Context, c store.RunCommit) (store.Committed, error) {
	committed, err := l.RunLog.Commit(ctx, c)
	l.kept <- c.Run.TargetID
	return committed, err
}

// tellsKept lets the test wait for runs to be kept.
func (o *office) tellsKept() <-chan string {
	kept := make(chan string, 10)
	o.runner.Runs = keptLog{o.db.Runs, kept}
	return kept
}

// reports is a crawl that tells the test its trigger.
func reports(o *office, to chan<- string) func(context.Context, signals.Run) (crawler.Result, error) {
	return func(ctx context.Context, run signals.Run) (crawler.Result, error) {
		to <- run.TargetID + " " + run.Trigger
		return shows(o.clock.Now, "会计")(ctx, run)
	}
}

func TestRunsThatACrashCutOffAreTakenUpAgain(t *testing.T) {
	o := newOffice(t)
	must(t, o.db.Runs.Begin(t.Context(), signals.Run{ID: "01CUTOFF", TargetID: "T1", Trigger: "schedule", StartedAt: o.clock.Now()}))
	started := make(chan string, 10)
	o.crawler["T1"] = reports(o, started)
	kept := o.tellsKept()
	during(t, newScheduler(t, o), func() {
		if got := <-started; got != "T1 resumed" {
			t.Errorf("started %q, want the run that was cut off, resumed", got)
		}
		<-kept
	})
	cut, err := o.db.Runs.Unfinished(t.Context())
	must(t, err)
	if len(cut) != 0 {
		t.Errorf("the journal still holds %+v", cut)
	}
}

func TestARunThatIsCutOffAgainIsTakenUpLaterOrByAPerson(t *testing.T) {
	o := newOffice(t)
	must(t, o.db.Runs.Begin(t.Context(), signals.Run{ID: "01CUTTWICE", TargetID: "T1", Trigger: resumed, StartedAt: o.clock.Now()}))
	o.clock.advance(resumeAgain - time.Second) // what is left is more than any test waits
	started := make(chan string, 10)
	o.crawler["T1"] = reports(o, started)
	kept := o.tellsKept()
	s := newScheduler(t, o)
	during(t, s, func() {})
	cut, err := o.db.Runs.Unfinished(t.Context())
	must(t, err)
	if len(cut) != 1 || len(started) != 0 {
		t.Fatalf("the journal holds %+v, %d runs were started", cut, len(started))
	}
	during(t, newScheduler(t, o), func() {
		if got := <-started; got != "T1 resumed" { // a second later
			t.Errorf("started %s", got)
		}
		<-kept
	})
	if cut, err := o.db.Runs.Unfinished(t.Context()); err != nil || len(cut) != 0 {
		t.Errorf("the journal still holds %+v, %v", cut, err)
	}
}

func TestACutRunOfATargetThatIsPausedOrGoneIsClosed(t *testing.T) {
	o := newOffice(t)
	target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
	must(t, err)
	target.Paused = true
	_, err = o.db.Targets.Put(t.Context(), []signals.Target{target}, "me", o.clock.Now())
	must(t, err)
	for id, targetID := range map[string]string{"01PAUSED": "T1", "01GONE": "T9"} {
		must(t, o.db.Runs.Begin(t.Context(), signals.Run{ID: id, TargetID: targetID, Trigger: "schedule", StartedAt: o.clock.Now()}))
	}
	during(t, newScheduler(t, o), func() {
		look := time.NewTicker(time.Millisecond)
		defer look.Stop()
		for {
			cut, err := o.db.Runs.Unfinished(t.Context())
			must(t, err)
			if len(cut) == 0 {
				return
			}
			<-look.C
		}
	})
}

func TestMissedTimeIsCaughtUpOnce(t *testing.T) {
	o := newOffice(t)
	o.clock.advance(72 * time.Hour) // three times passed while the program was down
	started := make(chan string, 10)
	o.crawler["T1"], o.crawler["T2"] = reports(o, started), reports(o, started)
	kept := o.tellsKept()
	during(t, newScheduler(t, o), func() {
		got := map[string]bool{<-started: true, <-started: true}
		if !got["T1 catch_up"] || !got["T2 catch_up"] {
			t.Errorf("started %v, want each target caught up", got)
		}
		<-kept
		<-kept
	})
	during(t, newScheduler(t, o), func() {})
	if len(started) != 0 {
		t.Errorf("a target was caught up a second time: %s", <-started)
	}
}

func TestRunNowSaysTheRunAndRefusesASecondOne(t *testing.T) {
	o := newOffice(t)
	release := make(chan struct{})
	o.crawler["T1"] = func(ctx context.Context, run signals.Run) (crawler.Result, error) {
		<-release
		return shows(o.clock.Now, "会计")(ctx, run)
	}
	s := newScheduler(t, o)
	if _, err := s.RunNow(t.Context(), "T1"); !errors.Is(err, ErrNotRunning) {
		t.Errorf("before the start: %v, want ErrNotRunning", err)
	}
	s.OnDemandOnly()
	during(t, s, func() {
		id := runNow(t, s)
		run, err := o.db.Runs.Get(t.Context(), id)
		must(t, err)
		if run.TargetID != "T1" || run.Trigger != "manual" {
			t.Errorf("got run %+v, want a manual one of T1", run)
		}
		if _, err := s.RunNow(t.Context(), "T1"); err == nil {
			t.Error("a second run of the target was started while the first was under way")
		}
		close(release)
	})
}

// runNow starts a run as soon as the scheduler works.
func runNow(t *testing.T, s *Scheduler) string {
	t.Helper()
	for {
		id, err := s.RunNow(t.Context(), "T1")
		if errors.Is(err, ErrNotRunning) {
			continue
		}
		must(t, err)
		return id
	}
}

func TestJitterIsTheSameEachTimeAndSpread(t *testing.T) {
	const most = 10 * time.Minute
	tenths := make(map[time.Duration]int)
	for i := range 1000 {
		id := fmt.Sprintf("target-%d", i)
		wait := Jitter(id, most)
		if wait != Jitter(id, most) || wait < 0 || wait >= most {
			t.Fatalf("target %s waits %s: not the same each time, or outside of [0, %s)", id, wait, most)
		}
		tenths[wait/(most/10)]++
	}
	for tenth := range time.Duration(10) {
		if tenths[tenth] < 50 {
			t.Errorf("only %d of 1000 targets start in minute %d", tenths[tenth], tenth)
		}
	}
	if Jitter("any", 0) != 0 {
		t.Error("without jitter a target must start at once")
	}
}

func TestWrongScheduleIsNamed(t *testing.T) {
	for _, spec := range []string{"", "every day", "61 * * * *", "CRON_TZ=Nowhere/City 0 6 * * *"} {
		if _, err := ParseSchedule(spec); err == nil {
			t.Errorf("%q was taken as a schedule", spec)
		}
	}
}

// waitsUntil is a target that has to wait until a test lets it go.
func waitsUntil(let <-chan struct{}, now func() time.Time) func(context.Context, signals.Target) (signals.Wait, bool, error) {
	return func(_ context.Context, t signals.Target) (signals.Wait, bool, error) {
		select {
		case <-let:
			return signals.Wait{}, false, nil
		default:
			return signals.Wait{Reason: signals.WaitQuietHours, Until: now().Add(time.Second)}, t.ID == "T1", nil
		}
	}
}

func TestATargetThatHasToWaitIsCrawledLater(t *testing.T) {
	o := newOffice(t)
	o.clock.advance(24 * time.Hour)
	started := make(chan string, 10)
	o.crawler["T1"], o.crawler["T2"] = reports(o, started), reports(o, started)
	kept := o.tellsKept()
	free := make(chan struct{})
	o.runner.Waits = waitsUntil(free, o.clock.Now)
	during(t, newScheduler(t, o), func() {
		if got := <-started; got != "T2 catch_up" {
			t.Errorf("started %s", got)
		}
		<-kept
		close(free)
		if got := <-started; got != "T1 catch_up" {
			t.Errorf("started %s", got)
		}
		<-kept
	})
}

func TestATargetThatIsPausedOrWaitsIsNotRunNow(t *testing.T) {
	o := newOffice(t)
	o.runner.Waits = waitsUntil(nil, o.clock.Now)
	s := newScheduler(t, o)
	s.OnDemandOnly()
	refused := func() error {
		for {
			if _, err := s.RunNow(t.Context(), "T1"); !errors.Is(err, ErrNotRunning) {
				return err
			}
		}
	}
	during(t, s, func() {
		var waits *store.TargetWaitsError
		if err := refused(); !errors.As(err, &waits) || waits.Wait.Reason != signals.WaitQuietHours {
			t.Errorf("a target that waits: %v", err)
		}
		target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
		must(t, err)
		target.Paused = true
		_, err = o.db.Targets.Put(t.Context(), []signals.Target{target}, "me", o.clock.Now())
		must(t, err)
		var paused *store.TargetPausedError
		if err := refused(); !errors.As(err, &paused) {
			t.Errorf("a paused target: %v", err)
		}
	})
	if cut, err := o.db.Runs.Unfinished(t.Context()); err != nil || len(cut) != 0 {
		t.Errorf("runs were begun: %v, %v", cut, err)
	}
}
