package signals_test

import (
	"strconv"
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

var hiringNow = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

var hiringRules = signals.HiringRules{WindowDays: 30, StaleAfterDays: 7}

func before(days int) time.Time { return hiringNow.AddDate(0, 0, -days) }

// crawl is a run that ended in an outcome some days ago.
func crawl(days int, o signals.Outcome, items int) signals.RunSummary {
	return signals.RunSummary{
		ID: strconv.Itoa(days), StartedAt: before(days).Add(-time.Minute), FinishedAt: before(days),
		Outcome: o, Complete: o.Measurement(), Items: items,
	}
}

func driftedCrawl(days int) signals.RunSummary {
	r := crawl(days, signals.OutcomeNotRelevant, 0)
	r.Drifted = true
	return r
}

func dated(r signals.RunSummary) signals.RunSummary {
	r.AllDated = true
	return r
}

// job is a posting seen from some days ago until some days ago.
func job(id, title string, first, last int) signals.Posting {
	return signals.Posting{
		TargetID: "T", ID: id, Title: title, Place: "北京", Evidence: "page-" + id,
		Seen: []signals.Span{{First: before(first).Add(-time.Minute), Last: before(last).Add(-time.Minute)}},
	}
}

func stated(p signals.Posting, basis signals.DateBasis, days int) signals.Posting {
	d := signals.DateOf(before(days))
	p.Posted, p.Basis = &d, basis
	return p
}

func hiring(runs []signals.RunSummary, jobs ...signals.Posting) signals.HiringHistory {
	return signals.HiringHistory{Targets: []signals.TargetHistory{{
		Target: signals.Target{ID: "T", Kind: signals.KindHiring}, Runs: runs, Postings: jobs,
	}}}
}

func monthly(items int) []signals.RunSummary {
	return []signals.RunSummary{crawl(31, signals.OutcomeOK, items), crawl(14, signals.OutcomeOK, items), crawl(0, signals.OutcomeOK, items)}
}

func TestMeasureHiringCountsWhatOpenedInTheWindow(t *testing.T) {
	tests := []struct {
		name string
		jobs []signals.Posting
		want float64
		why  string // of the last job
	}{
		{"a job without a date that the first crawl saw is baseline", []signals.Posting{job("1", "a", 31, 0)}, 0, signals.WhyBaseline},
		{"a job without a date that a later crawl saw first is new", []signals.Posting{job("1", "a", 14, 0)}, 1, signals.WhyFirstSeen},
		{"a job published in the window is new", []signals.Posting{stated(job("1", "a", 14, 0), signals.DatePublished, 29)}, 1, signals.WhyPublished},
		{"a job published 30 days ago is outside, for the window is open at its start", []signals.Posting{stated(job("1", "a", 14, 0), signals.DatePublished, 30)}, 0, signals.WhyOutsideWindow},
		{"an update in the window does not open a job of the first crawl", []signals.Posting{stated(job("1", "a", 31, 0), signals.DateUpdated, 2)}, 0, signals.WhyUpdatedOnly},
		{"an updated job that was not there before is new by its first sight", []signals.Posting{stated(job("1", "a", 14, 0), signals.DateUpdated, 14)}, 1, signals.WhyFirstSeen},
		{"a job that says 30+ days ago is old though seen for the first time", []signals.Posting{stated(job("1", "a", 14, 0), signals.DateBound, 44)}, 0, signals.WhyBoundBefore},
		{"a job that says 3+ days ago is new by its first sight", []signals.Posting{stated(job("1", "a", 14, 0), signals.DateBound, 17)}, 1, signals.WhyFirstSeen},
		{"a date far ahead is disbelieved", []signals.Posting{stated(job("1", "a", 31, 0), signals.DatePublished, -40)}, 0, signals.WhyBaseline},
		{"the same title and place under a new id is a repost", []signals.Posting{job("1", "工程师", 31, 20), job("2", " 工程师", 14, 0)}, 0, signals.WhyRepost},
		{"after more than 14 days it is new again", []signals.Posting{job("1", "工程师", 31, 31), job("2", "工程师", 14, 0)}, 1, signals.WhyFirstSeen},
		{"at another place it is another job", []signals.Posting{job("1", "工程师", 31, 20), elsewhere(job("2", "工程师", 14, 0))}, 1, signals.WhyFirstSeen},
		{"a job that was new and is posted again counts once", []signals.Posting{job("1", "工程师", 14, 10), job("2", "工程师", 0, 0)}, 1, signals.WhyDuplicate},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := signals.MeasureHiring(hiring(monthly(len(tt.jobs)), tt.jobs...), hiringRules, hiringNow)
			if m.Status != signals.StatusOK || m.Value == nil || *m.Value != tt.want {
				t.Fatalf("status %s (%s), value %v, want %v", m.Status, m.Reason.Code, m.Value, tt.want)
			}
			last := tt.jobs[len(tt.jobs)-1].ID
			for _, s := range m.Signals {
				if s.ID == last && s.Why.Code != tt.why {
					t.Errorf("why %s, want %s", s.Why.Code, tt.why)
				}
			}
		})
	}
}

