package scorer

import (
	"fmt"
	"strings"
	"time"
)

// Request is what a person wants to be decided on a deal.
type Request struct {
	Action Action     `json:"action"`           // release, confirm, dispute, answer or assign
	Reason string     `json:"reason,omitempty"` // stable code, of the company's own choosing
	Note   string     `json:"note,omitempty"`
	Until  *time.Time `json:"until,omitempty"`  // a release holds until then
	Upheld bool       `json:"upheld,omitempty"` // of an answer: the freeze stays

	Reviewer string `json:"reviewer,omitempty"`     // of assign: who reviews it from now on
	OnBehalf string `json:"on_behalf_of,omitempty"` // of a dispute: the sales person whose it is
}

// Problem is why a person's decision cannot be taken.
type Problem string

const (
	ProblemUnknownAction  Problem = "unknown_action"
	ProblemActor          Problem = "actor_missing"
	ProblemNotHeld        Problem = "not_held"          // there is neither freeze nor proposal
	ProblemConfirmed      Problem = "already_confirmed" // by a person
	ProblemDisputed       Problem = "already_disputed"  // answer the dispute first
	ProblemNotDisputed    Problem = "not_disputed"
	ProblemReasonMissing  Problem = "reason_missing"
	ProblemUntilPassed    Problem = "until_passed"
	ProblemUntilMisplaced Problem = "until_misplaced"  // only a release has a date
	ProblemReviewer       Problem = "reviewer_missing" // an assignment says to whom
	ProblemOutOfOrder     Problem = "out_of_order"     // a newer decision is there already
	ProblemMerged         Problem = "merged"           // into another deal: that one is decided on
)

// ActionError is a decision that makes no sense for a deal as it stands.
type ActionError struct {
	Action   Action
	State    FreezeState
	Reason   Problem
	Possible []Action // what can be decided instead
}

func (e *ActionError) Error() string {
	text := fmt.Sprintf("%s is not possible on a deal that is %s: %s", e.Action, e.State, problemText(e.Reason))
	if len(e.Possible) == 0 {
		return text
	}
	names := make([]string, len(e.Possible))
	for i, a := range e.Possible {
		names[i] = string(a)
	}
	return text + "; possible: " + strings.Join(names, ", ")
}

func problemText(p Problem) string {
	switch p {
	case ProblemUnknownAction:
		return "people release, confirm, dispute, answer and assign"
	case ProblemActor:
		return "it does not say who decides"
	case ProblemNotHeld:
		return "its commission is not held"
	case ProblemConfirmed:
		return "a person confirmed it already"
	case ProblemDisputed:
		return "it is disputed, and the dispute has to be answered first"
	case ProblemNotDisputed:
		return "nobody disputes it"
	case ProblemReasonMissing:
		return "it needs a reason"
	case ProblemReviewer:
		return "it needs the reviewer"
	case ProblemUntilPassed:
		return "the date until which it is to hold has passed"
	case ProblemMerged:
		return "it was merged into another deal, whose hold counts: decide on that one"
	case ProblemUntilMisplaced:
		return "only a release can hold until a date"
	}
	return "a newer decision is there already"
}

// Possible is what people can decide on a deal as it stands at an instant. Whatever is
// held can be assigned too, which decides nothing.
func Possible(decisions []Decision, asOf time.Time) []Action {
	newest, _ := newestAt(decisions, asOf)
	return possible(newest, asOf)
}

func possible(newest Decision, asOf time.Time) []Action {
	held := newest.State == FreezeFrozen || newest.State == FreezeProposed
	switch {
	case !held || lapsed(newest, asOf):
		return nil
	case newest.Disputed:
		return []Action{ActionAnswer, ActionRelease}
	case confirmed(newest):
		return []Action{ActionRelease, ActionDispute}
	}
	return []Action{ActionRelease, ActionConfirm, ActionDispute}
}

// confirmed tells whether a person confirmed a freeze on what it is held on.
func confirmed(d Decision) bool {
	return d.State == FreezeFrozen && d.Held && d.Until == nil && d.Review == ""
}

// Answer is a person's decision on a deal, or an *ActionError where it makes no sense.
func Answer(decisions []Decision, r Request, actor string, p Policy, asOf time.Time) (*Decision, error) {
	newest, _ := newestAt(decisions, asOf)
	if problem := refuse(newest, decisions, r, actor, asOf); problem != "" {
		return nil, &ActionError{Action: r.Action, State: StateAt(decisions, asOf).State, Reason: problem, Possible: possible(newest, asOf)}
	}
	d := &Decision{
		DealID: newest.DealID, Action: r.Action, At: asOf, Actor: actor,
		ReasonCode: reasonOf(r, newest), Note: r.Note,
		State: newest.State, Since: newest.Since, Until: newest.Until,
		Reviewer: newest.Reviewer, ReviewBy: newest.ReviewBy,
		Diagnosis: newest.Diagnosis, PolicyVersion: p.Version, EvaluatedAt: newest.EvaluatedAt, Evidence: newest.Evidence,
		Held: true,
	}
	switch r.Action {
	case ActionRelease:
		release(d, r.Until)
	case ActionConfirm:
		confirm(d, newest, asOf)
	case ActionDispute:
		dispute(d, newest, r, p, asOf)
	case ActionAnswer:
		settle(d, newest, r, asOf)
	case ActionAssign:
		assign(d, newest, r)
	}
	d.EffectiveFrom = effectiveFrom(newest, d.State, asOf)
	return d, nil
}

