package webhooks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
)

const (
	// workers is how many requests to one endpoint are under way at a time.
	workers = 8
	// gathered is the most events that one message of a robot tells of.
	gathered = 5000
	// takenUp is how many events are looked at in one transaction.
	takenUp = 1000
	// lastWords is how long requests under way are waited for when the program ends.
	lastWords = 5 * time.Second
)

// round is one look at an endpoint, until nothing of it is due.
type round struct {
	*Deliverer
	endpoint store.Endpoint
	channel  channel
	busy     map[string]bool // lanes with a request under way
	results  chan outcome
	requests context.Context // outlives the program's by lastWords
	gone     string          // why the endpoint wants no more
}

// outcome is how a request ended.
type outcome struct {
	result store.Result
	answer answer
	cut    bool // the program ended first: nothing is known
	err    error
}

// round sends to an endpoint what is due and what falls due meanwhile. It returns when the
// next delivery falls due.
func (d *Deliverer) round(ctx context.Context, id string, wake <-chan struct{}) (time.Time, error) {
	endpoint, err := d.Endpoints.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && endpoint.Paused {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	requests, stop := outliving(ctx, lastWords)
	defer stop()
	r := &round{Deliverer: d, busy: make(map[string]bool), results: make(chan outcome, workers), requests: requests}
	if err := r.use(endpoint); err != nil {
		return time.Time{}, err
	}
	next, err := r.all(ctx, wake)
	return next, errors.Join(err, r.drain(ctx))
}

// use takes an endpoint as it is now.
func (r *round) use(e store.Endpoint) error {
	c, err := r.Sender.open(e)
	if err != nil {
		return err
	}
	r.endpoint, r.channel = e, c
	return nil
}

// active takes up what was edited since the round began, and tells whether the endpoint is
// still to be sent to.
func (r *round) active(ctx context.Context) (bool, error) {
	e, err := r.Endpoints.Get(ctx, r.endpoint.ID)
	if err != nil || e.Paused {
		return false, ignoreMissing(err)
	}
	if e.Edited.Equal(r.endpoint.Edited) {
		return true, nil
	}
	return true, r.use(e)
}

// outliving is a context that ends some time after another one.
func outliving(ctx context.Context, by time.Duration) (context.Context, func()) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(by)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { stop(); cancel() }
}

// all starts what is due and keeps how it ended, until nothing is due or under way.
func (r *round) all(ctx context.Context, wake <-chan struct{}) (time.Time, error) {
	for {
		if active, err := r.active(ctx); err != nil || !active {
			return time.Time{}, err
		}
		if err := r.takeUp(ctx); err != nil {
			return time.Time{}, err
		}
		next, err := r.start(ctx)
		if err != nil || len(r.busy) == 0 {
			return next, err
		}
		select {
		case first := <-r.results:
			if err := r.keep(ctx, first); err != nil {
				return time.Time{}, err
			}
			if r.gone != "" {
				return time.Time{}, nil
			}
		case <-wake:
		case <-ctx.Done():
			return time.Time{}, nil
		}
	}
}

// takeUp makes deliveries of the events that were not looked at.
func (r *round) takeUp(ctx context.Context) error {
	unread, err := r.Deliveries.Unread(ctx, r.endpoint.ID)
	for err == nil && unread > 0 {
		var looked int
		looked, err = r.Deliveries.TakeUp(ctx, r.endpoint.ID, takenUp, sorting(r.endpoint, r.Clock()))
		unread -= min(unread, uint64(looked))
		if looked == 0 {
			break
		}
	}
	return ignoreMissing(err)
}

// ignoreMissing: an endpoint that was deleted has nothing to send.
func ignoreMissing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// start begins requests for what is due, as many as there are free workers. It returns
// when something else falls due.
func (r *round) start(ctx context.Context) (time.Time, error) {
	if ctx.Err() != nil {
		return time.Time{}, nil
	}
	now := r.Clock()
	free := workers - len(r.busy)
	due, next, err := r.Deliveries.Due(ctx, r.endpoint.ID, now, free, func(lane string) bool { return r.busy[lane] })
	if err != nil {
		return time.Time{}, err
	}
	if hold := r.hold(r.endpoint.ID); hold.After(now) {
		if len(due) > 0 || !next.IsZero() && hold.After(next) {
			next = hold
		}
		return next, nil
	}
	for _, first := range due {
		wait, err := r.begin(ctx, first)
		if err != nil {
			return time.Time{}, err
		}
		if wait > 0 {
			r.leaveAlone(r.endpoint.ID, wait)
			return now.Add(wait), nil
		}
	}
	return next, nil
}

