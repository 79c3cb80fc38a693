package webhooks

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"dealvitals/store"

	"github.com/oklog/ulid/v2"
)

// secretBytes is the length of a signing secret: the specification wants 24 to 64.
const secretBytes = 32

// changeOver is how long the old secret signs along after it was rotated.
const changeOver = 24 * time.Hour

const maxName = 100 // characters

// Keeper keeps endpoints and what waits for them.
type Keeper interface {
	Endpoints
	Delete(ctx context.Context, id, actor string, at time.Time) error
}

// Mail is what was sent to an endpoint, and what is sent again.
type Mail interface {
	Attempts(ctx context.Context, endpointID string, before uint64, limit int) ([]store.Attempt, error)
	Dead(ctx context.Context, endpointID string, after uint64, limit int) ([]store.Delivery, error)
	Replay(ctx context.Context, endpointID string, r store.Replay, sort store.Sorting, actor string, at time.Time) (int, error)
	NoteTest(ctx context.Context, endpointID string, a store.Attempt) error
	Backlog(ctx context.Context) ([]store.Backlog, error)
}

// Log reads the log of events.
type Log interface {
	List(ctx context.Context, after uint64, limit int) ([]store.Event, error)
}

// Admin is what administrators do with endpoints.
type Admin struct {
	Endpoints Keeper
	Mail      Mail
	Log       Log
	Sender    *Sender
	Sealer    Sealer
	Clock     func() time.Time
}

// Create makes an endpoint, which gets what happens from now on. The signing secret of a
// webhook is returned this once.
func (a *Admin) Create(ctx context.Context, d Draft, actor string) (store.Endpoint, string, error) {
	if err := a.check(d); err != nil {
		return store.Endpoint{}, "", err
	}
	now := a.Clock()
	id, err := ulid.New(ulid.Timestamp(now), rand.Reader)
	if err != nil {
		return store.Endpoint{}, "", fmt.Errorf("making an endpoint: %w", err)
	}
	e := store.Endpoint{ID: "ep_" + id.String(), Name: strings.TrimSpace(d.Name), Kind: d.Kind, Events: d.Events}
	if err := a.address(&e, d.URL); err != nil {
		return store.Endpoint{}, "", err
	}
	secret := d.Secret
	if d.Kind == store.KindWebhook {
		if secret, err = newSecret(); err != nil {
			return store.Endpoint{}, "", err
		}
	}
	if err := a.sign(&e, d.URL, secret); err != nil {
		return store.Endpoint{}, "", err
	}
	if e, err = a.Endpoints.Put(ctx, e, time.Time{}, "create_endpoint", actor, now); err != nil {
		return store.Endpoint{}, "", fmt.Errorf("keeping the endpoint: %w", err)
	}
	if d.Kind != store.KindWebhook {
		secret = "" // who gave it knows it
	}
	return e, secret, nil
}

func newSecret() (string, error) {
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("making a secret: %w", err)
	}
	return "whsec_" + base64.StdEncoding.EncodeToString(raw), nil
}

// address gives an endpoint its address: sealed where it holds something secret.
func (a *Admin) address(e *store.Endpoint, address string) error {
	e.URL, e.Sealed = shown(e.Kind, address), ""
	if e.URL == address {
		return nil
	}
	var err error
	e.Sealed, err = a.Sealer.Seal(addressPurpose(e.ID), address)
	return err
}

// sign gives an endpoint a new secret in front of the others.
func (a *Admin) sign(e *store.Endpoint, address, secret string) error {
	if secret == "" {
		return nil
	}
	sealed, err := a.Sealer.Seal(keyPurpose(e.ID, address), secret)
	if err != nil {
		return err
	}
	e.Keys = append([]store.SigningKey{{Sealed: sealed}}, e.Keys...)
	return nil
}

