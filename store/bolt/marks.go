package bolt

import (
	"context"
	"time"

	"go.etcd.io/bbolt"
)

// Marks remembers until when schedules were followed.
type Marks struct{ db *DB }

// Due reads the last planned time of a schedule that was started.
func (m *Marks) Due(ctx context.Context, id string) (time.Time, bool, error) {
	var due time.Time
	found := false
	err := m.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		v := bucketMarks.in(tx).Get(key{}.text(id))
		if len(v) == 8 {
			due, found = readInstant(v).time(), true
		}
		return nil
	})
	return due, found, err
}

// SetDue remembers the planned time of a schedule that is being started.
func (m *Marks) SetDue(ctx context.Context, id string, due time.Time) error {
	return m.db.write(ctx, due, func(tx *bbolt.Tx, _ time.Time) error {
		return bucketMarks.in(tx).Put(key{}.text(id), key{}.instant(instantOf(due)))
	})
}
