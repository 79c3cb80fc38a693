package signals

import "time"

// MeasureTender counts the projects that a deal's customer put out in the window before
// an instant and that have to do with what the deal sells (DESIGN §4, "Tender"). Nothing
// that was learnt after the instant has a part in it.
//
// MeasuredAt is the oldest of the sources' newest complete runs: the whole is no fresher
// than any part. With a source failing, or a notice of which nobody knows whether it counts
// (see doubts), the count is a lower bound.
func MeasureTender(h TenderHistory, deal Deal, r TenderRules, asOf time.Time) Measure {
	h = h.until(asOf)
	m := Measure{Factor: FactorTender}
	readings, paused := readSources(h.Sources, r, asOf)
	demands := demandsOf(h, deal)
	window := windowBefore(asOf, r.WindowDays)
	m.Signals = tenderRefs(demands, window)
	if len(readings) == 0 {
		m.Status, m.Reason = StatusUnknown, Reason{Code: ReasonNoTarget}
		if paused > 0 {
			m.Reason.Code = ReasonPaused
		}
		return m
	}
	m.Status, m.Reason, m.AtLeast, m.MeasuredAt = combine(readings)
	if m.Status != StatusOK {
		return m
	}
	value := float64(countIn(demands, window))
	then := float64(countIn(demands, dayWindow{after: windowBefore(*m.MeasuredAt, r.WindowDays).after, until: window.until}))
	m.Value, m.Then = &value, &then
	m.Previous = previousTender(demands, readings, window, m.AtLeast)
	doubts := doubtsOf(demands, readings, window)
	doubts.uncovered = uncovered(readings, h)
	m.lowerBound(doubts)
	return m
}

// readSources reads the tender sites, without those paused for good, and counts the paused.
func readSources(sources []TargetHistory, r TenderRules, asOf time.Time) (readings []targetReading, paused int) {
	for _, s := range sources {
		if s.Target.Paused {
			paused++
			if missed(s.Runs, r.WindowDays, asOf) {
				readings = append(readings, pausedReading(s))
			}
			continue
		}
		readings = append(readings, readRuns(s, r.StaleAfterDays, asOf))
	}
	return readings, paused
}

// until is the history as it was known at an instant.
func (h TenderHistory) until(asOf time.Time) TenderHistory {
	known := TenderHistory{Customer: h.Customer}
	for _, s := range h.Sources {
		s.Runs = finishedBy(s.Runs, asOf)
		known.Sources = append(known.Sources, s)
	}
	for _, n := range h.Notices {
		if !n.Notice.FirstSeen.After(asOf) && !n.Match.RecordedAt.After(asOf) {
			known.Notices = append(known.Notices, n)
		}
	}
	return known
}

// dayWindow is a span of Shanghai days, the first one excluded: (after, until].
type dayWindow struct{ after, until Date }

func windowBefore(asOf time.Time, days int) dayWindow {
	until := DateOf(asOf.In(Shanghai))
	return dayWindow{after: until.AddDays(-days), until: until}
}

func (w dayWindow) holds(d Date) bool { return w.after.Before(d) && !w.until.Before(d) }

// earlier is the window of the same length before.
func (w dayWindow) earlier() dayWindow {
	length := daysBetween(w.after, w.until)
	return dayWindow{after: w.after.AddDays(-length), until: w.after}
}

// previousTender is the count one window earlier. It is covered where every source that
// is used had been crawled, with its back-fill, before this window began.
func previousTender(demands []demand, readings []targetReading, window dayWindow, atLeast bool) *float64 {
	if atLeast {
		return nil
	}
	begin := window.after.AddDays(1).Start()
	for _, r := range readings {
		if r.firstStart.After(begin) {
			return nil
		}
	}
	value := float64(countIn(demands, window.earlier()))
	return &value
}

func countIn(demands []demand, window dayWindow) int {
	n := 0
	for _, d := range demands {
		if d.countsIn(window) {
			n++
		}
	}
	return n
}