func TestMeasureHiringBelievesStatedDatesAtTheFirstCrawl(t *testing.T) {
	runs := []signals.RunSummary{dated(crawl(0, signals.OutcomeOK, 2))}
	m := signals.MeasureHiring(hiring(runs, stated(job("1", "a", 0, 0), signals.DatePublished, 29), stated(job("2", "b", 0, 0), signals.DatePublished, 50)), hiringRules, hiringNow)
	if m.Value == nil || *m.Value != 1 {
		t.Errorf("value %v (%s), want the job published in the window", m.Value, m.Reason.Code)
	}
}

func elsewhere(p signals.Posting) signals.Posting {
	p.Place = "上海"
	return p
}

func TestMeasureHiringStatus(t *testing.T) {
	paused := hiring(monthly(1))
	paused.Targets[0].Target.Paused = true
	incomplete := crawl(0, signals.OutcomeOK, 5)
	incomplete.Complete = false
	tests := []struct {
		name   string
		h      signals.HiringHistory
		status signals.Status
		reason string
	}{
		{"without a target nothing is known", signals.HiringHistory{}, signals.StatusUnknown, signals.ReasonNoTarget},
		{"a paused target is left out", paused, signals.StatusUnknown, signals.ReasonPaused},
		{"a target that never ran is unknown", hiring(nil), signals.StatusUnknown, signals.ReasonNeverRun},
		{"a site that always blocked is unknown and says so", hiring([]signals.RunSummary{crawl(0, signals.OutcomeBlocked, 0)}), signals.StatusUnknown, "blocked"},
		{"a script shell is unknown and says so", hiring([]signals.RunSummary{crawl(0, signals.OutcomeScriptShell, 0)}), signals.StatusUnknown, "script_shell"},
		{"a list whose end was never reached is unknown", hiring([]signals.RunSummary{incomplete}), signals.StatusUnknown, signals.ReasonIncomplete},
		{"a changed site is unknown at once", hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 5), crawl(1, signals.OutcomeOK, 5), driftedCrawl(0)}), signals.StatusUnknown, signals.ReasonDrifted},
		{"a changed site that blocks later has still changed", hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 5), driftedCrawl(1), crawl(0, signals.OutcomeBlocked, 0)}), signals.StatusUnknown, signals.ReasonDrifted},
		{"a site down since a month is unknown and says why", hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 5), crawl(0, signals.OutcomeUnreachable, 0)}), signals.StatusUnknown, "unreachable"},
		{"a site nobody crawled lately is stale", hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 5)}), signals.StatusStale, signals.ReasonNoRecentRun},
		{"one failed night takes nothing away", hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 5), crawl(1, signals.OutcomeOK, 5), crawl(0, signals.OutcomeUnreachable, 0)}), signals.StatusOK, signals.ReasonMeasured},
		{"a page without dates is warming for 30 days", hiring([]signals.RunSummary{crawl(29, signals.OutcomeOK, 5), crawl(0, signals.OutcomeOK, 5)}), signals.StatusWarming, signals.ReasonWarmingUp},
		{"an empty page states no dates", hiring([]signals.RunSummary{dated(crawl(0, signals.OutcomeEmpty, 0))}), signals.StatusWarming, signals.ReasonWarmingUp},
		{"a page that nobody looked at for so long that what is new may be old is warming again", hiring([]signals.RunSummary{crawl(90, signals.OutcomeOK, 1), crawl(50, signals.OutcomeOK, 1), crawl(1, signals.OutcomeOK, 9), crawl(0, signals.OutcomeOK, 9)}), signals.StatusWarming, signals.ReasonWarmingUp},
		{"what was new within the window is known for new", hiring([]signals.RunSummary{crawl(40, signals.OutcomeOK, 1), crawl(29, signals.OutcomeOK, 1), crawl(1, signals.OutcomeOK, 9)}), signals.StatusOK, signals.ReasonMeasured},
		{"a gap that ended before the window is over", hiring([]signals.RunSummary{crawl(120, signals.OutcomeOK, 1), crawl(31, signals.OutcomeOK, 1), crawl(1, signals.OutcomeOK, 9)}), signals.StatusOK, signals.ReasonMeasured},
		{"a page with dates needs no watch", hiring([]signals.RunSummary{crawl(90, signals.OutcomeOK, 1), crawl(50, signals.OutcomeOK, 1), dated(crawl(0, signals.OutcomeOK, 9))}), signals.StatusOK, signals.ReasonMeasured},
		{"a page with dates is measured at once", hiring([]signals.RunSummary{dated(crawl(0, signals.OutcomeOK, 5))}), signals.StatusOK, signals.ReasonMeasured},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := signals.MeasureHiring(tt.h, hiringRules, hiringNow)
			if m.Status != tt.status || m.Reason.Code != tt.reason {
				t.Errorf("%s (%s), want %s (%s)", m.Status, m.Reason.Code, tt.status, tt.reason)
			}
			if (m.Value != nil) != (m.Status == signals.StatusOK) {
				t.Errorf("status %s with value %v", m.Status, m.Value)
			}
		})
	}
}

