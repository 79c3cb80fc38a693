package store

import (
	"encoding/json"
	"time"
)

// Period is a commission period that was locked: its answers never change.
type Period struct {
	ID       string    `json:"period"`  // YYYY-MM
	CutOff   time.Time `json:"cut_off"` // what was known then is what the period says
	LockedAt time.Time `json:"locked_at"`
	LockedBy string    `json:"locked_by"`
	Previous string    `json:"previous,omitempty"` // the period locked before it, against which its adjustments stand
	Deals    int       `json:"deals"`
	Digest   string    `json:"digest"` // see PeriodDigest

	Summary json.RawMessage `json:"summary"` // of the lines, as whoever locked it counted
}

// PeriodLine is what a locked period says of one deal, as JSON.
type PeriodLine struct {
	DealID string
	Body   json.RawMessage
}
