package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// Circuits keeps what is known of hosts in trouble (crawler.Circuits). It stands among the
// marks, for like those it says how far things went, and nothing of what was found.
type Circuits struct{ db *DB }

// Circuits are the hosts in trouble.
func (db *DB) Circuits() *Circuits { return &Circuits{db} }

func circuitsKey() key { return key{}.text("\x01circuits") }

// Circuits lists the hosts in trouble, in the order of their names.
func (c *Circuits) Circuits(ctx context.Context) ([]signals.Circuit, error) {
	var all []signals.Circuit
	err := c.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		return scan(bucketMarks.in(tx), circuitsKey(), func(k, v []byte) error {
			var one signals.Circuit
			if err := json.Unmarshal(v, &one); err != nil {
				return fmt.Errorf("reading what is known of host %s: %w", k[len(circuitsKey()):], err)
			}
			all = append(all, one)
			return nil
		})
	})
	return all, err
}

// KeepCircuit keeps what is known of a host in trouble.
func (c *Circuits) KeepCircuit(ctx context.Context, one signals.Circuit) error {
	return c.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, _ time.Time) error {
		return putJSON(tx, bucketMarks, circuitsKey().text(one.Host), one)
	})
}

// DropCircuit forgets a host, whose trouble is over.
func (c *Circuits) DropCircuit(ctx context.Context, host string) error {
	return c.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, _ time.Time) error {
		return bucketMarks.in(tx).Delete(circuitsKey().text(host))
	})
}
