package signals

import "time"

// warmingDays is how long complete runs must reach back before a first sight can tell
// what is new on a page without publication dates (DESIGN §4, "Hiring").
const warmingDays = 30

// StateOf is what the administrator sees of a target at an instant, from its finished runs,
// oldest first.
func StateOf(t Target, runs []RunSummary, asOf time.Time) TargetState {
	runs = ofThisList(t, finishedBy(runs, asOf))
	fell, short := openFall(t, runs, days(warmingDays), collapsed)
	switch {
	case t.Paused:
		return TargetPaused
	case len(runs) == 0:
		return TargetWarming
	case driftedSince(runs), t.Kind == KindHiring && short && fell.to > 0: // one that says it is empty did not drift
		return TargetDrifted
	case failing(t.Kind, runs[len(runs)-1]):
		return TargetFailing
	case t.Kind == KindHiring && warming(runs, days(warmingDays), asOf):
		return TargetWarming
	}
	return TargetActive
}

// failing tells whether a target's newest run is no measurement. A tender site's list has
// no end that matters, so a run that stopped at its page limit is a measurement of it.
func failing(kind Kind, newest RunSummary) bool {
	if !newest.Outcome.Measurement() {
		return true
	}
	return kind == KindHiring && !newest.Complete
}

// resumedWithin is how long before a window nobody may have begun to look away from a page
// without the watch over it beginning anew. What is counted too much for it is a third.
const resumedWithin = 14 * 24 * time.Hour

// warming tells whether what is new on a hiring page cannot be told yet: not by stated
// dates, nor by first sights, for nobody has watched it for as long as the window.
func warming(runs []RunSummary, window time.Duration, asOf time.Time) bool {
	if statesDates(runs) {
		return false
	}
	from := asOf.Add(-window)
	since := watchedSince(runs, from)
	return since.IsZero() || since.After(from)
}

// watchedSince is since when first sights on a page tell what is new in the window that
// begins at from: the first complete run; or the first one after a time in which nobody
// looked (paused, blocked, the program stopped) that began so long before the window that
// what was new after it may be older than the window.
func watchedSince(runs []RunSummary, from time.Time) time.Time {
	var since time.Time
	var before RunSummary
	for _, r := range runs {
		if !measured(r) {
			continue
		}
		if since.IsZero() || r.StartedAt.After(from) && before.FinishedAt.Before(from.Add(-resumedWithin)) {
			since = r.StartedAt
		}
		before = r
	}
	return since
}

// statesDates tells whether the page states when its postings were published. An empty
// page states nothing, so the newest run that read postings decides.
func statesDates(runs []RunSummary) bool {
	for i := len(runs) - 1; i >= 0; i-- {
		if measured(runs[i]) && runs[i].Items > 0 {
			return runs[i].AllDated
		}
	}
	return false
}

// finishedBy is the runs, oldest first, that had finished at an instant.
func finishedBy(runs []RunSummary, asOf time.Time) []RunSummary {
	for i, r := range runs {
		if !r.FinishedAt.After(asOf) {
			continue
		}
		kept := append([]RunSummary(nil), runs[:i]...)
		for _, r := range runs[i:] {
			if !r.FinishedAt.After(asOf) {
				kept = append(kept, r)
			}
		}
		return kept
	}
	return runs
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
