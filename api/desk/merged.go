package desk

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// maxMerges is how many merges one behind the other are followed.
const maxMerges = 20

// survivor is the deal that goes on where a deal was merged, the deal itself where it was
// not. Where a merge leads to a deal that nobody knows, the last one before it goes on; in a
// circle each stands for itself: a freeze must not vanish by a slip in the CRM.
func (d *Desk) survivor(ctx context.Context, deal signals.Deal, asOf time.Time) (signals.Deal, error) {
	next := deal
	for range maxMerges {
		if next.MergedInto == "" {
			return next, nil
		}
		into, err := d.Deals.Get(ctx, next.MergedInto, asOf)
		if errors.Is(err, store.ErrNotFound) {
			return next, nil
		}
		if err != nil || into.ID == deal.ID {
			return deal, err
		}
		next = into
	}
	return deal, nil
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
