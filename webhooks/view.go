package webhooks

import (
	"context"
	"fmt"
	"time"

	"dealvitals/store"
)

// View is an endpoint as people and programs see it: nothing that is secret.
type View struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Kind      store.EndpointKind `json:"kind"`
	URL       string             `json:"url"`    // what is secret in it reads (kept)
	Events    []store.EventType  `json:"events"` // empty means all
	Signed    bool               `json:"signed"`
	State     string             `json:"state"`            // active or paused
	Reason    string             `json:"reason,omitempty"` // why it is paused
	Since     *time.Time         `json:"since,omitempty"`  // since when it is paused
	Waiting   int                `json:"waiting"`          // events that wait to be sent
	Unread    uint64             `json:"unread"`           // later events, of any type, that a paused endpoint has not looked at
	Dead      int                `json:"dead"`             // dead letters
	Oldest    *time.Time         `json:"oldest,omitempty"` // when the oldest waiting event happened
	CreatedAt time.Time          `json:"created_at"`
	CreatedBy string             `json:"created_by"`
	EditedAt  time.Time          `json:"edited_at"`
}

// The states of an endpoint.
const (
	StateActive = "active"
	StatePaused = "paused"
)

// Views shows every endpoint, oldest first.
func (a *Admin) Views(ctx context.Context) ([]View, error) {
	backlogs, err := a.Mail.Backlog(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the endpoints: %w", err)
	}
	views := make([]View, len(backlogs))
	for i, b := range backlogs {
		views[i] = view(b)
	}
	return views, nil
}

// View shows one endpoint.
func (a *Admin) View(ctx context.Context, id string) (View, error) {
	views, err := a.Views(ctx)
	if err != nil {
		return View{}, err
	}
	for _, v := range views {
		if v.ID == id {
			return v, nil
		}
	}
	return View{}, fmt.Errorf("endpoint %s: %w", id, store.ErrNotFound)
}

func view(b store.Backlog) View {
	e := b.Endpoint
	v := View{
		ID: e.ID, Name: e.Name, Kind: e.Kind, URL: e.URL, Events: e.Events, Signed: len(e.Keys) > 0, State: StateActive, Reason: e.Reason,
		Waiting: b.Waiting, Unread: b.Unread, Dead: b.Dead, CreatedAt: e.MadeAt, CreatedBy: e.MadeBy, EditedAt: e.Edited,
	}
	if v.Events == nil {
		v.Events = []store.EventType{}
	}
	if e.Paused {
		v.State, v.Since = StatePaused, &e.Since
	}
	if !b.Oldest.IsZero() {
		v.Oldest = &b.Oldest
	}
	return v
}
