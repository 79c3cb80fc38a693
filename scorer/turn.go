package scorer

import "time"

// Turn is what the CRM did to a deal that a hold on it has to follow. To the measures a deal
// that was moved to another customer is a new one: the evidence of the old customer neither
// freezes nor releases it. But neither is moving or merging a deal a way out of a freeze: it
// stays held until a person has reviewed it, and never for longer than it would have been.
type Turn struct {
	MovedAt  time.Time // since when the deal is of its customer; zero where it never was of another
	Unmerged bool      // the deal that its hold came from is not merged into it any more
}

// since leaves out evaluations of the deal at an earlier customer.
func (t Turn) since(recent []Evaluation) []Evaluation {
	for len(recent) > 0 && recent[0].AsOf.Before(t.MovedAt) {
		recent = recent[1:]
	}
	return recent
}

// step is what the machine does about it, before all else.
func (t Turn) step(decisions []Decision, newest Decision, p Policy, asOf time.Time) (*Decision, bool) {
	switch {
	case !holds(newest, asOf):
		return nil, false
	case t.Unmerged && newest.Review == ReasonMergedHold:
		return unmerge(newest, p, asOf), true
	case basis(decisions, asOf).At.Before(t.MovedAt):
		return move(newest, p, asOf), true
	}
	return nil, false
}

// holds tells whether a decision leaves a deal held at an instant.
func holds(d Decision, asOf time.Time) bool {
	return d.State != "" && d.State != FreezeClear && !lapsed(d, asOf)
}

// basis is the newest decision until an instant that says upon what a deal is held: neither
// who reviews it nor that it is disputed does.
func basis(decisions []Decision, asOf time.Time) Decision {
	for i := len(decisions) - 1; i >= 0; i-- {
		if d := decisions[i]; !d.At.After(asOf) && d.Action != ActionAssign && d.Action != ActionDispute {
			return d
		}
	}
	return Decision{}
}

// move notes that a held deal was moved. All else stays: what people said of it, too.
func move(newest Decision, p Policy, asOf time.Time) *Decision {
	d := newest
	d.ID, d.Seq, d.Bulk, d.Note = "", 0, "", ""
	d.Action, d.Actor, d.At, d.PolicyVersion = ActionReview, Machine, asOf, p.Version
	d.ReasonCode, d.Review, d.MergedFrom = ReasonCustomerChanged, ReasonCustomerChanged, ""
	if !d.Disputed {
		d.ReviewBy = after(asOf, p.Freeze.ReviewDays)
	}
	d.EffectiveFrom = effectiveFrom(newest, d.State, asOf)
	return &d
}

// unmerge ends a hold that is back with the deal that it came from.
func unmerge(newest Decision, p Policy, asOf time.Time) *Decision {
	d := machineDecision(ActionRelease, newest, Evaluation{DealID: newest.DealID, Diagnosis: newest.Diagnosis}, p, asOf)
	d.ReasonCode, d.EvaluatedAt, d.MergedFrom = ReasonMergeUndone, newest.EvaluatedAt, newest.MergedFrom
	return d
}

// Merge is a deal that was merged into another one.
type Merge struct {
	From      string // the deal that was merged
	Into      string // the one that goes on
	At        time.Time
	Decisions []Decision // on the first, oldest first
}

// Follow is the machine's step on the deal that goes on: a hold that is stricter than its own
// follows the merge, waits there for a review, and ends when it would have ended, within
// max_days where it had no end. Each hold follows once; what a person decided on the deal
// that goes on since the merge, or since the same hold came before, stands.
func (m Merge) Follow(into []Decision, p Policy, asOf time.Time) (*Decision, bool) {
	from, _ := newestAt(m.Decisions, asOf)
	own, _ := newestAt(into, asOf)
	if !holds(from, asOf) || newerThan(into, asOf) || strictness(from.State) <= strictness(StateAt(into, asOf).State) || m.Settled(into) {
		return nil, false
	}
	d := machineDecision(holdAs(from.State), own, Evaluation{DealID: m.Into, Diagnosis: from.Diagnosis}, p, asOf)
	d.State, d.Until = from.State, sooner(from.Until, d.Until)
	d.ReasonCode, d.Review, d.MergedFrom = ReasonMergedHold, ReasonMergedHold, m.From
	d.EvaluatedAt, d.Evidence = from.EvaluatedAt, from.Evidence
	if from.Disputed {
		d.Disputed, d.AnswerBy, d.OnBehalf, d.ReviewBy = true, from.AnswerBy, from.OnBehalf, from.AnswerBy
	}
	d.EffectiveFrom = effectiveFrom(own, d.State, asOf)
	return d, true
}

// Settled tells, of a deal that it was merged into, whether the hold followed already, or a
// person decided on it since.
func (m Merge) Settled(into []Decision) bool {
	if len(m.Decisions) == 0 {
		return true
	}
	from := m.Decisions[len(m.Decisions)-1]
	carried := false // the hold is on the deal that goes on, or was at an earlier merge
	for _, d := range into {
		since := !d.At.Before(m.At)
		if d.MergedFrom == m.From && sameInstant(d.EvaluatedAt, from.EvaluatedAt) {
			carried = d.State != FreezeClear
			if carried && since {
				return true
			}
		}
		if decidedByPerson(d) && (carried || since) {
			return true
		}
	}
	return false
}

func decidedByPerson(d Decision) bool {
	return d.Actor != Machine && d.Action != ActionAssign && d.Action != ActionDispute
}

func sameInstant(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

func strictness(s FreezeState) int {
	switch s {
	case FreezeFrozen:
		return 2
	case FreezeProposed:
		return 1
	}
	return 0
}

func holdAs(s FreezeState) Action {
	if s == FreezeProposed {
		return ActionPropose
	}
	return ActionFreeze
}

// sooner is the first of two ends, nil being none.
func sooner(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.Before(*a) {
		return b
	}
	return a
}
