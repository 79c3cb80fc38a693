package bolt

import (
	"bytes"
	"context"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// purgeAtOnce is how many records are looked at in one transaction, so that others can
// write in between.
const purgeAtOnce = 20_000

// Purge drops interactions and coverage that ended before an instant. With dry it only
// counts.
func (p *People) Purge(ctx context.Context, before time.Time, dry bool, actor string, at time.Time) (store.Purged, error) {
	var done store.Purged
	var err error
	if done.Interactions, err = p.purge(ctx, bucketInteractions, before, dry, at); err != nil {
		return done, err
	}
	if done.Coverage, err = p.purge(ctx, bucketCoverage, before, dry, at); err != nil {
		return done, err
	}
	if dry || done == (store.Purged{}) {
		return done, nil
	}
	return done, p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		return appendAudit(tx, at, actor, "purge", "interactions", struct {
			store.Purged
			Before time.Time `json:"before"`
		}{done, before})
	})
}

func (p *People) purge(ctx context.Context, b bucket, before time.Time, dry bool, at time.Time) (int, error) {
	n, next := 0, []byte{}
	for next != nil {
		run := func(tx *bbolt.Tx) error {
			old, after := oldKeys(tx, b, next, instantOf(before))
			next = after
			n += len(old)
			if dry {
				return nil
			}
			return deleteTalk(tx, b, old)
		}
		var err error
		if dry {
			err = p.db.read(ctx, time.Time{}, run)
		} else {
			err = p.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error { return run(tx) })
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// oldKeys looks at the next records from a key on and returns those before an instant, and
// from where on to look next, nil at the end. A key is a contact, an instant and a hash.
func oldKeys(tx *bbolt.Tx, b bucket, from []byte, before instant) (old [][]byte, next []byte) {
	c := b.in(tx).Cursor()
	looked := 0
	for k, _ := c.Seek(from); k != nil; k, _ = c.Next() {
		if looked++; looked > purgeAtOnce {
			return old, bytes.Clone(k)
		}
		if readInstant(k[len(k)-16:]) < before {
			old = append(old, bytes.Clone(k))
		}
	}
	return old, nil
}

// deleteTalk deletes records, and the ids of interactions with them.
func deleteTalk(tx *bbolt.Tx, b bucket, keys [][]byte) error {
	records, ids := b.in(tx), bucketInteractionIDs.in(tx)
	for _, k := range keys {
		if b == bucketInteractions {
			i, err := decodeInteraction("", key(k[:len(k)-16]), k, records.Get(k))
			if err != nil {
				return err
			}
			if err := ids.Delete(key{}.text(i.Source).text(i.ID)); err != nil {
				return err
			}
		}
		if err := records.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
