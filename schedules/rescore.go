package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
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
	EachWithin(ctx context.Context, dealIDs []string, asOf time.Time, talk time.Duration, fn func(signals.History) error) error
}

// PolicyBook reads the policy that holds at an instant, with the cohorts that it compares
// deals with, and keeps new ones.
type PolicyBook interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
	KeepCohorts(ctx context.Context, c scorer.Cohorts, at time.Time) (scorer.Cohorts, error)
}

// VerdictLog keeps evaluations and decisions.
type VerdictLog interface {
	Decisions(ctx context.Context, dealID string, asOf time.Time) ([]scorer.Decision, error)
	Recent(ctx context.Context, dealID string, n int) ([]scorer.Evaluation, error)
	Record(ctx context.Context, verdicts []store.Verdict) ([]scorer.Decision, error)
}

// DealLister reads deals and pages through all of them.
type DealLister interface {
	Get(ctx context.Context, id string, asOf time.Time) (signals.Deal, error)
	MergedInto(ctx context.Context, id string) ([]signals.Deal, error)
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
	Policies  PolicyBook
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

// All scores every open deal, and ends what has ended by time on those that are closed. Where the policy compares deals with each other, they are counted
// on the way, for the scores that come after.
func (r *Rescorer) All(ctx context.Context) (Rescored, error) {
	var total Rescored
	var c counting
	err := r.pages(ctx, func(ids []string) error {
		done, err := r.score(ctx, ids, &c)
		total.Deals += done.Deals
		total.Decisions = append(total.Decisions, done.Decisions...)
		return err
	})
	if err != nil {
		return total, err
	}
	ended, err := r.endClosed(ctx)
	total.Decisions = append(total.Decisions, ended...)
	if err != nil {
		return total, err
	}
	return total, c.keep(ctx, r.Policies, r.Clock())
}

// pages calls fn with the ids of all deals, a batch at a time.
func (r *Rescorer) pages(ctx context.Context, fn func(ids []string) error) error {
	for after := ""; ; {
		deals, err := r.AllDeals.List(ctx, time.Time{}, after, rescoreBatch)
		if err != nil {
			return fmt.Errorf("listing the deals to score: %w", err)
		}
		if len(deals) == 0 {
			return nil
		}
		var ids []string
		for _, d := range deals {
			if !d.Closed() {
				ids = append(ids, d.ID)
			}
		}
		if err := fn(ids); err != nil {
			return err
		}
		after = deals[len(deals)-1].ID
	}
}

// Deals settles what is held on those of the deals named that are closed, and scores those
// that are open, as of now. Closed ones come first: until a hold has followed a merge, the
// deal that goes on could be paid.
func (r *Rescorer) Deals(ctx context.Context, ids []string) (Rescored, error) {
	open, settled, err := r.settle(ctx, ids)
	if err != nil {
		return Rescored{Decisions: settled}, err
	}
	done, err := r.score(ctx, open, &counting{partial: true})
	done.Decisions = append(settled, done.Decisions...)
	return done, err
}

// settle settles what is held on those of the deals named that are closed, and tells which
// are open.
func (r *Rescorer) settle(ctx context.Context, ids []string) (open []string, settled []scorer.Decision, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var closed []signals.Deal
	seen := make(map[string]bool)
	add := func(deals ...signals.Deal) {
		for _, deal := range deals {
			if !seen[deal.ID] {
				seen[deal.ID] = true
				closed = append(closed, deal)
			}
		}
	}
	for _, id := range ids {
		switch deal, known, err := r.deal(ctx, id); {
		case err != nil:
			return nil, nil, err
		case known && deal.Closed():
			add(deal)
		case known:
			open = append(open, id)
		}
		merged, err := r.AllDeals.MergedInto(ctx, id)
		if err != nil {
			return nil, nil, fmt.Errorf("finding what was merged into deal %s: %w", id, err)
		}
		add(merged...) // one that was merged before this deal was known
		left, err := r.leftBehind(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		for _, deal := range left {
			if deal.Closed() {
				add(deal)
			} else if !slices.Contains(ids, deal.ID) && !slices.Contains(open, deal.ID) {
				open = append(open, deal.ID)
			}
		}
	}
	settled, err = r.settleClosed(ctx, closed)
	return open, settled, err
}

func (r *Rescorer) score(ctx context.Context, ids []string, c *counting) (Rescored, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var total Rescored
	if err := r.Matching.CatchUp(ctx, r.Clock()); err != nil {
		return total, err
	}
	for start := 0; start < len(ids); start += rescoreBatch {
		batch := ids[start:min(start+rescoreBatch, len(ids))]
		decisions, err := r.batch(ctx, batch, c)
		if err != nil {
			return total, err
		}
		total.Deals += len(batch)
		total.Decisions = append(total.Decisions, decisions...)
	}
	r.tell(ctx, total.Decisions)
	return total, nil
}

func (r *Rescorer) tell(ctx context.Context, decisions []scorer.Decision) {
	for _, d := range decisions {
		r.Logger.InfoContext(ctx, "decision", "deal", d.DealID, "action", d.Action, "state", d.State, "reason", d.ReasonCode, "seq", d.Seq)
	}
}

// batch scores some deals and keeps the result in one transaction.
func (r *Rescorer) batch(ctx context.Context, ids []string, c *counting) ([]scorer.Decision, error) {
	var counted batchCount
	decisions, err := r.record(ctx, "the scores of deals", func() (verdicts []store.Verdict, err error) {
		verdicts, counted, err = r.decide(ctx, ids)
		return verdicts, err
	})
	if err != nil {
		return nil, err
	}
	c.add(counted)
	return decisions, nil
}

// record keeps verdicts in one transaction. When a person decided meanwhile, the machine's
// step may be another one, so they are worked out again.
func (r *Rescorer) record(ctx context.Context, what string, judge func() ([]store.Verdict, error)) ([]scorer.Decision, error) {
	for attempt := 1; ; attempt++ {
		verdicts, err := judge()
		if err != nil || len(verdicts) == 0 {
			return nil, err
		}
		decisions, err := r.Verdicts.Record(ctx, verdicts)
		var conflict *store.ConflictError
		if errors.As(err, &conflict) && attempt < conflictRetries {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("keeping %s, %d of them: %w", what, len(verdicts), err)
		}
		return decisions, nil
	}
}

func (r *Rescorer) decide(ctx context.Context, ids []string) ([]store.Verdict, batchCount, error) {
	policy, asOf, err := r.policy(ctx)
	if err != nil {
		return nil, batchCount{}, err
	}
	counted := batchCount{policy: policy, asOf: asOf}
	verdicts := make([]store.Verdict, 0, len(ids))
	err = r.Histories.EachWithin(ctx, ids, asOf, policy.TalkReach(), func(h signals.History) error {
		if h.Deal.Closed() {
			return nil // what its customer does now says nothing about it
		}
		verdict, assessment, err := r.verdict(ctx, h, policy, asOf)
		if err != nil {
			return fmt.Errorf("scoring deal %s: %w", h.Deal.ID, err)
		}
		verdicts = append(verdicts, verdict)
		counted.add(assessment)
		return nil
	})
	return verdicts, counted, err
}

func (r *Rescorer) verdict(ctx context.Context, h signals.History, policy scorer.Policy, asOf time.Time) (store.Verdict, scorer.Assessment, error) {
	assessment := scorer.Assess(h, policy, asOf)
	decisions, err := r.decisions(ctx, h.Deal.ID)
	if err != nil {
		return store.Verdict{}, assessment, err
	}
	turn, err := r.turn(ctx, h.Deal, decisions, asOf)
	if err != nil {
		return store.Verdict{}, assessment, err
	}
	recent, err := r.Verdicts.Recent(ctx, h.Deal.ID, scorer.EvaluationsNeeded(policy))
	if err != nil {
		return store.Verdict{}, assessment, err
	}
	verdict := store.Verdict{Evaluation: &assessment.Evaluation}
	if len(decisions) > 0 {
		verdict.After = decisions[len(decisions)-1].Seq
	}
	if decision, ok := scorer.Decide(decisions, append(recent, assessment.Evaluation), turn, policy, asOf); ok {
		decision.Evidence = assessment.Evidence()
		verdict.Decision = decision
	}
	return verdict, assessment, nil
}
