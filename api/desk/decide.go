package desk

import (
	"context"
	"errors"
	"fmt"

	"dealvitals/scorer"
	"dealvitals/store"
)

// StaleError is a change that was made upon a version which is no longer the newest.
type StaleError struct{ What string }

func (e *StaleError) Error() string {
	return e.What + " has changed since you read it"
}

// Decide takes a person's decision on a deal. After is the number of the newest decision
// that the person saw, 0 where there was none: nobody decides upon a state that is gone.
func (d *Desk) Decide(ctx context.Context, dealID string, r scorer.Request, after uint64, actor string) (scorer.Decision, error) {
	now := d.Clock()
	policy, err := d.Policies.At(ctx, now)
	if err != nil {
		return scorer.Decision{}, fmt.Errorf("reading the policy: %w", err)
	}
	decision, err := d.decideOne(ctx, r, BulkItem{DealID: dealID, After: after}, actor, policy)
	if err != nil {
		return scorer.Decision{}, err
	}
	return d.keep(ctx, store.Verdict{DealID: dealID, Decision: decision, After: after})
}

func (d *Desk) keep(ctx context.Context, v store.Verdict) (scorer.Decision, error) {
	kept, err := d.Verdicts.Record(ctx, []store.Verdict{v})
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return scorer.Decision{}, &StaleError{What: "the freeze history of deal " + v.DealID}
	}
	if err != nil {
		return scorer.Decision{}, fmt.Errorf("keeping the decision on deal %s: %w", v.DealID, err)
	}
	if len(kept) != 1 {
		return scorer.Decision{}, fmt.Errorf("keeping the decision on deal %s: the store kept %d decisions instead of one", v.DealID, len(kept))
	}
	return kept[0], nil
}