// dispute opens a dispute: the deal stays as it is, and somebody has to answer in time.
func dispute(d *Decision, newest Decision, r Request, p Policy, asOf time.Time) {
	days := p.Dispute.Days
	if days == 0 {
		days = DefaultDisputeDays
	}
	d.Disputed, d.Held, d.OnBehalf = true, newest.Held, strings.TrimSpace(r.OnBehalf)
	d.Review, d.MergedFrom = newest.Review, newest.MergedFrom
	d.AnswerBy = after(asOf, days)
	d.ReviewBy = d.AnswerBy
}

// assign gives a deal to another reviewer. Everything else stays, a dispute's deadline too.
func assign(d *Decision, newest Decision, r Request) {
	d.Reviewer, d.Disputed, d.Held = strings.TrimSpace(r.Reviewer), newest.Disputed, newest.Held
	d.AnswerBy, d.OnBehalf = newest.AnswerBy, newest.OnBehalf
	d.Review, d.MergedFrom = newest.Review, newest.MergedFrom
}

// release frees the commission. The machine stands back until the date, where there is one.
func release(d *Decision, until *time.Time) {
	d.State, d.Since, d.Until, d.ReviewBy = FreezeClear, nil, until, nil
}

// confirm makes a freeze a person's: it does not end by itself any more.
func confirm(d *Decision, newest Decision, asOf time.Time) {
	if newest.State == FreezeProposed {
		d.Since = &asOf
	}
	d.State, d.Until, d.ReviewBy = FreezeFrozen, nil, nil
}

// settle ends a dispute. Upheld, the freeze goes on, and ends when it would have ended; a
// proposal that is upheld is confirmed by that. Otherwise the deal is released.
func settle(d *Decision, newest Decision, r Request, asOf time.Time) {
	switch {
	case !r.Upheld:
		release(d, r.Until)
	case newest.State == FreezeProposed:
		confirm(d, newest, asOf)
	}
}

// reasonOf is the code of a person's reason; the name of the action where none is given.
func reasonOf(r Request, newest Decision) string {
	if reason := strings.TrimSpace(r.Reason); reason != "" && r.Action != ActionAssign {
		return reason
	}
	switch {
	case r.Action == ActionAssign:
		return newest.ReasonCode // it is held for what it was held for
	case r.Action == ActionConfirm:
		return ReasonConfirmed
	case r.Action == ActionDispute:
		return ReasonDisputed
	case r.Action == ActionAnswer && r.Upheld:
		return ReasonUpheld
	case r.Action == ActionAnswer:
		return ReasonNotUpheld
	}
	return ReasonOther
}

func refuse(newest Decision, decisions []Decision, r Request, actor string, asOf time.Time) Problem {
	held := newest.State != "" && newest.State != FreezeClear && !lapsed(newest, asOf)
	switch {
	case !oneOf(r.Action, []Action{ActionRelease, ActionConfirm, ActionDispute, ActionAnswer, ActionAssign}):
		return ProblemUnknownAction
	case actor == "" || actor == Machine:
		return ProblemActor
	case newerThan(decisions, asOf):
		return ProblemOutOfOrder
	case !held:
		return ProblemNotHeld
	case r.Action == ActionAnswer && !newest.Disputed:
		return ProblemNotDisputed
	case newest.Disputed && (r.Action == ActionConfirm || r.Action == ActionDispute):
		return ProblemDisputed
	case r.Action == ActionConfirm && confirmed(newest):
		return ProblemConfirmed
	case r.Action == ActionAssign && strings.TrimSpace(r.Reviewer) == "":
		return ProblemReviewer
	case r.Action == ActionRelease && strings.TrimSpace(r.Reason) == "" && strings.TrimSpace(r.Note) == "":
		return ProblemReasonMissing
	}
	return refuseUntil(r, asOf)
}

func refuseUntil(r Request, asOf time.Time) Problem {
	releases := r.Action == ActionRelease || r.Action == ActionAnswer && !r.Upheld
	switch {
	case r.Until == nil:
		return ""
	case !releases:
		return ProblemUntilMisplaced
	case !r.Until.After(asOf):
		return ProblemUntilPassed
	}
	return ""
}
