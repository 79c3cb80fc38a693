package bolt

import (
	"encoding/json"
	"testing"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// OldTarget keeps a target as an earlier program did: with its secrets as they are.
func OldTarget(t *testing.T, db *DB, target signals.Target, at time.Time) signals.Target {
	t.Helper()
	target.RecordedAt = at
	body, err := json.Marshal(target)
	if err != nil {
		t.Fatal(err)
	}
	err = db.file.Update(func(tx *bbolt.Tx) error {
		return bucketTargets.in(tx).Put(key{}.text(target.ID), append(key{}.instant(instantOf(at)), body...))
	})
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// NoSpace tells of a write that failed because there is no room for it.
func NoSpace(err error) error { return noSpace(err) }

// Transactions counts the write transactions of a file so far.
func Transactions(db *DB) (n int) {
	err := db.file.View(func(tx *bbolt.Tx) error { n = tx.ID(); return nil })
	if err != nil {
		panic(err)
	}
	return n
}
