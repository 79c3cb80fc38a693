package bolt

import (
	"context"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// replayPage is how many events are looked at in one transaction of a replay.
const replayPage = 5000

// Replay makes deliveries again of events that an endpoint was sent before, and returns of
// how many. Those that the endpoint does not want, or that wait anyway, are left out, as
// are those that it will come to by itself.
func (d *Deliveries) Replay(ctx context.Context, endpointID string, r store.Replay, sort store.Sorting, actor string, at time.Time) (int, error) {
	total, next := 0, max(r.From, 1)
	for next > 0 {
		n := 0
		err := d.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
			var err error
			n, next, err = replay(tx, endpointID, r, next, sort)
			return err
		})
		if err != nil {
			return total, err
		}
		total += n
	}
	if total == 0 && r.Event != "" {
		return 0, store.ErrNotFound
	}
	return total, d.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		return appendAudit(tx, at, actor, "replay_endpoint", endpointID, replayTold{Event: r.Event, From: r.From, To: r.To, Since: r.Since, Dead: r.Dead, Events: total})
	})
}

// replayTold is what the audit log tells of a replay.
type replayTold struct {
	Event  string    `json:"event,omitempty"`
	From   uint64    `json:"from,omitempty"`
	To     uint64    `json:"to,omitempty"`
	Since  time.Time `json:"since,omitzero"`
	Dead   bool      `json:"dead,omitempty"`
	Events int       `json:"events"`
}

// replay does one page, from the event of a number on. It returns the number to go on
// with, 0 at the end.
func replay(tx *bbolt.Tx, endpointID string, r store.Replay, from uint64, sort store.Sorting) (n int, next uint64, err error) {
	endpoint := key{}.text(endpointID)
	at := bucketCursors.in(tx).Get(endpoint)
	if at == nil {
		return 0, 0, store.ErrNotFound
	}
	last := readNumber(at)
	if r.To > 0 {
		last = min(last, r.To)
	}
	c := bucketEvents.in(tx).Cursor()
	looked := 0
	for k, v := c.Seek(key{}.number(from)); k != nil && readNumber(k) <= last; k, v = c.Next() {
		if looked == replayPage {
			return n, readNumber(k), nil
		}
		looked++
		chosen, err := replayed(tx, endpoint, r, k, v)
		if err != nil {
			return n, 0, err
		}
		if !chosen {
			continue
		}
		queued, err := enqueue(tx, endpoint, k, v, sort)
		if err != nil {
			return n, 0, err
		}
		if queued {
			n++
		}
		if err := bucketDead.in(tx).Delete(endpoint.number(readNumber(k))); err != nil {
			return n, 0, err
		}
	}
	return n, 0, nil
}

// replayed tells whether an event is among those to be replayed.
func replayed(tx *bbolt.Tx, endpoint key, r store.Replay, k, v []byte) (bool, error) {
	if r.Dead {
		return bucketDead.in(tx).Get(endpoint.number(readNumber(k))) != nil, nil
	}
	if r.Event == "" && r.Since.IsZero() {
		return true, nil
	}
	row, err := readEventRow(k, v)
	return err == nil && (r.Event == "" || row.ID == r.Event) && !row.At.Before(r.Since), err
}
