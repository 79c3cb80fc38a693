package schedules

import (
	"slices"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
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
		{"with an outcome", func(*signals.Deal) { o.lose(t, "D1") }, false},
		{"opened again after an outcome", func(d *signals.Deal) { d.Status = signals.DealOpen }, true},
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

func TestAFreezeOnAClosedDealEndsInTheLogToo(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	frozen, until := o.clock.Now(), o.clock.Now().AddDate(0, 0, 90)
	for _, id := range []string{"D1", "D2"} {
		_, err := o.db.Verdicts.Record(ctx, []store.Verdict{{DealID: id, Decision: &scorer.Decision{
			DealID: id, Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: frozen, Actor: scorer.Machine,
			ReasonCode: string(scorer.ColdRelationship), Diagnosis: scorer.ColdRelationship, Since: &frozen, Until: &until, EffectiveFrom: &frozen, EvaluatedAt: &frozen,
		}}})
		must(t, err)
		deal, err := o.db.Deals.Get(ctx, id, time.Time{})
		must(t, err)
		deal.Status = signals.DealWon
		_, err = o.db.Deals.Put(ctx, []signals.Deal{deal}, "crm", o.clock.Now())
		must(t, err)
	}
	_, err := o.db.Verdicts.Record(ctx, []store.Verdict{{DealID: "D2", After: 2, Decision: &scorer.Decision{
		DealID: "D2", Action: scorer.ActionConfirm, State: scorer.FreezeFrozen, At: frozen, Actor: "li", ReasonCode: scorer.ReasonConfirmed, Since: &frozen, Held: true,
	}}})
	must(t, err)
	for _, days := range []int{1, 100, 1} {
		o.clock.advance(time.Duration(days) * 24 * time.Hour)
		_, err := o.runner.Rescorer.All(ctx)
		must(t, err)
	}
	decisions, err := o.db.Verdicts.Decisions(ctx, "D1", time.Time{})
	must(t, err)
	if last := decisions[len(decisions)-1]; len(decisions) != 2 || last.Action != scorer.ActionExpire || last.ReasonCode != scorer.ReasonMaxDays || !last.EffectiveFrom.Equal(until) || !last.EvaluatedAt.Equal(frozen) {
		t.Errorf("the history of D1 is %+v", decisions)
	}
	if decisions, err = o.db.Verdicts.Decisions(ctx, "D2", time.Time{}); err != nil || len(decisions) != 2 {
		t.Errorf("what a person confirmed stays: %+v, %v", decisions, err)
	}
}

// lose tells that a deal was lost.
func (o *office) lose(t *testing.T, dealID string) {
	t.Helper()
	outcome := signals.DealOutcome{DealID: dealID, Result: signals.ResultLost, ClosedAt: signals.DateOf(o.clock.Now())}
	_, err := o.db.Outcomes.Put(t.Context(), []signals.DealOutcome{outcome}, "crm", o.clock.Now())
	must(t, err)
}

// A merged deal that is named beside the one that goes on is settled once.
func TestAMergedDealIsSettledOnce(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	frozen, until := o.clock.Now(), o.clock.Now().AddDate(0, 0, 2)
	_, err := o.db.Verdicts.Record(ctx, []store.Verdict{{DealID: "D1", Decision: &scorer.Decision{
		DealID: "D1", Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: frozen, Actor: scorer.Machine, Since: &frozen, Until: &until, EvaluatedAt: &frozen,
	}}})
	must(t, err)
	deal, err := o.db.Deals.Get(ctx, "D1", time.Time{})
	must(t, err)
	deal.MergedInto = "D2"
	_, err = o.db.Deals.Put(ctx, []signals.Deal{deal}, "crm", o.clock.Now())
	must(t, err)
	o.clock.advance(time.Hour)
	for range 2 {
		_, err = o.runner.Rescorer.Deals(ctx, []string{"D1", "D2"})
		must(t, err)
		o.clock.advance(3 * 24 * time.Hour)
	}
	for id, want := range map[string][]scorer.Action{"D1": {scorer.ActionFreeze, scorer.ActionExpire}, "D2": {scorer.ActionFreeze, scorer.ActionExpire}} {
		decisions, err := o.db.Verdicts.Decisions(ctx, id, time.Time{})
		must(t, err)
		var actions []scorer.Action
		for _, d := range decisions {
			actions = append(actions, d.Action)
		}
		if !slices.Equal(actions, want) {
			t.Errorf("the history of %s is %v", id, actions)
		}
	}
}
