package desk

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// Judgement is a deal as it stood at an instant, with all that its explanation needs.
type Judgement struct {
	History    signals.History
	Policy     scorer.Policy
	Assessment scorer.Assessment
	Decisions  []scorer.Decision // until the instant, oldest first
	Health     scorer.Health
}

// Judge computes a deal as of an instant from what was known then. The same instant
// gives the same judgement whenever it is asked for.
func (d *Desk) Judge(ctx context.Context, dealID string, asOf time.Time) (Judgement, error) {
	policy, err := d.Policies.At(ctx, asOf)
	if err != nil {
		return Judgement{}, fmt.Errorf("reading the policy: %w", err)
	}
	history, err := d.Histories.DealWithin(ctx, dealID, asOf, policy.TalkReach())
	if err != nil {
		return Judgement{}, fmt.Errorf("reading the history of deal %s: %w", dealID, err)
	}
	decisions, err := d.Verdicts.Decisions(ctx, dealID, asOf)
	if err != nil {
		return Judgement{}, fmt.Errorf("reading the decisions on deal %s: %w", dealID, err)
	}
	assessment := scorer.Assess(history, policy, asOf)
	freeze := scorer.StateAt(decisions, asOf)
	return Judgement{
		History: history, Policy: policy, Assessment: assessment, Decisions: decisions,
		Health: scorer.HealthOf(history.Deal, assessment.Evaluation, freeze),
	}, nil
}

// Explain tells why a deal stands as it does, in zh or en.
func (j Judgement) Explain(lang string) scorer.Explanation {
	explanation := scorer.Explain(j.Assessment, j.History, j.Policy, lang)
	return explanation.WithFreeze(j.Decisions, j.Health.AsOf)
}

// NewestSeq is the number of the newest of a deal's decisions, 0 where there is none.
func NewestSeq(decisions []scorer.Decision) uint64 {
	if len(decisions) == 0 {
		return 0
	}
	return decisions[len(decisions)-1].Seq
}
