package backtest

import (
	"time"

	"dealvitals/scorer"

	"github.com/shopspring/decimal"
)

// Case is a deal that has ended, as it was scored at an instant before.
type Case struct {
	ID          string
	Owner       string
	Region      string
	ProductLine string

	ScoredAt time.Time // only what was known then went into the score; zero where nobody knows when
	ClosedAt time.Time // when its outcome was there to be known; zero where nobody knows
	Won      bool

	Currency string
	Open     *decimal.Decimal // what the forecast had for it when it was scored; nil where no amount is known
	Final    decimal.Decimal  // what it brought: 0 unless it was won

	Assessed  bool // everything was known that a flag needs, so that it could have been flagged
	Flagged   bool
	Diagnosis scorer.Diagnosis // "" where the score came from elsewhere
	Health    *float64         // 0–100, nil where there was none
	Features  []string         // what a table says of it, for Options.Features
}

// Reason says why a deal that ended is in no figure.
type Reason string

const (
	NotKnownThen Reason = "not_known_then"        // it came into the store later than its screen
	ClosedBefore Reason = "closed_before"         // the CRM had closed it by then
	ScoredAfter  Reason = "scored_after_it_ended" // its score could know the end
	Undated      Reason = "without_a_date"        // among others that have one
)

// Skipped is deals that ended but are in no figure, and why.
type Skipped struct {
	Reason Reason `json:"reason"`
	Deals  int    `json:"deals"`
}
