package bolt

import (
	"context"
	"sync"
	"time"
)

// horizon keeps answers from changing: it knows up to which instant questions were
// answered, and which write is under way.
type horizon struct {
	mu      sync.Mutex
	asked   time.Time // the latest instant asked about
	stamp   time.Time // of the write under way
	written chan struct{}
}

// ask notes that a question as of an instant is being answered. It returns when no write
// is under way that the answer would have to show.
func (h *horizon) ask(ctx context.Context, asOf time.Time) error {
	h.mu.Lock()
	if asOf.After(h.asked) {
		h.asked = asOf.UTC().Round(0)
	}
	written := h.written
	if written == nil || h.stamp.After(asOf) {
		h.mu.Unlock()
		return nil
	}
	h.mu.Unlock()
	select {
	case <-written:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// latest is the latest instant asked about.
func (h *horizon) latest() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked
}

// begin gives the stamp of a write that wants to be known from at on.
func (h *horizon) begin(at time.Time) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at.Before(h.asked) {
		at = h.asked.Add(1)
	}
	h.stamp, h.written = at, make(chan struct{})
	return at
}

// end says that the write that began last is committed or given up.
func (h *horizon) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.written)
	h.written = nil
}
