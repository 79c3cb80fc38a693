package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// dealPage is how many deals are read at a time.
const dealPage = 1000

// Lines calls fn for every line of a period behind the deal named, in the order of the
// deals' ids. A locked period gives what was locked. An open one gives what it would say
// if it were locked now: at its end, or at this instant where that has not come.
func (d *Desk) Lines(ctx context.Context, id, after string, fn func(PeriodLine) error) error {
	_, err := d.Periods.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return d.openLines(ctx, id, after, fn)
	}
	if err != nil {
		return fmt.Errorf("reading period %s: %w", id, err)
	}
	return d.Periods.Each(ctx, id, after, func(body json.RawMessage) error {
		line, err := readLine(body)
		if err != nil {
			return err
		}
		return fn(line)
	})
}

func (d *Desk) openLines(ctx context.Context, id, after string, fn func(PeriodLine) error) error {
	start, err := periodStart(id)
	if err != nil {
		return err
	}
	asOf, err := periodEnd(id)
	if err != nil {
		return err
	}
	asOf = earlier(asOf, d.Clock()).UTC().Round(0)
	if asOf.Before(start) {
		return &FutureError{AsOf: start}
	}
	previous, err := d.lastLocked(ctx, id)
	if err != nil {
		return err
	}
	return d.draft(ctx, store.Period{ID: id, CutOff: asOf, Previous: previous.ID}, after, fn)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// draft makes the lines of a period as of its cut-off.
func (d *Desk) draft(ctx context.Context, p store.Period, after string, fn func(PeriodLine) error) error {
	policy, err := d.Policies.At(ctx, p.CutOff)
	if err != nil {
		return fmt.Errorf("reading the policy: %w", err)
	}
	for {
		deals, err := d.Deals.List(ctx, p.CutOff, after, dealPage)
		if err != nil {
			return fmt.Errorf("listing the deals of period %s: %w", p.ID, err)
		}
		if len(deals) == 0 {
			return nil
		}
		for _, deal := range deals {
			if err := d.draftLine(ctx, p, policy, deal, fn); err != nil {
				return err
			}
		}
		after = deals[len(deals)-1].ID
	}
}

// draftLine makes the line of a deal. A deal that was merged has none: it is paid for under
// the deal that goes on.
func (d *Desk) draftLine(ctx context.Context, p store.Period, policy scorer.Policy, deal signals.Deal, fn func(PeriodLine) error) error {
	survivor, err := d.survivor(ctx, deal, p.CutOff)
	if err != nil || survivor.ID != deal.ID {
		return err
	}
	answer, err := d.answer(ctx, deal, policy, p.CutOff)
	if err != nil {
		return fmt.Errorf("checking deal %s: %w", deal.ID, err)
	}
	line := lineOf(deal, answer)
	line.Period = p.ID
	if line.Adjustment, err = d.adjustment(ctx, p.Previous, line); err != nil {
		return err
	}
	return fn(line)
}

func lineOf(deal signals.Deal, answer FreezeAnswer) PeriodLine {
	return PeriodLine{
		FreezeAnswer: answer, DecisionSeq: answer.Newest, CustomerID: deal.CustomerID, Owner: deal.Owner, Team: deal.Team,
		Region: deal.Region, ProductLine: deal.ProductLine, Amount: deal.Amount, Currency: deal.Currency,
	}
}

// adjustment is how a line differs, for paying, from what the period before said. A deal
// that is new since then has nothing to adjust.
func (d *Desk) adjustment(ctx context.Context, previous string, line PeriodLine) (*Adjustment, error) {
	if previous == "" {
		return nil, nil
	}
	body, err := d.Periods.Line(ctx, previous, line.DealID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading deal %s in period %s: %w", line.DealID, previous, err)
	}
	was, err := readLine(body)
	if err != nil || was.Pay == line.Pay {
		return nil, err
	}
	kind := AdjustRelease
	if line.Pay == Hold {
		kind = AdjustHold
	}
	return &Adjustment{Kind: kind, Period: previous, WasState: was.State, WasReason: was.PayReason}, nil
}

func readLine(body json.RawMessage) (PeriodLine, error) {
	var line PeriodLine
	if err := json.Unmarshal(body, &line); err != nil {
		return line, fmt.Errorf("reading a line of a period: %w", err)
	}
	line.Newest = line.DecisionSeq
	return line, nil
}

func readSummary(p store.Period) (*Summary, error) {
	var s Summary
	if err := json.Unmarshal(p.Summary, &s); err != nil {
		return nil, fmt.Errorf("reading the summary of period %s: %w", p.ID, err)
	}
	return &s, nil
}

// add counts a line.
func (s *Summary) add(line PeriodLine) {
	s.Deals++
	if line.State == CheckFrozen {
		s.Frozen++
	}
	i, found := slices.BinarySearchFunc(s.Amounts, line.Currency, func(c CurrencySummary, code string) int { return cmp.Compare(c.Currency, code) })
	if !found {
		s.Amounts = slices.Insert(s.Amounts, i, CurrencySummary{Currency: line.Currency})
	}
	sum := &s.Amounts[i]
	switch {
	case line.PayReason == PayDealLost:
		s.Lost++
	case line.Pay == Pay:
		s.Pay++
		sum.Pay = sum.Pay.Add(line.Amount)
	default:
		s.Hold++
		sum.Hold = sum.Hold.Add(line.Amount)
	}
	if line.Adjustment == nil {
		return
	}
	s.Adjustments++
	if line.Adjustment.Kind == AdjustRelease {
		sum.Released = sum.Released.Add(line.Amount)
	} else {
		sum.Withheld = sum.Withheld.Add(line.Amount)
	}
}