// begin starts a request for the first delivery of a lane; of a robot's, for all that
// waits. It returns how long a robot has to wait for its rate.
func (r *round) begin(ctx context.Context, first store.Delivery) (time.Duration, error) {
	deliveries := []store.Delivery{first}
	if r.endpoint.Kind.Robot() {
		if wait := r.Sender.wait(r.channel); wait > 0 {
			return wait, nil
		}
		var err error
		if deliveries, err = r.Deliveries.Waiting(ctx, r.endpoint.ID, first.Lane, gathered); err != nil {
			return 0, err
		}
	}
	seqs := make([]uint64, len(deliveries))
	for i, d := range deliveries {
		seqs[i] = d.Seq
	}
	events, err := r.Events.Get(ctx, seqs)
	if err != nil {
		return 0, fmt.Errorf("reading what is to be sent: %w", err)
	}
	r.busy[first.Lane] = true
	go func() {
		result, a, err := r.Sender.attempt(r.requests, r.channel, deliveries, events)
		result.Lane = first.Lane
		r.results <- outcome{result: result, answer: a, err: err, cut: r.requests.Err() != nil && !a.ok}
	}()
	return 0, nil
}

// keep keeps how requests ended: the one given, and all that ended meanwhile.
func (r *round) keep(ctx context.Context, first outcome) error {
	outcomes := []outcome{first}
	for len(r.results) > 0 {
		outcomes = append(outcomes, <-r.results)
	}
	var results []store.Result
	var failed error
	for _, o := range outcomes {
		delete(r.busy, o.result.Lane)
		switch {
		case o.err != nil:
			failed = errors.Join(failed, o.err)
		case o.cut: // it is sent again after the next start
		default:
			results = append(results, o.result)
			r.note(ctx, o)
		}
	}
	// What was delivered is kept even when the program ends: else it would be sent twice.
	ctx = context.WithoutCancel(ctx)
	if len(results) > 0 {
		if err := r.Deliveries.Record(ctx, r.endpoint.ID, results); err != nil {
			return errors.Join(failed, fmt.Errorf("keeping what was sent: %w", err))
		}
	}
	if r.gone != "" {
		return errors.Join(failed, r.disable(ctx))
	}
	return failed
}

// note draws conclusions for the whole endpoint from one answer.
func (r *round) note(ctx context.Context, o outcome) {
	r.Metrics.attempted(r.endpoint, o.result)
	if o.answer.ok {
		return
	}
	if o.answer.gone {
		r.gone = o.answer.problem
	}
	if o.answer.wait > 0 {
		r.leaveAlone(r.endpoint.ID, min(o.answer.wait, longestAsked))
	}
	level := r.Logger.InfoContext
	if o.result.Attempt.End == store.Dead {
		level = r.Logger.WarnContext
	}
	level(ctx, "an event was not delivered", "endpoint", r.endpoint.ID, "event", o.result.Attempt.EventID,
		"end", o.result.Attempt.End, "status", o.answer.status, "problem", o.answer.problem)
}

// disable pauses an endpoint that wants no more. What waits for it is kept.
func (r *round) disable(ctx context.Context) error {
	for {
		e, err := r.Endpoints.Get(ctx, r.endpoint.ID)
		if err != nil || e.Paused {
			return ignoreMissing(err)
		}
		e.Paused, e.Reason, e.Since = true, r.gone, r.Clock()
		_, err = r.Endpoints.Put(ctx, e, e.Edited, "disable_endpoint", scorer.Machine, e.Since)
		var conflict *store.ConflictError
		if errors.As(err, &conflict) {
			continue // somebody edited it meanwhile
		}
		if err == nil {
			r.Logger.WarnContext(ctx, "an endpoint wants no more events and was paused", "endpoint", e.ID, "problem", r.gone)
		}
		return err
	}
}

// drain waits for the requests under way.
func (r *round) drain(ctx context.Context) error {
	var failed error
	for len(r.busy) > 0 {
		if err := r.keep(ctx, <-r.results); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
