package desk

import (
	"fmt"
	"time"
)

// Fault is one single thing that is wrong in what was sent.
type Fault struct {
	Line    int    `json:"line,omitempty"`    // of a table, its heading being line 1
	Column  string `json:"column,omitempty"`  // of a table, as its heading says
	Pointer string `json:"pointer,omitempty"` // where in a document
	Detail  string `json:"detail"`            // what is wrong, and what to do
}

// ImportOptions says how a table is imported.
type ImportOptions struct {
	DryRun  bool   // check the table, write nothing
	Partial bool   // write the good rows even where others are bad
	Actor   string // who imports
}

// ImportReport says what an import wrote, or would have written.
type ImportReport struct {
	Kind      string  `json:"kind"`
	Rows      int     `json:"rows"`
	Created   int     `json:"created"`
	Updated   int     `json:"updated"`
	Unchanged int     `json:"unchanged"`
	Unmapped  int     `json:"unmapped"` // interactions whose deal or contact is not there yet
	DryRun    bool    `json:"dry_run"`
	Problems  []Fault `json:"problems"`
	Warnings  []Fault `json:"warnings,omitempty"`
}

// BadTableError is a table of which nothing was written, because rows of it are bad.
type BadTableError struct{ Problems []Fault }

func (e *BadTableError) Error() string {
	return fmt.Sprintf("the table has %d problems and nothing was written", len(e.Problems))
}

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
}

// InteractionReport says what was new in a batch.
type InteractionReport struct {
	New      int `json:"new"`
	Known    int `json:"known"`
	Unmapped int `json:"unmapped"`
}
