package signals

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// MeasureHiring counts the jobs that a customer newly opened in the window before an
// instant, over all its hiring targets (DESIGN §4, "Hiring"). Nothing that was learnt
// after the instant has a part in it.
func MeasureHiring(h HiringHistory, r HiringRules, asOf time.Time) Measure {
	h = h.until(asOf)
	m := hiringAt(h, r, asOf)
	earlier := asOf.Add(-days(r.WindowDays))
	if before := hiringAt(h.until(earlier), r, earlier); before.Status == StatusOK && !before.AtLeast {
		m.Previous = before.Value
	}
	return m
}

func hiringAt(h HiringHistory, r HiringRules, asOf time.Time) Measure {
	m := Measure{Factor: FactorHiring}
	var readings []targetReading
	paused := 0
	for _, t := range h.Targets {
		if t.Target.Paused {
			paused++
			if missed(t.Runs, r.WindowDays, asOf) {
				readings = append(readings, pausedReading(t))
			}
			continue
		}
		readings = append(readings, readTarget(t, r, asOf))
	}
	if len(readings) == 0 {
		m.Status, m.Reason = StatusUnknown, Reason{Code: ReasonNoTarget}
		if paused > 0 {
			m.Reason.Code = ReasonPaused
		}
		return m
	}
	m.Status, m.Reason, m.AtLeast, m.MeasuredAt = combine(readings)
	from := asOf.Add(-days(r.WindowDays))
	openings := countOpenings(readings, from, asOf)
	m.Signals = refsOf(openings)
	if m.Status == StatusOK && !m.AtLeast {
		if doubt, doubtful := hiringDoubt(measuring(readings), openings, r, from); doubtful {
			m.Reason, m.AtLeast = doubt, true
		}
	}
	if m.Status == StatusOK {
		value := float64(counted(openings))
		then := float64(counted(countOpenings(readings, m.MeasuredAt.Add(-days(r.WindowDays)), asOf)))
		m.Value, m.Then = &value, &then
	}
	return m
}

// targetReading is what one target says at an instant.
type targetReading struct {
	history    TargetHistory
	status     Status
	reason     Reason
	measuredAt *time.Time      // end of the newest complete run
	firstStart time.Time       // start of the first complete run; zero without one
	again      map[string]bool // postings that are there again under new ids
}

// readRuns tells whether a target's runs are a measurement. A failed run does not take a
// measurement away that is still within its limit; a changed site does at once, for nobody
// knows since when its list lacked something.
func readRuns(t TargetHistory, staleAfterDays int, asOf time.Time) targetReading {
	t.Runs = ofThisList(t.Target, t.Runs)
	reading := targetReading{history: t, status: StatusUnknown}
	newest, found := newestComplete(t.Runs)
	if found {
		finished := newest.FinishedAt
		reading.measuredAt = &finished
		reading.firstStart = firstComplete(t.Runs).StartedAt
	}
	switch {
	case len(t.Runs) == 0:
		reading.reason = Reason{Code: ReasonNeverRun}
	case driftedSince(t.Runs):
		reading.reason = Reason{Code: ReasonDrifted, Facts: runFacts(t, newest, found)}
	case !found:
		reading.reason = Reason{Code: trouble(t.Runs, ReasonIncomplete), Facts: runFacts(t, newest, found)}
	case asOf.Sub(newest.FinishedAt) > days(staleAfterDays):
		reading.status = StatusStale
		reading.reason = Reason{Code: trouble(t.Runs, ReasonNoRecentRun), Facts: runFacts(t, newest, found)}
	default:
		reading.status, reading.reason = StatusOK, Reason{Code: ReasonMeasured}
	}
	return reading
}

// readTarget tells whether a hiring target's postings are a measurement.
func readTarget(t TargetHistory, r HiringRules, asOf time.Time) targetReading {
	again, runs := withoutRelaunches(t)
	t.Runs = runs
	reading := readRuns(t, r.StaleAfterDays, asOf)
	reading.again = again
	fell, open := openFall(t.Target, t.Runs, days(r.WindowDays), collapsed)
	from := asOf.Add(-days(r.WindowDays))
	unsteadily, comesAndGoes := unsteady(t, from)
	switch {
	case reading.status == StatusStale && reading.reason.Code != ReasonNoRecentRun:
		reading.status = StatusUnknown // it fails; stale is what nobody asked lately
	case reading.status == StatusOK && open:
		reading.status = StatusUnknown // most of the list is missing, or the company took it down: a window will tell
		reading.reason = Reason{Code: ReasonFell, Facts: fell.facts(t)}
	case reading.status == StatusOK && comesAndGoes:
		reading.status, reading.reason = StatusUnknown, unsteadily
	case reading.status == StatusOK && !statesDates(t.Runs):
		if watched := watchedSince(t.Runs, from); watched.After(from) {
			reading.status = StatusWarming
			reading.reason = Reason{Code: ReasonWarmingUp, Facts: warmingFacts(watched, r)}
		}
	}
	return reading
}

