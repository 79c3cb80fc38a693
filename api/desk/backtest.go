package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// LeadDays is how long before its end a deal is looked at, unless asked otherwise.
const LeadDays = 90

// maxLeadDays bounds that.
const maxLeadDays = 730

// ErrBusy says that a back-test, or scoring again what deals are held on, is under way already.
var ErrBusy = errors.New("another back-test or recheck is under way: ask again when it has ended")

// Outcomes reads what became of deals.
type Outcomes interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.DealOutcome, error)
}

// BacktestRequest says what is to be tested on which deals.
type BacktestRequest struct {
	Policy   *scorer.Policy `json:"policy,omitempty"`    // a draft; the policy in force unless given
	From     *signals.Date  `json:"from,omitempty"`      // first day on which a deal of the history ended
	To       *signals.Date  `json:"to,omitempty"`        // last such day
	LeadDays int            `json:"lead_days,omitempty"` // LeadDays unless given
	AsOf     *time.Time     `json:"as_of,omitempty"`     // outcomes and policy as known then; now unless given
}

// Backtest is the answer.
type Backtest struct {
	AsOf          time.Time `json:"as_of"`
	PolicyVersion int       `json:"policy_version"` // in force at AsOf
	Draft         bool      `json:"draft"`          // a draft was tested, not that version
	LeadDays      int       `json:"lead_days"`
	Ended         int       `json:"ended"`      // deals with an outcome, in the days asked for
	NoOutcome     int       `json:"no_outcome"` // deals that the CRM calls won or lost, of which no outcome was told
	backtest.Report
	Past *backtest.Past `json:"past,omitempty"` // of a draft: where it would have judged otherwise
}

// Backtest scores every deal that has ended as it would have been scored LeadDays before its
// end, from what was known then, and holds the scores against what became of the deals.
// Nothing is written. While another one is under way it is an ErrBusy.
func (d *Desk) Backtest(ctx context.Context, q BacktestRequest) (Backtest, error) {
	if !d.testing.TryLock() {
		return Backtest{}, ErrBusy
	}
	defer d.testing.Unlock()
	b, screen, err := d.beginBacktest(ctx, q)
	if err != nil {
		return b, err
	}
	ended, err := d.outcomes(ctx, q, b.AsOf)
	if err != nil {
		return b, err
	}
	b.Ended = len(ended)
	if b.NoOutcome, err = d.withoutOutcome(ctx, b.AsOf); err != nil {
		return b, err
	}
	if err := screen.outcomes(ctx, ended, b.LeadDays); err != nil {
		return b, err
	}
	if b.Draft {
		if err := screen.decisions(ctx, q, b.AsOf, ended); err != nil {
			return b, err
		}
		b.Past = screen.past
	}
	b.Report = backtest.Run(screen.cases, backtest.Options{Candidates: screen.candidates()})
	if unknown := b.Ended - len(screen.cases) - screen.closed; unknown > 0 {
		b.Skipped = append(b.Skipped, backtest.Skipped{Reason: backtest.NotKnownThen, Deals: unknown})
	}
	if screen.closed > 0 {
		b.Skipped = append(b.Skipped, backtest.Skipped{Reason: backtest.ClosedBefore, Deals: screen.closed})
	}
	return b, nil
}

// beginBacktest reads what is asked.
func (d *Desk) beginBacktest(ctx context.Context, q BacktestRequest) (Backtest, *screening, error) {
	asOf, err := d.Instant(q.AsOf)
	if err != nil {
		return Backtest{}, nil, err
	}
	b := Backtest{AsOf: asOf, LeadDays: q.LeadDays, Draft: q.Policy != nil}
	if b.LeadDays == 0 {
		b.LeadDays = LeadDays
	}
	if b.LeadDays < 1 || b.LeadDays > maxLeadDays {
		return b, nil, &InvalidError{What: "the back-test", Faults: []Fault{{Pointer: "/lead_days", Detail: fmt.Sprintf("write a number of days from 1 to %d", maxLeadDays)}}}
	}
	if q.From != nil && q.To != nil && q.To.Before(*q.From) {
		return b, nil, &InvalidError{What: "the back-test", Faults: []Fault{{Pointer: "/to", Detail: "the last day is before the first"}}}
	}
	policy, err := d.Policies.At(ctx, asOf)
	if err != nil {
		return b, nil, fmt.Errorf("reading the policy: %w", err)
	}
	b.PolicyVersion = policy.Version
	if b.Draft {
		if err := q.Policy.Validate(); err != nil {
			return b, nil, err
		}
		policy = *q.Policy
	}
	return b, &screening{desk: d, policy: policy.WithCohorts(nil), draft: b.Draft, past: backtest.NewPast(), seen: make(map[string]screened)}, nil
}

