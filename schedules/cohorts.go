package schedules

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// Cohorts are counted while all deals are scored, and hold for the scores after that. So
// comparing deals costs no second reading of them, and what a score was compared with is
// kept beside it. Only a version of the policy under which nothing was counted yet has the
// deals counted for itself, when it is published, and before it scores any at the latest: by
// its curves alone it might freeze what it is not meant to.

// policy is the policy that holds now, with cohorts where it needs them, and the instant to
// score as of.
func (r *Rescorer) policy(ctx context.Context) (scorer.Policy, time.Time, error) {
	asOf := r.Clock()
	policy, err := r.Policies.At(ctx, asOf)
	if err != nil {
		return policy, asOf, fmt.Errorf("reading the policy: %w", err)
	}
	if !policy.NeedsCohorts() || policy.Cohorts() != nil {
		return policy, asOf, nil
	}
	cohorts, err := r.count(ctx, policy, asOf)
	if err != nil {
		return policy, asOf, fmt.Errorf("counting what policy %d compares deals with: %w", policy.Version, err)
	}
	if now := r.Clock(); now.After(cohorts.TakenAt) {
		return policy.WithCohorts(&cohorts), now, nil
	}
	return policy.WithCohorts(&cohorts), cohorts.TakenAt, nil
}

// PolicyPublished counts what the policy in force compares deals with, where it compares them
// and nothing was counted under it yet.
func (r *Rescorer) PolicyPublished(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.Matching.CatchUp(ctx, r.Clock()); err != nil {
		return err
	}
	_, _, err := r.policy(ctx)
	return err
}

// count measures every deal and keeps how the numbers are distributed.
func (r *Rescorer) count(ctx context.Context, policy scorer.Policy, asOf time.Time) (scorer.Cohorts, error) {
	census := scorer.NewCensus(policy)
	err := r.pages(ctx, func(ids []string) error {
		return r.Histories.EachWithin(ctx, ids, asOf, policy.TalkReach(), func(h signals.History) error {
			census.Add(scorer.SampleOf(scorer.Assess(h, policy, asOf)))
			return nil
		})
	})
	if err != nil {
		return scorer.Cohorts{}, err
	}
	return r.Policies.KeepCohorts(ctx, census.Cohorts(asOf), r.Clock())
}

// counting gathers the cohorts of a scoring of all deals. The zero value counts nothing yet.
type counting struct {
	partial bool      // not all deals are scored, or not all under one version of the policy
	version int       // of the policy, 0 before the first batch
	asOf    time.Time // of the newest batch
	census  *scorer.Census
}

// batchCount is what is to be counted of one batch.
type batchCount struct {
	policy  scorer.Policy
	asOf    time.Time
	samples []scorer.Sample
}

func (b *batchCount) add(a scorer.Assessment) {
	if b.policy.NeedsCohorts() {
		b.samples = append(b.samples, scorer.SampleOf(a))
	}
}

func (c *counting) add(b batchCount) {
	c.asOf = b.asOf
	if c.version == 0 {
		c.version, c.census = b.policy.Version, scorer.NewCensus(b.policy)
	}
	if c.version != b.policy.Version {
		c.partial = true
	}
	if c.partial {
		return
	}
	for _, s := range b.samples {
		c.census.Add(s)
	}
}

// keep keeps what was counted. It holds for what is scored later than it was, never for the
// scores on whose way it was counted.
func (c *counting) keep(ctx context.Context, book PolicyBook, at time.Time) error {
	if c.partial || c.census == nil || c.census.Empty() {
		return nil
	}
	if !at.After(c.asOf) {
		at = c.asOf.Add(1)
	}
	if _, err := book.KeepCohorts(ctx, c.census.Cohorts(at), at); err != nil {
		return fmt.Errorf("keeping what deals are compared with: %w", err)
	}
	return nil
}
