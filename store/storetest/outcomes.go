package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

func outcomes(t *testing.T, open Opener) {
	outcome := func(id string, result signals.Result) signals.DealOutcome {
		final := decimal.RequireFromString("1200000.50")
		return signals.DealOutcome{DealID: id, Result: result, ClosedAt: signals.DateOf(day(0)), FinalAmount: &final, Currency: "CNY"}
	}

	t.Run("an outcome is read as it was known, and as it was corrected", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Outcomes.Put(ctx, []signals.DealOutcome{outcome("D1", signals.ResultLost), outcome("D2", signals.ResultWon)}, "crm", day(10))))
		changes := ok(f.Outcomes.Put(ctx, []signals.DealOutcome{outcome("D1", signals.ResultWon), outcome("D2", signals.ResultWon)}, "crm", day(20)))(t)
		same(t, "the correction", changes, store.Changes{Updated: []string{"D1"}, Unchanged: []string{"D2"}})
		f.reopen()
		for _, c := range []struct {
			asOf time.Time
			want string
		}{
			{day(10).Add(-1), "[]"}, {day(10), "[D1 lost D2 won]"}, {day(20).Add(-1), "[D1 lost D2 won]"}, {day(20), "[D1 won D2 won]"}, {time.Time{}, "[D1 won D2 won]"},
		} {
			said := []string{}
			for _, o := range ok(f.Outcomes.List(ctx, c.asOf, "", 0))(t) {
				said = append(said, fmt.Sprint(o.DealID, " ", o.Result))
			}
			if got := fmt.Sprint(said); got != c.want {
				t.Errorf("as of %v: %s, want %s", c.asOf, got, c.want)
			}
		}
		if got := ok(f.Outcomes.Get(ctx, "D1", time.Time{}))(t); got.FinalAmount.String() != "1200000.5" || got.ClosedAt != signals.DateOf(day(0)) || !got.RecordedAt.Equal(day(20)) {
			t.Errorf("it reads as %+v", got)
		}
		if _, err := f.Outcomes.Get(ctx, "D3", time.Time{}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a deal that is open has the outcome %v, want ErrNotFound", err)
		}
	})

	t.Run("a deal has ended since its outcome was known, and its own record stays", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		deal := signals.Deal{ID: "D1", CustomerID: "C1"}
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal}, "crm", day(0))))
		f.must(second(f.Outcomes.Put(ctx, []signals.DealOutcome{outcome("D1", signals.ResultLost)}, "crm", day(10))))
		f.must(second(f.Outcomes.Put(ctx, []signals.DealOutcome{outcome("D1", signals.ResultWon)}, "crm", day(20))))
		f.reopen()
		for _, c := range []struct {
			asOf time.Time
			want signals.DealStatus
		}{{day(10).Add(-1), signals.DealOpen}, {day(10), signals.DealLost}, {day(20), signals.DealWon}, {time.Time{}, signals.DealWon}} {
			history := ok(f.Histories.Deal(ctx, "D1", c.asOf))(t)
			if got := ok(f.Deals.Get(ctx, "D1", c.asOf))(t); got.Standing() != c.want || history.Deal.Standing() != c.want {
				t.Errorf("as of %v it is %s, in its history %s, want %s", c.asOf, got.Standing(), history.Deal.Standing(), c.want)
			}
		}
		changes := ok(f.Deals.Put(ctx, []signals.Deal{ok(f.Deals.Get(ctx, "D1", time.Time{}))(t)}, "crm", day(30)))(t)
		same(t, "writing it back", changes, store.Changes{Unchanged: []string{"D1"}})
	})

	t.Run("an outcome is told to the audit log and moves no score", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1"}}, "crm", day(0))))
		before, entries := asJSON(t, ok(f.Histories.Deal(ctx, "D1", day(30)))(t)), ok(f.Audit.Verify(ctx))(t)
		f.must(second(f.Outcomes.Put(ctx, []signals.DealOutcome{outcome("D1", signals.ResultLost)}, "crm", day(1))))
		if after := asJSON(t, ok(f.Histories.Deal(ctx, "D1", day(30)))(t)); after != before {
			t.Errorf("the history changed from\n%s to\n%s", before, after)
		}
		if now := ok(f.Audit.Verify(ctx))(t); now != entries+1 {
			t.Errorf("the audit log went from %d to %d entries", entries, now)
		}
	})
}
