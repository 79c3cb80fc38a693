package signals

import (
	"slices"
	"strconv"
	"time"
)

// hiringDoubt is why a count of new jobs is only a lower bound although every source is a
// measurement: it may prove that a customer hires, never that it does not. False where
// nothing speaks against it.
func hiringDoubt(readings []targetReading, openings []opening, r HiringRules, from time.Time) (Reason, bool) {
	if reason, doubtful := lateDates(readings, openings, r, from); doubtful {
		return reason, true
	}
	for _, reading := range readings {
		t := reading.history
		if fell, open := openFall(t.Target, t.Runs, days(r.WindowDays), lostPart); open {
			return Reason{Code: ReasonFell, Facts: fell.facts(t)}, true
		}
		if n, full := fullPage(t.Runs); full && !t.Target.ShowsAll {
			return Reason{Code: ReasonFullPage, Facts: map[string]string{"target": t.Target.ID, "url": t.Target.URL, "jobs": strconv.Itoa(n)}}, true
		}
	}
	if !anyJob(readings) {
		return Reason{Code: ReasonNeverAny}, true
	}
	return doubles(openings)
}

// lateDates finds the postings that were there at a target's first crawl and were kept
// without a publication date, because the page (or the program) has learnt to state dates
// only since. Until the target has been watched over the whole window they may have opened
// in it.
func lateDates(readings []targetReading, openings []opening, r HiringRules, from time.Time) (Reason, bool) {
	for _, reading := range readings {
		if !reading.firstStart.After(from) {
			continue
		}
		for _, o := range openings {
			baseline := o.why.Code == WhyBaseline || o.why.Code == WhyUpdatedOnly
			if baseline && o.posting.TargetID == reading.history.Target.ID && !lastSight(o.posting).Before(reading.firstStart) {
				return Reason{Code: ReasonWarmingUp, Facts: warmingFacts(reading.firstStart, r)}, true
			}
		}
	}
	return Reason{}, false
}

// pageSizes are how many records pages of a list commonly have.
var pageSizes = []int{10, 12, 15, 16, 18, 20, 24, 25, 30, 36, 40, 48, 50, 60, 64, 80, 100, 120, 128, 150, 200, 250, 256, 300, 400, 500, 1000, 2000, 5000, 10000}

// fullPage is the number of jobs of a list that was read from a single page, says nothing of
// how long it is, and has just as many as pages commonly have: the rest may be on a page of
// which nothing was seen. A page that once had more is not cut there.
func fullPage(runs []RunSummary) (jobs int, full bool) {
	newest, found := newestComplete(runs)
	if !found || !newest.OnePage || !slices.Contains(pageSizes, newest.Items) {
		return 0, false
	}
	for _, r := range runs {
		if measured(r) && r.OnePage && r.Items > newest.Items {
			return 0, false
		}
	}
	return newest.Items, true
}

// anyJob tells whether one of the targets ever showed a job, or is stated to show all. One
// that says from its first day on that there is none may say so whatever there is: the wrong
// page, a search that fails, a text that stands there until a script takes it away.
func anyJob(readings []targetReading) bool {
	for _, reading := range readings {
		for _, r := range reading.history.Runs {
			if measured(r) && (r.Items > 0 || reading.history.Target.ShowsAll) {
				return true
			}
		}
	}
	return false
}

// doubles finds jobs that came while one with their title and place was still on the same
// page. They do not count, for it may be the same job twice; but it may be a second one.
func doubles(openings []opening) (Reason, bool) {
	n := 0
	for _, o := range openings {
		if o.double {
			n++
		}
	}
	return Reason{Code: ReasonDoubles, Facts: map[string]string{"jobs": strconv.Itoa(n)}}, n > 0
}

// A page that shows another choice of its jobs at each visit: in each of unsteadyRuns runs
// of the window some came back that were gone before, in all a fifth of what it showed.
const (
	unsteadyRuns  = 3
	unsteadyShare = 5
)

// unsteady tells whether a page's jobs come and go: a list in random order over several
// pages, suggestions for the visitor, languages or cities that change with the visit. What
// is new on it is by chance, and what is missing, too.
func unsteady(t TargetHistory, from time.Time) (Reason, bool) {
	back := make(map[int64]int) // by the start of the run that found them again
	for _, p := range t.Postings {
		for _, s := range p.Seen[1:] {
			back[s.First.UnixNano()]++
		}
	}
	shown, returned, runs := 0, 0, 0
	for _, r := range t.Runs {
		if !measured(r) || !r.StartedAt.After(from) {
			continue
		}
		n := back[r.StartedAt.UnixNano()]
		shown, returned = shown+r.Items, returned+n
		if n > 0 {
			runs++
		}
	}
	facts := map[string]string{"target": t.Target.ID, "url": t.Target.URL, "came_back": strconv.Itoa(returned)}
	return Reason{Code: ReasonUnsteady, Facts: facts}, runs >= unsteadyRuns && returned*unsteadyShare >= shown
}
