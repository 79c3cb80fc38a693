package wecom

import (
	"errors"
	"strconv"
	"sync"
	"time"
)

// What is wrong with a message that is signed, but not for now.
var (
	ErrStale    = errors.New("the message is too old, or of the future")
	ErrReplayed = errors.New("the message came before")
)

// Guard refuses callbacks that were recorded and are sent again: what is older than its
// window by the time stamp, what came within it by the signature. It is safe for
// concurrent use, and holds at most limit signatures.
type Guard struct {
	window time.Duration
	limit  int
	clock  func() time.Time

	mu    sync.Mutex
	seen  map[string]time.Time
	order []string // oldest first
}

// NewGuard makes a Guard that takes messages within window of the present.
func NewGuard(window time.Duration, limit int, clock func() time.Time) *Guard {
	return &Guard{window: window, limit: limit, clock: clock, seen: make(map[string]time.Time)}
}

// Claim takes a message whose signature was checked, once. While limit messages of the
// window are remembered, no others are taken: a flood must not make it forget.
func (g *Guard) Claim(signature, timestamp string) error {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return ErrStale
	}
	now := g.clock()
	if age := now.Sub(time.Unix(seconds, 0)); age > g.window || age < -g.window {
		return ErrStale
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.forget(now)
	if _, known := g.seen[signature]; known || len(g.order) >= g.limit {
		return ErrReplayed
	}
	g.seen[signature] = now
	g.order = append(g.order, signature)
	return nil
}

// Release gives back a message that could not be dealt with, so that WeCom's second
// attempt is taken.
func (g *Guard) Release(signature string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.seen, signature)
}

// forget drops what is so old that its time stamp refuses it. A stamp may lie a window
// ahead, so that is after two.
func (g *Guard) forget(now time.Time) {
	n := 0
	for ; n < len(g.order); n++ {
		at, held := g.seen[g.order[n]]
		if held && now.Sub(at) <= 2*g.window {
			break
		}
		if held {
			delete(g.seen, g.order[n])
		}
	}
	g.order = g.order[n:]
}
