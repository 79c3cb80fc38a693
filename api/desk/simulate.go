package desk

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// simulatedDays is how far back evaluations are read, which say how long a pattern holds.
const simulatedDays = 90

// Simulate tells what a draft policy would do to every deal as of an instant, beside what
// the policy that held then does. Nothing is written.
func (d *Desk) Simulate(ctx context.Context, draft scorer.Policy, asOf time.Time) (*scorer.Simulation, error) {
	if err := draft.Validate(); err != nil {
		return nil, err
	}
	base, err := d.Policies.At(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	if draft, err = d.counted(ctx, draft, asOf); err != nil {
		return nil, err
	}
	if base, err = d.counted(ctx, base, asOf); err != nil {
		return nil, err
	}
	s := scorer.NewSimulation(base, draft, asOf)
	err = d.eachHistory(ctx, asOf, max(base.TalkReach(), draft.TalkReach()), func(h signals.History) error { return d.simulateDeal(ctx, s, h, asOf) })
	if err != nil {
		return nil, fmt.Errorf("simulating: %w", err)
	}
	return s, nil
}

// counted is a policy with cohorts to compare with. Those that were not counted when deals
// were scored are counted as of the instant of the simulation.
func (d *Desk) counted(ctx context.Context, p scorer.Policy, asOf time.Time) (scorer.Policy, error) {
	if !p.NeedsCohorts() || p.Cohorts() != nil {
		return p, nil
	}
	census := scorer.NewCensus(p)
	err := d.eachHistory(ctx, asOf, p.TalkReach(), func(h signals.History) error {
		census.Add(scorer.SampleOf(scorer.Assess(h, p, asOf)))
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("counting the cohorts: %w", err)
	}
	cohorts := census.Cohorts(asOf)
	return p.WithCohorts(&cohorts), nil
}

// eachHistory calls fn for every deal that was open at an instant. Closed ones are not scored.
func (d *Desk) eachHistory(ctx context.Context, asOf time.Time, talk time.Duration, fn func(signals.History) error) error {
	for after := ""; ; {
		deals, err := d.Deals.List(ctx, asOf, after, dealPage)
		if err != nil {
			return fmt.Errorf("listing the deals: %w", err)
		}
		if len(deals) == 0 {
			return nil
		}
		var ids []string
		for _, deal := range deals {
			if !deal.Closed() {
				ids = append(ids, deal.ID)
			}
		}
		if err := d.Histories.EachWithin(ctx, ids, asOf, talk, fn); err != nil {
			return err
		}
		after = deals[len(deals)-1].ID
	}
}

func (d *Desk) simulateDeal(ctx context.Context, s *scorer.Simulation, h signals.History, asOf time.Time) error {
	decisions, err := d.Verdicts.Decisions(ctx, h.Deal.ID, asOf)
	if err != nil {
		return err
	}
	recent, err := d.Verdicts.Scores(ctx, h.Deal.ID, asOf.AddDate(0, 0, -simulatedDays), asOf)
	if err != nil {
		return err
	}
	s.Add(h, decisions, recent[max(0, len(recent)-s.EvaluationsNeeded()):])
	return nil
}
