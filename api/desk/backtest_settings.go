package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"
	"dealvitals/store"
)

// The bounds of the bands that a search tries: in steps, low and high far enough apart that
// a factor can be neither.
const (
	lowFrom, lowTo   = 10, 50
	highFrom, highTo = 50, 90
	boundStep        = 5
	boundGap         = 10
)

// candidates are policies that differ from the one tested in the bounds of their bands, the
// same for all three factors: more freedom than that would fit the past and nothing else.
func (s *screening) candidates() []backtest.Candidate {
	list := []backtest.Candidate{}
	for low := float64(lowFrom); low <= lowTo; low += boundStep {
		for high := float64(highFrom); high <= highTo; high += boundStep {
			if high-low >= boundGap {
				list = append(list, s.candidate(low, high))
			}
		}
	}
	return list
}

func (s *screening) candidate(low, high float64) backtest.Candidate {
	p := s.policy
	p.Factors = make(map[signals.Factor]scorer.FactorPolicy, len(s.policy.Factors))
	for f, of := range s.policy.Factors {
		of.Low, of.High = low, high
		p.Factors[f] = of
	}
	return backtest.Candidate{
		Setting: backtest.Setting{Low: &low, High: &high},
		Judge: func(c backtest.Case) (flagged, assessed bool) {
			e := s.seen[c.ID].evaluate(p)
			return e.Flagged, e.Diagnosis != scorer.Unknown
		},
	}
}

// decisions holds a draft against every freeze and proposal that the machine decided in the
// days asked for, each at its own instant.
func (s *screening) decisions(ctx context.Context, q BacktestRequest, asOf time.Time, ended []signals.DealOutcome) error {
	results := make(map[string]signals.Result, len(ended))
	for _, o := range ended {
		results[o.DealID] = o.Result
	}
	for after := uint64(0); ; {
		page, err := s.desk.Verdicts.Log(ctx, after, dealPage)
		if err != nil {
			return fmt.Errorf("reading the decisions: %w", err)
		}
		if len(page) == 0 {
			return nil
		}
		for _, d := range page {
			if !holds(d) || d.At.After(asOf) || q.From != nil && d.At.Before(q.From.Start()) || q.To != nil && !d.At.Before(q.To.AddDays(1).Start()) {
				continue
			}
			if err := s.decision(ctx, d, results[d.DealID]); err != nil {
				return fmt.Errorf("looking at decision %d again: %w", d.Seq, err)
			}
		}
		after = page[len(page)-1].Seq
	}
}

// holds tells whether the machine held pay with a decision on what it measured, or asked to.
func holds(d scorer.Decision) bool {
	return d.Actor == scorer.Machine && d.MergedFrom == "" && (d.Action == scorer.ActionFreeze || d.Action == scorer.ActionPropose)
}

func (s *screening) decision(ctx context.Context, d scorer.Decision, result signals.Result) error {
	tested, err := s.policyAt(ctx, d.At)
	if err != nil {
		return err
	}
	h, err := s.desk.Histories.DealWithin(ctx, d.DealID, d.At, tested.TalkReach())
	if errors.Is(err, store.ErrNotFound) {
		return nil // nothing was known of the deal at that very instant, so there is nothing to judge
	}
	if err != nil {
		return err
	}
	base := scorer.Evaluation{AsOf: d.At, PolicyVersion: d.PolicyVersion, Diagnosis: d.Diagnosis, Flagged: true, Freezes: true}
	s.past.AddDecision(pastChange(h.Deal, base, scorer.Assess(h, tested, d.At).Evaluation, result))
	return nil
}
