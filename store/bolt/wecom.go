package bolt

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"
)

// WeCom keeps what was learnt of WeCom from one feed to the next: positions, members,
// consents and ids to resolve, as package wecom/collect writes them.
type WeCom struct{ db *DB }

// WeComState is where it is kept.
func (db *DB) WeComState() *WeCom { return &WeCom{db} }

// weComKey stands among the marks, which remember such positions. No schedule has that id.
func weComKey() key { return key{}.text("wecom").text("state") }

// Load reads what was saved last, nil where nothing was.
func (w *WeCom) Load(ctx context.Context) ([]byte, error) {
	var state []byte
	err := w.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		state = bytes.Clone(bucketMarks.in(tx).Get(weComKey()))
		return nil
	})
	return state, err
}

// Save replaces what was saved before.
func (w *WeCom) Save(ctx context.Context, state []byte, at time.Time) error {
	return w.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
		return bucketMarks.in(tx).Put(weComKey(), state)
	})
}
