package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// auditPage is how many entries are read in one transaction.
const auditPage = 1000

// Audit is the log of everything that was done, each entry chained to the one before it.
type Audit struct{ db *DB }

// appendAudit adds an entry, in the transaction of what it tells.
func appendAudit(tx *bbolt.Tx, at time.Time, actor, action, subject string, details any) error {
	b := bucketAudit.in(tx)
	b.FillPercent = 1
	entry := store.AuditEntry{Seq: 1, At: at, Actor: actor, Action: action, Subject: subject}
	prev := make([]byte, sha256.Size)
	if k, v := b.Cursor().Last(); k != nil {
		entry.Seq = readNumber(k) + 1
		prev = bytes.Clone(v[:sha256.Size])
	}
	entry.Prev = hex.EncodeToString(prev)
	var err error
	if entry.Details, err = json.Marshal(details); err != nil {
		return fmt.Errorf("audit entry of %s %s: %w", action, subject, err)
	}
	body, err := json.Marshal(entry)
	if err != nil {
		return fmt.Errorf("audit entry of %s %s: %w", action, subject, err)
	}
	return b.Put(key{}.number(entry.Seq), append(chainHash(prev, body), body...))
}

// newestAudit is when the newest entry was written; zero where there is none.
func newestAudit(tx *bbolt.Tx) (time.Time, error) {
	_, v := bucketAudit.in(tx).Cursor().Last()
	if len(v) < sha256.Size {
		return time.Time{}, nil
	}
	var entry store.AuditEntry
	if err := json.Unmarshal(v[sha256.Size:], &entry); err != nil {
		return time.Time{}, fmt.Errorf("reading the newest entry of the audit log: %w", err)
	}
	return entry.At, nil
}

// chainHash is the hash of an entry: of the hash before it and its own JSON.
func chainHash(prev, body []byte) []byte {
	h := sha256.New()
	h.Write(prev)
	h.Write(body)
	return h.Sum(nil)
}

// Verify reads the log from its first entry to its last and returns how many there are.
// It fails with store.BrokenAuditError at the first that is not as it was written, or
// whose decision or locked period is not.
func (a *Audit) Verify(ctx context.Context) (int, error) {
	check := verification{prev: make([]byte, sha256.Size)}
	if err := a.each(ctx, check.entry, check.noMoreDecisions); err != nil {
		return 0, err
	}
	return int(check.seq), nil
}

// Export writes the log as JSON lines, each a store.AuditEntry.
func (a *Audit) Export(ctx context.Context, w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return a.each(ctx, func(_ *bbolt.Tx, _, v []byte) error {
		var entry store.AuditEntry
		if err := json.Unmarshal(v[sha256.Size:], &entry); err != nil {
			return fmt.Errorf("reading the audit log: %w", err)
		}
		entry.Hash = hex.EncodeToString(v[:sha256.Size])
		return encoder.Encode(entry)
	}, func(*bbolt.Tx) error { return nil })
}

// each calls fn for every entry, in transactions of a page each, and then done in the
// transaction that saw the end.
func (a *Audit) each(ctx context.Context, fn func(tx *bbolt.Tx, k, v []byte) error, done func(tx *bbolt.Tx) error) error {
	next := key{}.number(0)
	for next != nil {
		err := a.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			c := bucketAudit.in(tx).Cursor()
			k, v := c.Seek(next)
			for n := 0; k != nil && n < auditPage; n++ {
				if err := fn(tx, k, v); err != nil {
					return err
				}
				k, v = c.Next()
			}
			next = bytes.Clone(k)
			if next == nil {
				return done(tx)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// verification is how far the log was verified.
type verification struct {
	seq      uint64
	prev     []byte
	decision uint64 // the newest that the log told of
}

func (v *verification) entry(tx *bbolt.Tx, k, value []byte) error {
	v.seq++
	seq := readNumber(k)
	if seq != v.seq {
		return &store.BrokenAuditError{Seq: v.seq, Reason: fmt.Sprintf("it is missing, entry %d follows", seq)}
	}
	if len(value) < sha256.Size || !bytes.Equal(value[:sha256.Size], chainHash(v.prev, value[sha256.Size:])) {
		return &store.BrokenAuditError{Seq: seq, Reason: "its hash is not that of its text and of the entry before it"}
	}
	v.prev = bytes.Clone(value[:sha256.Size])
	var entry store.AuditEntry
	if err := json.Unmarshal(value[sha256.Size:], &entry); err != nil {
		return &store.BrokenAuditError{Seq: seq, Reason: "it is not JSON: " + err.Error()}
	}
	switch entry.Action {
	case auditDecision:
		return v.compare(tx, entry)
	case auditLockPeriod:
		return periodKept(tx, entry)
	case auditCohorts:
		return cohortsKept(tx, entry)
	}
	return nil
}

// compare tells whether the decision that an entry tells of is kept as it was taken.
func (v *verification) compare(tx *bbolt.Tx, entry store.AuditEntry) error {
	v.decision++
	kept := bucketDecisions.in(tx).Get(key{}.number(v.decision))
	if len(kept) < 8 || !bytes.Equal(kept[8:], entry.Details) {
		return &store.BrokenAuditError{Seq: entry.Seq, Reason: fmt.Sprintf("decision %d on deal %s is not kept as it was taken", v.decision, entry.Subject)}
	}
	return nil
}

// noMoreDecisions tells whether the log told of every decision that is kept.
func (v *verification) noMoreDecisions(tx *bbolt.Tx) error {
	k, _ := bucketDecisions.in(tx).Cursor().Seek(key{}.number(v.decision + 1))
	if k == nil {
		return nil
	}
	return &store.BrokenAuditError{Seq: v.seq, Reason: fmt.Sprintf("it ends before decision %d", readNumber(k))}
}
