package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// rescoreBatch is how many deals are decided in one write transaction.
const rescoreBatch = 1000

// conflictRetries is how often a batch is decided again when a person decided on one of
// its deals in between.
const conflictRetries = 5

// HistoryReader reads all that is known of deals at an instant.
type HistoryReader interface {
	Each(ctx context.Context, dealIDs []string, asOf time.Time, fn func(signals.History) error) error
}

// PolicyReader reads the policy that holds at an instant.
type PolicyReader interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
}

// VerdictLog keeps evaluations and decisions.
type VerdictLog interface {
	Decisions(ctx context.Context, dealID string, asOf time.Time) ([]scorer.Decision, error)
	Recent(ctx context.Context, dealID string, n int) ([]scorer.Evaluation, error)
	Record(ctx context.Context, verdicts []store.Verdict) ([]scorer.Decision, error)
}

// DealLister pages through all deals.
type DealLister interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Deal, error)
}

// CustomerMatching brings the matches of notices up to date with the customers.
type CustomerMatching interface {
	CatchUp(ctx context.Context, at time.Time) error
}

// Rescorer evaluates open deals at the present instant and lets the machine take its step in
// their freeze lifecycle. One re-score runs at a time in a process.
type Rescorer struct {
	Histories HistoryReader
	Policies  PolicyReader
	Verdicts  VerdictLog
	AllDeals  DealLister
	Matching  CustomerMatching
	Clock     func() time.Time
	Logger    *slog.Logger

	mu sync.Mutex
}

// Rescored says what a re-score did.
type Rescored struct {
	Deals     int               // evaluated
	Decisions []scorer.Decision // taken
}

// All scores every deal.
func (r *Rescorer) All(ctx context.Context) (Rescored, error) {
	var total Rescored
	after := ""
	for {
		deals, err := r.AllDeals.List(ctx, time.Time{}, after, rescoreBatch)
		if err != nil {
			return total, fmt.Errorf("listing the deals to score: %w", err)
		}
		if len(deals) == 0 {
			return total, nil
		}
		var ids []string
		for _, d := range deals {
			if !d.Closed() {
				ids = append(ids, d.ID)
			}
		}
		done, err := r.Deals(ctx, ids)
		total.Deals += done.Deals
		total.Decisions = append(total.Decisions, done.Decisions...)
		if err != nil {
			return total, err
		}
		after = deals[len(deals)-1].ID
	}
}

// Deals scores the deals named, as of now.
func (r *Rescorer) Deals(ctx context.Context, ids []string) (Rescored, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var total Rescored
	if err := r.Matching.CatchUp(ctx, r.Clock()); err != nil {
		return total, err
	}
	for start := 0; start < len(ids); start += rescoreBatch {
		batch := ids[start:min(start+rescoreBatch, len(ids))]
		decisions, err := r.batch(ctx, batch)
		if err != nil {
			return total, err
		}
		total.Deals += len(batch)
		total.Decisions = append(total.Decisions, decisions...)
	}
	for _, d := range total.Decisions {
		r.Logger.InfoContext(ctx, "decision", "deal", d.DealID, "action", d.Action, "state", d.State, "reason", d.ReasonCode, "seq", d.Seq)
	}
	return total, nil
}

// batch scores some deals and keeps the result in one transaction. When a person decided
// meanwhile, the machine's step may be another one, so the whole batch is done again.
func (r *Rescorer) batch(ctx context.Context, ids []string) ([]scorer.Decision, error) {
	for attempt := 1; ; attempt++ {
		verdicts, err := r.decide(ctx, ids)
		if err != nil {
			return nil, err
		}
		decisions, err := r.Verdicts.Record(ctx, verdicts)
		var conflict *store.ConflictError
		if errors.As(err, &conflict) && attempt < conflictRetries {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("keeping the scores of %d deals: %w", len(ids), err)
		}
		return decisions, nil
	}
}

func (r *Rescorer) decide(ctx context.Context, ids []string) ([]store.Verdict, error) {
	asOf := r.Clock()
	policy, err := r.Policies.At(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	verdicts := make([]store.Verdict, 0, len(ids))
	err = r.Histories.Each(ctx, ids, asOf, func(h signals.History) error {
		if h.Deal.Closed() {
			return nil // what its customer does now says nothing about it
		}
		verdict, err := r.verdict(ctx, h, policy, asOf)
		if err != nil {
			return fmt.Errorf("scoring deal %s: %w", h.Deal.ID, err)
		}
		verdicts = append(verdicts, verdict)
		return nil
	})
	return verdicts, err
}

func (r *Rescorer) verdict(ctx context.Context, h signals.History, policy scorer.Policy, asOf time.Time) (store.Verdict, error) {
	assessment := scorer.Assess(h, policy, asOf)
	decisions, err := r.Verdicts.Decisions(ctx, h.Deal.ID, time.Time{})
	if err != nil {
		return store.Verdict{}, err
	}
	recent, err := r.Verdicts.Recent(ctx, h.Deal.ID, scorer.EvaluationsNeeded(policy))
	if err != nil {
		return store.Verdict{}, err
	}
	verdict := store.Verdict{Evaluation: &assessment.Evaluation}
	if len(decisions) > 0 {
		verdict.After = decisions[len(decisions)-1].Seq
	}
	if decision, ok := scorer.Decide(decisions, append(recent, assessment.Evaluation), policy, asOf); ok {
		decision.Evidence = assessment.Evidence()
		verdict.Decision = decision
	}
	return verdict, nil
}
