package schedules

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/signals/match"
)

// rematchDays is how far back notices are matched again when a customer changes: over the
// longest window that a policy may have for tenders, and twice the usual one, so that the
// trend has its earlier window too.
const rematchDays = scorer.MaxTenderDays

// customerPage is how many customers are read at a time.
const customerPage = 1000

// CustomerBook pages through all customers, and remembers which of them changed and were
// not matched since.
type CustomerBook interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Customer, error)
	Unmatched(ctx context.Context) (map[string]time.Time, error)
	Matched(ctx context.Context, changed map[string]time.Time) error
}

// NoticeLog reads notices and keeps whose they are.
type NoticeLog interface {
	Since(ctx context.Context, from signals.Date, fn func(signals.Notice) error) error
	MatchesOf(ctx context.Context, customerID string) ([]signals.NoticeMatch, error)
	Match(ctx context.Context, at time.Time, matches []signals.NoticeMatch) error
}

// Matching finds whose notices are. It keeps one matcher over all customers until it is
// told that they changed.
type Matching struct {
	Customers CustomerBook
	Notices   NoticeLog

	again   sync.RWMutex // held while notices are matched again, and for reading while a run is kept
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

// steady keeps notices from being matched again until the function that it returns is
// called. A run needs it from the matching of its notices until they are kept: a customer
// that changed in between would be looked for in neither the old notices nor these.
func (m *Matching) steady() (done func()) {
	m.again.RLock()
	return m.again.RUnlock
}

// CustomersChanged matches the notices of the last year again, because customers
// were added or have other names now. A match that the changed customers had and that is
// found no more is withdrawn, or left to a person (doubted). What a person decided stays. Customers whose matching was
// cut off are done with them.
func (m *Matching) CustomersChanged(ctx context.Context, ids []string, at time.Time) error {
	m.again.Lock()
	defer m.again.Unlock()
	changed, err := m.Customers.Unmatched(ctx)
	if err != nil {
		return fmt.Errorf("looking for customers that were not matched: %w", err)
	}
	if err := m.matchAgain(ctx, union(ids, changed), at); err != nil {
		return err
	}
	return m.Customers.Matched(ctx, changed)
}

// CatchUp matches the customers whose change was kept, but whose matching a crash or a
// failure cut off. Without it a customer's notices would be missing, which looks like a
// customer that buys nothing: it must come before any score.
func (m *Matching) CatchUp(ctx context.Context, at time.Time) error {
	changed, err := m.Customers.Unmatched(ctx)
	if err != nil {
		return fmt.Errorf("looking for customers that were not matched: %w", err)
	}
	if len(changed) == 0 {
		return nil
	}
	return m.CustomersChanged(ctx, nil, at)
}

// union lists ids and those of the changed, each once.
func union(ids []string, changed map[string]time.Time) []string {
	all := slices.AppendSeq(slices.Clone(ids), maps.Keys(changed))
	slices.Sort(all)
	return slices.Compact(all)
}

func (m *Matching) matchAgain(ctx context.Context, ids []string, at time.Time) error {
	m.forget()
	matcher, err := m.current(ctx)
	if err != nil {
		return err
	}
	var matches []signals.NoticeMatch
	found := make(map[party]bool)
	from := signals.DateOf(at.In(signals.Shanghai)).AddDays(-rematchDays)
	err = m.Notices.Since(ctx, from, func(n signals.Notice) error {
		for _, match := range matcher.Notice(n) {
			matches = append(matches, match)
			found[partyOf(match)] = true
		}
		found[party{targetID: n.TargetID, noticeID: n.ID}] = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("matching notices again: %w", err)
	}
	withdrawn, err := m.withdrawn(ctx, ids, found)
	if err != nil {
		return err
	}
	return m.Notices.Match(ctx, at, append(matches, withdrawn...))
}

// party is a customer in a notice; without a customer, a notice that was looked at.
type party struct{ targetID, noticeID, customerID string }

func partyOf(m signals.NoticeMatch) party { return party{m.TargetID, m.NoticeID, m.CustomerID} }

// withdrawn lists the matches of customers that were looked for again and not found.
func (m *Matching) withdrawn(ctx context.Context, ids []string, found map[party]bool) ([]signals.NoticeMatch, error) {
	var gone []signals.NoticeMatch
	for _, id := range ids {
		held, err := m.Notices.MatchesOf(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("reading the matches of customer %s: %w", id, err)
		}
		for _, match := range held {
			lookedAt := found[party{targetID: match.TargetID, noticeID: match.NoticeID}]
			if !lookedAt || found[partyOf(match)] || match.Actor != "" {
				continue
			}
			if match.Role == signals.RoleBuyer && underRegisteredName(match.By) {
				gone = append(gone, doubted(match))
				continue
			}
			match.Match, match.Review, match.Role, match.By, match.Confidence = false, false, signals.RoleNone, "the customer's names changed", 0
			gone = append(gone, match)
		}
	}
	return gone, nil
}

// renamed begins what is said of a match under a name that the customer does not bear any
// more.
const renamed = "客户名称已变更，原匹配："

// underRegisteredName tells whether a match was found under a whole registered name, by what
// the matcher says of it: the name, then the rule.
func underRegisteredName(by string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(by, renamed), "：")
	return match.Registered(signals.Customer{Name: name})
}

// doubted is a match under a registered name that is not among the customer's any more. A
// company that was renamed has bought what it bought under its old name, and whose record
// was wrong has not: which of them it is, only a person can say. Until then the notice is
// no demand, and its absence proves nothing.
func doubted(m signals.NoticeMatch) signals.NoticeMatch {
	m.Review = true
	if !strings.HasPrefix(m.By, renamed) {
		m.By = renamed + m.By
	}
	return m
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
