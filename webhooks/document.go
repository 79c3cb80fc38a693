package webhooks

import (
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
)

// Document is an event as programs get it. The same event gives the same bytes each time
// that it is sent.
type Document struct {
	Type      store.EventType `json:"type"`
	Timestamp time.Time       `json:"timestamp"` // when it happened
	ID        string          `json:"id"`        // as in webhook-id
	Seq       uint64          `json:"seq"`       // in the log of events; 0 of a test
	Data      any             `json:"data"`
}

// DealData is the data of a deal's event.
type DealData struct {
	Decision scorer.Decision `json:"decision"`
	Deal     *DealFacts      `json:"deal"` // null where the deal was not known then
}

// DealFacts is what an event tells of its deal, as it was known then.
type DealFacts struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	CustomerID  string `json:"customer_id"`
	Owner       string `json:"owner"`
	Team        string `json:"team,omitempty"`
	Region      string `json:"region,omitempty"`
	ProductLine string `json:"product_line,omitempty"`
	Amount      string `json:"amount"` // in whole units of the currency
	Currency    string `json:"currency"`
}

// newDocument makes the document of an event.
func newDocument(e store.Event) Document {
	d := Document{Type: e.Type, Timestamp: e.At.UTC(), ID: e.ID, Seq: e.Seq, Data: e.Data}
	if e.Decision == nil {
		return d
	}
	data := DealData{Decision: *e.Decision}
	if deal := e.Deal; deal != nil {
		data.Deal = &DealFacts{
			ID: deal.ID, Name: deal.Name, CustomerID: deal.CustomerID, Owner: deal.Owner, Team: deal.Team,
			Region: deal.Region, ProductLine: deal.ProductLine, Amount: deal.Amount.String(), Currency: deal.Currency,
		}
	}
	d.Data = data
	return d
}

func encode(e store.Event) ([]byte, error) {
	body, err := json.Marshal(newDocument(e))
	if err != nil {
		return nil, fmt.Errorf("writing event %s: %w", e.ID, err)
	}
	return body, nil
}
