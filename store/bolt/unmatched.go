package bolt

import (
	"context"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// unmatchedMark begins the mark of a customer that changed and whose notices were not
// looked for since. It is set with the change itself, so that no crash comes between.
func unmatchedMark() key { return key{}.text("\x01unmatched") }

func markUnmatched(tx *bbolt.Tx, c signals.Customer) error {
	return bucketMarks.in(tx).Put(unmatchedMark().text(c.ID), key{}.instant(instantOf(c.RecordedAt)))
}

// Unmatched tells which customers changed and were not matched to notices since, and when
// each changed.
func (c *Customers) Unmatched(ctx context.Context) (map[string]time.Time, error) {
	changed := make(map[string]time.Time)
	err := c.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		prefix := unmatchedMark()
		return scan(bucketMarks.in(tx), prefix, func(k, v []byte) error {
			customer, ok, err := c.at(tx, k[len(prefix):], never)
			if err == nil && ok {
				changed[customer.ID] = readInstant(v).time()
			}
			return err
		})
	})
	return changed, err
}

// Matched takes note that customers were matched to all notices as they were when they
// changed, as told by Unmatched. One that changed again meanwhile stays unmatched.
func (c *Customers) Matched(ctx context.Context, changed map[string]time.Time) error {
	if len(changed) == 0 {
		return nil
	}
	return c.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, _ time.Time) error {
		marks := bucketMarks.in(tx)
		for id, at := range changed {
			k := unmatchedMark().text(id)
			if v := marks.Get(k); v == nil || !readInstant(v).time().Equal(at) {
				continue
			}
			if err := marks.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}