// measuring is those of the readings that are measurements.
func measuring(readings []targetReading) []targetReading {
	kept := make([]targetReading, 0, len(readings))
	for _, r := range readings {
		if r.status == StatusOK {
			kept = append(kept, r)
		}
	}
	return kept
}

// missed tells whether a paused source is one that a window lacks: it was a measurement in
// it, so what it would have shown since is not nothing. One that was paused for longer is
// given up for good.
func missed(runs []RunSummary, windowDays int, asOf time.Time) bool {
	newest, found := newestComplete(runs)
	return found && newest.FinishedAt.After(asOf.Add(-days(windowDays)))
}

func pausedReading(t TargetHistory) targetReading {
	return targetReading{history: t, status: StatusUnknown, reason: Reason{Code: ReasonPaused}}
}

// trouble names what the newest run ended in, where it is the site's own trouble.
func trouble(runs []RunSummary, otherwise string) string {
	newest := runs[len(runs)-1]
	switch {
	case !newest.Outcome.Measurement() && newest.Outcome != "":
		return newest.Outcome.String()
	case !newest.Complete:
		return ReasonIncomplete
	}
	return otherwise
}

func runFacts(t TargetHistory, newest RunSummary, found bool) map[string]string {
	facts := map[string]string{"target": t.Target.ID, "url": t.Target.URL}
	if last := t.Runs[len(t.Runs)-1]; !last.FinishedAt.IsZero() {
		facts["last_run"] = stamp(last.FinishedAt)
	}
	if found {
		facts["last_complete"] = stamp(newest.FinishedAt)
	}
	return facts
}

func warmingFacts(first time.Time, r HiringRules) map[string]string {
	return map[string]string{"since": stamp(first), "until": stamp(first.Add(days(r.WindowDays)))}
}

func stamp(t time.Time) string { return t.In(Shanghai).Format(time.RFC3339) }

func firstComplete(runs []RunSummary) RunSummary {
	for _, r := range runs {
		if measured(r) {
			return r
		}
	}
	return RunSummary{}
}

// combine makes one status of those of several targets. With some of them failing the
// count is a lower bound; with none left the least bad one speaks.
func combine(readings []targetReading) (status Status, reason Reason, atLeast bool, measuredAt *time.Time) {
	best := readings[0]
	failing := make(map[string]string)
	ok := 0
	for _, r := range readings {
		if rank(r.status) < rank(best.status) {
			best = r
		}
		if r.status != StatusOK {
			failing[r.history.Target.ID] = r.reason.Code
			continue
		}
		ok++
		if measuredAt == nil || r.measuredAt.Before(*measuredAt) {
			measuredAt = r.measuredAt // the oldest, so that the whole is no fresher than any part
		}
	}
	switch {
	case ok == 0:
		return best.status, best.reason, false, best.measuredAt
	case len(failing) > 0:
		return StatusOK, Reason{Code: ReasonPartial, Facts: failing}, true, measuredAt
	}
	facts := map[string]string{"targets": strconv.Itoa(ok)}
	addWords(facts, readings)
	return StatusOK, Reason{Code: ReasonMeasured, Facts: facts}, false, measuredAt
}

// addWords adds what administrators said of the targets, for a number rests on it: which show
// all jobs, and whose list really fell.
func addWords(facts map[string]string, readings []targetReading) {
	var all, fell []string
	for _, r := range readings {
		t := r.history.Target
		if t.ShowsAll {
			all = append(all, t.ID)
		}
		if f := t.FallSeen; f != nil {
			fell = append(fell, fmt.Sprintf("%s: %d → %d, %s: %s", t.ID, f.From, f.To, f.By, f.Note))
		}
	}
	if len(all) > 0 {
		facts["shows_all"] = strings.Join(all, ", ")
	}
	if len(fell) > 0 {
		facts["fall_seen"] = strings.Join(fell, "; ")
	}
}

func rank(s Status) int {
	switch s {
	case StatusOK:
		return 0
	case StatusWarming:
		return 1
	case StatusStale:
		return 2
	}
	return 3
}

func counted(openings []opening) int {
	n := 0
	for _, o := range openings {
		if o.counted {
			n++
		}
	}
	return n
}

// refsOf shows the postings that had a part in the count: those that count first, each
// group newest first.
func refsOf(openings []opening) []SignalRef {
	refs := make([]SignalRef, 0, len(openings))
	sort.SliceStable(openings, func(i, j int) bool { return openings[i].shownBefore(openings[j]) })
	for _, o := range openings {
		day := DateOf(o.at.In(Shanghai))
		refs = append(refs, SignalRef{
			Kind: "posting", TargetID: o.posting.TargetID, ID: o.posting.ID, Title: o.posting.Title,
			URL: o.posting.URL, Date: &day, Evidence: o.posting.Evidence, Counted: o.counted, Why: o.why,
		})
	}
	return refs
}
