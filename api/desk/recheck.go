package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// RecheckWhy is why a hold would not be put on its deal today.
type RecheckWhy string

const (
	RecheckDoubtful RecheckWhy = "doubtful"      // not all three factors count as measured by today's rules
	RecheckNoHold   RecheckWhy = "no_hold"       // all three are measured, and make no pattern that freezes
	RecheckOther    RecheckWhy = "other_pattern" // it would be held, for another reason
	RecheckNotKept  RecheckWhy = "not_kept"      // what it was decided on is not kept: nobody can tell
)

// Recheck is what becomes of every hold when that on which it was decided is scored again by
// the rules of the program that runs. Nothing is written: to release a deal is a person's
// decision.
type Recheck struct {
	AsOf    time.Time       `json:"as_of"`
	Held    int             `json:"held"`    // frozen or proposed
	Same    int             `json:"same"`    // of them would be held today for the same reason
	Changed []RecheckedHold `json:"changed"` // the others, by amount
}

// RecheckedHold is a hold that would not be what it is by today's rules.
type RecheckedHold struct {
	DealID        string             `json:"deal_id"`
	DealName      string             `json:"deal_name"`
	CustomerName  string             `json:"customer_name"`
	Owner         string             `json:"owner"`
	Amount        string             `json:"amount"`
	Currency      string             `json:"currency"`
	Status        signals.DealStatus `json:"status,omitempty"` // won; absent of a deal that is open
	Freeze        scorer.FreezeView  `json:"freeze"`
	Reviewer      string             `json:"reviewer"`
	PersonDecided bool               `json:"person_decided"` // a person said since that it stays

	Why         RecheckWhy       `json:"why"`
	DecidedOn   string           `json:"decided_on"`   // the deal that was scored: another one where the hold came with a merge
	EvaluatedAt *time.Time       `json:"evaluated_at"` // as of when it was scored
	Diagnosis   scorer.Diagnosis `json:"diagnosis"`    // that it is held for

	Then    *scorer.Explanation `json:"then"`    // by the score that was kept, without signals; null where it is not kept
	Today   *scorer.Explanation `json:"today"`   // by today's rules, from what was known then; null where it is not kept
	Present *scorer.Explanation `json:"present"` // as the deal stands now; null where it is closed
}

// Recheck scores again what every open hold was decided on, as of the instant of then and
// by the policy that held then, and lists the holds that come out otherwise. While another
// one, or a back-test, is under way it is an ErrBusy.
func (d *Desk) Recheck(ctx context.Context, lang string) (Recheck, error) {
	if !d.testing.TryLock() {
		return Recheck{}, ErrBusy
	}
	defer d.testing.Unlock()
	now, err := d.Instant(nil)
	if err != nil {
		return Recheck{}, err
	}
	standings, err := d.Verdicts.Standings(ctx)
	if err != nil {
		return Recheck{}, fmt.Errorf("reading where the deals stand: %w", err)
	}
	held := slices.DeleteFunc(slices.Clone(standings), func(s *store.Standing) bool { // the list itself is shared
		return outOfPlay(s.Status) || freezeOf(s.Decision, now).State == scorer.FreezeClear
	})
	slices.SortFunc(held, func(a, b *store.Standing) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), cmp.Compare(a.DealID, b.DealID))
	})
	r := Recheck{AsOf: now, Held: len(held), Changed: []RecheckedHold{}}
	for _, standing := range held {
		hold, same, err := d.recheck(ctx, standing.DealID, lang, now)
		if err != nil {
			return Recheck{}, fmt.Errorf("scoring again what deal %s is held on: %w", standing.DealID, err)
		}
		if same {
			r.Same++
			continue
		}
		r.Changed = append(r.Changed, hold)
	}
	return r, nil
}

// recheck scores again what one deal is held on.
func (d *Desk) recheck(ctx context.Context, dealID, lang string, now time.Time) (hold RecheckedHold, same bool, err error) {
	decisions, err := d.Verdicts.Decisions(ctx, dealID, now)
	if err != nil {
		return hold, false, err
	}
	newest := decisions[len(decisions)-1]
	hold = RecheckedHold{
		DealID: dealID, DecidedOn: dealID, EvaluatedAt: newest.EvaluatedAt, Diagnosis: newest.Diagnosis,
		Freeze: scorer.StateAt(decisions, now), Reviewer: newest.Reviewer, PersonDecided: newest.Held, Why: RecheckNotKept,
	}
	if newest.EvaluatedAt != nil {
		if hold.DecidedOn, err = d.decidedOn(ctx, dealID, *newest.EvaluatedAt, now); err != nil {
			return hold, false, err
		}
		j, err := d.weakest(ctx, hold.DecidedOn, newest.Diagnosis, *newest.EvaluatedAt)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return hold, false, err
		case j.holdsFor(newest.Diagnosis):
			return hold, true, nil
		default:
			if err := d.contrast(ctx, &hold, j, lang); err != nil {
				return hold, false, err
			}
		}
	}
	return hold, false, d.present(ctx, &hold, lang, now)
}

