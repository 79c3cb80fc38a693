package bolt

import (
	"bytes"
	"context"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// purgeAtOnce is how many records are looked at in one transaction, so that others can
// write in between.
const purgeAtOnce = 20_000

// Purge drops interactions that are too old, and coverage that ended before the time from
// which on all interactions are still there. With dry it only counts. What covers the time
// before proves nothing any more, and is read no longer: dropped messages are no silence.
func (p *People) Purge(ctx context.Context, keep store.Retention, dry bool, actor string, at time.Time) (store.Purged, error) {
	var done store.Purged
	if !dry {
		if err := p.setHorizon(ctx, keep.Horizon(), at); err != nil {
			return done, err
		}
	}
	var err error
	if done.Interactions, err = p.purge(ctx, bucketInteractions, oldInteraction(keep), dry, at); err != nil {
		return done, err
	}
	horizon := instantOf(keep.Horizon())
	oldCoverage := func(k, _ []byte) (bool, error) { return talkInstant(k) < horizon, nil }
	if done.Coverage, err = p.purge(ctx, bucketCoverage, oldCoverage, dry, at); err != nil {
		return done, err
	}
	if dry || done == (store.Purged{}) {
		return done, nil
	}
	return done, p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		return appendAudit(tx, at, actor, "purge", "interactions", struct {
			store.Purged
			store.Retention
		}{done, keep})
	})
}

// horizonMark is from when on no interaction was dropped for its age.
func horizonMark() key { return key{}.text("\x01purged") }

// setHorizon is done before anything is dropped, so that no question comes between.
func (p *People) setHorizon(ctx context.Context, horizon, at time.Time) error {
	return p.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
		if !horizon.After(talkHorizon(tx)) {
			return nil
		}
		return bucketMarks.in(tx).Put(horizonMark(), key{}.instant(instantOf(horizon)))
	})
}

// talkHorizon is from when on all interactions are still there; the zero time where none
// was ever dropped.
func talkHorizon(tx *bbolt.Tx) time.Time {
	if v := bucketMarks.in(tx).Get(horizonMark()); v != nil {
		return readInstant(v).time()
	}
	return time.Time{}
}

// talkInstant is the instant in the key of an interaction or coverage, behind which only a
// hash stands.
func talkInstant(k []byte) instant { return readInstant(k[len(k)-16:]) }

// oldInteraction tells whether an interaction is to be dropped. Most need not be decoded.
func oldInteraction(keep store.Retention) func(k, v []byte) (bool, error) {
	first, last := instantOf(keep.Before), instantOf(keep.Horizon())
	for _, before := range keep.Kinds {
		first = min(first, instantOf(before))
	}
	return func(k, v []byte) (bool, error) {
		at := talkInstant(k)
		if at < first || at >= last {
			return at < first, nil
		}
		i, err := decodeTalk(k, v)
		return err == nil && at < instantOf(keep.Of(i.Kind)), err
	}
}

// decodeTalk reads an interaction of whom it does not matter whose it is.
func decodeTalk(k, v []byte) (signals.Interaction, error) {
	return decodeInteraction("", key(k[:len(k)-16]), k, v, newPhrases())
}

func (p *People) purge(ctx context.Context, b bucket, isOld func(k, v []byte) (bool, error), dry bool, at time.Time) (int, error) {
	n, next := 0, []byte{}
	for next != nil {
		run := func(tx *bbolt.Tx) error {
			old, after, err := oldKeys(tx, b, next, isOld)
			if err != nil {
				return err
			}
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

// oldKeys looks at the next records from a key on and returns those that are too old, and
// from where on to look next, nil at the end.
func oldKeys(tx *bbolt.Tx, b bucket, from []byte, isOld func(k, v []byte) (bool, error)) (old [][]byte, next []byte, err error) {
	c := b.in(tx).Cursor()
	looked := 0
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if looked++; looked > purgeAtOnce {
			return old, bytes.Clone(k), nil
		}
		drop, err := isOld(k, v)
		if err != nil {
			return old, nil, err
		}
		if drop {
			old = append(old, bytes.Clone(k))
		}
	}
	return old, nil, nil
}

// deleteTalk deletes records, and the ids of interactions with them.
func deleteTalk(tx *bbolt.Tx, b bucket, keys [][]byte) error {
	records, ids := b.in(tx), bucketInteractionIDs.in(tx)
	for _, k := range keys {
		if b == bucketInteractions {
			i, err := decodeTalk(k, records.Get(k))
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
