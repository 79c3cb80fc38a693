package webhooks

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"dealvitals/store"

	"github.com/oklog/ulid/v2"
)

// Test sends a test event now and tells how that went. It is not tried again.
func (a *Admin) Test(ctx context.Context, id string) (store.Attempt, error) {
	e, err := a.get(ctx, id)
	if err != nil {
		return store.Attempt{}, err
	}
	c, err := a.Sender.open(e)
	if err != nil {
		return store.Attempt{}, err
	}
	started := a.Clock()
	number, err := ulid.New(ulid.Timestamp(started), rand.Reader)
	if err != nil {
		return store.Attempt{}, fmt.Errorf("making a test event: %w", err)
	}
	events := []store.Event{{
		ID: "evt_" + number.String(), Type: store.WebhookTest, At: started,
		Data: []byte(`{"message":"a test of the endpoint; nothing happened"}`),
	}}
	said := answer{}
	if wait := a.Sender.wait(c); wait > 0 {
		said.problem = fmt.Sprintf("the robot takes no more messages for %v", wait.Round(time.Second))
	} else if said, err = a.Sender.send(ctx, c, events); err != nil {
		return store.Attempt{}, err
	}
	attempt := attemptOf(events, said, started, a.Clock())
	if err := a.Mail.NoteTest(ctx, id, attempt); err != nil {
		return attempt, fmt.Errorf("keeping the test of endpoint %s: %w", id, err)
	}
	return attempt, nil
}

// Replay sends events again, and tells how many.
func (a *Admin) Replay(ctx context.Context, id string, r store.Replay, actor string) (int, error) {
	e, err := a.get(ctx, id)
	if err != nil {
		return 0, err
	}
	given := 0
	for _, set := range []bool{r.Event != "", r.From > 0 || r.To > 0, !r.Since.IsZero(), r.Dead} {
		if set {
			given++
		}
	}
	if given != 1 {
		return 0, &InvalidError{[]Fault{{"", "say which events: one by its id, a range of numbers, all since an instant, or the dead letters"}}}
	}
	if r.To > 0 && r.To < r.From {
		return 0, &InvalidError{[]Fault{{"/to", "the range ends before it begins"}}}
	}
	now := a.Clock()
	n, err := a.Mail.Replay(ctx, id, r, sorting(e, now), actor, now)
	if errors.Is(err, store.ErrNotFound) {
		return n, &InvalidError{[]Fault{{"/event", "there is no such event, or the endpoint does not get its type, or it waits to be sent anyway"}}}
	}
	return n, err
}

// Delete forgets an endpoint and what waits for it.
func (a *Admin) Delete(ctx context.Context, id, actor string) error {
	if err := a.Endpoints.Delete(ctx, id, actor, a.Clock()); err != nil {
		return fmt.Errorf("endpoint %s: %w", id, err)
	}
	return nil
}

// Documents reads up to limit events as programs get them, from the one after the number
// given, oldest first.
func (a *Admin) Documents(ctx context.Context, after uint64, limit int) ([]Document, error) {
	events, err := a.Log.List(ctx, after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the log of events: %w", err)
	}
	documents := make([]Document, len(events))
	for i, e := range events {
		documents[i] = newDocument(e)
	}
	return documents, nil
}
