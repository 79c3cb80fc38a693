package storetest

import (
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// byPercentile is a policy that compares deals by their jobs.
func byPercentile() scorer.Policy {
	p := scorer.DefaultPolicy()
	hiring := p.Factors[signals.FactorHiring]
	hiring.Scale, hiring.MinCohort = scorer.ScalePercentile, 10
	p.Factors[signals.FactorHiring] = hiring
	return p
}

// jobs is cohorts of so many deals with as many jobs as their number.
func jobs(version, deals int) scorer.Cohorts {
	d := scorer.Distribution{}
	for n := range deals {
		d.Values, d.UpTo = append(d.Values, float64(n)), append(d.UpTo, n+1)
	}
	return scorer.Cohorts{PolicyVersion: version, Segments: map[string]map[signals.Factor]scorer.Distribution{"": {signals.FactorHiring: d}}}
}

func cohorts(t *testing.T, open Opener) {
	size := func(p scorer.Policy) int {
		if p.Cohorts() == nil {
			return 0
		}
		return p.Cohorts().Segments[""][signals.FactorHiring].Size()
	}

	t.Run("each instant has the cohorts that held then, of its own policy", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		ok(f.Policies.Publish(ctx, byPercentile(), 1, "anna", day(2)))(t)
		first := ok(f.Policies.KeepCohorts(ctx, jobs(2, 10), day(3)))(t)
		if !first.TakenAt.Equal(day(3)) {
			t.Errorf("counted at %v, want %v", first.TakenAt, day(3))
		}
		ok(f.Policies.KeepCohorts(ctx, jobs(2, 20), day(5)))(t)
		ok(f.Policies.Publish(ctx, byPercentile(), 2, "anna", day(6)))(t)
		ok(f.Policies.KeepCohorts(ctx, jobs(3, 30), day(7)))(t)
		for asOf, want := range map[time.Time]int{day(1): 0, day(2): 0, day(3): 10, day(5).Add(-1): 10, day(5): 20, day(6): 0, day(7): 30, {}: 30} {
			for range 2 { // the second time from what is remembered
				if got := size(ok(f.Policies.At(ctx, asOf))(t)); got != want {
					t.Errorf("as of %v cohorts of %d deals hold, want %d", asOf, got, want)
				}
			}
		}
		f.reopen()
		same(t, "after opening again", ok(f.Policies.At(ctx, day(4)))(t).Cohorts(), first)
		ok(f.Audit.Verify(ctx))(t)
	})

	t.Run("an answer that was given keeps its cohorts", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		ok(f.Policies.Publish(ctx, byPercentile(), 1, "anna", day(2)))(t)
		ok(f.Policies.KeepCohorts(ctx, jobs(2, 10), day(3)))(t)
		asked := size(ok(f.Policies.At(ctx, day(9)))(t))
		late := ok(f.Policies.KeepCohorts(ctx, jobs(2, 20), day(8)))(t)
		if again := size(ok(f.Policies.At(ctx, day(9)))(t)); asked != again || !late.TakenAt.After(day(9)) {
			t.Errorf("asked twice as of one instant: %d deals, then %d, counted at %v", asked, again, late.TakenAt)
		}
	})

	t.Run("a policy that compares nothing has none", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		ok(f.Policies.KeepCohorts(ctx, jobs(1, 10), day(3)))(t)
		if p := ok(f.Policies.At(ctx, day(4)))(t); p.Cohorts() != nil {
			t.Error("the default policy has cohorts")
		}
	})

	t.Run("an evaluation keeps its segment and what it was compared with", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		e := evaluation("D-1", 3)
		e.Segment, e.CohortAt = "小客户", timeAt(day(2))
		e.Factors.Hiring.Scale, e.Factors.Hiring.CohortSize = scorer.ScalePercentile, 120
		e.Factors.Tender.Scale = scorer.ScaleCurve
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{{DealID: "D-1", Evaluation: &e}})))
		same(t, "the evaluation", ok(f.Verdicts.Recent(ctx, "D-1", 1))(t), []scorer.Evaluation{e})
	})
}

func timeAt(t time.Time) *time.Time { return &t }
