package signals

import (
	"time"

	"github.com/shopspring/decimal"
)

// Deal is a sales opportunity as the CRM knows it. Its ID is the CRM's own.
type Deal struct {
	ID            string          `json:"id"`
	CustomerID    string          `json:"customer_id"`
	Name          string          `json:"name"`
	Owner         string          `json:"owner"`              // the sales person, as people call them
	OwnerID       string          `json:"owner_id,omitempty"` // who that is, where a name may be several people's: the id that payees have, the commission system's own
	Team          string          `json:"team,omitempty"`
	Region        string          `json:"region,omitempty"`
	ProductLine   string          `json:"product_line,omitempty"`
	Amount        decimal.Decimal `json:"amount"`   // in whole units of Currency
	Currency      string          `json:"currency"` // ISO 4217
	Stage         string          `json:"stage,omitempty"`
	ExpectedClose *Date           `json:"expected_close,omitempty"`
	Keywords      []string        `json:"keywords,omitempty"`    // what it sells, in the words of a notice
	Contacts      []string        `json:"contacts,omitempty"`    // contact ids
	Status        DealStatus      `json:"status,omitempty"`      // empty = open, unless its outcome says otherwise
	MergedInto    string          `json:"merged_into,omitempty"` // the deal that goes on instead
	Payees        []Payee         `json:"payees,omitempty"`      // who shares the commission; none = the owner alone
	RecordedAt    time.Time       `json:"recorded_at"`

	// Since when the deal has been of its customer, and merged into another: the zero time
	// where it never was of another customer, or is not merged. They are the store's to set.
	CustomerSince time.Time `json:"customer_since,omitzero"`
	MergedSince   time.Time `json:"merged_since,omitzero"`

	// Ended is the result of its outcome, as known at the instant of which the deal was
	// read; "" where none was. It is the store's to set, and kept with the outcome alone.
	Ended Result `json:"-"`
}
