package crawler

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"dealvitals/signals"
)

const (
	// firstRest is how long a host is left alone whose circuit opens; it doubles from there.
	firstRest   = 10 * time.Minute
	longestRest = 6 * time.Hour
	// longestAsked is the longest time that a host is left alone because it asked for it.
	longestAsked = 24 * time.Hour
	// mostCircuits is the number of hosts in trouble from which on those are forgotten that
	// may be asked again.
	mostCircuits = 4096
)

// breaker leaves hosts alone that fail, over all runs. After some failed requests in a row
// a host's circuit opens; when its rest is over, one request goes through as a probe, and
// the others wait for what becomes of it.
type breaker struct {
	limit    int // failed requests in a row; 0 never opens a circuit by itself
	waiting  waiting
	circuits Circuits // nil keeps nothing
	logger   *slog.Logger

	keeping sync.Mutex // held while something is kept; taken before mu
	mu      sync.Mutex
	hosts   map[string]*circuit // those whose newest request failed, or that asked to be left alone
}

// circuit is one host's, guarded by breaker.mu.
type circuit struct {
	failures int
	rest     time.Duration // the next one, 0 before the first
	wait     signals.Wait  // Until is zero while it is closed
	probing  chan struct{} // closed when the probe under way ended; nil without one
}

func newBreaker(limit int, wait waiting, kept Circuits, logger *slog.Logger) *breaker {
	return &breaker{limit: limit, waiting: wait, circuits: kept, logger: logger, hosts: make(map[string]*circuit)}
}

// open tells whether a host is left alone now, and until when.
func (b *breaker) open(host string) (signals.Wait, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.hosts[host]
	if !ok || !c.wait.Until.After(b.waiting.now()) {
		return signals.Wait{}, false
	}
	return c.wait, true
}

// enter lets a request through, or refuses it while the host is left alone. Each request
// that it lets through is to be reported.
func (b *breaker) enter(ctx context.Context, host string) error {
	for {
		b.mu.Lock()
		c, ok := b.hosts[host]
		if !ok || c.wait.Until.IsZero() {
			b.mu.Unlock()
			return nil
		}
		if c.wait.Until.After(b.waiting.now()) {
			defer b.mu.Unlock()
			return mustWait(c.wait)
		}
		if c.probing == nil {
			c.probing = make(chan struct{})
			b.mu.Unlock()
			return nil
		}
		probing := c.probing
		b.mu.Unlock()
		select {
		case <-probing:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// The ends that a request can have for a host's circuit.
type ending int

const (
	endedWell   ending = iota // the host answered
	endedBadly                // it did not, or with an error of its own
	endedUnsaid               // the request ended for a reason that is not the host's
)

// report says how a request ended that was let through. It tells whether what is known of
// the host changed.
func (b *breaker) report(host string, how ending, why string) (changed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.hosts[host]
	if !ok && how != endedBadly {
		return false
	}
	if !ok {
		c = b.add(host)
	}
	probe := c.probing != nil
	if probe {
		close(c.probing)
		c.probing = nil
	}
	switch how {
	case endedWell:
		if !c.wait.Until.After(b.waiting.now()) {
			delete(b.hosts, host)
			return true
		}
	case endedBadly:
		c.failures++
		if b.limit > 0 && (probe || c.failures >= b.limit) {
			b.trip(host, c, why)
		}
		return true
	}
	return false
}

func (b *breaker) trip(host string, c *circuit, why string) {
	c.rest = min(max(2*c.rest, firstRest), longestRest)
	c.wait = signals.Wait{Reason: signals.WaitCircuitOpen, Host: host, Until: b.waiting.now().Add(c.rest), Why: why}
}

// holdOff leaves a host alone for the time that it asked for.
func (b *breaker) holdOff(host string, asked time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.hosts[host]
	if !ok {
		c = b.add(host)
	}
	until := b.waiting.now().Add(min(asked, longestAsked))
	if until.After(c.wait.Until) {
		c.wait = signals.Wait{Reason: signals.WaitHostAsked, Host: host, Until: until, Why: "it asked to be left alone (Retry-After)"}
	}
}

func (b *breaker) add(host string) *circuit {
	if len(b.hosts) >= mostCircuits {
		now := b.waiting.now()
		for name, c := range b.hosts {
			if c.probing == nil && !c.wait.Until.After(now) {
				delete(b.hosts, name)
			}
		}
	}
	c := &circuit{}
	b.hosts[host] = c
	return c
}
