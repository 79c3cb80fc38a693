package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"

	"dealvitals/signals"
)

// Ledger keeps how many requests each host was granted on a day, so that a budget survives
// a restart. A day is written as 2006-01-02.
type Ledger interface {
	Granted(ctx context.Context, host, day string) (int, error)
	Grant(ctx context.Context, host, day string, n int) error
}

// budget bounds the requests to a host in a day, over all runs. It takes them from the
// ledger in blocks, for a write for each request would cost more than the request: a
// program that is killed loses the rest of a block, so that a host is asked less, never more.
type budget struct {
	limit  int // 0 = none
	ledger Ledger
	clock  func() time.Time

	mu    sync.Mutex
	hosts map[string]*spending
}

// spending is one host's day.
type spending struct {
	mu      sync.Mutex
	day     string
	granted int // by the ledger
	left    int // of the present block
}

func newBudget(limit int, ledger Ledger, clock func() time.Time) *budget {
	if ledger == nil {
		limit = 0
	}
	return &budget{limit: limit, ledger: ledger, clock: clock, hosts: make(map[string]*spending)}
}

// today is the day in Shanghai, and when it ends.
func (b *budget) today() (day string, end time.Time) {
	now := b.clock().In(signals.Shanghai)
	year, month, date := now.Date()
	return now.Format(time.DateOnly), time.Date(year, month, date+1, 0, 0, 0, 0, signals.Shanghai)
}

// take takes one request of a host's budget.
func (b *budget) take(ctx context.Context, host string) error {
	if b.limit <= 0 {
		return nil
	}
	day, end := b.today()
	s := b.of(host, day)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := b.turn(ctx, s, host, day); err != nil {
		return err
	}
	if s.left == 0 {
		block := min(b.block(), b.limit-s.granted)
		if block <= 0 {
			return mustWait(b.used(host, end))
		}
		if err := b.ledger.Grant(ctx, host, day, block); err != nil {
			return fmt.Errorf("noting the requests to %s: %w", host, err)
		}
		s.granted, s.left = s.granted+block, block
	}
	s.left--
	return nil
}

// block is how many requests are taken at a time: a twentieth of the day's, at most 100.
func (b *budget) block() int { return max(1, min(b.limit/20, 100)) }

func (b *budget) used(host string, end time.Time) signals.Wait {
	return signals.Wait{Reason: signals.WaitHostBudget, Host: host, Until: end, Why: fmt.Sprintf("the %d requests that it may be asked in a day are used up (crawler.host_budget)", b.limit)}
}

// turn begins a new day.
func (b *budget) turn(ctx context.Context, s *spending, host, day string) error {
	if s.day == day {
		return nil
	}
	granted, err := b.ledger.Granted(ctx, host, day)
	if err != nil {
		return fmt.Errorf("reading the requests to %s: %w", host, err)
	}
	s.day, s.granted, s.left = day, granted, 0
	return nil
}

// mostSpending is the number of hosts from which on those of other days are forgotten.
const mostSpending = 16384

func (b *budget) of(host, day string) *spending {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.hosts[host]
	if ok {
		return s
	}
	if len(b.hosts) >= mostSpending {
		b.forget(day)
	}
	s = &spending{}
	b.hosts[host] = s
	return s
}

func (b *budget) forget(today string) {
	for host, s := range b.hosts {
		if s.mu.TryLock() {
			if s.day != today {
				delete(b.hosts, host)
			}
			s.mu.Unlock()
		}
	}
}

// over tells whether a host's budget is used up.
func (b *budget) over(ctx context.Context, host string) (signals.Wait, bool, error) {
	if b.limit <= 0 {
		return signals.Wait{}, false, nil
	}
	day, end := b.today()
	granted, left, err := b.state(ctx, host, day)
	if err != nil || left > 0 || granted < b.limit {
		return signals.Wait{}, false, err
	}
	return b.used(host, end), true, nil
}

// state is what a host was granted on a day, and what is left of its present block.
func (b *budget) state(ctx context.Context, host, day string) (granted, left int, err error) {
	b.mu.Lock()
	s, ok := b.hosts[host]
	b.mu.Unlock()
	if !ok {
		granted, err = b.ledger.Granted(ctx, host, day)
		return granted, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err = b.turn(ctx, s, host, day)
	return s.granted, s.left, err
}
