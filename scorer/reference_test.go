package scorer_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// The readings of an evaluation.
const (
	unclear = iota
	gone
	shown
)

// reference is the freeze lifecycle straight from DESIGN §4, followed forward instead of
// looked back at: the state, whose word it is, and what was seen since.
type reference struct {
	p               scorer.Policy
	state           scorer.FreezeState
	disputed        bool
	held            bool       // a person's word stands, or an expired freeze may not come back
	until           *time.Time // of a freeze, or of a person's release
	answerBy        time.Time  // of a dispute
	row, away       int        // evaluations in a row that show the pattern; without it on ok data since then
	ended           bool       // the pattern ended since the last decision
	row2, awaySince int
}

func (r *reference) to(s scorer.FreezeState, held bool, until *time.Time) {
	r.state, r.held, r.until, r.disputed = s, held, until, false
	r.forget()
}
func (r *reference) forget() { r.ended, r.row2, r.awaySince = false, 0, 0 }

func (r *reference) evaluate(reading int, now time.Time) {
	switch reading {
	case unclear:
		r.row, r.row2 = 0, 0
	case gone:
		r.row, r.row2, r.away, r.awaySince = 0, 0, r.away+1, r.awaySince+1
		r.ended = r.ended || r.awaySince >= r.p.Freeze.ReleaseAfter
	case shown:
		r.row, r.row2, r.away, r.awaySince = r.row+1, r.row2+1, 0, 0
	}
	shows := r.row >= r.p.Freeze.Confirmations
	past := r.until != nil && !r.until.After(now)
	if past && r.state != scorer.FreezeClear {
		r.to(scorer.FreezeClear, true, nil) // max_days: the same pattern may not freeze again
		return
	}
	if r.disputed && !r.held && r.p.Dispute.Overdue == scorer.OverdueRelease && !r.answerBy.After(now) {
		r.to(scorer.FreezeClear, true, nil) // nobody defended it
		return
	}
	if past { // a person's release reached its date
		r.held, r.until = false, nil
		if !shows {
			return
		}
	}
	if r.disputed || r.held && !(r.ended && r.row2 >= r.p.Freeze.Confirmations) {
		return
	}
	end := now.AddDate(0, 0, r.p.Freeze.MaxDays)
	automatic := r.p.Freeze.Mode == scorer.ModeAutomatic
	switch {
	case shows && automatic && (r.state != scorer.FreezeFrozen || r.held):
		r.to(scorer.FreezeFrozen, false, &end)
	case shows && !automatic && r.state == scorer.FreezeClear:
		r.to(scorer.FreezeProposed, false, &end)
	case reading == gone && r.state != scorer.FreezeClear && !r.held && r.away >= r.p.Freeze.ReleaseAfter:
		r.to(scorer.FreezeClear, false, nil)
	}
}

func (r *reference) person(q scorer.Request, now time.Time) (allowed bool) {
	if r.state == scorer.FreezeClear || r.until != nil && !r.until.After(now) {
		return false
	}
	if q.Action == scorer.ActionAssign {
		return true // and nothing else changes
	}
	if q.Action == scorer.ActionAnswer != r.disputed && q.Action != scorer.ActionRelease {
		return false
	}
	switch confirmed := r.state == scorer.FreezeFrozen && r.held && r.until == nil; {
	case q.Action == scorer.ActionConfirm && confirmed:
		return false
	case q.Action == scorer.ActionDispute:
		r.disputed, r.answerBy = true, now.AddDate(0, 0, r.p.Dispute.Days)
		r.forget()
	case q.Action == scorer.ActionConfirm || q.Action == scorer.ActionAnswer && q.Upheld && r.state == scorer.FreezeProposed:
		r.to(scorer.FreezeFrozen, true, nil)
	case q.Action == scorer.ActionAnswer && q.Upheld:
		r.to(r.state, true, r.until)
	default:
		r.to(scorer.FreezeClear, true, q.Until)
	}
	return true
}

