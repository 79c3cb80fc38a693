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

// DecideBulk decides each deal of a bulk action upon the decision that the preview showed.
// A deal that changed meanwhile, or does not allow it, is left as it is; the others go
// through.
func (d *Desk) DecideBulk(ctx context.Context, r scorer.Request, items []BulkItem, actor string) (BulkResult, error) {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.DealID
	}
	if err := checkBulk(r, ids); err != nil {
		return BulkResult{}, err
	}
	now := d.Clock()
	id, err := bulkID(now)
	if err != nil {
		return BulkResult{}, err
	}
	policy, err := d.Policies.At(ctx, now)
	if err != nil {
		return BulkResult{}, fmt.Errorf("reading the policy: %w", err)
	}
	result := BulkResult{Bulk: id, Items: make([]BulkOutcome, len(items))}
	var verdicts []store.Verdict
	var places []int // of the verdicts in the result
	for i, item := range items {
		result.Items[i].DealID = item.DealID
		decision, err := d.decideOne(ctx, r, item, actor, policy)
		if err != nil {
			if result.Items[i].Refused = refusalOf(err); result.Items[i].Refused == nil {
				return BulkResult{}, err
			}
			continue
		}
		decision.Bulk = id
		verdicts = append(verdicts, store.Verdict{DealID: item.DealID, Decision: decision, After: item.After})
		places = append(places, i)
	}
	if err := d.keepAll(ctx, verdicts, places, result.Items); err != nil {
		return BulkResult{}, err
	}
	for _, item := range result.Items {
		if item.Refused == nil {
			result.Done++
		} else {
			result.Refused++
		}
	}
	return result, nil
}

// decideOne makes the decision on a deal, upon the one that was shown.
func (d *Desk) decideOne(ctx context.Context, r scorer.Request, item BulkItem, actor string, policy scorer.Policy) (*scorer.Decision, error) {
	now := d.Clock()
	deal, decisions, err := d.decidable(ctx, item.DealID, now)
	if err != nil {
		return nil, err
	}
	if NewestSeq(decisions) != item.After {
		return nil, &StaleError{What: "the freeze history of deal " + item.DealID}
	}
	return d.decisionOn(ctx, deal, decisions, r, actor, policy, now)
}

// decisionOn makes a person's decision on a deal. One that was merged is decided on as the
// deal that goes on: nothing that was decided here would count.
func (d *Desk) decisionOn(ctx context.Context, deal signals.Deal, decisions []scorer.Decision, r scorer.Request, actor string, policy scorer.Policy, now time.Time) (*scorer.Decision, error) {
	survivor, err := d.survivor(ctx, deal, now)
	if err != nil {
		return nil, err
	}
	if survivor.ID != deal.ID {
		return nil, &scorer.ActionError{Action: r.Action, State: scorer.StateAt(decisions, now).State, Reason: scorer.ProblemMerged}
	}
	return scorer.Answer(decisions, r, actor, policy, now)
}

// keepAll keeps decisions in one transaction. Where one of them came too late, each is
// kept for itself, so that it holds up no other.
func (d *Desk) keepAll(ctx context.Context, verdicts []store.Verdict, places []int, outcomes []BulkOutcome) error {
	if len(verdicts) == 0 {
		return nil
	}
	kept, err := d.Verdicts.Record(ctx, verdicts)
	if err == nil {
		for n, place := range places {
			outcomes[place].Decision = &kept[n]
		}
		return nil
	}
	var conflict *store.ConflictError
	if !errors.As(err, &conflict) {
		return fmt.Errorf("keeping %d decisions: %w", len(verdicts), err)
	}
	for n, place := range places {
		one, err := d.keep(ctx, verdicts[n])
		if err == nil {
			outcomes[place].Decision = &one
			continue
		}
		if outcomes[place].Refused = refusalOf(err); outcomes[place].Refused == nil {
			return err
		}
	}
	return nil
}
