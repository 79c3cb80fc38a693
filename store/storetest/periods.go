package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"dealvitals/store"
)

// lines is a period's lines of n deals, not in order.
func lines(n int, text string) []store.PeriodLine {
	var list []store.PeriodLine
	for i := range n {
		id := fmt.Sprintf("D%05d", n-1-i)
		list = append(list, store.PeriodLine{DealID: id, Body: json.RawMessage(fmt.Sprintf(`{"deal_id":%q,"said":%q}`, id, text))})
	}
	return list
}

func period(id, previous string, n int) store.Period {
	return store.Period{ID: id, CutOff: day(n), LockedBy: "payroll", Previous: previous, Summary: json.RawMessage(`{"deals":2500}`)}
}

func periods(t *testing.T, open Opener) {
	t.Run("a locked period comes back whole, in the order of the deals, from any deal on", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		kept := ok(f.Periods.Lock(ctx, period("2026-09", "", 30), lines(2500, "pay"), day(31)))(t)
		f.must(second(f.Periods.Lock(ctx, period("2026-10", "2026-09", 60), lines(1, "hold"), day(61))))
		f.reopen()
		same(t, "the period", ok(f.Periods.Get(ctx, "2026-09"))(t), kept)
		if kept.Deals != 2500 || !kept.LockedAt.Equal(day(31)) {
			t.Errorf("kept: %+v", kept)
		}
		digest, n := store.NewPeriodDigest(), 0
		f.must(f.Periods.Each(ctx, "2026-09", "", func(body json.RawMessage) error {
			if want := fmt.Sprintf(`{"deal_id":"D%05d","said":"pay"}`, n); string(body) != want {
				t.Fatalf("line %d is %s", n, body)
			}
			digest.Add(body)
			n++
			return nil
		}))
		if n != 2500 || digest.Sum() != kept.Digest {
			t.Errorf("%d lines of digest %s, want %s", n, digest.Sum(), kept.Digest)
		}
		n = 0
		f.must(f.Periods.Each(ctx, "2026-09", "D02497", func(json.RawMessage) error { n++; return nil }))
		if n != 2 {
			t.Errorf("behind the third last deal there are %d", n)
		}
		if got := ok(f.Periods.Line(ctx, "2026-10", "D00000"))(t); string(got) != `{"deal_id":"D00000","said":"hold"}` {
			t.Errorf("the one line of October is %s", got)
		}
		if got := ok(f.Periods.List(ctx))(t); len(got) != 2 || got[0].ID != "2026-09" {
			t.Errorf("the list is %v", got)
		}
		f.must(second(f.Audit.Verify(ctx)))
	})

	t.Run("what is not there is not found", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Periods.Lock(ctx, period("2026-09", "", 30), lines(1, "pay"), day(31))))
		for what, err := range map[string]error{
			"a period":          second(f.Periods.Get(ctx, "2026-10")),
			"a deal":            second(f.Periods.Line(ctx, "2026-09", "D1")),
			"a deal of another": second(f.Periods.Line(ctx, "2026-1", "D00000")),
		} {
			if !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})

	t.Run("a period is locked once and behind those before it, else nothing is kept", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Periods.Lock(ctx, period("2026-09", "", 30), lines(2, "pay"), day(31))))
		var conflict *store.ConflictError
		for _, p := range []store.Period{period("2026-09", "2026-09", 31), period("2026-09", "", 31), period("2026-08", "2026-09", 31), period("2026-10", "", 31)} {
			if _, err := f.Periods.Lock(ctx, p, lines(2, "hold"), day(32)); !errors.As(err, &conflict) {
				t.Errorf("%s upon %q: %v", p.ID, p.Previous, err)
			}
		}
		var invalid *store.InvalidError
		if _, err := f.Periods.Lock(ctx, period("2026-10", "2026-09", 31), append(lines(2, "a"), lines(1, "b")...), day(32)); !errors.As(err, &invalid) {
			t.Errorf("a deal twice: %v", err)
		}
		if got := ok(f.Periods.Line(ctx, "2026-09", "D00001"))(t); string(got) != `{"deal_id":"D00001","said":"pay"}` {
			t.Errorf("the line is %s now", got)
		}
	})
}
