package schedules

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
)

// endClosed writes down what has ended by time on deals that are closed: they are not
// scored any more, but who follows the log of decisions has to learn that a freeze is over.
func (r *Rescorer) endClosed(ctx context.Context) ([]scorer.Decision, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ended []scorer.Decision
	for after := ""; ; {
		deals, err := r.AllDeals.List(ctx, time.Time{}, after, rescoreBatch)
		if err != nil {
			return ended, fmt.Errorf("listing the closed deals: %w", err)
		}
		if len(deals) == 0 {
			return ended, nil
		}
		var ids []string
		for _, d := range deals {
			if d.Closed() {
				ids = append(ids, d.ID)
			}
		}
		decisions, err := r.endBatch(ctx, ids)
		if err != nil {
			return ended, err
		}
		ended = append(ended, decisions...)
		after = deals[len(deals)-1].ID
	}
}

// endBatch keeps what ended on some deals.
func (r *Rescorer) endBatch(ctx context.Context, ids []string) ([]scorer.Decision, error) {
	decisions, err := r.record(ctx, "what ended on closed deals", func() ([]store.Verdict, error) { return r.ended(ctx, ids) })
	r.tell(ctx, decisions)
	return decisions, err
}

func (r *Rescorer) ended(ctx context.Context, ids []string) ([]store.Verdict, error) {
	asOf := r.Clock()
	policy, err := r.Policies.At(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	var verdicts []store.Verdict
	for _, id := range ids {
		decisions, err := r.Verdicts.Decisions(ctx, id, time.Time{})
		if err != nil {
			return nil, fmt.Errorf("reading the decisions on deal %s: %w", id, err)
		}
		if d, found := scorer.Expire(decisions, policy, asOf); found {
			verdicts = append(verdicts, store.Verdict{DealID: id, Decision: d, After: decisions[len(decisions)-1].Seq})
		}
	}
	return verdicts, nil
}
