package scorer

import "time"

// StateAt is a deal's freeze state at an instant, from its decisions, oldest first. A freeze
// whose time is up is over, even where no machine was awake to write that down.
func StateAt(decisions []Decision, asOf time.Time) FreezeView {
	newest, found := newestAt(decisions, asOf)
	if !found {
		return FreezeView{State: FreezeClear}
	}
	view := FreezeView{
		State: newest.State, Disputed: newest.Disputed, Reason: newest.ReasonCode,
		Since: newest.Since, Until: newest.Until, DecisionID: newest.ID, EffectiveFrom: newest.EffectiveFrom,
	}
	if newest.Disputed {
		view.AnswerBy = newest.AnswerBy
	}
	if lapsed(newest, asOf) {
		view = FreezeView{State: FreezeClear, Reason: ReasonMaxDays, DecisionID: newest.ID}
		if newest.EffectiveFrom != nil {
			view.EffectiveFrom = newest.Until
		}
	}
	return view
}

// newestAt is the newest decision until an instant.
func newestAt(decisions []Decision, asOf time.Time) (Decision, bool) {
	for i := len(decisions) - 1; i >= 0; i-- {
		if !decisions[i].At.After(asOf) {
			return decisions[i], true
		}
	}
	return Decision{}, false
}

// lapsed tells whether a decision's freeze or proposal has ended by itself.
func lapsed(d Decision, asOf time.Time) bool {
	return d.State != FreezeClear && d.Until != nil && !d.Until.After(asOf)
}
