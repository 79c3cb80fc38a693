package scorer_test

import (
	"testing"
	"time"

	"dealvitals/scorer"

	"pgregory.net/rapid"
)

// moved lets a day pass on which the deal was moved at noon, before it is evaluated.
func (l *life) moved(reading int) *scorer.Decision {
	l.turn = scorer.Turn{MovedAt: l.now.Add(12 * time.Hour)}
	return l.day(reading)
}

// says takes a person's decision an hour after the newest evaluation, or later.
func (l *life) says(q scorer.Request) {
	at := l.now.Add(time.Hour)
	if n := len(l.decisions); n > 0 && !at.After(l.decisions[n-1].At) {
		at = l.decisions[n-1].At.Add(time.Minute)
	}
	d, err := scorer.Answer(l.decisions, q, "li", l.p, at)
	if err != nil {
		panic(err)
	}
	l.append(d)
}

func TestAMovedDealIsHeldUntilItIsReviewed(t *testing.T) {
	for name, days := range map[string]struct {
		readings []int // after the move
		want     scorer.FreezeState
		reason   string
	}{
		"nothing is known of the new customer":           {[]int{unclear, unclear, unclear}, scorer.FreezeFrozen, scorer.ReasonCustomerChanged},
		"the new customer is healthy: no way out":        {[]int{gone, gone, gone}, scorer.FreezeFrozen, scorer.ReasonCustomerChanged},
		"the pattern is there, too":                      {[]int{unclear, shown}, scorer.FreezeFrozen, "cold_relationship"},
		"the pattern is there, and went":                 {[]int{unclear, shown, gone, gone}, scorer.FreezeClear, scorer.ReasonPatternGone},
		"what was gone at the old customer is forgotten": {[]int{gone}, scorer.FreezeFrozen, scorer.ReasonCustomerChanged},
	} {
		l := steady()
		l.day(shown)
		until := *l.decisions[0].Until
		l.day(gone)
		for i, reading := range days.readings {
			if i == 0 {
				l.moved(reading)
			} else {
				l.day(reading)
			}
		}
		if note := l.decisions[1]; note.Action != scorer.ActionReview || note.ReasonCode != scorer.ReasonCustomerChanged || !note.Until.Equal(until) || note.ReviewBy == nil || note.Reviewer == "" || note.Actor != scorer.Machine {
			t.Errorf("%s: the move is noted as %+v", name, note)
		}
		view := scorer.StateAt(l.decisions, l.now)
		if view.State != days.want || view.Reason != days.reason {
			t.Errorf("%s: %+v", name, view)
		}
		if view.State == scorer.FreezeFrozen && !view.Until.Equal(until) {
			t.Errorf("%s: it ends at %s, and would have at %s", name, view.Until, until)
		}
		if view := scorer.StateAt(l.decisions, until); view.State != scorer.FreezeClear {
			t.Errorf("%s: at its end it is %+v", name, view)
		}
	}
}

func TestTheEvidenceOfAnotherCustomerFreezesNothing(t *testing.T) {
	l := steady()
	l.p.Freeze.Confirmations = 2
	l.day(shown)
	if l.moved(shown); l.state() != scorer.FreezeClear {
		t.Fatalf("one evaluation on each customer froze: %+v", l.decisions)
	}
	if l.day(shown); l.state() != scorer.FreezeFrozen {
		t.Errorf("two on the new one did not: %+v", l.decisions)
	}
	// What a person released stays released, however often the deal is moved.
	l.says(scorer.Request{Action: scorer.ActionRelease, Reason: "checked"})
	for range 3 {
		l.moved(gone)
		l.moved(shown)
		l.day(shown)
	}
	if l.state() != scorer.FreezeClear {
		t.Errorf("moved to and fro a released deal is %+v", l.decisions[len(l.decisions)-1])
	}
}

func TestWhatPeopleSaidStaysWhenADealIsMoved(t *testing.T) {
	l := steady()
	l.day(shown)
	l.says(scorer.Request{Action: scorer.ActionConfirm})
	l.moved(unclear)
	view := scorer.StateAt(l.decisions, l.now)
	if view.State != scorer.FreezeFrozen || view.Until != nil || view.Reason != scorer.ReasonCustomerChanged {
		t.Fatalf("a confirmed freeze: %+v", view)
	}
	l.says(scorer.Request{Action: scorer.ActionDispute, Note: "another customer"})
	l.day(gone)
	l.moved(gone)
	if newest := l.decisions[len(l.decisions)-1]; !newest.Disputed || newest.AnswerBy == nil || newest.Review == "" || !newest.Held {
		t.Fatalf("a disputed one, moved again: %+v", newest)
	}
	l.says(scorer.Request{Action: scorer.ActionAnswer, Upheld: true})
	if newest := l.decisions[len(l.decisions)-1]; newest.Review != "" || newest.State != scorer.FreezeFrozen {
		t.Errorf("reviewed: %+v", newest)
	}

	l = steady()
	l.day(shown)
	l.moved(unclear)
	l.says(scorer.Request{Action: scorer.ActionConfirm})
	if newest := l.decisions[len(l.decisions)-1]; newest.Review != "" || newest.Until != nil {
		t.Errorf("a review can confirm: %+v", newest)
	}
	if n := len(l.decisions); l.day(gone) != nil || len(l.decisions) != n {
		t.Errorf("what was confirmed after the move is noted again: %+v", l.decisions[n:])
	}
}

