package webhooks

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dealvitals/store"
)

// Events is the log of what happened.
type Events interface {
	Get(ctx context.Context, seqs []uint64) ([]store.Event, error)
	Written() <-chan struct{}
}

// Deliveries is what waits to be sent.
type Deliveries interface {
	TakeUp(ctx context.Context, endpointID string, limit int, sort store.Sorting) (int, error)
	Unread(ctx context.Context, endpointID string) (uint64, error)
	Due(ctx context.Context, endpointID string, now time.Time, limit int, busy func(lane string) bool) ([]store.Delivery, time.Time, error)
	Waiting(ctx context.Context, endpointID, lane string, limit int) ([]store.Delivery, error)
	Record(ctx context.Context, endpointID string, results []store.Result) error
	Backlog(ctx context.Context) ([]store.Backlog, error)
}

// Endpoints is where events are sent to.
type Endpoints interface {
	List(ctx context.Context) ([]store.Endpoint, error)
	Get(ctx context.Context, id string) (store.Endpoint, error)
	Put(ctx context.Context, e store.Endpoint, was time.Time, action, actor string, at time.Time) (store.Endpoint, error)
}

// Deliverer sends what waits. Everything that it knows is in the store, save which
// requests are under way and which endpoints asked to be left alone for a while.
type Deliverer struct {
	Events     Events
	Endpoints  Endpoints
	Deliveries Deliveries
	Sender     *Sender
	Clock      func() time.Time
	Logger     *slog.Logger
	Metrics    *Metrics

	mu    sync.Mutex
	holds map[string]time.Time // until when endpoints are left alone
}

const (
	// afterTrouble is how long the loop rests after it could not read or write the store.
	afterTrouble = 30 * time.Second
	// longestRest is how long the loop rests at most, whatever the store says is next.
	longestRest = time.Hour
)

// ended is a round that came to its end.
type ended struct {
	endpointID string
	next       time.Time // when something falls due; zero where nothing waits
}

// Run sends until ctx ends. Requests under way then get a few seconds to be answered.
func (d *Deliverer) Run(ctx context.Context) error {
	var rounds sync.WaitGroup
	defer rounds.Wait()
	running := make(map[string]chan struct{}) // by endpoint: wakes its round
	due := make(map[string]time.Time)         // by endpoint: when its next round is
	finished := make(chan ended)
	written := true // at the start everything is looked at
	for {
		if written {
			if err := d.wake(ctx, running, due); err != nil && ctx.Err() == nil {
				d.Logger.ErrorContext(ctx, "the endpoints of webhooks cannot be read", "problem", err)
			}
			written = false
		}
		now := d.Clock()
		rest := longestRest
		for id, at := range due {
			if running[id] != nil {
				continue
			}
			if at.After(now) {
				rest = min(rest, at.Sub(now))
				continue
			}
			wake := make(chan struct{}, 1)
			running[id] = wake
			delete(due, id)
			rounds.Go(func() { d.reportRound(ctx, id, wake, finished) })
		}
		timer := time.NewTimer(rest)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-d.Events.Written():
			written = true
		case e := <-finished:
			delete(running, e.endpointID)
			if !e.next.IsZero() {
				due[e.endpointID] = e.next
			}
			written = true // what came while it ended is not missed
		case <-timer.C:
		}
		timer.Stop()
	}
}

// wake lets every endpoint look at what may have come.
func (d *Deliverer) wake(ctx context.Context, running map[string]chan struct{}, due map[string]time.Time) error {
	endpoints, err := d.Endpoints.List(ctx)
	if err != nil {
		return err
	}
	for _, e := range endpoints {
		if wake := running[e.ID]; wake != nil {
			select {
			case wake <- struct{}{}:
			default: // it is awake already
			}
			continue
		}
		if e.Paused {
			delete(due, e.ID)
			continue
		}
		next, err := d.next(ctx, e)
		if ignoreMissing(err) != nil {
			return err
		}
		delete(due, e.ID)
		if !next.IsZero() {
			due[e.ID] = next
		}
	}
	return nil
}

// next is when an endpoint has something to do; the zero time where nothing waits.
func (d *Deliverer) next(ctx context.Context, e store.Endpoint) (time.Time, error) {
	unread, err := d.Deliveries.Unread(ctx, e.ID)
	if err != nil {
		return time.Time{}, err
	}
	now := d.Clock()
	due, next, err := d.Deliveries.Due(ctx, e.ID, now, 1, noLane)
	if err != nil {
		return time.Time{}, err
	}
	if len(due) > 0 || unread > 0 {
		next = now
	}
	if hold := d.hold(e.ID); !next.IsZero() && hold.After(next) {
		next = hold
	}
	return next, nil
}

func noLane(string) bool { return false }

// reportRound does a round and tells Run of its end.
func (d *Deliverer) reportRound(ctx context.Context, id string, wake <-chan struct{}, finished chan<- ended) {
	next, err := d.round(ctx, id, wake)
	if err != nil && ctx.Err() == nil {
		d.Logger.ErrorContext(ctx, "events cannot be sent to an endpoint", "endpoint", id, "problem", err)
		d.leaveAlone(id, afterTrouble)
		next = d.Clock().Add(afterTrouble)
	}
	select {
	case finished <- ended{id, next}:
	case <-ctx.Done():
	}
}

// Round sends, to every endpoint, all that is due, and returns when the next delivery
// falls due: the zero time where none waits.
func (d *Deliverer) Round(ctx context.Context) (time.Time, error) {
	endpoints, err := d.Endpoints.List(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var (
		rounds sync.WaitGroup
		mu     sync.Mutex
		first  time.Time
		failed error
	)
	for _, e := range endpoints {
		rounds.Go(func() {
			next, err := d.round(ctx, e.ID, nil)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = fmt.Errorf("endpoint %s: %w", e.ID, err)
			}
			if first.IsZero() || !next.IsZero() && next.Before(first) {
				first = next
			}
		})
	}
	rounds.Wait()
	return first, failed
}

// hold is until when an endpoint is left alone.
func (d *Deliverer) hold(id string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.holds[id]
}

func (d *Deliverer) leaveAlone(id string, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.holds == nil {
		d.holds = make(map[string]time.Time)
	}
	if until := d.Clock().Add(wait); until.After(d.holds[id]) {
		d.holds[id] = until
	}
}
