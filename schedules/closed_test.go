package schedules

import (
	"testing"
	"time"

	"dealvitals/signals"
)

func TestClosedDealsAreNotScoredAnyMore(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	deal, err := o.db.Deals.Get(ctx, "D1", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		change func(*signals.Deal)
		scored bool
	}{
		{"won", func(d *signals.Deal) { d.Status = signals.DealWon }, false},
		{"lost", func(d *signals.Deal) { d.Status = signals.DealLost }, false},
		{"merged", func(d *signals.Deal) { d.MergedInto = "D2" }, false},
		{"opened again", func(*signals.Deal) {}, true},
	} {
		o.clock.advance(time.Hour)
		changed := deal
		tt.change(&changed)
		if _, err := o.db.Deals.Put(ctx, []signals.Deal{changed}, "crm", o.clock.Now()); err != nil {
			t.Fatal(err)
		}
		o.clock.advance(time.Hour)
		if _, err := o.runner.Rescorer.All(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := o.runner.Rescorer.Deals(ctx, []string{"D1"}); err != nil {
			t.Fatal(err)
		}
		newest, found, err := o.db.Verdicts.Latest(ctx, "D1", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if scored := found && newest.AsOf.Equal(o.clock.Now()); scored != tt.scored {
			t.Errorf("%s: scored %v", tt.name, scored)
		}
	}
}
