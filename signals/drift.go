package signals

// Drifted tells whether a site has changed so that it no longer yields what it did: the
// newest measurement among the runs before (oldest first) gave records, and this one gives
// none without the page saying that there are none (DESIGN §4, "Outcomes"). LinkUp calls
// it a job count drop. Trouble that names itself (blocked, unreachable, …) is not drift.
// A run that stopped at a page limit counts as a measurement here, for the lists of tender
// sites often have no end that is ever reached.
func Drifted(earlier []RunSummary, run Run) bool {
	if run.Items > 0 || !looksChanged(run.Outcome) {
		return false
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		if list := earlier[i].List; list != "" && list != run.List {
			return false // what another list gave says nothing of this one
		}
		if earlier[i].Outcome.Measurement() && !earlier[i].Drifted {
			return earlier[i].Items > 0
		}
	}
	return false
}

// looksChanged tells whether an outcome without records can come of a redesign.
func looksChanged(o Outcome) bool {
	switch o {
	case OutcomeOK, OutcomeNotRelevant, OutcomeScriptShell:
		return true
	}
	return false
}

// measured tells whether a run says something about the customer and not about the site.
func measured(r RunSummary) bool {
	return r.Complete && !r.Drifted && r.Outcome.Measurement()
}

// newestComplete is the last run that was a measurement.
func newestComplete(runs []RunSummary) (RunSummary, bool) {
	for i := len(runs) - 1; i >= 0; i-- {
		if measured(runs[i]) {
			return runs[i], true
		}
	}
	return RunSummary{}, false
}

// driftedSince tells whether a run after the last measurement was drifted. What happens to
// a target later (a block, an outage) does not undo that its site has changed.
func driftedSince(runs []RunSummary) bool {
	for i := len(runs) - 1; i >= 0; i-- {
		if runs[i].Drifted {
			return true
		}
		if measured(runs[i]) {
			return false
		}
	}
	return false
}
