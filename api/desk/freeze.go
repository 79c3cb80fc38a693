package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// MaxChecks is the most deals that one commission check may ask about.
const MaxChecks = 10_000

// CheckState is what a commission system is told of a deal. A hold that is only proposed
// is clear, with FreezeAnswer.Proposed set: until a person confirms it, it is the word of
// a machine alone (DESIGN §4, "Freeze").
type CheckState string

const (
	CheckClear       CheckState = "clear"
	CheckFrozen      CheckState = "frozen"
	CheckUnknownDeal CheckState = "unknown_deal"
)

// Pay and Hold are what the company's payment setting can say.
const (
	Pay  = "pay"
	Hold = "hold"
)

// FreezeAnswer is the answer to "may I pay the commission on this deal?".
type FreezeAnswer struct {
	DealID        string     `json:"deal_id"`
	AsOf          time.Time  `json:"as_of"`
	State         CheckState `json:"state"`
	Proposed      bool       `json:"proposed"`
	Disputed      bool       `json:"disputed"`
	Reason        string     `json:"reason"`
	Since         *time.Time `json:"since"`
	Until         *time.Time `json:"until"`
	DecisionID    string     `json:"decision_id"`
	PolicyVersion int        `json:"policy_version"`
	EvaluatedAt   *time.Time `json:"evaluated_at"`
	EvidenceFresh bool       `json:"evidence_fresh"`
	Pay           string     `json:"pay"`
	PayReason     string     `json:"pay_reason"`

	// Of a question about a commission period: which, and whether it is locked. The answer
	// of a locked period never changes.
	Period string `json:"period,omitempty"`
	Locked bool   `json:"locked,omitempty"`

	// Newest is the number of the deal's newest decision: the ETag of the answer.
	Newest uint64 `json:"-"`
}

// FreezeAnswers is the answer to a whole payroll.
type FreezeAnswers struct {
	AsOf    time.Time      `json:"as_of"`
	Answers []FreezeAnswer `json:"answers"`
}

// Check answers for each id, in their order, as of an instant.
func (d *Desk) Check(ctx context.Context, ids []string, asOf time.Time) (FreezeAnswers, error) {
	policy, err := d.Policies.At(ctx, asOf)
	if err != nil {
		return FreezeAnswers{}, fmt.Errorf("reading the policy: %w", err)
	}
	answers := FreezeAnswers{AsOf: asOf, Answers: make([]FreezeAnswer, len(ids))}
	for i, id := range ids {
		if err := ctx.Err(); err != nil {
			return FreezeAnswers{}, err
		}
		answer, err := d.check(ctx, id, policy, asOf)
		if err != nil {
			return FreezeAnswers{}, fmt.Errorf("checking deal %s: %w", id, err)
		}
		answers.Answers[i] = answer
	}
	return answers, nil
}

func (d *Desk) check(ctx context.Context, id string, policy scorer.Policy, asOf time.Time) (FreezeAnswer, error) {
	_, err := d.Deals.Get(ctx, id, asOf)
	if errors.Is(err, store.ErrNotFound) {
		return unknownDeal(id, policy, asOf), nil
	}
	if err != nil {
		return FreezeAnswer{}, err
	}
	return d.answer(ctx, id, policy, asOf)
}

func unknownDeal(id string, policy scorer.Policy, asOf time.Time) FreezeAnswer {
	return FreezeAnswer{
		DealID: id, AsOf: asOf, State: CheckUnknownDeal, PolicyVersion: policy.Version,
		Pay: policy.Payment.UnknownDeal, PayReason: "unknown_deal",
	}
}

// answer is the answer on a deal that is there.
func (d *Desk) answer(ctx context.Context, id string, policy scorer.Policy, asOf time.Time) (FreezeAnswer, error) {
	decisions, err := d.Verdicts.Decisions(ctx, id, asOf)
	if err != nil {
		return FreezeAnswer{}, err
	}
	evaluation, found, err := d.Verdicts.Latest(ctx, id, asOf)
	if err != nil {
		return FreezeAnswer{}, err
	}
	answer := answerOf(scorer.StateAt(decisions, asOf))
	answer.DealID, answer.AsOf, answer.Newest = id, asOf, NewestSeq(decisions)
	answer.PolicyVersion = policy.Version
	if found {
		answer.EvaluatedAt, answer.PolicyVersion = &evaluation.AsOf, evaluation.PolicyVersion
		answer.EvidenceFresh = Fresh(evaluation, policy, asOf)
	}
	answer.Pay, answer.PayReason = payment(answer, policy.Payment)
	return answer, nil
}

func answerOf(view scorer.FreezeView) FreezeAnswer {
	state := CheckClear
	if view.State == scorer.FreezeFrozen {
		state = CheckFrozen
	}
	return FreezeAnswer{
		State: state, Proposed: view.State == scorer.FreezeProposed, Disputed: view.Disputed,
		Reason: view.Reason, Since: view.Since, Until: view.Until, DecisionID: view.DecisionID,
	}
}

// payment is what the company's setting says. A frozen deal is held, whatever its data is
// like now: data that became stale changes nothing (DESIGN §4, "Freeze").
func payment(a FreezeAnswer, setting scorer.PaymentPolicy) (pay, why string) {
	if a.State == CheckFrozen {
		return Hold, "frozen"
	}
	if !a.EvidenceFresh {
		return setting.StaleData, "stale_data"
	}
	return Pay, "clear"
}

// Fresh tells whether all three factors were measured, each within its limit at the
// instant asked for. An evaluation grows old itself when nothing re-scores the deal.
func Fresh(e scorer.Evaluation, policy scorer.Policy, asOf time.Time) bool {
	for _, f := range signals.Factors() {
		score := e.Factors.Of(f)
		if score.Status != signals.StatusOK || score.MeasuredAt == nil {
			return false
		}
		limit := time.Duration(policy.Factors[f].StaleAfterDays) * 24 * time.Hour
		if asOf.Sub(*score.MeasuredAt) > limit {
			return false
		}
	}
	return true
}
