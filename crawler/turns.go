package crawler

import (
	"context"
	"sync"
	"time"
)

// manners are how a host is asked.
type manners struct {
	delay  time.Duration // between the end of a request and the start of the next
	atOnce int           // requests at a time
}

// turns gives each host's requests their turn, over all runs. A host that nobody asks
// any more is forgotten.
type turns struct {
	waiting waiting

	mu    sync.Mutex
	hosts map[string]*host
	sweep int // number of hosts at which idle ones are looked for
}

// host is one host's state, guarded by turns.mu.
type host struct {
	running int
	waiting []*waiter // first come, first served
	next    time.Time // no request may start before
}

type waiter struct {
	atOnce int
	ready  chan struct{} // closed when the waiter is counted as running
}

const smallestSweep = 1024

func newTurns(wait waiting) *turns {
	return &turns{waiting: wait, hosts: make(map[string]*host), sweep: smallestSweep}
}

// wait returns when a request to a host may start. The request is over when leave is
// called.
func (t *turns) wait(ctx context.Context, name string, m manners) (leave func(), err error) {
	if err := t.enter(ctx, name, m.atOnce); err != nil {
		return nil, err
	}
	leave = func() { t.leave(name, m.delay) }
	if pause := t.reserve(name, m.delay); pause > 0 {
		if err := t.waiting.sleep(ctx, pause); err != nil {
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// enter waits until fewer than atOnce requests are running.
func (t *turns) enter(ctx context.Context, name string, atOnce int) error {
	t.mu.Lock()
	h := t.host(name)
	if len(h.waiting) == 0 && h.running < atOnce {
		h.running++
		t.mu.Unlock()
		return nil
	}
	w := &waiter{atOnce: atOnce, ready: make(chan struct{})}
	h.waiting = append(h.waiting, w)
	t.mu.Unlock()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		t.giveUp(name, w)
		return ctx.Err()
	}
}

// giveUp takes a waiter out of the queue, or gives back the turn that it was just given.
func (t *turns) giveUp(name string, w *waiter) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[name]
	select {
	case <-w.ready:
		h.running--
	default:
		for i, other := range h.waiting {
			if other == w {
				h.waiting = append(h.waiting[:i], h.waiting[i+1:]...)
				break
			}
		}
	}
	h.wake()
}

// reserve books the next start and says how long it is until then.
func (t *turns) reserve(name string, delay time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	h, now := t.hosts[name], t.waiting.now()
	start := now
	if h.next.After(now) {
		start = h.next
	}
	h.next = start.Add(delay)
	return start.Sub(now)
}

func (t *turns) leave(name string, delay time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[name]
	h.running--
	h.notBefore(t.waiting.now().Add(delay))
	h.wake()
}

// holdBack keeps everybody from asking a host for a while: it said Retry-After.
func (t *turns) holdBack(name string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.host(name).notBefore(t.waiting.now().Add(d))
}

func (h *host) notBefore(at time.Time) {
	if at.After(h.next) {
		h.next = at
	}
}

func (h *host) wake() {
	for len(h.waiting) > 0 && h.running < h.waiting[0].atOnce {
		h.running++
		close(h.waiting[0].ready)
		h.waiting = h.waiting[1:]
	}
}

func (t *turns) host(name string) *host {
	if h, ok := t.hosts[name]; ok {
		return h
	}
	if len(t.hosts) >= t.sweep {
		t.forgetIdle()
	}
	h := &host{}
	t.hosts[name] = h
	return h
}

func (t *turns) forgetIdle() {
	now := t.waiting.now()
	for name, h := range t.hosts {
		if h.running == 0 && len(h.waiting) == 0 && !h.next.After(now) {
			delete(t.hosts, name)
		}
	}
	t.sweep = max(smallestSweep, 2*len(t.hosts))
}

// sleep waits, or returns early with the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