// decidedOn is the deal whose score a hold was decided on: it may have come over merges.
func (d *Desk) decidedOn(ctx context.Context, dealID string, evaluatedAt, now time.Time) (string, error) {
	seen := make(map[string]bool)
	for !seen[dealID] {
		seen[dealID] = true
		decisions, err := d.Verdicts.Decisions(ctx, dealID, now)
		if err != nil {
			return "", err
		}
		for _, decision := range slices.Backward(decisions) {
			if decision.MergedFrom != "" && decision.EvaluatedAt != nil && decision.EvaluatedAt.Equal(evaluatedAt) {
				dealID = decision.MergedFrom
				break
			}
		}
	}
	return dealID, nil
}

// weakest judges the evaluation behind a hold by today's rules, and those before it where the
// policy wanted several in a row: the newest of them that does not hold, else the first one.
func (d *Desk) weakest(ctx context.Context, dealID string, pattern scorer.Diagnosis, at time.Time) (Judgement, error) {
	judged, err := d.Judge(ctx, dealID, at)
	if err != nil || !judged.holdsFor(pattern) || judged.Policy.Freeze.Confirmations < 2 {
		return judged, err
	}
	scores, err := d.Verdicts.Scores(ctx, dealID, at.AddDate(0, 0, -simulatedDays), at.Add(-time.Nanosecond))
	if err != nil {
		return judged, err
	}
	for _, e := range slices.Backward(scores[max(0, len(scores)-judged.Policy.Freeze.Confirmations+1):]) {
		earlier, err := d.Judge(ctx, dealID, e.AsOf)
		if err != nil || !earlier.Assessment.Evaluation.Freezes {
			return earlier, err
		}
	}
	return judged, nil
}

// holdsFor tells whether a deal would be held for a pattern by this judgement.
func (j Judgement) holdsFor(pattern scorer.Diagnosis) bool {
	return j.Assessment.Evaluation.Freezes && j.Assessment.Evaluation.Diagnosis == pattern
}

// contrast puts what was kept of the score beside what it is by today's rules.
func (d *Desk) contrast(ctx context.Context, hold *RecheckedHold, j Judgement, lang string) error {
	today := scorer.Explain(j.Assessment, j.History, j.Policy, lang)
	hold.Today = &today
	switch e := j.Assessment.Evaluation; {
	case e.Freezes:
		hold.Why = RecheckOther
	case e.Diagnosis == scorer.Unknown:
		hold.Why = RecheckDoubtful
	default:
		hold.Why = RecheckNoHold
	}
	at := j.Assessment.Evaluation.AsOf
	kept, found, err := d.Verdicts.Latest(ctx, hold.DecidedOn, at)
	if err != nil || !found || !kept.AsOf.Equal(at) {
		return err
	}
	then := scorer.Explain(scorer.Assessment{Evaluation: kept}, j.History, j.Policy, lang)
	hold.Then = &then
	return nil
}

// present adds the deal as it stands now.
func (d *Desk) present(ctx context.Context, hold *RecheckedHold, lang string, now time.Time) error {
	j, err := d.Judge(ctx, hold.DealID, now)
	if err != nil {
		return err
	}
	deal := j.History.Deal
	hold.DealName, hold.CustomerName, hold.Owner = deal.Name, j.History.Customer.Name, deal.Owner
	hold.Amount, hold.Currency = j.Health.Amount, j.Health.Currency
	if deal.Closed() {
		hold.Status = deal.Standing()
		return nil
	}
	x := j.Explain(lang)
	hold.Present = &x
	return nil
}

// Subjects names whose statistics the list shows, for the log of who looked at them.
func (r Recheck) Subjects() string {
	ids := make([]string, len(r.Changed))
	for i, hold := range r.Changed {
		ids[i] = hold.DealID
	}
	return "deals " + strings.Join(ids, ", ")
}
