package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// evaluation is the score of a deal on day n, with every field set.
func evaluation(dealID string, n int) scorer.Evaluation {
	health, value, score, previous, band, at := 41.25, 3.0, 66.7, 0.1, scorer.BandHigh, day(n-1)
	return scorer.Evaluation{
		DealID: dealID, AsOf: day(n), PolicyVersion: 1, Health: &health, Coverage: 1.0 / 3, Diagnosis: scorer.ColdRelationship, Flagged: true, Freezes: true,
		Factors: scorer.FactorScores{
			Hiring: scorer.FactorScore{Status: signals.StatusOK, Value: &value, Score: &score, Band: &band, Previous: &previous, MeasuredAt: &at, Reason: "counted"},
			Tender: scorer.FactorScore{Status: signals.StatusStale, MeasuredAt: &at, Reason: "stale"},
			WeChat: scorer.FactorScore{Status: signals.StatusUnknown, Reason: "no_contacts"},
		},
	}
}

// verdict is a score on day n that freezes the deal, made upon decision number after.
func verdict(dealID string, n int, after uint64) store.Verdict {
	e := evaluation(dealID, n)
	return store.Verdict{DealID: dealID, Evaluation: &e, After: after, Decision: &scorer.Decision{
		DealID: dealID, Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: day(n), Actor: "machine",
		ReasonCode: "pattern", PolicyVersion: 1, Since: &e.AsOf, Evidence: []string{"page <1> & 2"},
	}}
}

// scored is a score on day n without a decision.
func scored(dealID string, n int) store.Verdict {
	e := evaluation(dealID, n)
	return store.Verdict{DealID: dealID, Evaluation: &e}
}

func verdicts(t *testing.T, open Opener) {
	t.Run("all of an evaluation comes back", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		nothing := scorer.Evaluation{DealID: "D2", AsOf: day(1), Diagnosis: scorer.Unknown}
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{scored("D1", 1), {DealID: "D2", Evaluation: &nothing}})))
		same(t, "a full one", ok(f.Verdicts.Recent(ctx, "D1", 5))(t), []scorer.Evaluation{evaluation("D1", 1)})
		same(t, "an empty one", ok(f.Verdicts.Recent(ctx, "D2", 5))(t), []scorer.Evaluation{nothing})
	})

	t.Run("evaluations are counted, equal ones too, and read by instant and span", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		for n := 1; n <= 6; n++ {
			f.must(second(f.Verdicts.Record(ctx, []store.Verdict{scored("D1", n), scored("D10", n), scored("D1", n)})))
		}
		days := func(evaluations []scorer.Evaluation) string {
			text := ""
			for _, e := range evaluations {
				text += fmt.Sprint(dayNumber(e.AsOf), " ")
			}
			return text
		}
		if got := days(ok(f.Verdicts.Recent(ctx, "D1", 5))(t)); got != "4 5 5 6 6 " {
			t.Errorf("the newest five are of days %s", got)
		}
		if got := days(ok(f.Verdicts.Scores(ctx, "D1", day(2), day(3)))(t)); got != "2 2 3 3 " {
			t.Errorf("from day 2 to 3 there are days %s", got)
		}
		for n, want := range map[int]int{1: 1, 4: 4, 9: 6} {
			got, found, err := f.Verdicts.Latest(ctx, "D1", day(n))
			if err != nil || !found || dayNumber(got.AsOf) != want {
				t.Errorf("as of day %d the latest is of day %d, %v, %v; want %d", n, dayNumber(got.AsOf), found, err, want)
			}
		}
		if _, found, err := f.Verdicts.Latest(ctx, "D1", day(1).Add(-1)); found || err != nil {
			t.Errorf("before the first there is one: %v, %v", found, err)
		}
		if _, found, err := f.Verdicts.Latest(ctx, "D", time.Time{}); found || err != nil {
			t.Errorf("of a deal whose id begins another's there is one: %v, %v", found, err)
		}
	})

	t.Run("decisions are numbered without gaps and keep what they were", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		made := ok(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 1, 0), scored("D2", 1), verdict("D3", 1, 0)}))(t)
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 2, 1)})))
		f.reopen()
		log := ok(f.Verdicts.Log(ctx, 0, 0))(t)
		same(t, "the first two of the log", log[:2], made)
		for n, d := range log {
			if d.Seq != uint64(n+1) || len(d.ID) != 26 || n > 0 && d.ID == log[n-1].ID {
				t.Errorf("decision %d has number %d and id %q", n+1, d.Seq, d.ID)
			}
		}
		same(t, "the log from 1 on, one at most", ok(f.Verdicts.Log(ctx, 1, 1))(t), log[1:2])
		same(t, "those of D1", ok(f.Verdicts.Decisions(ctx, "D1", time.Time{}))(t), []scorer.Decision{log[0], log[2]})
		same(t, "those of D1 on day 1", ok(f.Verdicts.Decisions(ctx, "D1", day(1)))(t), log[:1])
		same(t, "those of D3 before day 1", len(ok(f.Verdicts.Decisions(ctx, "D3", day(1).Add(-1)))(t)), 0)
	})

	t.Run("a decision made upon an old history is refused with its whole batch", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 1, 0)})))
		var conflict *store.ConflictError
		for _, after := range []uint64{0, 2} {
			if _, err := f.Verdicts.Record(ctx, []store.Verdict{scored("D2", 2), verdict("D3", 2, 0), verdict("D1", 2, after)}); !errors.As(err, &conflict) {
				t.Errorf("a decision upon number %d: %v, want a ConflictError", after, err)
			}
		}
		if left := ok(f.Verdicts.Log(ctx, 1, 0))(t); len(left) != 0 {
			t.Errorf("part of the batch was kept: %v", left)
		}
		if left := ok(f.Verdicts.Recent(ctx, "D2", 1))(t); len(left) != 0 {
			t.Errorf("part of the batch was kept: %v", left)
		}
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{scored("D1", 2)}))) // a score alone does not conflict
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 2, 1)})))
	})

	t.Run("the newest of each deal comes in the order of the deals", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		var batch []store.Verdict
		for n := range 1200 {
			batch = append(batch, scored(fmt.Sprintf("D%04d", n), 1), scored(fmt.Sprintf("D%04d", n), 2))
		}
		f.must(second(f.Verdicts.Record(ctx, append(batch, verdict("D0003", 3, 0)))))
		list := ok(f.Verdicts.Standings(ctx))(t)
		for n, one := range list {
			if one.DealID != fmt.Sprintf("D%04d", n) || (one.Decision != nil) != (n == 3) || one.Status != "" {
				t.Fatalf("number %d is %+v", n, one)
			}
		}
		if len(list) != 1200 {
			t.Errorf("there were %d deals, want 1200", len(list))
		}
	})
}
