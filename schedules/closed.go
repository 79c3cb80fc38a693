package schedules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// endClosed writes down what has ended by time on deals that are closed: they are not
// scored any more, but who follows the log of decisions has to learn that a freeze is over.
// Holds on those that were merged go on with the deal that goes on.
func (r *Rescorer) endClosed(ctx context.Context) ([]scorer.Decision, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var taken []scorer.Decision
	for after := ""; ; {
		deals, err := r.AllDeals.List(ctx, time.Time{}, after, rescoreBatch)
		if err != nil {
			return taken, fmt.Errorf("listing the closed deals: %w", err)
		}
		if len(deals) == 0 {
			return taken, nil
		}
		decisions, err := r.settleClosed(ctx, deals)
		taken = append(taken, decisions...)
		if err != nil {
			return taken, err
		}
		after = deals[len(deals)-1].ID
	}
}

// settleClosed keeps what ended or goes on elsewhere of those among some deals that are closed.
func (r *Rescorer) settleClosed(ctx context.Context, deals []signals.Deal) ([]scorer.Decision, error) {
	ended, err := r.record(ctx, "what ended on closed deals", func() ([]store.Verdict, error) { return r.ended(ctx, deals) })
	r.tell(ctx, ended)
	if err != nil {
		return ended, err
	}
	followed, err := r.record(ctx, "what followed merged deals", func() ([]store.Verdict, error) { return r.followed(ctx, deals) })
	r.tell(ctx, followed)
	return append(ended, followed...), err
}

func (r *Rescorer) ended(ctx context.Context, deals []signals.Deal) ([]store.Verdict, error) {
	asOf := r.Clock()
	policy, err := r.Policies.At(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	var verdicts []store.Verdict
	for _, deal := range deals {
		if !deal.Closed() {
			continue
		}
		decisions, err := r.decisions(ctx, deal.ID)
		if err != nil {
			return nil, err
		}
		turn, err := r.turn(ctx, deal, decisions, asOf)
		if err != nil {
			return nil, err
		}
		if d, found := scorer.Expire(decisions, turn, policy, asOf); found {
			verdicts = append(verdicts, store.Verdict{DealID: deal.ID, Decision: d, After: decisions[len(decisions)-1].Seq})
		}
	}
	return verdicts, nil
}

func (r *Rescorer) decisions(ctx context.Context, dealID string) ([]scorer.Decision, error) {
	decisions, err := r.Verdicts.Decisions(ctx, dealID, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("reading the decisions on deal %s: %w", dealID, err)
	}
	return decisions, nil
}

// turn is what the CRM did to a deal that is held.
func (r *Rescorer) turn(ctx context.Context, deal signals.Deal, decisions []scorer.Decision, asOf time.Time) (scorer.Turn, error) {
	var turn scorer.Turn
	if len(decisions) == 0 {
		return turn, nil
	}
	if !deal.CustomerSince.After(asOf) {
		turn.MovedAt = deal.CustomerSince
	}
	newest := decisions[len(decisions)-1]
	if newest.Review != scorer.ReasonMergedHold {
		return turn, nil
	}
	from, known, err := r.deal(ctx, newest.MergedFrom)
	if err != nil || !known {
		return turn, err
	}
	chain, err := r.mergedInto(ctx, from)
	turn.Unmerged = true
	for _, into := range chain {
		turn.Unmerged = turn.Unmerged && into.ID != deal.ID
	}
	return turn, err
}

func (r *Rescorer) deal(ctx context.Context, id string) (signals.Deal, bool, error) {
	deal, err := r.AllDeals.Get(ctx, id, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		return deal, false, nil
	}
	if err != nil {
		return deal, false, fmt.Errorf("reading deal %s: %w", id, err)
	}
	return deal, true, nil
}

func (r *Rescorer) mergedInto(ctx context.Context, deal signals.Deal) ([]signals.Deal, error) {
	return signals.MergedInto(deal, func(id string) (signals.Deal, bool, error) { return r.deal(ctx, id) })
}
