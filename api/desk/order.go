package desk

import (
	"cmp"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Order is how a list of deals is sorted. Those whose dispute is overdue come first in any
// order: somebody waits for an answer. Deals that are equal are ordered by id.
type Order string

const (
	ByAmount        Order = "amount"
	ByAmountFalling Order = "-amount"
	ByHealth        Order = "health"
	ByHealthFalling Order = "-health"
	BySince         Order = "since"
	BySinceFalling  Order = "-since"
	ByID            Order = "id"
)

// Orders lists every order, the usual one first.
func Orders() []Order {
	return []Order{ByAmountFalling, ByAmount, ByHealth, ByHealthFalling, BySinceFalling, BySince, ByID}
}

// Place is where a deal stands in an ordered list: what a page ends at, and the next one
// goes on behind.
type Place struct {
	Overdue bool `json:"o,omitempty"`

	Key *decimal.Decimal `json:"k,omitempty"` // the number sorted by; nil where the deal has none
	ID  string           `json:"i"`
}

func (o Order) place(h hit, now time.Time) Place {
	return Place{Overdue: h.freeze.Overdue(now), Key: o.key(h), ID: h.DealID}
}

func (o Order) key(h hit) *decimal.Decimal {
	switch o {
	case ByAmount, ByAmountFalling:
		return &h.Amount
	case ByHealth, ByHealthFalling:
		if h.Health == nil {
			return nil
		}
		health := decimal.NewFromFloat(*h.Health)
		return &health
	case BySince, BySinceFalling:
		if h.freeze.Since == nil {
			return nil
		}
		since := decimal.NewFromInt(h.freeze.Since.UnixNano())
		return &since
	}
	return nil
}

// compare orders two places. One without a key comes last, whichever way the list runs.
func (o Order) compare(a, b Place) int {
	byID := strings.Compare(a.ID, b.ID)
	switch {
	case a.Overdue != b.Overdue:
		return overdueFirst(a)
	case a.Key == nil && b.Key == nil:
		return byID
	case a.Key == nil:
		return 1
	case b.Key == nil:
		return -1
	}
	byKey := a.Key.Cmp(*b.Key)
	if strings.HasPrefix(string(o), "-") {
		byKey = -byKey
	}
	return cmp.Or(byKey, byID)
}

func overdueFirst(a Place) int {
	if a.Overdue {
		return -1
	}
	return 1
}
