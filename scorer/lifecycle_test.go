package scorer_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"dealvitals/scorer"

	"pgregory.net/rapid"
)

// lifeOf draws the seed of a life.
func lifeOf(t *rapid.T) *life {
	return newLife(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)))
}

func TestPropertiesOfTheLifecycle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lifeOf(t)
		for range rapid.IntRange(1, 40).Draw(t, "days") {
			reading := rapid.IntRange(unclear, shown).Draw(t, "reading")
			tomorrow := l.now.Add(24 * time.Hour)
			was := scorer.StateAt(l.decisions, tomorrow)
			confirmed := confirmedFreeze(l.decisions)
			d := l.day(reading)
			is := scorer.StateAt(l.decisions, l.now)
			switch {
			case d != nil && d.ReasonCode == scorer.ReasonDisputeOverdue && was.Overdue(l.now) && !confirmed && l.p.Dispute.Overdue == scorer.OverdueRelease:
				// the policy said so, and only time had to pass for it
			case reading == unclear && (was.State != is.State || was.Disputed != is.Disputed):
				t.Fatalf("an evaluation without an answer changed %+v to %+v", was, is)
			case is.State != scorer.FreezeClear && was.State == scorer.FreezeClear && reading != shown:
				t.Fatalf("held without three ok measures in the pattern: %+v", d)
			case confirmed && d != nil && d.State != scorer.FreezeFrozen:
				t.Fatalf("the machine released what a person confirmed: %+v", d)
			case d != nil && d.State == scorer.FreezeFrozen && l.p.Freeze.Mode == scorer.ModePropose:
				t.Fatalf("the machine froze where it may only propose: %+v", d)
			}
			if rapid.IntRange(0, 4).Draw(t, "person") == 0 {
				l.person()
			}
		}
		replayed(t, l)
	})
}

// confirmedFreeze tells whether a freeze stands by a person's word: confirmed, whoever
// disputed or was assigned to it since.
func confirmedFreeze(decisions []scorer.Decision) bool {
	if len(decisions) == 0 {
		return false
	}
	newest := decisions[len(decisions)-1]
	return newest.State == scorer.FreezeFrozen && newest.Held && newest.Until == nil
}

// replayed reads the log back as it is kept: the same instants have the same states, and
// later decisions change no earlier answer.
func replayed(t *rapid.T, l *life) {
	body, err := json.Marshal(l.decisions)
	if err != nil {
		t.Fatal(err)
	}
	var log []scorer.Decision
	if err := json.Unmarshal(body, &log); err != nil {
		t.Fatal(err)
	}
	for n := range log {
		at := log[n].At
		if a, b := scorer.StateAt(l.decisions[:n+1], at), scorer.StateAt(log, at); !reflect.DeepEqual(jsonOf(t, a), jsonOf(t, b)) {
			t.Fatalf("replay gives %+v, not %+v", b, a)
		}
	}
}

