package schedules

import (
	"context"
	"fmt"
	"sync"
	"time"

	"dealvitals/signals"
	"dealvitals/signals/match"
)

// rematchDays is how far back notices are matched again when a customer changes: twice
// the tender window, so that the trend has its earlier window too.
const rematchDays = 180

// customerPage is how many customers are read at a time.
const customerPage = 1000

// CustomerLister pages through all customers.
type CustomerLister interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Customer, error)
}

// NoticeLog reads notices and keeps whose they are.
type NoticeLog interface {
	Since(ctx context.Context, from signals.Date, fn func(signals.Notice) error) error
	Match(ctx context.Context, at time.Time, matches []signals.NoticeMatch) error
}

// Matching finds whose notices are. It keeps one matcher over all customers until it is
// told that they changed.
type Matching struct {
	Customers CustomerLister
	Notices   NoticeLog

	mu      sync.Mutex
	matcher *match.Matcher
}

// Of matches notices to all customers.
func (m *Matching) Of(ctx context.Context, notices []signals.Notice, at time.Time) ([]signals.NoticeMatch, error) {
	if len(notices) == 0 {
		return nil, nil
	}
	matcher, err := m.current(ctx)
	if err != nil {
		return nil, err
	}
	var matches []signals.NoticeMatch
	for _, n := range notices {
		for _, found := range matcher.Notice(n) {
			found.RecordedAt = at
			matches = append(matches, found)
		}
	}
	return matches, nil
}

// CustomersChanged matches the notices of the last 180 days again, because customers
// were added or have other names now. What a person decided stays.
func (m *Matching) CustomersChanged(ctx context.Context, at time.Time) error {
	m.forget()
	matcher, err := m.current(ctx)
	if err != nil {
		return err
	}
	var matches []signals.NoticeMatch
	from := signals.DateOf(at.In(signals.Shanghai)).AddDays(-rematchDays)
	err = m.Notices.Since(ctx, from, func(n signals.Notice) error {
		matches = append(matches, matcher.Notice(n)...)
		return nil
	})
	if err != nil {
		return fmt.Errorf("matching notices again: %w", err)
	}
	return m.Notices.Match(ctx, at, matches)
}

func (m *Matching) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.matcher = nil
}

func (m *Matching) current(ctx context.Context) (*match.Matcher, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.matcher != nil {
		return m.matcher, nil
	}
	var all []signals.Customer
	for after := ""; ; {
		page, err := m.Customers.List(ctx, time.Time{}, after, customerPage)
		if err != nil {
			return nil, fmt.Errorf("listing customers to match: %w", err)
		}
		if len(page) == 0 {
			break
		}
		all = append(all, page...)
		after = page[len(page)-1].ID
	}
	m.matcher = match.New(all)
	return m.matcher, nil
}