// merge is deal A, held as l is, merged into B now.
func (l *life) merge() scorer.Merge {
	return scorer.Merge{From: "A", Into: "B", At: l.now, Decisions: l.decisions}
}

func TestAHoldFollowsAMergeOnce(t *testing.T) {
	a, p := steady(), scorer.DefaultPolicy()
	a.day(shown)
	now := a.now.Add(time.Hour)
	m := a.merge()
	d, found := m.Follow(nil, p, now)
	if !found || d.DealID != "B" || d.Action != scorer.ActionFreeze || d.State != scorer.FreezeFrozen || d.ReasonCode != scorer.ReasonMergedHold ||
		d.MergedFrom != "A" || !d.Until.Equal(*a.decisions[0].Until) || !d.EffectiveFrom.Equal(now) || d.Diagnosis != scorer.ColdRelationship {
		t.Fatalf("it follows as %+v", d)
	}
	b := steady()
	b.now = now
	b.append(d)
	if again, found := m.Follow(b.decisions, p, now.Add(time.Hour)); found {
		t.Errorf("it follows again: %+v", again)
	}
	b.day(gone)
	b.day(gone)
	if b.day(gone); b.state() != scorer.FreezeFrozen {
		t.Errorf("the machine released it unreviewed: %+v", b.decisions)
	}

	undone := *b
	undone.turn = scorer.Turn{Unmerged: true}
	if d := undone.day(unclear); d == nil || d.State != scorer.FreezeClear || d.ReasonCode != scorer.ReasonMergeUndone {
		t.Errorf("the merge was undone: %+v", d)
	}
	m.At = undone.now
	if _, found := m.Follow(undone.decisions, p, undone.now.Add(time.Hour)); !found {
		t.Error("merged, undone and merged again it is a way out")
	}

	b.says(scorer.Request{Action: scorer.ActionRelease, Reason: "checked"})
	m.At = b.now.Add(time.Hour)
	if d, found := m.Follow(b.decisions, p, b.now.Add(2*time.Hour)); found {
		t.Errorf("what a person released is held again by merging again: %+v", d)
	}
}

func TestWhatAMergeBringsAlong(t *testing.T) {
	p := scorer.DefaultPolicy()
	frozen, confirmed, ended, clear := steady(), steady(), steady(), steady()
	for _, l := range []*life{frozen, confirmed, ended} {
		l.day(shown)
	}
	now := frozen.now.Add(time.Hour)
	confirmed.says(scorer.Request{Action: scorer.ActionConfirm})
	ended.decisions[0].Until = &now
	released := steady()
	released.day(shown)
	released.says(scorer.Request{Action: scorer.ActionRelease, Reason: "checked"})
	proposed := steady()
	proposed.p.Freeze.Mode = scorer.ModePropose
	proposed.day(shown)
	released.decisions[1].At = frozen.now.Add(-time.Minute)
	for name, tt := range map[string]struct {
		from, into *life
		want       scorer.FreezeState // "" for nothing
	}{
		"a freeze into nothing":                    {frozen, clear, scorer.FreezeFrozen},
		"a freeze into a proposal":                 {frozen, proposed, scorer.FreezeFrozen},
		"a proposal into nothing":                  {proposed, clear, scorer.FreezeProposed},
		"a proposal into a freeze":                 {proposed, frozen, ""},
		"a freeze into a freeze":                   {frozen, confirmed, ""},
		"a confirmed freeze gets an end":           {confirmed, clear, scorer.FreezeFrozen},
		"a freeze that has ended":                  {ended, clear, ""},
		"a deal that was never held":               {clear, clear, ""},
		"into one that was released before that":   {frozen, released, scorer.FreezeFrozen},
		"a released deal brings nothing to others": {released, clear, ""},
	} {
		m := tt.from.merge()
		m.At = now.Add(-time.Minute)
		d, found := m.Follow(tt.into.decisions, p, now)
		if found != (tt.want != "") || found && (d.State != tt.want || d.Until == nil || d.Until.After(now.AddDate(0, 0, p.Freeze.MaxDays))) {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// However a deal is moved and whatever is seen, no move releases it, holds what was clear, or
// lets a hold last longer than the machine's own would have.
func TestMovingNeitherHoldsNorReleasesNorLengthens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lifeOf(t)
		for range rapid.IntRange(1, 40).Draw(t, "days") {
			was := scorer.StateAt(l.decisions, l.now.Add(24*time.Hour))
			reading := rapid.IntRange(unclear, shown).Draw(t, "reading")
			if rapid.IntRange(0, 2).Draw(t, "moved") > 0 {
				l.day(reading)
			} else if d := l.moved(reading); d != nil && was.State != scorer.FreezeClear && d.State != was.State && d.ReasonCode != scorer.ReasonDisputeOverdue {
				t.Fatalf("moved, a deal that was %+v is %+v", was, d)
			} else if d != nil && was.State == scorer.FreezeClear && d.State != scorer.FreezeClear && (reading != shown || l.p.Freeze.Confirmations > 1) {
				t.Fatalf("the evidence of the old customer holds it: %+v", d)
			} else if d != nil && d.Until != nil && was.Until != nil && was.State != scorer.FreezeClear && d.Until.After(*was.Until) {
				t.Fatalf("moved, it is held until %s instead of %s", d.Until, was.Until)
			}
			if rapid.IntRange(0, 4).Draw(t, "person") == 0 {
				l.person()
			}
		}
		replayed(t, l)
	})
}