// evaluation is one that reads so.
func evaluation(reading int, at time.Time) scorer.Evaluation {
	e := scorer.Evaluation{DealID: "D", AsOf: at, Diagnosis: scorer.Healthy}
	ok := scorer.FactorScore{Status: signals.StatusOK}
	e.Factors = scorer.FactorScores{Hiring: ok, Tender: ok, WeChat: ok}
	switch reading {
	case unclear:
		e.Factors.Hiring.Status, e.Diagnosis = signals.StatusStale, scorer.Unknown
	case shown:
		e.Diagnosis, e.Flagged, e.Freezes = scorer.ColdRelationship, true, true
	}
	return e
}

// life is one deal's random history, lived by the product and by the reference.
type life struct {
	random    *rand.Rand
	now       time.Time
	p         scorer.Policy
	ref       reference
	decisions []scorer.Decision
	recent    []scorer.Evaluation
	turn      scorer.Turn // what the CRM did to the deal
}

func newLife(random *rand.Rand) *life {
	p := scorer.DefaultPolicy()
	p.Freeze.Confirmations, p.Freeze.ReleaseAfter = 1+random.IntN(3), 1+random.IntN(3)
	p.Freeze.MaxDays = 3 + random.IntN(20)
	if random.IntN(3) == 0 {
		p.Freeze.Mode = scorer.ModePropose
	}
	p.Dispute.Days = 1 + random.IntN(8)
	if random.IntN(2) == 0 {
		p.Dispute.Overdue = scorer.OverdueRelease
	}
	return &life{random: random, now: time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC), p: p, ref: reference{p: p, state: scorer.FreezeClear}}
}

func (l *life) append(d *scorer.Decision) {
	d.Seq = uint64(len(l.decisions) + 1)
	d.ID = fmt.Sprint(d.Seq)
	l.decisions = append(l.decisions, *d)
}

// day lives one day: an evaluation, perhaps repeated at the same instant, and perhaps a
// person's decision. It returns what the machine decided.
func (l *life) day(reading int) *scorer.Decision {
	l.now = l.now.Add(24 * time.Hour)
	if l.random.IntN(10) == 0 {
		l.recent = append(l.recent, evaluation(reading, l.now))
	}
	l.recent = append(l.recent, evaluation(reading, l.now))
	l.ref.evaluate(reading, l.now)
	d, found := scorer.Decide(l.decisions, l.recent, l.turn, l.p, l.now)
	if found {
		l.append(d)
	}
	return d
}

// person decides at random, and tells whether product and reference agree that it may be.
func (l *life) person() (agreed bool) {
	actions := []scorer.Action{scorer.ActionRelease, scorer.ActionConfirm, scorer.ActionDispute, scorer.ActionAnswer, scorer.ActionAssign}
	q := scorer.Request{Action: actions[l.random.IntN(5)], Reason: "r", Reviewer: "wang", Upheld: l.random.IntN(2) == 0}
	at := l.now.Add(time.Duration(1+l.random.IntN(20)) * time.Hour)
	if q.Action == scorer.ActionRelease && l.random.IntN(2) == 0 {
		until := at.Add(time.Duration(1+l.random.IntN(200)) * time.Hour)
		q.Until = &until
	}
	d, err := scorer.Answer(l.decisions, q, "li", l.p, at)
	if err == nil {
		l.append(d)
	}
	return l.ref.person(q, at) == (err == nil)
}

func TestDecideAgreesWithTheReference(t *testing.T) {
	steps := 1_000_000
	if testing.Short() {
		steps = 50_000
	}
	random := rand.New(rand.NewPCG(20261124, 8))
	for done := 0; done < steps; {
		l := newLife(random)
		for range 5 + random.IntN(25) {
			done++
			l.day(random.IntN(3))
			if random.IntN(5) == 0 && !l.person() {
				t.Fatalf("product and reference differ on what may be decided: %+v, %+v", l.ref, l.decisions)
			}
			view := scorer.StateAt(l.decisions, l.now.Add(21*time.Hour))
			if lapsed := l.ref.until != nil && !l.ref.until.After(l.now.Add(21*time.Hour)); !lapsed && (view.State != l.ref.state || view.Disputed != l.ref.disputed) {
				t.Fatalf("product %+v, reference %+v\n%+v", view, l.ref, l.decisions)
			}
		}
	}
}
