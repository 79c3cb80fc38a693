package crawler

import (
	"context"
	"fmt"
	"time"

	"dealvitals/signals"
)

// Circuits keeps what is known of hosts in trouble, so that a program that is started again
// and again does not ask them each time.
type Circuits interface {
	Circuits(ctx context.Context) ([]signals.Circuit, error)
	KeepCircuit(ctx context.Context, c signals.Circuit) error
	DropCircuit(ctx context.Context, host string) error
}

// circuitsFor is for how long failures count of a host that nobody asked since.
const circuitsFor = 7 * 24 * time.Hour

// restore takes up what was kept of hosts in trouble. A rest that is longer than any was
// written under a clock that was ahead, and is cut.
func (b *breaker) restore(ctx context.Context) error {
	if b.circuits == nil {
		return nil
	}
	kept, err := b.circuits.Circuits(ctx)
	if err != nil {
		return fmt.Errorf("reading which hosts are left alone: %w", err)
	}
	now := b.waiting.now()
	for _, k := range kept {
		if now.Sub(k.At) > circuitsFor {
			if err := b.circuits.DropCircuit(ctx, k.Host); err != nil {
				return fmt.Errorf("forgetting host %s: %w", k.Host, err)
			}
			continue
		}
		b.hosts[k.Host] = restored(k, now)
	}
	return nil
}

func restored(k signals.Circuit, now time.Time) *circuit {
	c := &circuit{failures: k.Failures, rest: min(time.Duration(k.Rest), longestRest)}
	if k.Wait == nil {
		return c
	}
	longest := longestRest
	if k.Wait.Reason == signals.WaitHostAsked {
		longest = longestAsked
	}
	c.wait = *k.Wait
	if c.wait.Until.After(now.Add(longest)) {
		c.wait.Until = now.Add(longest)
	}
	return c
}

// keep keeps what is known of a host now, after it changed. That it cannot be kept is no
// trouble of the run: the host is left alone all the same.
func (b *breaker) keep(ctx context.Context, host string) {
	if b.circuits == nil {
		return
	}
	b.keeping.Lock() // so that the newest is written last
	defer b.keeping.Unlock()
	ctx = context.WithoutCancel(ctx)
	c, known := b.known(host)
	err := error(nil)
	if known {
		err = b.circuits.KeepCircuit(ctx, c)
	} else {
		err = b.circuits.DropCircuit(ctx, host)
	}
	if err != nil {
		b.logger.WarnContext(ctx, "what is known of a host in trouble could not be kept", "host", host, "problem", err)
	}
}

// known is what is to be kept of a host, false where it is not in trouble.
func (b *breaker) known(host string) (signals.Circuit, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.hosts[host]
	if !ok {
		return signals.Circuit{}, false
	}
	k := signals.Circuit{Host: host, Failures: c.failures, Rest: signals.Duration(c.rest), At: b.waiting.now().UTC().Round(0)}
	if !c.wait.Until.IsZero() {
		wait := c.wait
		wait.Until = wait.Until.UTC().Round(0)
		k.Wait = &wait
	}
	return k, true
}
