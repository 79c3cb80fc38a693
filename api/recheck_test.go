package api_test

import (
	"net/http"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// The freezes of these tests were decided on numbers of which the store knows nothing: by
// today's rules each factor is unknown.
func TestHoldsThatTodaysRulesWouldNotMakeAreListedAndLeftAsTheyAre(t *testing.T) {
	w := newWorld(t)
	w.customer()
	for id, amount := range map[string]int64{"SMALL": 100, "GREAT": 900, "RELEASED": 100, "LOST": 100, "WON": 300, "CLEAR": 100} {
		w.deal(id, amount, nil)
	}
	w.score(evaluation("CLEAR", w.clock(), false))
	for _, id := range []string{"SMALL", "GREAT", "RELEASED", "LOST", "WON"} {
		w.freeze(id)
	}
	frozenAt := w.clock()
	w.pass(time.Hour)
	w.release("RELEASED")
	w.deal("LOST", 100, func(d *signals.Deal) { d.Status = signals.DealLost })
	w.deal("WON", 300, func(d *signals.Deal) { d.Status = signals.DealWon })
	w.pass(time.Hour)

	ask := func() desk.Recheck {
		return read[desk.Recheck](w.get("sales_ops", "/v1/freeze-recheck?lang=en").is(http.StatusOK))
	}
	r := ask()
	if r.Held != 3 || r.Same != 0 || len(r.Changed) != 3 {
		t.Fatalf("%d held, %d the same, %d otherwise", r.Held, r.Same, len(r.Changed))
	}
	for i, id := range []string{"GREAT", "WON", "SMALL"} {
		hold := r.Changed[i]
		if hold.DealID != id || hold.DecidedOn != id || hold.Why != desk.RecheckDoubtful || hold.Diagnosis != scorer.ColdRelationship || !hold.EvaluatedAt.Equal(frozenAt) {
			t.Errorf("%s: %+v", id, hold)
		}
		if hold.Then == nil || hold.Then.Diagnosis != scorer.ColdRelationship || hold.Today == nil || hold.Today.Diagnosis != scorer.Unknown || !hold.Today.AsOf.Equal(frozenAt) {
			t.Errorf("%s: then %+v, today %+v", id, hold.Then, hold.Today)
		}
		if closed := id == "WON"; (hold.Present == nil) != closed || (hold.Status == signals.DealWon) != closed {
			t.Errorf("%s at present: %+v", id, hold.Present)
		}
	}
	if again := ask(); again.Held != 3 || len(again.Changed) != 3 {
		t.Errorf("asking changed something: %+v", again)
	}
}

// A hold that came over two merges was decided on the deal that was merged first, and is
// looked at there also after a person confirmed it.
func TestAHoldThatCameOverMergesIsScoredWhereItWasDecided(t *testing.T) {
	w := newScoring(t)
	w.customer()
	for _, id := range []string{"A", "B", "C"} {
		w.deal(id, 100, nil)
	}
	w.freeze("A")
	for _, merge := range []struct{ from, into string }{{"A", "B"}, {"B", "C"}} {
		w.pass(time.Hour)
		w.deal(merge.from, 100, func(d *signals.Deal) { d.MergedInto = merge.into })
		_, err := w.rescorer.Deals(t.Context(), []string{merge.into})
		w.must(err)
	}
	w.pass(time.Hour)
	decisions, err := w.db.Verdicts.Decisions(t.Context(), "C", w.clock())
	w.must(err)
	_, err = w.desk().Decide(t.Context(), "C", scorer.Request{Action: scorer.ActionConfirm}, desk.NewestSeq(decisions), "anna")
	w.must(err)
	w.pass(time.Hour)
	r := read[desk.Recheck](w.get("admin", "/v1/freeze-recheck").is(http.StatusOK))
	if len(r.Changed) != 1 || r.Changed[0].DealID != "C" || r.Changed[0].DecidedOn != "A" || !r.Changed[0].PersonDecided || r.Changed[0].Then == nil {
		t.Errorf("%+v", r)
	}
}
