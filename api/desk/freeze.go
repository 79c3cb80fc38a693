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

	// EffectiveFrom and EffectiveTo are between which instants the state holds; absent where
	// nothing was ever decided, or no end is known.
	EffectiveFrom *time.Time `json:"effective_from,omitempty"`
	EffectiveTo   *time.Time `json:"effective_to,omitempty"`
	AnswerBy      *time.Time `json:"answer_by,omitempty"` // of a dispute: by when it is to be answered

	// DealStatus is won, lost or merged; absent of a deal that is open. MergedInto is the
	// deal whose state this is, where the one asked for was merged.
	DealStatus signals.DealStatus `json:"deal_status,omitempty"`
	MergedInto string             `json:"merged_into,omitempty"`
	Payees     []signals.Part     `json:"payees,omitempty"`

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
	deal, err := d.Deals.Get(ctx, id, asOf)
	if errors.Is(err, store.ErrNotFound) {
		return unknownDeal(id, policy, asOf), nil
	}
	if err != nil {
		return FreezeAnswer{}, err
	}
	survivor, err := d.survivor(ctx, deal, asOf)
	if err != nil {
		return FreezeAnswer{}, err
	}
	answer, err := d.answer(ctx, survivor, policy, asOf)
	answer.mergedFrom(deal)
	return answer, err
}

func unknownDeal(id string, policy scorer.Policy, asOf time.Time) FreezeAnswer {
	return FreezeAnswer{
		DealID: id, AsOf: asOf, State: CheckUnknownDeal, PolicyVersion: policy.Version,
		Pay: policy.Payment.UnknownDeal, PayReason: PayUnknown,
	}
}

// answer is the answer on a deal that is there, from its own history.
func (d *Desk) answer(ctx context.Context, deal signals.Deal, policy scorer.Policy, asOf time.Time) (FreezeAnswer, error) {
	id := deal.ID
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
		answer.EvidenceFresh = fresh(evaluation, policy, lookedAtUntil(deal, evaluation, asOf))
	}
	if deal.Closed() {
		answer.DealStatus = deal.Standing()
	}
	answer.Payees = signals.Split(deal.Amount, deal.Currency, deal.Payees)
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
		EffectiveFrom: view.EffectiveFrom, EffectiveTo: effectiveTo(view), AnswerBy: view.AnswerBy,
	}
}

func effectiveTo(view scorer.FreezeView) *time.Time {
	if view.EffectiveFrom == nil {
		return nil
	}
	return view.Until
}

// lookedAtUntil is the instant up to which a deal's evidence has to be fresh: a deal that
// is closed is not looked at any more.
func lookedAtUntil(deal signals.Deal, e scorer.Evaluation, asOf time.Time) time.Time {
	if deal.Closed() {
		return e.AsOf
	}
	return asOf
}

// What pay comes from, beside the state.
const (
	PayClear     = "clear"
	PayFrozen    = "frozen"
	PayStaleData = "stale_data"
	PayUnknown   = "unknown_deal"
	PayDealLost  = "deal_lost"
)

// payment is what the company's setting says. A deal that was lost has no commission. A frozen deal is held, whatever its data is
// like now: data that became stale changes nothing (DESIGN §4, "Freeze").
func payment(a FreezeAnswer, setting scorer.PaymentPolicy) (pay, why string) {
	switch {
	case a.DealStatus == signals.DealLost:
		return Hold, PayDealLost
	case a.State == CheckFrozen:
		return Hold, PayFrozen
	case !a.EvidenceFresh:
		return setting.StaleData, PayStaleData
	}
	return Pay, PayClear
}

// fresh tells whether all three factors were measured, each within its limit at the
// instant asked for, by the settings of its segment. An evaluation grows old itself when
// nothing re-scores the deal.
func fresh(e scorer.Evaluation, policy scorer.Policy, asOf time.Time) bool {
	policy = policy.In(e.Segment)
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
