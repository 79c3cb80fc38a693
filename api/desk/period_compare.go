package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// PeriodComparison is how two periods differ.
type PeriodComparison struct {
	From    Period         `json:"from"`
	To      Period         `json:"to"`
	Same    int            `json:"same"`    // deals of which both say the same
	Changes []PeriodChange `json:"changes"` // by deal, those that only the second period has at the end
}

// ChangeKind says what differs for paying.
type ChangeKind string

const (
	ChangeReleased ChangeKind = "released" // held, then paid
	ChangeHeld     ChangeKind = "held"     // paid, then held
	ChangeNew      ChangeKind = "new"      // only in the second period
	ChangeGone     ChangeKind = "gone"     // only in the first period
	ChangeFacts    ChangeKind = "facts"    // paid or held as before, for another reason, amount, owner or split
)

// PeriodChange is one deal of which two periods say different things.
type PeriodChange struct {
	DealID string        `json:"deal_id"`
	Kind   ChangeKind    `json:"kind"`
	From   *PeriodAspect `json:"from"`
	To     *PeriodAspect `json:"to"`

	// MergedInto is, of a deal that only the first period has, the one that it was merged into
	// since: what was held of it is to be settled with that one.
	MergedInto string `json:"merged_into,omitempty"`
}

// PeriodAspect is what a comparison looks at.
type PeriodAspect struct {
	Pay       string          `json:"pay"`
	PayReason string          `json:"pay_reason"`
	State     CheckState      `json:"state"`
	Reason    string          `json:"reason"`
	Owner     string          `json:"owner"`
	Amount    decimal.Decimal `json:"amount"`
	Currency  string          `json:"currency"`
	Payees    []signals.Part  `json:"payees,omitempty"`
}

func (a PeriodAspect) equal(b PeriodAspect) bool {
	return a.Pay == b.Pay && a.PayReason == b.PayReason && a.State == b.State && a.Reason == b.Reason && a.Owner == b.Owner &&
		a.Amount.Equal(b.Amount) && a.Currency == b.Currency && slices.EqualFunc(a.Payees, b.Payees, samePart)
}

func samePart(a, b signals.Part) bool {
	return a.ID == b.ID && a.Name == b.Name && a.Share.Equal(b.Share) && a.Amount.Equal(b.Amount)
}

// ComparePeriods tells how the period to differs from the period from.
func (d *Desk) ComparePeriods(ctx context.Context, from, to string) (PeriodComparison, error) {
	first, err := d.aspects(ctx, from)
	if err != nil {
		return PeriodComparison{}, err
	}
	second, err := d.aspects(ctx, to)
	if err != nil {
		return PeriodComparison{}, err
	}
	c := PeriodComparison{From: first.period, To: second.period, Changes: []PeriodChange{}}
	for _, id := range mergedIDs(first.ids, second.ids) {
		change, differs := changeOf(id, first.of[id], second.of[id])
		if !differs {
			c.Same++
			continue
		}
		if change.Kind == ChangeGone {
			if change.MergedInto, err = d.mergedBy(ctx, id, second.period); err != nil {
				return PeriodComparison{}, err
			}
		}
		c.Changes = append(c.Changes, change)
	}
	return c, nil
}

// mergedBy is the deal that a deal had been merged into by the cut-off of a period, "" where it
// was not.
func (d *Desk) mergedBy(ctx context.Context, dealID string, p Period) (string, error) {
	asOf := earlier(p.EndsAt, d.Clock())
	if p.CutOff != nil {
		asOf = *p.CutOff
	}
	deal, err := d.Deals.Get(ctx, dealID, asOf)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading deal %s: %w", dealID, err)
	}
	survivor, err := d.survivor(ctx, deal, asOf)
	if err != nil || survivor.ID == dealID {
		return "", err
	}
	return survivor.ID, nil
}

// periodAspects is a period as a comparison reads it.
type periodAspects struct {
	period Period
	ids    []string
	of     map[string]*PeriodAspect
}

func (d *Desk) aspects(ctx context.Context, id string) (periodAspects, error) {
	p, err := d.GetPeriod(ctx, id)
	if err != nil {
		return periodAspects{}, err
	}
	a := periodAspects{period: p, of: make(map[string]*PeriodAspect)}
	var summary Summary
	err = d.Lines(ctx, id, "", func(line PeriodLine) error {
		summary.add(line)
		a.ids = append(a.ids, line.DealID)
		a.of[line.DealID] = &PeriodAspect{
			Pay: line.Pay, PayReason: line.PayReason, State: line.State, Reason: line.Reason,
			Owner: line.Owner, Amount: line.Amount, Currency: line.Currency, Payees: line.Payees,
		}
		return nil
	})
	a.period.Summary = &summary
	return a, err
}

// mergedIDs is each id of two lists once, those of the first list first.
func mergedIDs(a, b []string) []string {
	merged := make([]string, 0, max(len(a), len(b)))
	seen := make(map[string]bool, cap(merged))
	for _, list := range [][]string{a, b} {
		for _, id := range list {
			if !seen[id] {
				seen[id] = true
				merged = append(merged, id)
			}
		}
	}
	return merged
}

func changeOf(id string, from, to *PeriodAspect) (PeriodChange, bool) {
	change := PeriodChange{DealID: id, From: from, To: to}
	switch {
	case from == nil:
		change.Kind = ChangeNew
	case to == nil:
		change.Kind = ChangeGone
	case from.Pay == Hold && to.Pay == Pay:
		change.Kind = ChangeReleased
	case from.Pay == Pay && to.Pay == Hold:
		change.Kind = ChangeHeld
	case !from.equal(*to):
		change.Kind = ChangeFacts
	default:
		return change, false
	}
	return change, true
}
