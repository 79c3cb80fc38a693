package bolt

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Deliveries keeps what waits to be sent to endpoints.
//
// An endpoint's cursor says up to which event the log was looked at for it; a delivery
// stands for each event behind the cursor that is not done. Deliveries of one lane are done
// one after the other, in the order of their events: the first of each lane, and only it,
// has an entry among those that fall due.
type Deliveries struct{ db *DB }

// TakeUp looks at up to limit events behind an endpoint's cursor and makes deliveries of
// those that it wants. It returns how many it looked at.
func (d *Deliveries) TakeUp(ctx context.Context, endpointID string, limit int, sort store.Sorting) (int, error) {
	looked := 0
	err := d.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, _ time.Time) error {
		endpoint := key{}.text(endpointID)
		at := bucketCursors.in(tx).Get(endpoint)
		if at == nil {
			return store.ErrNotFound
		}
		last := readNumber(at)
		c := bucketEvents.in(tx).Cursor()
		for k, v := c.Seek(key{}.number(last + 1)); k != nil && looked < limit; k, v = c.Next() {
			if _, err := enqueue(tx, endpoint, k, v, sort); err != nil {
				return err
			}
			last = readNumber(k)
			looked++
		}
		return bucketCursors.in(tx).Put(endpoint, key{}.number(last))
	})
	return looked, err
}

// Unread is how many events are behind an endpoint's cursor.
func (d *Deliveries) Unread(ctx context.Context, endpointID string) (uint64, error) {
	var unread uint64
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		at := bucketCursors.in(tx).Get(key{}.text(endpointID))
		if at == nil {
			return store.ErrNotFound
		}
		unread = newestEvent(tx) - readNumber(at)
		return nil
	})
	return unread, err
}

// enqueue makes a delivery of an event where the endpoint wants it and it does not wait
// already.
func enqueue(tx *bbolt.Tx, endpoint key, k, v []byte, sort store.Sorting) (bool, error) {
	row, err := readEventRow(k, v)
	if err != nil {
		return false, err
	}
	event := store.Event{Seq: readNumber(k), ID: row.ID, Type: row.Type, At: row.At, Subject: row.Subject}
	name, notBefore, wanted := sort(event)
	if !wanted {
		return false, nil
	}
	l := lane{tx, endpoint, name}
	if _, waits, err := l.get(event.Seq); waits || err != nil {
		return false, err
	}
	err = l.put(deliveryRow{Delivery: store.Delivery{
		Seq: event.Seq, Lane: name, Type: event.Type, EventID: event.ID, Happened: event.At, Next: notBefore,
	}})
	if err != nil {
		return false, err
	}
	return true, l.promote()
}

// Due reads up to limit deliveries of an endpoint whose time has come, save those of the
// lanes that are busy, and when the next one after them falls due: the zero time where
// none waits.
func (d *Deliveries) Due(ctx context.Context, endpointID string, now time.Time, limit int, busy func(lane string) bool) ([]store.Delivery, time.Time, error) {
	var due []store.Delivery
	var next time.Time
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		endpoint := key{}.text(endpointID)
		err := scan(bucketDue.in(tx), endpoint, func(k, v []byte) error {
			name := string(v)
			if busy(name) {
				return nil
			}
			at := readInstant(k[len(endpoint):]).time()
			if at.After(now) || len(due) == limit {
				next = at
				return errEnough
			}
			row, there, err := lane{tx, endpoint, name}.get(readNumber(k))
			if err == nil && !there {
				err = fmt.Errorf("delivery %d of endpoint %s is due but not kept", readNumber(k), endpointID)
			}
			due = append(due, row.Delivery)
			return err
		})
		if err == errEnough {
			return nil
		}
		return err
	})
	return due, next, err
}

// Waiting reads up to limit deliveries that wait in a lane, in their order.
func (d *Deliveries) Waiting(ctx context.Context, endpointID, laneName string, limit int) ([]store.Delivery, error) {
	var waiting []store.Delivery
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		err := scan(bucketDeliveries.in(tx), key{}.text(endpointID).text(laneName), func(_, v []byte) error {
			if len(waiting) == limit {
				return errEnough
			}
			row, _, err := readDelivery(v)
			waiting = append(waiting, row.Delivery)
			return err
		})
		if err == errEnough {
			return nil
		}
		return err
	})
	return waiting, err
}