// outcomes reads the deals that ended in the days asked for, as known at an instant.
func (d *Desk) outcomes(ctx context.Context, q BacktestRequest, asOf time.Time) ([]signals.DealOutcome, error) {
	var list []signals.DealOutcome
	for after := ""; ; {
		page, err := d.Outcomes.List(ctx, asOf, after, dealPage)
		if err != nil {
			return nil, fmt.Errorf("listing what became of deals: %w", err)
		}
		if len(page) == 0 {
			return list, nil
		}
		for _, o := range page {
			if o.Result == signals.ResultReopened {
				continue // it has not ended
			}
			if (q.From == nil || !o.ClosedAt.Before(*q.From)) && (q.To == nil || !q.To.Before(o.ClosedAt)) {
				list = append(list, o)
			}
		}
		after = page[len(page)-1].DealID
	}
}

// withoutOutcome counts deals that were won or lost as known at an instant, while nobody told
// when and for how much. They are in no history, so it may be too rosy or too dark.
func (d *Desk) withoutOutcome(ctx context.Context, asOf time.Time) (int, error) {
	told := make(map[string]bool)
	all, err := d.outcomes(ctx, BacktestRequest{}, asOf)
	if err != nil {
		return 0, err
	}
	for _, o := range all {
		told[o.DealID] = true
	}
	n := 0
	for after := ""; ; {
		deals, err := d.Deals.List(ctx, asOf, after, dealPage)
		if err != nil {
			return n, fmt.Errorf("listing the deals: %w", err)
		}
		if len(deals) == 0 {
			return n, nil
		}
		for _, deal := range deals {
			if standing := deal.Standing(); !told[deal.ID] && (standing == signals.DealWon || standing == signals.DealLost) {
				n++
			}
		}
		after = deals[len(deals)-1].ID
	}
}

func caseOf(deal signals.Deal, e scorer.Evaluation, o signals.DealOutcome) backtest.Case {
	open := deal.Amount
	c := backtest.Case{
		ID: deal.ID, Owner: deal.Owner, Region: deal.Region, ProductLine: deal.ProductLine,
		ScoredAt: e.AsOf, ClosedAt: o.ClosedAt.Start().UTC(), Won: o.Result.Won(),
		Currency: deal.Currency, Open: &open,
		Assessed: e.Diagnosis != scorer.Unknown, Flagged: e.Flagged, Diagnosis: e.Diagnosis, Health: e.Health,
	}
	if c.Won {
		c.Final = finalOf(deal, o)
	}
	return c
}

// finalOf is what a won deal brought: what was signed, or the deal's own amount where that is
// not known, or in another currency than the forecast.
func finalOf(deal signals.Deal, o signals.DealOutcome) decimal.Decimal {
	if o.FinalAmount != nil && o.Currency == deal.Currency {
		return *o.FinalAmount
	}
	return deal.Amount
}

// bare is measures without what is behind them: a history has thousands of signals.
func bare(measures map[signals.Factor]signals.Measure) map[signals.Factor]signals.Measure {
	list := make(map[signals.Factor]signals.Measure, len(measures))
	for f, m := range measures {
		m.Signals = nil
		list[f] = m
	}
	return list
}

func pastChange(deal signals.Deal, base, draft scorer.Evaluation, result signals.Result) backtest.PastChange {
	return backtest.PastChange{
		DealID: deal.ID, At: draft.AsOf, Owner: deal.Owner, Region: deal.Region, Amount: deal.Amount, Currency: deal.Currency,
		Version: base.PolicyVersion, Base: backtest.JudgedBy(base), Draft: backtest.JudgedBy(draft), Result: result,
	}
}
