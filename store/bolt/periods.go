package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// auditLockPeriod is the action of the audit entry that each locked period has.
const auditLockPeriod = "lock_period"

// periodPage is how many lines of a period are read in one transaction.
const periodPage = 1000

// Periods keeps the commission periods that were locked. Nothing of it is ever changed.
type Periods struct{ db *DB }

// createPeriods is schema version 2.
func createPeriods(tx *bbolt.Tx) error {
	for _, b := range []bucket{bucketPeriods, bucketPeriodLines} {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return nil
}

// Lock keeps a period with all its lines in one transaction: readers see none of it or
// the whole. It sorts the lines; each deal may have one. It fails with
// store.ConflictError where the period, or a later one, is locked already, or where
// another one was locked since Previous was read.
func (p *Periods) Lock(ctx context.Context, period store.Period, lines []store.PeriodLine, at time.Time) (store.Period, error) {
	slices.SortFunc(lines, func(a, b store.PeriodLine) int { return bytes.Compare(key{}.text(a.DealID), key{}.text(b.DealID)) })
	digest := store.NewPeriodDigest()
	for i, line := range lines {
		if i > 0 && lines[i-1].DealID == line.DealID {
			return period, &store.InvalidError{What: "period " + period.ID, Why: "it has two lines of deal " + line.DealID}
		}
		digest.Add(line.Body)
	}
	period.Deals, period.Digest = len(lines), digest.Sum()
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		period.LockedAt = at
		if err := upon(tx, period); err != nil {
			return err
		}
		if err := putLines(ctx, tx, period.ID, lines); err != nil {
			return err
		}
		body, err := json.Marshal(period)
		if err != nil {
			return fmt.Errorf("keeping period %s: %w", period.ID, err)
		}
		if err := bucketPeriods.in(tx).Put(key{}.text(period.ID), body); err != nil {
			return err
		}
		if err := appendOther(tx, store.PeriodLocked, at, "period "+period.ID, json.RawMessage(body)); err != nil {
			return err
		}
		return appendAudit(tx, at, period.LockedBy, auditLockPeriod, period.ID, json.RawMessage(body))
	})
	if err != nil {
		return store.Period{}, err
	}
	return period, nil
}

// upon tells whether a period may follow those that are locked.
func upon(tx *bbolt.Tx, period store.Period) error {
	k, _ := bucketPeriods.in(tx).Cursor().Last()
	newest := ""
	if k != nil {
		newest = lastText(k, nil)
	}
	if newest != period.Previous || newest >= period.ID {
		return &store.ConflictError{What: fmt.Sprintf("the list of locked periods, now up to %q,", newest)}
	}
	return nil
}

func putLines(ctx context.Context, tx *bbolt.Tx, periodID string, lines []store.PeriodLine) error {
	b := bucketPeriodLines.in(tx)
	b.FillPercent = 1
	prefix := key{}.text(periodID)
	for i, line := range lines {
		if i%periodPage == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := b.Put(prefix.text(line.DealID), line.Body); err != nil {
			return err
		}
	}
	return nil
}

// List reads every locked period, oldest first.
func (p *Periods) List(ctx context.Context) ([]store.Period, error) {
	return list(ctx, p.db, bucketPeriods, nil, readJSON[store.Period])
}

// Get reads a locked period. One that is not locked is store.ErrNotFound.
func (p *Periods) Get(ctx context.Context, id string) (store.Period, error) {
	return get[store.Period](ctx, p.db, bucketPeriods, key{}.text(id))
}

// Line reads what a locked period says of a deal; store.ErrNotFound where it says nothing.
func (p *Periods) Line(ctx context.Context, id, dealID string) (json.RawMessage, error) {
	var body json.RawMessage
	err := p.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		v := bucketPeriodLines.in(tx).Get(key{}.text(id).text(dealID))
		if v == nil {
			return store.ErrNotFound
		}
		body = bytes.Clone(v)
		return nil
	})
	return body, err
}

// errEnough ends a scan.
var errEnough = errors.New("enough")

// Each calls fn for every line of a locked period behind the deal named, in the order of
// the deals' ids, outside of any transaction.
func (p *Periods) Each(ctx context.Context, id, after string, fn func(body json.RawMessage) error) error {
	prefix := key{}.text(id)
	next := prefix
	if after != "" {
		next = prefix.text(after).after()
	}
	for next != nil {
		page := make([]json.RawMessage, 0, periodPage)
		start := next
		next = nil
		err := p.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			return scanFrom(bucketPeriodLines.in(tx), start, prefix, func(k, v []byte) error {
				if len(page) == periodPage {
					next = bytes.Clone(k)
					return errEnough
				}
				page = append(page, bytes.Clone(v))
				return nil
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			return err
		}
		for _, body := range page {
			if err := fn(body); err != nil {
				return err
			}
		}
	}
	return nil
}

// periodKept tells whether a period is kept as its audit entry says that it was locked.
func periodKept(tx *bbolt.Tx, entry store.AuditEntry) error {
	broken := func(reason string) error {
		return &store.BrokenAuditError{Seq: entry.Seq, Reason: "period " + entry.Subject + " " + reason}
	}
	if kept := bucketPeriods.in(tx).Get(key{}.text(entry.Subject)); !bytes.Equal(kept, entry.Details) {
		return broken("is not kept as it was locked")
	}
	period, err := readJSON[store.Period](entry.Details)
	if err != nil {
		return broken("cannot be read: " + err.Error())
	}
	digest := store.NewPeriodDigest()
	err = scan(bucketPeriodLines.in(tx), key{}.text(entry.Subject), func(_, v []byte) error {
		digest.Add(v)
		return nil
	})
	if err != nil {
		return err
	}
	if digest.Sum() != period.Digest {
		return broken("has lines that are not as they were locked")
	}
	return nil
}
