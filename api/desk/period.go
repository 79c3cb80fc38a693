package desk

import (
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// PeriodError is a text that names no commission period.
type PeriodError struct{ Text string }

func (e *PeriodError) Error() string {
	return fmt.Sprintf("%q is no commission period: write it as 2026-10", e.Text)
}

// periodStart is the first instant of a commission period, a month in Asia/Shanghai.
func periodStart(period string) (time.Time, error) {
	start, err := time.ParseInLocation(periodForm, period, signals.Shanghai)
	if err != nil {
		return time.Time{}, &PeriodError{Text: period}
	}
	return start, nil
}

// periodEnd is the last instant of a commission period. Windows are closed at their end
// (DESIGN §4, "Time"), so that is the nanosecond before the next month begins.
func periodEnd(period string) (time.Time, error) {
	start, err := periodStart(period)
	if err != nil {
		return time.Time{}, err
	}
	return start.AddDate(0, 1, 0).Add(-time.Nanosecond), nil
}

const periodForm = "2006-01"

// PeriodState says whether a period's answers can still change.
type PeriodState string

const (
	PeriodOpen   PeriodState = "open"
	PeriodLocked PeriodState = "locked"
)

// Period is a commission period as people and payrolls see it.
type Period struct {
	ID       string      `json:"period"`
	State    PeriodState `json:"state"`
	StartsAt time.Time   `json:"starts_at"`
	EndsAt   time.Time   `json:"ends_at"`
	CutOff   *time.Time  `json:"cut_off"` // of what was known then its answers are made
	LockedAt *time.Time  `json:"locked_at"`
	LockedBy string      `json:"locked_by"`
	Previous string      `json:"previous"` // the locked period against which adjustments stand
	Digest   string      `json:"digest"`   // store.PeriodDigest of its lines
	Summary  *Summary    `json:"summary"`  // null where nobody counted
}

// PeriodLine is what a period says of one deal, with what a payroll needs beside it.
type PeriodLine struct {
	FreezeAnswer
	DecisionSeq uint64          `json:"decision_seq"` // number of the newest decision then, 0 for none
	CustomerID  string          `json:"customer_id"`
	Owner       string          `json:"owner"`
	Team        string          `json:"team"`
	Region      string          `json:"region"`
	ProductLine string          `json:"product_line"`
	Amount      decimal.Decimal `json:"amount"`
	Currency    string          `json:"currency"`
	Adjustment  *Adjustment     `json:"adjustment"`
}

// AdjustmentKind says which way an adjustment goes.
type AdjustmentKind string

const (
	AdjustRelease AdjustmentKind = "release" // held before, to be paid now
	AdjustHold    AdjustmentKind = "hold"    // paid before, held now
)

// Adjustment is what changed on a deal since the period before was locked. That period
// stays as it was paid; the difference is settled in this one.
type Adjustment struct {
	Kind      AdjustmentKind `json:"kind"`
	Period    string         `json:"period"` // the locked period that said otherwise
	WasState  CheckState     `json:"was_state"`
	WasReason string         `json:"was_reason"`
}

// Summary counts the lines of a period.
type Summary struct {
	Deals       int               `json:"deals"`
	Pay         int               `json:"pay"`
	Hold        int               `json:"hold"`
	Frozen      int               `json:"frozen"`
	Lost        int               `json:"lost,omitempty"` // deals without a commission, neither paid nor held
	Adjustments int               `json:"adjustments"`
	Amounts     []CurrencySummary `json:"amounts"` // of the deals, by currency
}

// CurrencySummary is the amounts of a period's deals in one currency.
type CurrencySummary struct {
	Currency string          `json:"currency"`
	Pay      decimal.Decimal `json:"pay"`
	Hold     decimal.Decimal `json:"hold"`
	Released decimal.Decimal `json:"released"` // of adjustments
	Withheld decimal.Decimal `json:"withheld"` // of adjustments
}

// PeriodClosedError is a lock that the periods which are locked already do not allow.
type PeriodClosedError struct{ Period, Why string }

func (e *PeriodClosedError) Error() string { return "period " + e.Period + " " + e.Why }

// openPeriod is a period that nobody locked.
func openPeriod(id string) (Period, error) {
	start, err := periodStart(id)
	if err != nil {
		return Period{}, err
	}
	end, err := periodEnd(id)
	return Period{ID: id, State: PeriodOpen, StartsAt: start.UTC(), EndsAt: end.UTC()}, err
}

// lockedPeriod is a period as it was locked.
func lockedPeriod(kept store.Period) (Period, error) {
	p, err := openPeriod(kept.ID)
	if err != nil {
		return p, err
	}
	p.State, p.CutOff, p.LockedAt, p.LockedBy = PeriodLocked, &kept.CutOff, &kept.LockedAt, kept.LockedBy
	p.Previous, p.Digest = kept.Previous, kept.Digest
	p.Summary, err = readSummary(kept)
	return p, err
}
