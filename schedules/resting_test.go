package schedules

import (
	"context"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/signals"
)

// daily lets days pass at whose planned time T1 is crawled unless it rests, and returns on
// which of them it was. The first day is 0.
func (o *office) daily(t *testing.T, days int, shown func(day int) []string) (crawled []int) {
	t.Helper()
	for day := range days {
		target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
		must(t, err)
		_, rests, err := o.runner.Rests(t.Context(), target)
		must(t, err)
		if !rests {
			o.crawler["T1"] = func(ctx context.Context, run signals.Run) (crawler.Result, error) {
				return shows(o.clock.Now, shown(day)...)(ctx, run)
			}
			_, err := o.runner.Run(t.Context(), "T1", "schedule")
			must(t, err)
			crawled = append(crawled, day)
		}
		o.clock.advance(24 * time.Hour)
	}
	return crawled
}

func restingOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	resting := &Resting{Runs: o.db.Runs, Policies: o.db.Policies, Crawl: "CRON_TZ=Asia/Shanghai 0 8 * * *", Clock: o.clock.Now}
	o.runner.Rests = resting.Of
	return o
}

func gaps(days []int) (gaps []int) {
	for i := 1; i < len(days); i++ {
		gaps = append(gaps, days[i]-days[i-1])
	}
	return gaps
}

func TestTargetThatHardlyChangesIsAskedLessOftenAndAtOnceAgainAfterAChange(t *testing.T) {
	o := restingOffice(t)
	const change = 60
	crawled := o.daily(t, 80, func(day int) []string {
		if day < change {
			return []string{"会计", "出纳"}
		}
		return []string{"会计", "工程师"} // as many as before: one is gone, one is new
	})
	found := 0
	for i, gap := range gaps(crawled) {
		day := crawled[i]
		switch {
		case day < 14 && gap != 1:
			t.Errorf("on day %d it rests for %d days already", day, gap)
		case gap > 3: // half of the default policy's 7 days
			t.Errorf("on day %d it rests for %d days", day, gap)
		case day >= 30 && day < change-3 && gap < 2:
			t.Errorf("on day %d it does not rest", day)
		}
		if found == 0 && day >= change {
			found = day
		}
		if found > 0 && day < found+14 && gap != 1 {
			t.Errorf("the change was found on day %d, on day %d it rests for %d days", found, day, gap)
		}
	}
	if len(crawled) > 60 {
		t.Errorf("crawled on %d of 80 days", len(crawled))
	}
	if found > change+3 {
		t.Errorf("the change of day %d was found on day %d", change, found)
	}
}

func TestTargetThatIsAlwaysAskedNeverRests(t *testing.T) {
	o := restingOffice(t)
	target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
	must(t, err)
	target.Always = true
	_, err = o.db.Targets.Put(t.Context(), []signals.Target{target}, "test", o.clock.Now())
	must(t, err)
	if crawled := o.daily(t, 40, func(int) []string { return []string{"会计"} }); len(crawled) != 40 {
		t.Errorf("crawled on %d of 40 days", len(crawled))
	}
}

func TestTargetWhoseNewestRunFailedDoesNotRest(t *testing.T) {
	o := restingOffice(t)
	o.daily(t, 30, func(int) []string { return []string{"会计"} })
	o.crawler["T1"] = func(_ context.Context, run signals.Run) (crawler.Result, error) {
		run.FinishedAt, run.Outcome = o.clock.Now(), signals.OutcomeUnreachable
		return crawler.Result{Run: run}, nil
	}
	_, err := o.runner.Run(t.Context(), "T1", "schedule")
	must(t, err)
	target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
	must(t, err)
	if wait, rests, err := o.runner.Rests(t.Context(), target); err != nil || rests {
		t.Errorf("it rests: %+v, %v", wait, err)
	}
}

func TestPlannedTimeOfATargetThatRestsIsLeftOut(t *testing.T) {
	o := restingOffice(t)
	o.daily(t, 40, func(int) []string { return []string{"会计"} })
	target, err := o.db.Targets.Get(t.Context(), "T1", time.Time{})
	must(t, err)
	_, err = o.runner.Run(t.Context(), "T1", "manual") // as of now, so that it rests
	must(t, err)
	wait, rests, err := o.runner.Rests(t.Context(), target)
	must(t, err)
	if !rests || wait.Reason != signals.WaitUnchanged || wait.Why != "unchanged since 2026-11-02" {
		t.Errorf("rests %t, %+v", rests, wait)
	}
	o.crawler["T2"] = shows(o.clock.Now, "会计")
	started := make(chan string, 10)
	o.crawler["T1"] = reports(o, started)
	s := newScheduler(t, o)
	during(t, s, func() {
		for _, trigger := range []string{"schedule", "catch_up"} {
			s.fire("T1", trigger)
		}
		_, err := s.RunNow(t.Context(), "T1") // a person may ask at any time
		for err == ErrNotRunning {
			_, err = s.RunNow(t.Context(), "T1")
		}
		must(t, err)
		if got := <-started; got != "T1 manual" {
			t.Errorf("started %s", got)
		}
	})
}