// Record keeps how attempts at an endpoint ended. An endpoint that was deleted meanwhile
// is none to keep it for.
func (d *Deliveries) Record(ctx context.Context, endpointID string, results []store.Result) error {
	return d.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, at time.Time) error {
		endpoint := key{}.text(endpointID)
		if bucketEndpoints.in(tx).Get(endpoint) == nil {
			return nil
		}
		for _, result := range results {
			l := lane{tx, endpoint, result.Lane}
			for _, seq := range result.Seqs {
				if err := l.ended(seq, result, at); err != nil {
					return err
				}
			}
			if err := l.promote(); err != nil {
				return err
			}
			if err := noteAttempt(tx, endpoint, result.Attempt); err != nil {
				return err
			}
		}
		return nil
	})
}

// ended keeps what an attempt means for one delivery.
func (l lane) ended(seq uint64, result store.Result, at time.Time) error {
	row, there, err := l.get(seq)
	if err != nil || !there {
		return err
	}
	if err := l.remove(row); err != nil {
		return err
	}
	row.Queued = false
	if result.Attempt.End == store.Delivered {
		return bucketDead.in(l.tx).Delete(l.endpoint.number(seq))
	}
	row.Attempts++
	row.Problem = result.Attempt.Problem
	if result.Attempt.End == store.Dead && row.Attempts >= result.GiveUp {
		row.DiedAt = at
		return putJSON(l.tx, bucketDead, l.endpoint.number(seq), row.Delivery)
	}
	row.Next = result.Next
	return l.put(row)
}

// Dead reads up to limit dead letters of an endpoint, from the one after the event given.
func (d *Deliveries) Dead(ctx context.Context, endpointID string, after uint64, limit int) ([]store.Delivery, error) {
	var dead []store.Delivery
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		endpoint := key{}.text(endpointID)
		err := scanFrom(bucketDead.in(tx), endpoint.number(after+1), endpoint, func(_, v []byte) error {
			if len(dead) == limit {
				return errEnough
			}
			row, _, err := readDelivery(v)
			dead = append(dead, row.Delivery)
			return err
		})
		if err == errEnough {
			return nil
		}
		return err
	})
	return dead, err
}

// Backlog tells how far behind each endpoint is.
func (d *Deliveries) Backlog(ctx context.Context) ([]store.Backlog, error) {
	var backlogs []store.Backlog
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		endpoints, err := listIn(tx, bucketEndpoints, nil, readJSON[store.Endpoint])
		if err != nil {
			return err
		}
		for _, endpoint := range endpoints {
			backlog, err := backlogOf(tx, endpoint)
			if err != nil {
				return err
			}
			backlogs = append(backlogs, backlog)
		}
		return nil
	})
	return backlogs, err
}

func backlogOf(tx *bbolt.Tx, endpoint store.Endpoint) (store.Backlog, error) {
	b := store.Backlog{Endpoint: endpoint}
	k := key{}.text(endpoint.ID)
	if at := bucketCursors.in(tx).Get(k); at != nil {
		b.Unread = newestEvent(tx) - readNumber(at)
	}
	oldest := uint64(0)
	err := scan(bucketDeliveries.in(tx), k, func(delivery, _ []byte) error {
		b.Waiting++
		if seq := readNumber(delivery); oldest == 0 || seq < oldest {
			oldest = seq
		}
		return nil
	})
	if err != nil {
		return b, err
	}
	if oldest > 0 {
		first := key{}.number(oldest)
		row, err := readEventRow(first, bytes.Clone(bucketEvents.in(tx).Get(first)))
		if err != nil {
			return b, err
		}
		b.Oldest = row.At
	}
	err = scan(bucketDead.in(tx), k, func(_, _ []byte) error {
		b.Dead++
		return nil
	})
	return b, err
}