func jsonOf(t *rapid.T, v any) string {
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func steady() *life {
	l := newLife(rand.New(rand.NewPCG(1, 1)))
	l.p = scorer.DefaultPolicy()
	return l
}

func (l *life) state() scorer.FreezeState { return scorer.StateAt(l.decisions, l.now).State }

func TestAFreezeCarriesWhatItsPayeeHasToKnow(t *testing.T) {
	l := steady()
	d := l.day(shown)
	if d == nil || d.Action != scorer.ActionFreeze || d.Actor != scorer.Machine || d.ReasonCode != "cold_relationship" || d.Reviewer != "sales-ops" {
		t.Fatalf("decision %+v", d)
	}
	if !d.Since.Equal(l.now) || !d.Until.Equal(l.now.AddDate(0, 0, 90)) || !d.ReviewBy.Equal(l.now.AddDate(0, 0, 7)) || !d.EvaluatedAt.Equal(l.now) || d.PolicyVersion != 1 {
		t.Errorf("times of %+v", d)
	}
}

func TestReleaseTakesTwoEvaluationsOnOKData(t *testing.T) {
	l := steady()
	for i, day := range []struct {
		reading int
		want    scorer.FreezeState
	}{
		{shown, scorer.FreezeFrozen}, {gone, scorer.FreezeFrozen}, {unclear, scorer.FreezeFrozen}, {unclear, scorer.FreezeFrozen},
		{gone, scorer.FreezeClear}, {gone, scorer.FreezeClear}, {shown, scorer.FreezeFrozen}, {gone, scorer.FreezeFrozen}, {shown, scorer.FreezeFrozen}, {gone, scorer.FreezeFrozen},
	} {
		if l.day(day.reading); l.state() != day.want {
			t.Errorf("day %d: %s, want %s", i+1, l.state(), day.want)
		}
	}
}

func TestAnUnconfirmedFreezeEndsByItselfAndStaysEnded(t *testing.T) {
	l := steady()
	l.p.Freeze.MaxDays = 3
	l.day(shown)
	frozen := l.now
	if view := scorer.StateAt(l.decisions, frozen.AddDate(0, 0, 3)); view.State != scorer.FreezeClear || view.Reason != scorer.ReasonMaxDays {
		t.Errorf("after max_days, with no machine awake: %+v", view)
	}
	for range 5 {
		l.day(shown)
	}
	if l.state() != scorer.FreezeClear || l.decisions[1].Action != scorer.ActionExpire {
		t.Fatalf("the same pattern froze again: %+v", l.decisions)
	}
	l.day(gone)
	l.day(gone)
	if l.day(shown); l.state() != scorer.FreezeFrozen {
		t.Errorf("the pattern ended and began again, but the deal is %s", l.state())
	}
}

func TestWhatPeopleMayDecide(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	p := scorer.DefaultPolicy()
	past, future := now.Add(-time.Hour), now.Add(time.Hour)
	frozen := scorer.Decision{DealID: "D", Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: past, Since: &past, Until: &future, Actor: scorer.Machine}
	with := func(change func(*scorer.Decision)) []scorer.Decision {
		d := frozen
		change(&d)
		return []scorer.Decision{d}
	}
	same := with(func(*scorer.Decision) {})
	disputed := with(func(d *scorer.Decision) { d.Disputed = true })
	confirmed := with(func(d *scorer.Decision) { d.Held, d.Until = true, nil })
	tests := []struct {
		name      string
		decisions []scorer.Decision
		request   scorer.Request
		actor     string
		want      scorer.Problem
	}{
		{"nothing is held", nil, scorer.Request{Action: scorer.ActionConfirm}, "li", scorer.ProblemNotHeld},
		{"the freeze has ended by itself", with(func(d *scorer.Decision) { d.Until = &past }), scorer.Request{Action: scorer.ActionDispute}, "li", scorer.ProblemNotHeld},
		{"people do not freeze", same, scorer.Request{Action: scorer.ActionFreeze}, "li", scorer.ProblemUnknownAction},
		{"nobody decides", same, scorer.Request{Action: scorer.ActionConfirm}, "", scorer.ProblemActor},
		{"nobody is the machine", same, scorer.Request{Action: scorer.ActionConfirm}, "machine", scorer.ProblemActor},
		{"a release needs a reason", same, scorer.Request{Action: scorer.ActionRelease, Reason: " "}, "li", scorer.ProblemReasonMissing},
		{"a note is a reason", same, scorer.Request{Action: scorer.ActionRelease, Note: "paid"}, "li", ""},
		{"a release until yesterday", same, scorer.Request{Action: scorer.ActionRelease, Reason: "r", Until: &past}, "li", scorer.ProblemUntilPassed},
		{"a confirmation has no date", same, scorer.Request{Action: scorer.ActionConfirm, Until: &future}, "li", scorer.ProblemUntilMisplaced},
		{"no dispute to answer", same, scorer.Request{Action: scorer.ActionAnswer}, "li", scorer.ProblemNotDisputed},
		{"a dispute is answered first", disputed, scorer.Request{Action: scorer.ActionConfirm}, "li", scorer.ProblemDisputed},
		{"disputed once", disputed, scorer.Request{Action: scorer.ActionDispute}, "li", scorer.ProblemDisputed},
		{"a disputed freeze may be released", disputed, scorer.Request{Action: scorer.ActionRelease, Reason: "r"}, "li", ""},
		{"confirmed once", confirmed, scorer.Request{Action: scorer.ActionConfirm}, "li", scorer.ProblemConfirmed},
		{"a confirmed freeze may be disputed", confirmed, scorer.Request{Action: scorer.ActionDispute}, "li", ""},
		{"an assignment says to whom", same, scorer.Request{Action: scorer.ActionAssign, Reviewer: " "}, "li", scorer.ProblemReviewer},
		{"a disputed freeze may be assigned", disputed, scorer.Request{Action: scorer.ActionAssign, Reviewer: "wang"}, "li", ""},
		{"another decision is newer", with(func(d *scorer.Decision) { d.At = future }), scorer.Request{Action: scorer.ActionConfirm}, "li", scorer.ProblemOutOfOrder},
	}
	for _, tt := range tests {
		d, err := scorer.Answer(tt.decisions, tt.request, tt.actor, p, now)
		var wrong *scorer.ActionError
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.want == "" && (d.DealID != "D" || d.Actor != "li" || !d.At.Equal(now)):
			t.Errorf("%s: %+v", tt.name, d)
		case tt.want != "" && (!errors.As(err, &wrong) || wrong.Reason != tt.want):
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		case tt.want != "" && slices.Contains(wrong.Possible, tt.request.Action) && tt.want != scorer.ProblemActor && wrong.Error() == "":
			t.Errorf("%s: %v", tt.name, wrong)
		}
	}
	if got := scorer.Possible(disputed, now); !slices.Equal(got, []scorer.Action{scorer.ActionAnswer, scorer.ActionRelease}) {
		t.Errorf("on a disputed freeze people may %v", got)
	}
}

