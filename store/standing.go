package store

import (
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// Standing is where a deal stands now: what lists of deals are filtered and sorted by, of the
// deal, its newest score and its newest decision. It is shared between readers: nobody may
// change it.
type Standing struct {
	DealID      string
	Owner       string
	Team        string
	Region      string
	ProductLine string
	Amount      decimal.Decimal    // in the deal's own currency
	Status      signals.DealStatus // "" where only scores are known of the deal
	Diagnosis   scorer.Diagnosis
	Flagged     bool
	Health      *float64
	Decision    *scorer.Decision // the newest, as far as a freeze state is told from it; nil where there is none
}

// Closed tells whether the deal is known to be closed.
func (s *Standing) Closed() bool { return s.Status != "" && s.Status != signals.DealOpen }
