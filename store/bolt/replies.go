package bolt

import (
	"bytes"
	"context"
	"errors"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// replyLife is how long an answer is kept for a request that may come again.
const replyLife = 24 * time.Hour

// dropAtOnce is how many old answers are dropped when a new one is kept.
const dropAtOnce = 100

// Replies keeps the answers to requests with an Idempotency-Key, for 24 hours.
type Replies struct{ db *DB }

// Get reads the answer to a request.
func (r *Replies) Get(ctx context.Context, requestKey string) (store.Reply, bool, error) {
	reply, err := get[store.Reply](ctx, r.db, bucketReplies, key{}.text(requestKey))
	if errors.Is(err, store.ErrNotFound) {
		return store.Reply{}, false, nil
	}
	if err != nil {
		return store.Reply{}, false, err
	}
	if r.db.clock().Sub(reply.At) > replyLife {
		return store.Reply{}, false, nil
	}
	return reply, true, nil
}

// Put keeps the answer to a request, and drops some that are too old.
func (r *Replies) Put(ctx context.Context, requestKey string, reply store.Reply) error {
	return r.db.write(ctx, reply.At, func(tx *bbolt.Tx, at time.Time) error {
		if err := dropReplies(tx, instantOf(at.Add(-replyLife))); err != nil {
			return err
		}
		k := key{}.text(requestKey)
		if err := putJSON(tx, bucketReplies, k, reply); err != nil {
			return err
		}
		return link(bucketRepliesTime.in(tx), append(key{}.instant(instantOf(reply.At)), k...))
	})
}

// dropReplies drops answers that were given before an instant.
func dropReplies(tx *bbolt.Tx, end instant) error {
	var old []key
	c := bucketRepliesTime.in(tx).Cursor()
	for k, _ := c.First(); k != nil && readInstant(k) < end && len(old) < dropAtOnce; k, _ = c.Next() {
		old = append(old, bytes.Clone(k))
	}
	for _, k := range old {
		if err := bucketRepliesTime.in(tx).Delete(k); err != nil {
			return err
		}
		var reply store.Reply
		err := getJSON(tx, bucketReplies, k[8:], &reply)
		if errors.Is(err, store.ErrNotFound) || err == nil && instantOf(reply.At) >= end {
			continue // put again since
		}
		if err != nil {
			return err
		}
		if err := bucketReplies.in(tx).Delete(k[8:]); err != nil {
			return err
		}
	}
	return nil
}
