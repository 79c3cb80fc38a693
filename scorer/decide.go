package scorer

import (
	"time"

	"dealvitals/signals"
)

// Machine is the actor of what no person decided.
const Machine = "machine"

// The reasons of the machine's decisions. A freeze's reason is the diagnosis.
const (
	ReasonPatternGone  = "pattern_gone"  // the pattern was gone for release_after evaluations
	ReasonMaxDays      = "max_days"      // nobody confirmed the freeze in time
	ReasonReleaseEnded = "release_ended" // a person's release reached its date

	// ReasonDisputeOverdue ends a machine's freeze whose dispute nobody answered in time,
	// where the policy wants that.
	ReasonDisputeOverdue = "dispute_overdue"

	// ReasonCustomerChanged and ReasonMergedHold are holds that wait for a review, see Turn.
	// ReasonMergeUndone ends the second when the merge was undone.
	ReasonCustomerChanged = "customer_changed"
	ReasonMergedHold      = "merged_hold"
	ReasonMergeUndone     = "merge_undone"
)

// memoryOfUnknown is how many evaluations without an answer the machine can look past.
const memoryOfUnknown = 60

// EvaluationsNeeded is how many earlier evaluations of a deal Decide wants to see.
func EvaluationsNeeded(p Policy) int {
	return p.Freeze.Confirmations + p.Freeze.ReleaseAfter + memoryOfUnknown
}

// Decide is the machine's step in a deal's freeze lifecycle (DESIGN §4, "Freeze"): the
// decision to append, or false where there is nothing to do. The evaluations are oldest
// first, the present one last. What was evaluated before the deal came to its customer is
// left out: it says nothing of this one.
func Decide(decisions []Decision, recent []Evaluation, turn Turn, p Policy, asOf time.Time) (*Decision, bool) {
	recent = turn.since(distinct(recent, asOf))
	if len(recent) == 0 || newerThan(decisions, asOf) {
		return nil, false
	}
	newest, _ := newestAt(decisions, asOf)
	if d, turned := turn.step(decisions, newest, p, asOf); turned {
		return d, true
	}
	step := machineStep(newest, begunAgain(wordAt(decisions, asOf), recent, p), recent, p, asOf)
	if step == "" {
		return nil, false
	}
	return machineDecision(step, newest, recent[len(recent)-1], p, asOf), true
}

// wordAt is the newest decision until an instant that says something of the freeze: who
// reviews it does not.
func wordAt(decisions []Decision, asOf time.Time) Decision {
	for i := len(decisions) - 1; i >= 0; i-- {
		if d := decisions[i]; !d.At.After(asOf) && d.Action != ActionAssign {
			return d
		}
	}
	return Decision{}
}

// machineStep chooses what the machine does. The zero decision is a deal that was never
// decided upon; again is whether the pattern has ended and begun again since somebody
// last spoke on the deal.
func machineStep(newest Decision, again bool, recent []Evaluation, p Policy, asOf time.Time) Action {
	if lapsed(newest, asOf) || releaseEnded(newest, asOf) && !shows(recent, p) || givenUp(newest, p, asOf) {
		return ActionExpire
	}
	if newest.Disputed {
		return "" // it stays as it is until somebody answers
	}
	if standsBack(newest, asOf) && !again {
		return ""
	}
	switch {
	case shows(recent, p) && holdable(newest, p):
		return holdAction(p)
	case newest.State != FreezeClear && newest.State != "" && !newest.Held && newest.Review == "" && gone(recent, p):
		return ActionRelease
	}
	return ""
}

// standsBack tells whether a decision keeps the machine from acting: a person's, or the end
// of a freeze that nobody confirmed or defended, which would be void if the same pattern
// froze again.
func standsBack(d Decision, asOf time.Time) bool {
	ended := d.Action == ActionExpire && (d.ReasonCode == ReasonMaxDays || d.ReasonCode == ReasonDisputeOverdue)
	return d.Held && !releaseEnded(d, asOf) || ended
}

