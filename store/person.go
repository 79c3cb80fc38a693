package store

import (
	"time"

	"dealvitals/signals"
)

// Person is all that is kept of one person at a customer.
type Person struct {
	ID           string                `json:"id"` // as it was asked for
	Contacts     []signals.Contact     `json:"contacts"`
	Deals        []string              `json:"deals"` // of which the person is or was a key contact
	Interactions []signals.Interaction `json:"interactions"`
	Coverage     []signals.Coverage    `json:"coverage"`
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

// Purged counts what was dropped for its age, or would be.
type Purged struct {
	Interactions int `json:"interactions"`
	Coverage     int `json:"coverage"`
}
