package store

import (
	"time"

	"dealvitals/signals"
)

// Person is all that the store keeps of one person: at a customer, or a member of ours.
type Person struct {
	ID           string                `json:"id"` // as it was asked for
	Contacts     []signals.Contact     `json:"contacts"`
	Deals        []string              `json:"deals"` // of which the person is or was a key contact
	Interactions []signals.Interaction `json:"interactions"`
	Coverage     []signals.Coverage    `json:"coverage"`
	Days         []MemberCount         `json:"days"` // of a member: how many messages of each day are known
}

// MemberCount is a number that is kept of a member's day.
type MemberCount struct {
	Member   string       `json:"member"`
	Day      signals.Date `json:"day"`
	Source   string       `json:"source"` // "" for WeCom's own statistics
	Messages int          `json:"messages"`
	Hashes   int          `json:"hashes,omitempty"` // of message ids that are kept still, so that each counts once
	Doubted  bool         `json:"doubted,omitempty"`
}

// Erased counts what was erased, or would be.
type Erased struct {
	Receipt      string    `json:"receipt"` // names the person in the audit log
	Contacts     int       `json:"contacts"`
	Versions     int       `json:"versions"` // earlier versions of the contacts
	Interactions int       `json:"interactions"`
	Coverage     int       `json:"coverage"`
	At           time.Time `json:"at"`
}

// Retention is before when what was said is dropped.
type Retention struct {
	Before time.Time            `json:"before"`
	Kinds  map[string]time.Time `json:"kinds,omitempty"` // kinds of message that are kept otherwise
}

// Horizon is from when on everything is still there.
func (r Retention) Horizon() time.Time {
	horizon := r.Before
	for _, before := range r.Kinds {
		if before.After(horizon) {
			horizon = before
		}
	}
	return horizon
}

// Of is before when messages of a kind are dropped.
func (r Retention) Of(kind string) time.Time {
	if before, otherwise := r.Kinds[kind]; otherwise {
		return before
	}
	return r.Before
}

// Purged counts what was dropped for its age, or would be.
type Purged struct {
	Interactions int `json:"interactions"`
	Coverage     int `json:"coverage"`
}