// givenUp tells whether the policy ends a freeze because its dispute was not answered in
// time. What a person confirmed is left to people.
func givenUp(d Decision, p Policy, asOf time.Time) bool {
	return p.Dispute.Overdue == OverdueRelease && Overdue(d, asOf) && !d.Held
}

// Overdue tells whether a decision leaves a dispute whose deadline has passed.
func Overdue(d Decision, asOf time.Time) bool {
	return d.Disputed && d.AnswerBy != nil && !d.AnswerBy.After(asOf)
}

// releaseEnded tells whether a person's release has reached its date.
func releaseEnded(d Decision, asOf time.Time) bool {
	return d.State == FreezeClear && d.Held && d.Until != nil && !d.Until.After(asOf)
}

// holdable tells whether a deal can be held further than it is, or on better evidence: what
// waits for a review is held on the deal's own as soon as there is some. What a person confirmed is
// frozen anew when its pattern has begun again, so that the machine's own limits hold then;
// where the machine may only propose, it stays confirmed.
func holdable(newest Decision, p Policy) bool {
	automatic := p.Freeze.Mode == ModeAutomatic
	switch newest.State {
	case FreezeFrozen:
		return (newest.Held || newest.Review != "") && automatic
	case FreezeProposed:
		return newest.Review != "" || automatic
	}
	return true
}

func holdAction(p Policy) Action {
	if p.Freeze.Mode == ModePropose {
		return ActionPropose
	}
	return ActionFreeze
}

// machineDecision writes the step down.
func machineDecision(step Action, newest Decision, e Evaluation, p Policy, asOf time.Time) *Decision {
	d := &Decision{
		DealID: e.DealID, Action: step, State: FreezeClear, At: asOf, Actor: Machine,
		Diagnosis: e.Diagnosis, PolicyVersion: p.Version, EvaluatedAt: &e.AsOf,
	}
	switch step {
	case ActionFreeze, ActionPropose:
		d.State, d.ReasonCode = FreezeFrozen, string(e.Diagnosis)
		if step == ActionPropose {
			d.State = FreezeProposed
		}
		d.Since, d.Until, d.ReviewBy = &asOf, after(asOf, p.Freeze.MaxDays), after(asOf, p.Freeze.ReviewDays)
		if newest.Review != "" { // no turn of the CRM lengthens a hold
			d.Until = sooner(newest.Until, d.Until)
		}
		d.Reviewer = p.Freeze.Reviewer
	case ActionRelease:
		d.ReasonCode = ReasonPatternGone
	case ActionExpire:
		d.ReasonCode = expiredBy(newest, asOf)
	}
	d.EffectiveFrom = effectiveFrom(newest, d.State, asOf)
	return d
}

func expiredBy(newest Decision, asOf time.Time) string {
	switch {
	case newest.State == FreezeClear:
		return ReasonReleaseEnded
	case !lapsed(newest, asOf):
		return ReasonDisputeOverdue
	}
	return ReasonMaxDays
}

// effectiveFrom is since when a state has held that is decided now.
func effectiveFrom(newest Decision, state FreezeState, asOf time.Time) *time.Time {
	switch {
	case newest.State != state && lapsed(newest, asOf):
		return newest.Until
	case newest.State != state:
		return &asOf
	case newest.EffectiveFrom != nil:
		return newest.EffectiveFrom
	case newest.Since != nil:
		return newest.Since
	}
	return &newest.At
}

func after(t time.Time, days int) *time.Time {
	end := t.Add(time.Duration(days) * 24 * time.Hour)
	return &end
}

func newerThan(decisions []Decision, asOf time.Time) bool {
	return len(decisions) > 0 && decisions[len(decisions)-1].At.After(asOf)
}

// reading is what an evaluation says of the pattern.
type reading int

const (
	unclear reading = iota // not all three measures are ok
	without                // on ok data, no pattern that freezes
	pattern
)

func readingOf(e Evaluation) reading {
	for _, f := range signals.Factors() {
		if e.Factors.Of(f).Status != signals.StatusOK {
			return unclear
		}
	}
	switch {
	case e.Diagnosis == Unknown:
		return unclear
	case e.Freezes:
		return pattern
	}
	return without
}
