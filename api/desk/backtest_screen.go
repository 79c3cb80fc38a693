package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"
)

// cohortAge is how long deals are compared with those that were counted at one screen.
// Counting them is as much work as scoring every deal.
const cohortAge = 30 * 24 * time.Hour

// screening scores deals at past instants.
type screening struct {
	desk   *Desk
	policy scorer.Policy // without cohorts: those of today know what came later
	draft  bool
	cases  []backtest.Case
	seen   map[string]screened // deal → what its scores under other settings need
	closed int                 // deals that the CRM had closed before their screen
	past   *backtest.Past

	counted   scorer.Policy // with cohorts
	countedAt time.Time
}

// screened is a deal as it was measured at its screen, without the signals behind it.
type screened struct {
	deal     signals.Deal
	customer signals.Customer
	measures map[signals.Factor]signals.Measure
	cohorts  *scorer.Cohorts
	at       time.Time
}

// evaluate scores the deal by another policy, from the same measures.
func (d screened) evaluate(p scorer.Policy) scorer.Evaluation {
	return scorer.Evaluate(d.deal.ID, d.measures, p.WithCohorts(d.cohorts).For(d.deal, d.customer), d.at)
}

// policyAt is the policy tested, with cohorts as they were at an instant where it needs them.
func (s *screening) policyAt(ctx context.Context, at time.Time) (scorer.Policy, error) {
	if !s.policy.NeedsCohorts() {
		return s.policy, nil
	}
	if age := at.Sub(s.countedAt); s.counted.Cohorts() != nil && age >= 0 && age < cohortAge {
		return s.counted, nil
	}
	var err error
	s.counted, err = s.desk.counted(ctx, s.policy, at)
	s.countedAt = at
	return s.counted, err
}

// policyThen is the policy that was in force at an instant.
func (s *screening) policyThen(ctx context.Context, at time.Time) (scorer.Policy, error) {
	then, err := s.desk.Policies.At(ctx, at)
	if err != nil {
		return then, fmt.Errorf("reading the policy of %s: %w", at.Format(time.RFC3339), err)
	}
	return s.desk.counted(ctx, then, at)
}

// outcomes screens deals that have ended, day by day.
func (s *screening) outcomes(ctx context.Context, ended []signals.DealOutcome, lead int) error {
	days := make(map[signals.Date]map[string]signals.DealOutcome)
	for _, o := range ended {
		day := o.ClosedAt.AddDays(-lead)
		if days[day] == nil {
			days[day] = make(map[string]signals.DealOutcome)
		}
		days[day][o.DealID] = o
	}
	for _, day := range slices.SortedFunc(maps.Keys(days), func(a, b signals.Date) int { return a.Start().Compare(b.Start()) }) {
		if err := s.day(ctx, day.Start().UTC(), days[day]); err != nil {
			return fmt.Errorf("screening the deals of %s: %w", day, err)
		}
	}
	return nil
}

// day screens the deals of one day.
func (s *screening) day(ctx context.Context, at time.Time, results map[string]signals.DealOutcome) error {
	tested, err := s.policyAt(ctx, at)
	if err != nil {
		return err
	}
	then := tested
	if s.draft {
		if then, err = s.policyThen(ctx, at); err != nil {
			return err
		}
	}
	reach := max(tested.TalkReach(), then.TalkReach())
	return s.desk.Histories.EachWithin(ctx, slices.Sorted(maps.Keys(results)), at, reach, func(h signals.History) error {
		if h.Deal.Closed() {
			s.closed++ // nobody scored it any more
			return nil
		}
		s.screen(h, tested, then, results[h.Deal.ID], at)
		return nil
	})
}

// screen scores a deal at the instant of its screen.
func (s *screening) screen(h signals.History, tested, then scorer.Policy, o signals.DealOutcome, at time.Time) {
	a := scorer.Assess(h, tested, at)
	s.cases = append(s.cases, caseOf(h.Deal, a.Evaluation, o))
	s.seen[h.Deal.ID] = screened{deal: h.Deal, customer: h.Customer, measures: bare(a.Measures), cohorts: tested.Cohorts(), at: at}
	if s.draft {
		s.past.AddScreen(pastChange(h.Deal, scorer.Assess(h, then, at).Evaluation, a.Evaluation, o.Result))
	}
}
