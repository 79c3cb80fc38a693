package signals

import "time"

// until is the history as it was known at an instant: without runs that finished later,
// and without what those saw.
func (h HiringHistory) until(asOf time.Time) HiringHistory {
	known := HiringHistory{Targets: make([]TargetHistory, 0, len(h.Targets))}
	for _, t := range h.Targets {
		runs := finishedBy(t.Runs, asOf)
		known.Targets = append(known.Targets, TargetHistory{Target: t.Target, Runs: runs, Postings: seenBy(t.Postings, newestStart(runs), newestCompleteStart(runs))})
	}
	return known
}

// newestStart is the start of the newest of the runs; sights later than that belong to
// runs that had not finished.
func newestStart(runs []RunSummary) time.Time {
	var newest time.Time
	for _, r := range runs {
		if r.StartedAt.After(newest) {
			newest = r.StartedAt
		}
	}
	return newest
}

// newestCompleteStart is the start of the newest run that saw all that was open then.
func newestCompleteStart(runs []RunSummary) time.Time {
	newest, _ := newestComplete(runs)
	return newest.StartedAt
}

// seenBy cuts the sights of postings to an instant, and leaves out those not seen by then.
// A span that goes on beyond the instant held at the newest complete run before it.
func seenBy(postings []Posting, at, complete time.Time) []Posting {
	kept := make([]Posting, 0, len(postings))
	for _, p := range postings {
		if p.Seen = spansUntil(p.Seen, at, complete); len(p.Seen) > 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

func spansUntil(spans []Span, at, complete time.Time) []Span {
	n := len(spans)
	for n > 0 && spans[n-1].First.After(at) {
		n--
	}
	if n == 0 || !spans[n-1].Last.After(at) && !spans[n-1].ClosedAt.After(at) {
		return spans[:n]
	}
	cut := append([]Span(nil), spans[:n]...)
	last := &cut[n-1]
	if last.Last.After(at) {
		last.Last = complete
		if complete.Before(last.First) {
			last.Last = last.First
		}
	}
	if last.ClosedAt.After(at) {
		last.ClosedAt = time.Time{}
	}
	return cut
}
