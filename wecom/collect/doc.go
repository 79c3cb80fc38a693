// Package collect turns what WeCom's message archive, its data zone and its callback tell
// into interactions and coverage. Words are counted here and end here (DESIGN §4).
package collect

import (
	"context"
	"sync"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// Source is which of WeCom's interfaces a feed comes from; it is also the name of the
// source in what is kept.
type Source string

const (
	Archive Source = "wecom-archive"
	Zone    Source = "wecom-zone"
)

// Log keeps interactions and coverage.
type Log interface {
	Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error)
}

// Memory keeps what was learnt of WeCom from one feed to the next.
type Memory interface {
	Load(ctx context.Context) ([]byte, error) // nil before the first Save
	Save(ctx context.Context, state []byte, at time.Time) error
}

// Policies tells which keywords are counted.
type Policies interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
}

// Contacts lists the key people.
type Contacts interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Contact, error)
}

// Deals finds the deals of a key person.
type Deals interface {
	ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error)
}

// Collector takes feeds in, one at a time. It is safe for concurrent use.
type Collector struct {
	Log      Log
	Memory   Memory
	Days     Days
	Policies Policies
	Contacts Contacts
	Deals    Deals
	Clock    func() time.Time

	mu sync.Mutex
}
