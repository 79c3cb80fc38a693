package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// keptAttempts is how many attempts of an endpoint are kept to be looked at.
const keptAttempts = 500

// noteAttempt keeps an attempt behind those before it, and drops the oldest.
func noteAttempt(tx *bbolt.Tx, endpoint key, a store.Attempt) error {
	b := bucketAttempts.in(tx)
	a.Number = 1
	if k, _ := before(b.Cursor(), endpoint.after(), endpoint); k != nil {
		a.Number = readNumber(k) + 1
	}
	if err := putJSON(tx, bucketAttempts, endpoint.number(a.Number), a); err != nil {
		return err
	}
	if a.Number <= keptAttempts {
		return nil
	}
	return b.Delete(endpoint.number(a.Number - keptAttempts))
}

// NoteTest keeps an attempt that was for no delivery.
func (d *Deliveries) NoteTest(ctx context.Context, endpointID string, a store.Attempt) error {
	return d.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, _ time.Time) error {
		endpoint := key{}.text(endpointID)
		if bucketEndpoints.in(tx).Get(endpoint) == nil {
			return store.ErrNotFound
		}
		return noteAttempt(tx, endpoint, a)
	})
}

// Attempts reads up to limit attempts at an endpoint, newest first, from the one before
// the number given; 0 begins with the newest.
func (d *Deliveries) Attempts(ctx context.Context, endpointID string, beforeNumber uint64, limit int) ([]store.Attempt, error) {
	var attempts []store.Attempt
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		endpoint := key{}.text(endpointID)
		end := endpoint.after()
		if beforeNumber > 0 {
			end = endpoint.number(beforeNumber)
		}
		c := bucketAttempts.in(tx).Cursor()
		for k, v := before(c, end, endpoint); hasPrefix(k, endpoint) && len(attempts) < limit; k, v = c.Prev() {
			var a store.Attempt
			if err := json.Unmarshal(v, &a); err != nil {
				return fmt.Errorf("reading an attempt: %w", err)
			}
			attempts = append(attempts, a)
		}
		return nil
	})
	return attempts, err
}
