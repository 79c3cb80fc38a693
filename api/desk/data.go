package desk

import (
	"time"

	"dealvitals/imports"
	"dealvitals/store"
)

// What an import is told and tells stands in package imports.
type (
	// Fault is one thing that is wrong in what was sent.
	Fault = imports.Fault
	// ImportOptions says how a table is imported.
	ImportOptions = imports.Options
	// ImportReport says what an import wrote, or would have written.
	ImportReport = imports.Report
	// BadTableError is a table of which nothing was written, because rows of it are bad.
	BadTableError = imports.BadTableError
)

// MaxInteractions is the most interactions that one request may bring.
const MaxInteractions = 10_000

// InteractionBatch is a request that brings interactions.
type InteractionBatch struct {
	Source       string             `json:"source"`
	Interactions []InteractionInput `json:"interactions"`
	Coverage     []CoverageInput    `json:"coverage,omitempty"`
}

// InteractionInput is one message or call as it comes in. Its text is counted for
// keywords and dropped.
type InteractionInput struct {
	ID        string    `json:"id"`
	Time      time.Time `json:"time"`
	DealID    string    `json:"deal_id"`
	ContactID string    `json:"contact_id"`
	Owner     string    `json:"owner"`
	Direction string    `json:"direction"`
	Kind      string    `json:"kind"`
	Text      string    `json:"text"`
	Duration  string    `json:"duration"`
}

// CoverageInput is a span in which the source would have shown any message of a contact.
type CoverageInput struct {
	DealID    string    `json:"deal_id"`
	ContactID string    `json:"contact_id"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	Messages  *int      `json:"messages,omitempty"` // that the source has in [from, to); it has to be given
}

// InteractionReport says what was new in a batch.
type InteractionReport struct {
	New      int `json:"new"`
	Known    int `json:"known"`
	Unmapped int `json:"unmapped"`
	Covered  int `json:"covered"` // spans that are new

	// NotCovered are the spans of which messages are missing: they are not kept.
	NotCovered []store.OpenSpan `json:"not_covered"`
}