func TestADisputeKeepsFrozenUntilItIsAnswered(t *testing.T) {
	l := steady()
	l.day(shown)
	d, err := scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionDispute, Note: "the contact moved"}, "wang", l.p, l.now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	l.append(d)
	for range 4 {
		l.day(gone)
	}
	if view := scorer.StateAt(l.decisions, l.now); view.State != scorer.FreezeFrozen || !view.Disputed {
		t.Fatalf("while disputed: %+v", view)
	}
	d, err = scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionAnswer}, "li", l.p, l.now)
	if err != nil {
		t.Fatal(err)
	}
	if d.State != scorer.FreezeClear || d.Disputed || d.ReasonCode != scorer.ReasonNotUpheld {
		t.Errorf("a dispute that is not upheld against: %+v", d)
	}
}

func TestADisputeHasADeadlineAndIsOverdueAfterIt(t *testing.T) {
	for _, overdue := range []string{scorer.OverdueNone, scorer.OverdueRelease} {
		l := steady()
		l.p.Dispute = scorer.DisputePolicy{Days: 3, Overdue: overdue}
		l.day(shown)
		d, err := scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionDispute, OnBehalf: "wang"}, "li", l.p, l.now)
		if err != nil {
			t.Fatal(err)
		}
		deadline := l.now.AddDate(0, 0, 3)
		if !d.AnswerBy.Equal(deadline) || !d.ReviewBy.Equal(deadline) || d.OnBehalf != "wang" {
			t.Fatalf("the dispute is %+v", d)
		}
		l.append(d)
		if d, err = scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionAssign, Reviewer: "zhao"}, "li", l.p, l.now); err != nil {
			t.Fatal(err)
		}
		l.append(d)
		l.day(shown)
		l.day(shown)
		view := scorer.StateAt(l.decisions, l.now)
		if view.Overdue(l.now) || !view.Overdue(deadline) || view.State != scorer.FreezeFrozen || !view.AnswerBy.Equal(deadline) {
			t.Fatalf("before the deadline: %+v", view)
		}
		l.day(shown)
		l.day(shown)
		view = scorer.StateAt(l.decisions, l.now)
		if overdue == scorer.OverdueNone && (view.State != scorer.FreezeFrozen || !view.Overdue(l.now)) {
			t.Errorf("nothing is to follow by itself, but it is %+v", view)
		}
		if overdue == scorer.OverdueRelease && (view.State != scorer.FreezeClear || view.Reason != scorer.ReasonDisputeOverdue) {
			t.Errorf("the policy ends it, and keeps the same pattern from freezing again, but it is %+v", view)
		}
	}
}

func TestAStateSaysSinceWhenItHolds(t *testing.T) {
	l := steady()
	l.day(shown)
	frozen := l.now
	d, err := scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionConfirm}, "li", l.p, l.now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	l.append(d)
	if view := scorer.StateAt(l.decisions, l.now.Add(2*time.Hour)); !view.EffectiveFrom.Equal(frozen) {
		t.Errorf("frozen since %v, want %v", view.EffectiveFrom, frozen)
	}
	released := l.now.Add(3 * time.Hour)
	if d, err = scorer.Answer(l.decisions, scorer.Request{Action: scorer.ActionRelease, Reason: "r"}, "li", l.p, released); err != nil {
		t.Fatal(err)
	}
	l.append(d)
	if view := scorer.StateAt(l.decisions, l.now.AddDate(0, 0, 1)); !view.EffectiveFrom.Equal(released) {
		t.Errorf("clear since %v, want %v", view.EffectiveFrom, released)
	}
}

func BenchmarkDecide(b *testing.B) {
	l := steady()
	for i := range 60 {
		l.day([]int{shown, gone, unclear}[i%3])
	}
	for b.Loop() {
		scorer.Decide(l.decisions, l.recent, scorer.Turn{}, l.p, l.now)
	}
}