// A page, or the program, may learn to state dates after postings were kept without.
func TestPostingsKeptBeforeAPageStatedDatesAreNotOldForThat(t *testing.T) {
	jobs := []signals.Posting{job("1", "a", 5, 0), job("2", "b", 5, 0), stated(job("3", "c", 1, 0), signals.DatePublished, 1)}
	m := signals.MeasureHiring(hiring([]signals.RunSummary{crawl(5, signals.OutcomeOK, 2), dated(crawl(0, signals.OutcomeOK, 3))}, jobs...), hiringRules, hiringNow)
	if m.Status != signals.StatusOK || *m.Value != 1 || !m.AtLeast || m.Reason.Code != signals.ReasonWarmingUp {
		t.Errorf("%s, value %v, at least %v (%s), want at least 1: nobody knows when the others opened", m.Status, m.Value, m.AtLeast, m.Reason.Code)
	}
	m = signals.MeasureHiring(hiring([]signals.RunSummary{crawl(31, signals.OutcomeOK, 2), dated(crawl(0, signals.OutcomeOK, 3))}, jobs...), hiringRules, hiringNow)
	if m.Status != signals.StatusOK || *m.Value != 3 || m.AtLeast {
		t.Errorf("%s, value %v, at least %v, want 3 jobs that were seen first in the window", m.Status, m.Value, m.AtLeast)
	}
	old := []signals.Posting{job("1", "a", 9, 6), stated(job("3", "c", 5, 0), signals.DatePublished, 50)}
	m = signals.MeasureHiring(hiring([]signals.RunSummary{dated(crawl(5, signals.OutcomeOK, 2)), dated(crawl(0, signals.OutcomeOK, 1))}, old...), hiringRules, hiringNow)
	if m.Status != signals.StatusOK || *m.Value != 0 || m.AtLeast {
		t.Errorf("%s, value %v, at least %v, want 0: what an earlier list had is not on this one", m.Status, m.Value, m.AtLeast)
	}
}

func TestMeasureHiringOverSeveralTargets(t *testing.T) {
	h := hiring(monthly(2), job("1", "工程师", 14, 0), job("2", "会计", 14, 0))
	board := signals.TargetHistory{
		Target: signals.Target{ID: "B", Kind: signals.KindHiring}, Runs: monthly(1),
		Postings: []signals.Posting{job("x", "工程师", 0, 0), job("y", "司机", 0, 0)},
	}
	for i := range board.Postings {
		board.Postings[i].TargetID = "B"
	}
	h.Targets = append(h.Targets, board)
	if m := signals.MeasureHiring(h, hiringRules, hiringNow); *m.Value != 3 || m.AtLeast {
		t.Errorf("value %v, at least %v; want 3 jobs, that on both pages once", *m.Value, m.AtLeast)
	}
	h.Targets[1].Runs = []signals.RunSummary{crawl(0, signals.OutcomeBlocked, 0)}
	m := signals.MeasureHiring(h, hiringRules, hiringNow)
	if *m.Value != 2 || !m.AtLeast || m.Reason.Code != signals.ReasonPartial || m.Reason.Facts["B"] != "blocked" {
		t.Errorf("value %v, at least %v, reason %+v; want a lower bound of 2 that names the blocked target", *m.Value, m.AtLeast, m.Reason)
	}
}

func TestMeasureHiringComparesWithTheWindowBefore(t *testing.T) {
	runs := []signals.RunSummary{crawl(70, signals.OutcomeOK, 1), crawl(45, signals.OutcomeOK, 1), crawl(31, signals.OutcomeOK, 1), crawl(0, signals.OutcomeOK, 1)}
	m := signals.MeasureHiring(hiring(runs, job("1", "a", 45, 0), job("2", "b", 45, 0), job("3", "c", 0, 0)), hiringRules, hiringNow)
	if *m.Value != 1 || m.Previous == nil || *m.Previous != 2 {
		t.Errorf("value %v, previous %v; want 1 after 2", *m.Value, m.Previous)
	}
	if m := signals.MeasureHiring(hiring(monthly(1), job("1", "a", 14, 0)), hiringRules, hiringNow); m.Previous != nil {
		t.Errorf("previous %v, want none: the window before was not covered", *m.Previous)
	}
}

