package storetest

import (
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// lifecycle is what becomes of deals and their freezes: all of it comes back as it was kept.
func lifecycle(t *testing.T, open Opener) {
	t.Run("a deal's end and its payees are read as they were known at each instant", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		deal := signals.Deal{ID: "D1", CustomerID: "C1", Owner: "李雷", Payees: []signals.Payee{{ID: "E1", Name: "李雷", Share: decimal.RequireFromString("33.333333")}}}
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal}, "crm", day(1))))
		deal.Status, deal.MergedInto, deal.Payees = signals.DealWon, "D2", nil
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal}, "crm", day(2))))
		f.reopen()
		then, now := ok(f.Deals.Get(ctx, "D1", day(1)))(t), ok(f.Deals.Get(ctx, "D1", time.Time{}))(t)
		if then.Closed() || len(then.Payees) != 1 || then.Payees[0].Share.String() != "33.333333" {
			t.Errorf("on day 1: %+v", then)
		}
		if now.Standing() != signals.DealMerged || now.Status != signals.DealWon || len(now.Payees) != 0 {
			t.Errorf("now: %+v", now)
		}
	})

	t.Run("since when a deal is of its customer and merged is noted, whoever writes it", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		deal := signals.Deal{ID: "D1", CustomerID: "C1", Owner: "李雷", CustomerSince: day(20), MergedSince: day(20)}
		for n, want := range []struct {
			customer, into        string
			moved, merged, record time.Time
		}{
			{"C1", "", time.Time{}, time.Time{}, day(1)},
			{"C2", "", day(2), time.Time{}, day(2)},
			{"C2", "D2", day(2), day(3), day(3)},
			{"C2", "D2", day(2), day(3), day(3)}, // unchanged
			{"C2", "D3", day(2), day(5), day(5)},
			{"C1", "", day(6), time.Time{}, day(6)},
		} {
			deal.CustomerID, deal.MergedInto = want.customer, want.into
			f.must(second(f.Deals.Put(ctx, []signals.Deal{deal}, "crm", day(n+1))))
			got := ok(f.Deals.Get(ctx, "D1", time.Time{}))(t)
			if !got.CustomerSince.Equal(want.moved) || !got.MergedSince.Equal(want.merged) || !got.RecordedAt.Equal(want.record) {
				t.Errorf("day %d: %+v", n+1, got)
			}
		}
		f.reopen()
		if then := ok(f.Deals.Get(ctx, "D1", day(4)))(t); !then.CustomerSince.Equal(day(2)) || !then.MergedSince.Equal(day(3)) {
			t.Errorf("as of day 4: %+v", then)
		}
	})

	t.Run("a dispute keeps its deadline, whose it is and the bulk action that it was part of", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		at := day(3)
		kept := ok(f.Verdicts.Record(ctx, []store.Verdict{{DealID: "D1", Decision: &scorer.Decision{
			DealID: "D1", Action: scorer.ActionDispute, State: scorer.FreezeFrozen, Disputed: true, At: day(1), Actor: "wang",
			ReasonCode: scorer.ReasonDisputed, AnswerBy: &at, OnBehalf: "李雷", Bulk: "01B", EffectiveFrom: &at,
		}}}))(t)
		f.reopen()
		same(t, "the history", ok(f.Verdicts.Decisions(ctx, "D1", time.Time{}))(t), kept)
		f.must(second(f.Audit.Verify(ctx)))
	})
}