// Edit changes an endpoint that is of the version edited at was; the zero time takes
// whatever version there is.
func (a *Admin) Edit(ctx context.Context, id string, d Draft, was time.Time, actor string) (store.Endpoint, error) {
	e, err := a.get(ctx, id)
	if err != nil {
		return e, err
	}
	if !was.IsZero() && !e.Edited.Equal(was) {
		return e, &store.ConflictError{What: "endpoint " + id}
	}
	if d.Kind != e.Kind {
		return e, &InvalidError{[]Fault{{"/kind", fmt.Sprintf("this endpoint is of the kind %s and stays so: make another one", e.Kind)}}}
	}
	c, err := a.Sender.open(e)
	if err != nil {
		return e, err
	}
	if d.URL == e.URL {
		d.URL = c.address
	}
	if err := a.check(d); err != nil {
		return e, err
	}
	e.Name, e.Events = strings.TrimSpace(d.Name), d.Events
	if d.URL != c.address {
		if err := a.move(&e, c, d.URL); err != nil {
			return e, err
		}
	}
	if d.Secret != "" {
		e.Keys = nil
		if err := a.sign(&e, d.URL, d.Secret); err != nil {
			return e, err
		}
	}
	return a.put(ctx, e, "edit_endpoint", actor)
}

// move gives an endpoint another address. Its secrets are sealed for the new host; those
// that have run out are dropped.
func (a *Admin) move(e *store.Endpoint, from channel, to string) error {
	if err := a.address(e, to); err != nil {
		return err
	}
	e.Keys = nil
	for i := len(from.secrets) - 1; i >= 0; i-- {
		if err := a.sign(e, to, from.secrets[i]); err != nil {
			return err
		}
	}
	for i := range e.Keys {
		e.Keys[i].Until = from.keys[i].Until
	}
	return nil
}

// Rotate gives a webhook a new secret, which is returned this once. The one before signs
// along for a day.
func (a *Admin) Rotate(ctx context.Context, id, actor string) (store.Endpoint, string, error) {
	e, err := a.get(ctx, id)
	if err != nil {
		return e, "", err
	}
	if e.Kind != store.KindWebhook {
		return e, "", &InvalidError{[]Fault{{"/kind", "a robot's secret is made at the vendor: edit the endpoint and give the new one"}}}
	}
	c, err := a.Sender.open(e)
	if err != nil {
		return e, "", err
	}
	now := a.Clock()
	var kept []store.SigningKey
	for _, key := range e.Keys {
		if key.Until.IsZero() {
			key.Until = now.Add(changeOver)
		}
		if key.Until.After(now) && len(kept) < 2 {
			kept = append(kept, key)
		}
	}
	e.Keys = kept
	secret, err := newSecret()
	if err != nil {
		return e, "", err
	}
	if err := a.sign(&e, c.address, secret); err != nil {
		return e, "", err
	}
	e, err = a.put(ctx, e, "rotate_endpoint_secret", actor)
	return e, secret, err
}

// Pause stops sending, or goes on with it. What happens meanwhile waits.
func (a *Admin) Pause(ctx context.Context, id string, paused bool, actor string) (store.Endpoint, error) {
	e, err := a.get(ctx, id)
	if err != nil || e.Paused == paused {
		return e, err
	}
	e.Paused, e.Reason, e.Since = paused, "", time.Time{}
	action := "resume_endpoint"
	if paused {
		e.Reason, e.Since, action = "paused by "+actor, a.Clock(), "pause_endpoint"
	}
	return a.put(ctx, e, action, actor)
}

func (a *Admin) put(ctx context.Context, e store.Endpoint, action, actor string) (store.Endpoint, error) {
	e, err := a.Endpoints.Put(ctx, e, e.Edited, action, actor, a.Clock())
	if err != nil {
		return e, fmt.Errorf("keeping endpoint %s: %w", e.ID, err)
	}
	return e, nil
}

func (a *Admin) get(ctx context.Context, id string) (store.Endpoint, error) {
	e, err := a.Endpoints.Get(ctx, id)
	if err != nil {
		return e, fmt.Errorf("endpoint %s: %w", id, err)
	}
	return e, nil
}

// joined lists words for people.
func joined[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
