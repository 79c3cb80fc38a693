// Package desk is what a reviewer, a commission system or an administrator can ask about
// deals and do with them: the store's records put through the scorer. The JSON API and
// the dashboard are two faces of it.
package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// Deals reads what the CRM told.
type Deals interface {
	Get(ctx context.Context, id string, asOf time.Time) (signals.Deal, error)
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Deal, error)
	ByCustomer(ctx context.Context, customerID string, asOf time.Time) ([]signals.Deal, error)
	ByPerson(ctx context.Context, person, after string, limit int) ([]signals.Deal, error)
	IDsOf(ctx context.Context, name string) ([]string, error)
}

// Customers reads customers.
type Customers interface {
	Get(ctx context.Context, id string, asOf time.Time) (signals.Customer, error)
}

// Histories reads all that was known of a deal at an instant, messages no further back than
// the policies that are applied to it hear them (scorer.Policy.TalkReach).
type Histories interface {
	DealWithin(ctx context.Context, dealID string, asOf time.Time, talk time.Duration) (signals.History, error)
	EachWithin(ctx context.Context, dealIDs []string, asOf time.Time, talk time.Duration, fn func(signals.History) error) error
}

// Policies reads the policy that held at an instant.
type Policies interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
}

// Verdicts reads and keeps scores and decisions.
type Verdicts interface {
	Decisions(ctx context.Context, dealID string, asOf time.Time) ([]scorer.Decision, error)
	Latest(ctx context.Context, dealID string, asOf time.Time) (scorer.Evaluation, bool, error)
	Standings(ctx context.Context) ([]*store.Standing, error)
	Scores(ctx context.Context, dealID string, from, to time.Time) ([]scorer.Evaluation, error)
	Log(ctx context.Context, after uint64, limit int) ([]scorer.Decision, error)
	Record(ctx context.Context, verdicts []store.Verdict) ([]scorer.Decision, error)
}

// Periods keeps the commission periods that were locked.
type Periods interface {
	Lock(ctx context.Context, period store.Period, lines []store.PeriodLine, at time.Time) (store.Period, error)
	List(ctx context.Context) ([]store.Period, error)
	Get(ctx context.Context, id string) (store.Period, error)
	Line(ctx context.Context, id, dealID string) (json.RawMessage, error)
	Each(ctx context.Context, id, after string, fn func(body json.RawMessage) error) error
}

// Targets keeps what is crawled.
type Targets interface {
	Get(ctx context.Context, id string, asOf time.Time) (signals.Target, error)
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Target, error)
	PutIf(ctx context.Context, target signals.Target, was time.Time, actor string, at time.Time) (signals.Target, error)
}

// Runs reads how the crawling went.
type Runs interface {
	List(ctx context.Context, targetID, before string, limit int) ([]signals.Run, error)
	Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error)
}

// Desk answers questions and takes decisions. All its fields must be set, save Waits and Progress.
type Desk struct {
	Deals     Deals
	Customers Customers
	Histories Histories
	Policies  Policies
	Verdicts  Verdicts
	Periods   Periods
	Outcomes  Outcomes
	Targets   Targets
	Runs      Runs
	Clock     func() time.Time

	// Waits tells whether a target has to wait, and until when; nil where nothing crawls.
	Waits func(ctx context.Context, t signals.Target) (signals.Wait, bool, error)
	// Rests tells whether a target is left alone at its planned times because nothing changes
	// on it, and until when; nil where nothing crawls.
	Rests func(ctx context.Context, t signals.Target) (signals.Wait, bool, error)
	// Progress tells how far the run of a target has come; nil where nothing crawls.
	Progress func(targetID string) (signals.Progress, bool)

	testing sync.Mutex // one back-test at a time: it reads and keeps much

	// ClockTrusted fails with store.ClockError while the machine's clock is not to be
	// believed: what holds "now" is not answered then. Nil believes it always.
	ClockTrusted func() error

	// CheckSchedule says what is wrong with a target's cron line.
	CheckSchedule func(spec string) error
}

// FutureError is a question about an instant that has not come. It could be answered
// otherwise later, so it is not answered at all.
type FutureError struct{ AsOf time.Time }

func (e *FutureError) Error() string {
	return fmt.Sprintf("the instant %s has not come yet", e.AsOf.Format(time.RFC3339))
}

// Instant is the instant that a question is about: the one given, else now. It is in UTC,
// so that one instant gives the same bytes however it was written.
func (d *Desk) Instant(given *time.Time) (time.Time, error) {
	now := d.Clock().UTC().Round(0)
	if err := d.believable(given); err != nil {
		return time.Time{}, err
	}
	if given == nil {
		return now, nil
	}
	if given.After(now) {
		return time.Time{}, &FutureError{AsOf: *given}
	}
	return given.UTC(), nil
}

// believable refuses a question about the present, or about what is behind the newest
// record, while the clock is not to be believed: a freeze could be missing from the answer.
func (d *Desk) believable(given *time.Time) error {
	if d.ClockTrusted == nil {
		return nil
	}
	err := d.ClockTrusted()
	var wrong *store.ClockError
	if errors.As(err, &wrong) && given != nil && !given.After(wrong.Newest) {
		return nil
	}
	return err
}
