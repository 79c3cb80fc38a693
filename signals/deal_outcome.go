package signals

import (
	"time"

	"github.com/shopspring/decimal"
)

// Result is how a deal ended.
type Result string

const (
	ResultWon       Result = "won"
	ResultLost      Result = "lost"
	ResultCancelled Result = "cancelled" // the customer bought from nobody
	ResultReopened  Result = "reopened"  // it had not ended after all, or goes on: takes an earlier result back
)

// Won tells whether the deal brought money. What was cancelled did not, just as what was
// lost: a forecast had counted both.
func (r Result) Won() bool { return r == ResultWon }

// DealOutcome is what became of a deal, as the CRM tells it afterwards. It is no input of
// any score: it is what scores are held against. A deal whose outcome is known is scored no
// more.
type DealOutcome struct {
	DealID   string `json:"deal_id"`
	Result   Result `json:"result"`
	ClosedAt Date   `json:"closed_at"` // the day in Shanghai on which it was won, lost, cancelled or reopened
	// FinalAmount is what was signed, in whole units of Currency. Nil where the CRM does not
	// say: then the deal's own amount stands for it.
	FinalAmount *decimal.Decimal `json:"final_amount,omitempty"`
	Currency    string           `json:"currency,omitempty"` // ISO 4217, of FinalAmount
	Reason      string           `json:"reason,omitempty"`   // why, in the words of the CRM
	RecordedAt  time.Time        `json:"recorded_at"`        // when the program learnt it
}
