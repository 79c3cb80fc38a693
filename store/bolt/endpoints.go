package bolt

import (
	"context"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Endpoints keeps where events are sent to.
type Endpoints struct{ db *DB }

// Put keeps an endpoint that was made upon the version edited at was; the zero time says
// that there must be none. A new one gets what happens from now on. Action names in the
// audit log what was done.
func (e *Endpoints) Put(ctx context.Context, endpoint store.Endpoint, was time.Time, action, actor string, at time.Time) (store.Endpoint, error) {
	err := e.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		if endpoint.ID == "" {
			return &store.InvalidError{What: "an endpoint", Why: "it has no id"}
		}
		var kept store.Endpoint
		k := key{}.text(endpoint.ID)
		there := bucketEndpoints.in(tx).Get(k) != nil
		if there {
			if err := getJSON(tx, bucketEndpoints, k, &kept); err != nil {
				return err
			}
		}
		if there != !was.IsZero() || there && !kept.Edited.Equal(was) {
			return &store.ConflictError{What: "endpoint " + endpoint.ID}
		}
		if !at.After(kept.Edited) {
			at = kept.Edited.Add(1)
		}
		endpoint.Edited = at
		if !there {
			endpoint.MadeAt, endpoint.MadeBy = at, actor
			if err := bucketCursors.in(tx).Put(k, key{}.number(newestEvent(tx))); err != nil {
				return err
			}
		}
		if err := putJSON(tx, bucketEndpoints, k, endpoint); err != nil {
			return err
		}
		return appendAudit(tx, at, actor, action, endpoint.ID, endpointTold{
			Name: endpoint.Name, Kind: endpoint.Kind, URL: endpoint.URL, Events: endpoint.Events, Paused: endpoint.Paused, Reason: endpoint.Reason,
		})
	})
	return endpoint, err
}

// endpointTold is what the audit log tells of an endpoint: nothing that is secret.
type endpointTold struct {
	Name   string             `json:"name"`
	Kind   store.EndpointKind `json:"kind"`
	URL    string             `json:"url"`
	Events []store.EventType  `json:"events,omitempty"`
	Paused bool               `json:"paused,omitempty"`
	Reason string             `json:"reason,omitempty"`
}

// List reads every endpoint, in the order of their ids.
func (e *Endpoints) List(ctx context.Context) ([]store.Endpoint, error) {
	return list(ctx, e.db, bucketEndpoints, nil, readJSON[store.Endpoint])
}

// Get reads an endpoint.
func (e *Endpoints) Get(ctx context.Context, id string) (store.Endpoint, error) {
	return get[store.Endpoint](ctx, e.db, bucketEndpoints, key{}.text(id))
}

// Delete forgets an endpoint with all that waits for it. What was sent to it stays in the
// log of events.
func (e *Endpoints) Delete(ctx context.Context, id, actor string, at time.Time) error {
	return e.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		k := key{}.text(id)
		var endpoint store.Endpoint
		if err := getJSON(tx, bucketEndpoints, k, &endpoint); err != nil {
			return err
		}
		for _, b := range []bucket{bucketDeliveries, bucketDue, bucketDead, bucketAttempts} {
			if err := deleteAll(b.in(tx), k); err != nil {
				return err
			}
		}
		for _, b := range []bucket{bucketEndpoints, bucketCursors} {
			if err := b.in(tx).Delete(k); err != nil {
				return err
			}
		}
		return appendAudit(tx, at, actor, "delete_endpoint", id, endpointTold{Name: endpoint.Name, Kind: endpoint.Kind, URL: endpoint.URL})
	})
}

// deleteAll deletes every key that begins with prefix.
func deleteAll(b *bbolt.Bucket, prefix key) error {
	c := b.Cursor()
	for k, _ := c.Seek(prefix); hasPrefix(k, prefix); k, _ = c.Seek(prefix) {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}
