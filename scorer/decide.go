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
)

// memoryOfUnknown is how many evaluations without an answer the machine can look past.
const memoryOfUnknown = 60

// EvaluationsNeeded is how many earlier evaluations of a deal Decide wants to see.
func EvaluationsNeeded(p Policy) int {
	return p.Freeze.Confirmations + p.Freeze.ReleaseAfter + memoryOfUnknown
}

// Decide is the machine's step in a deal's freeze lifecycle (DESIGN §4, "Freeze"): the
// decision to append, or false where there is nothing to do. The evaluations are oldest
// first, the present one last.
func Decide(decisions []Decision, recent []Evaluation, p Policy, asOf time.Time) (*Decision, bool) {
	recent = distinct(recent, asOf)
	if len(recent) == 0 || newerThan(decisions, asOf) {
		return nil, false
	}
	newest, _ := newestAt(decisions, asOf)
	step := machineStep(newest, recent, p, asOf)
	if step == "" {
		return nil, false
	}
	return machineDecision(step, newest, recent[len(recent)-1], p, asOf), true
}

// machineStep chooses what the machine does. The zero decision is a deal that was never
// decided upon.
func machineStep(newest Decision, recent []Evaluation, p Policy, asOf time.Time) Action {
	if lapsed(newest, asOf) || releaseEnded(newest, asOf) && !shows(recent, p) {
		return ActionExpire
	}
	if newest.Disputed {
		return "" // it stays as it is until somebody answers
	}
	if standsBack(newest, asOf) && !begunAgain(newest, recent, p) {
		return ""
	}
	switch {
	case shows(recent, p) && holdable(newest, p):
		return holdAction(p)
	case newest.State != FreezeClear && newest.State != "" && !newest.Held && gone(recent, p):
		return ActionRelease
	}
	return ""
}

// standsBack tells whether a decision keeps the machine from acting: a person's, or the end
// of a freeze that nobody confirmed, which would be void if the same pattern froze again.
func standsBack(d Decision, asOf time.Time) bool {
	return d.Held && !releaseEnded(d, asOf) || d.Action == ActionExpire && d.ReasonCode == ReasonMaxDays
}

// releaseEnded tells whether a person's release has reached its date.
func releaseEnded(d Decision, asOf time.Time) bool {
	return d.State == FreezeClear && d.Held && d.Until != nil && !d.Until.After(asOf)
}

// holdable tells whether a deal can be held further than it is. What a person confirmed is
// frozen anew when its pattern has begun again, so that the machine's own limits hold then;
// where the machine may only propose, it stays confirmed.
func holdable(newest Decision, p Policy) bool {
	automatic := p.Freeze.Mode == ModeAutomatic
	switch newest.State {
	case FreezeFrozen:
		return newest.Held && automatic
	case FreezeProposed:
		return automatic
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
		d.Reviewer = p.Freeze.Reviewer
	case ActionRelease:
		d.ReasonCode = ReasonPatternGone
	case ActionExpire:
		d.ReasonCode = ReasonMaxDays
		if newest.State == FreezeClear {
			d.ReasonCode = ReasonReleaseEnded
		}
	}
	return d
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