// TestMeasureHiringKnowsNothingOfTheFuture adds runs and postings after the instant.
func TestMeasureHiringKnowsNothingOfTheFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var runs, later []signals.RunSummary
		for d := 60; d > -30; d -= rapid.IntRange(1, 10).Draw(t, "gap") {
			o := rapid.SampledFrom([]signals.Outcome{signals.OutcomeOK, signals.OutcomeOK, signals.OutcomeEmpty, signals.OutcomeBlocked}).Draw(t, "outcome")
			r := crawl(d, o, 3)
			if later = append(later, r); d >= 0 {
				runs = append(runs, r)
			}
		}
		var now, all []signals.Posting
		for i := range rapid.IntRange(0, 8).Draw(t, "jobs") {
			r := rapid.SampledFrom(later).Draw(t, "seen")
			p := job(strconv.Itoa(i), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "title"), 0, 0)
			p.Seen = []signals.Span{{First: r.StartedAt, Last: r.StartedAt}}
			if all = append(all, p); !r.FinishedAt.After(hiringNow) {
				now = append(now, p)
			}
		}
		a := signals.MeasureHiring(hiring(runs, now...), hiringRules, hiringNow)
		b := signals.MeasureHiring(hiring(later, all...), hiringRules, hiringNow)
		if a.Status != b.Status || !same(a.Value, b.Value) || !same(a.Previous, b.Previous) || len(a.Signals) != len(b.Signals) {
			t.Fatalf("the future changed the measure: %+v, %+v", a, b)
		}
	})
}

func same(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func TestDrifted(t *testing.T) {
	full, none := crawl(2, signals.OutcomeOK, 5), crawl(1, signals.OutcomeEmpty, 0)
	run := func(o signals.Outcome, items int) signals.Run { return signals.Run{Outcome: o, Items: items} }
	tests := []struct {
		name    string
		earlier []signals.RunSummary
		run     signals.Run
		want    bool
	}{
		{"no list where there was one", []signals.RunSummary{full}, run(signals.OutcomeNotRelevant, 0), true},
		{"a script shell where there was a list", []signals.RunSummary{full}, run(signals.OutcomeScriptShell, 0), true},
		{"still none the second time", []signals.RunSummary{full, driftedCrawl(1)}, run(signals.OutcomeNotRelevant, 0), true},
		{"none after a block", []signals.RunSummary{full, crawl(1, signals.OutcomeBlocked, 0)}, run(signals.OutcomeNotRelevant, 0), true},
		{"the page says that there is nothing", []signals.RunSummary{full}, run(signals.OutcomeEmpty, 0), false},
		{"trouble that names itself", []signals.RunSummary{full}, run(signals.OutcomeBlocked, 0), false},
		{"never gave anything", nil, run(signals.OutcomeNotRelevant, 0), false},
		{"was empty by its own word before", []signals.RunSummary{full, none}, run(signals.OutcomeNotRelevant, 0), false},
		{"gives items", []signals.RunSummary{full}, run(signals.OutcomeOK, 1), false},
	}
	for _, tt := range tests {
		if got := signals.Drifted(tt.earlier, tt.run); got != tt.want {
			t.Errorf("%s: drifted %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestStateOf(t *testing.T) {
	long := []signals.RunSummary{crawl(40, signals.OutcomeOK, 5), crawl(0, signals.OutcomeOK, 5)}
	tests := []struct {
		name   string
		target signals.Target
		runs   []signals.RunSummary
		want   signals.TargetState
	}{
		{"paused", signals.Target{Kind: signals.KindHiring, Paused: true}, long, signals.TargetPaused},
		{"never run", signals.Target{Kind: signals.KindHiring}, nil, signals.TargetWarming},
		{"observed for 40 days", signals.Target{Kind: signals.KindHiring}, long, signals.TargetActive},
		{"observed for a day", signals.Target{Kind: signals.KindHiring}, long[1:], signals.TargetWarming},
		{"observed for a day, with dates", signals.Target{Kind: signals.KindHiring}, []signals.RunSummary{dated(crawl(0, signals.OutcomeOK, 5))}, signals.TargetActive},
		{"a tender site needs no warming", signals.Target{Kind: signals.KindTender}, long[1:], signals.TargetActive},
		{"changed", signals.Target{Kind: signals.KindHiring}, append(long[:1:1], driftedCrawl(0)), signals.TargetDrifted},
		{"blocked", signals.Target{Kind: signals.KindHiring}, append(long[:1:1], crawl(0, signals.OutcomeBlocked, 0)), signals.TargetFailing},
		{"blocked only after the instant", signals.Target{Kind: signals.KindHiring}, append(long[:2:2], crawl(-1, signals.OutcomeBlocked, 0)), signals.TargetActive},
	}
	for _, tt := range tests {
		if got := signals.StateOf(tt.target, tt.runs, hiringNow); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
