package desk

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// survivor is the deal that goes on where a deal was merged, as known at an instant; the
// deal itself where it was not.
func (d *Desk) survivor(ctx context.Context, deal signals.Deal, asOf time.Time) (signals.Deal, error) {
	chain, err := signals.MergedInto(deal, func(id string) (signals.Deal, bool, error) {
		into, err := d.Deals.Get(ctx, id, asOf)
		if errors.Is(err, store.ErrNotFound) {
			return into, false, nil
		}
		return into, err == nil, err
	})
	if err != nil || len(chain) == 0 {
		return deal, err
	}
	return chain[len(chain)-1], nil
}

// GoesOnAsAnother tells whether a deal was merged into another one, which is decided on
// instead.
func (d *Desk) GoesOnAsAnother(ctx context.Context, deal signals.Deal, asOf time.Time) (bool, error) {
	survivor, err := d.survivor(ctx, deal, asOf)
	return survivor.ID != deal.ID, err
}

// mergedFrom makes the answer on a survivor that of the deal which was asked for.
func (a *FreezeAnswer) mergedFrom(asked signals.Deal) {
	if a.DealID == asked.ID {
		return
	}
	a.MergedInto, a.DealID, a.DealStatus = a.DealID, asked.ID, signals.DealMerged
}

// lockedLine is what a locked period says of a deal, or of the one that it had been merged
// into at the cut-off.
func (d *Desk) lockedLine(ctx context.Context, p store.Period, dealID string) (PeriodLine, error) {
	body, err := d.Periods.Line(ctx, p.ID, dealID)
	if err == nil {
		return readLine(body)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return PeriodLine{}, err
	}
	deal, err := d.Deals.Get(ctx, dealID, p.CutOff)
	if err != nil {
		return PeriodLine{}, err
	}
	survivor, err := d.survivor(ctx, deal, p.CutOff)
	if err != nil {
		return PeriodLine{}, err
	}
	var merged json.RawMessage
	if merged, err = d.Periods.Line(ctx, p.ID, survivor.ID); err != nil {
		return PeriodLine{}, err
	}
	line, err := readLine(merged)
	line.mergedFrom(deal)
	return line, err
}
