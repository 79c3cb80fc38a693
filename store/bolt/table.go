package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// table keeps records of one kind with every version of each. The newest version is in
// one bucket, the earlier ones in another, for nearly all questions are about the newest.
type table[T any] struct {
	db         *DB
	kind       string // "customer", for the audit log and errors
	newest     bucket
	versions   bucket
	id         func(T) string // as people write it
	key        func(T) key
	recordedAt func(*T) *time.Time
	// index adds what leads to the record. Entries are never taken away: a reader looks at
	// the version of its instant.
	index func(tx *bbolt.Tx, record T) error
	// prepare makes of a record what is kept of it, seeing the newest version (the zero T
	// where there is none) and from when on the record is known; nil keeps it as it is.
	prepare func(record, newest T, at time.Time) (T, error)
	// complete adds to a record that was read what was known elsewhere at the instant; nil
	// adds nothing. What it adds is not kept with the record.
	complete func(tx *bbolt.Tx, record *T, asOf instant) error
	// changed is told which records a transaction changes; nil tells nobody.
	changed func(tx *bbolt.Tx, ids []string)
}

// Get reads a record as it was known at an instant.
func (t *table[T]) Get(ctx context.Context, id string, asOf time.Time) (T, error) {
	var record T
	err := t.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		found, ok, err := t.at(tx, key{}.text(id), asOfInstant(asOf))
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		record = found
		return err
	})
	return record, err
}

// List reads up to limit records as they were known at an instant, in the order of their
// ids, from the first after the id given. A limit of 0 or less means all.
func (t *table[T]) List(ctx context.Context, asOf time.Time, after string, limit int) ([]T, error) {
	var records []T
	err := t.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		c := t.newest.in(tx).Cursor()
		start := key{}
		if after != "" {
			start = key{}.text(after).after()
		}
		for k, v := c.Seek(start); k != nil && (limit <= 0 || len(records) < limit); k, v = c.Next() {
			record, ok, err := t.version(tx, k, v, asOfInstant(asOf))
			if err != nil {
				return err
			}
			if ok {
				records = append(records, record)
			}
		}
		return nil
	})
	return records, err
}

// Put writes a batch of records in one transaction. A record equal to its newest version
// makes no new one.
func (t *table[T]) Put(ctx context.Context, records []T, actor string, at time.Time) (store.Changes, error) {
	var changes store.Changes
	err := t.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		for _, record := range records {
			list := &changes.Unchanged
			_, change, err := t.put(tx, record, at)
			if err != nil {
				return err
			}
			switch change {
			case created:
				list = &changes.Created
			case updated:
				list = &changes.Updated
			}
			*list = append(*list, t.id(record))
		}
		return t.tell(tx, changes, actor, at)
	})
	if err != nil {
		return store.Changes{}, err
	}
	return changes, nil
}

// PutIf writes a record that was made upon the version recorded at was; the zero time
// says that there must be none.
func (t *table[T]) PutIf(ctx context.Context, record T, was time.Time, actor string, at time.Time) (T, error) {
	var written T
	err := t.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		newest, ok, err := t.at(tx, t.key(record), never)
		if err != nil {
			return err
		}
		if ok != !was.IsZero() || ok && !t.recordedAt(&newest).Equal(was) {
			return &store.ConflictError{What: t.kind + " " + t.id(record)}
		}
		var change change
		written, change, err = t.put(tx, record, at)
		if err != nil || change == unchanged {
			return err
		}
		changes := store.Changes{Updated: []string{t.id(record)}}
		if change == created {
			changes = store.Changes{Created: []string{t.id(record)}}
		}
		return t.tell(tx, changes, actor, at)
	})
	return written, err
}

// at reads a record as it was known at an instant.
func (t *table[T]) at(tx *bbolt.Tx, k key, asOf instant) (T, bool, error) {
	return t.version(tx, k, t.newest.in(tx).Get(k), asOf)
}

// version picks the version of an instant of the record whose newest one is given.
func (t *table[T]) version(tx *bbolt.Tx, k key, newest []byte, asOf instant) (record T, ok bool, err error) {
	value := newest
	if value != nil && readInstant(value) > asOf {
		_, value = before(t.versions.in(tx).Cursor(), k.instant(asOf+1), k)
	}
	if value == nil {
		return record, false, nil
	}
	if err := json.Unmarshal(value[8:], &record); err != nil {
		return record, false, fmt.Errorf("reading %s %s: %w", t.kind, k, err)
	}
	if t.complete == nil {
		return record, true, nil
	}
	err = t.complete(tx, &record, asOf)
	return record, err == nil, err
}

type change int

const (
	unchanged change = iota
	created
	updated
)

// put writes one record. It returns the version that holds now.
func (t *table[T]) put(tx *bbolt.Tx, record T, at time.Time) (T, change, error) {
	id, k := t.id(record), t.key(record)
	if id == "" {
		return record, unchanged, &store.InvalidError{What: "a " + t.kind, Why: "it has no id"}
	}
	if err := checkIDs("a "+t.kind, id); err != nil {
		return record, unchanged, err
	}
	change := created
	newest := t.newest.in(tx).Get(k)
	if newest != nil && !at.After(readInstant(newest).time()) {
		at = readInstant(newest).time().Add(1)
	}
	record, err := t.prepared(record, newest, at)
	if err != nil {
		return record, unchanged, err
	}
	if newest != nil {
		change = updated
		was := readInstant(newest).time()
		*t.recordedAt(&record) = was
		same, err := json.Marshal(record)
		if err != nil {
			return record, unchanged, err
		}
		if bytes.Equal(same, newest[8:]) {
			return record, unchanged, nil
		}
		if err := t.versions.in(tx).Put(k.instant(instantOf(was)), bytes.Clone(newest)); err != nil {
			return record, unchanged, err
		}
	}
	*t.recordedAt(&record) = at
	body, err := json.Marshal(record)
	if err != nil {
		return record, unchanged, fmt.Errorf("keeping %s %s: %w", t.kind, id, err)
	}
	value := append(key{}.instant(instantOf(at)), body...)
	if err := t.newest.in(tx).Put(k, value); err != nil {
		return record, unchanged, err
	}
	return record, change, t.index(tx, record)
}

// prepared is a record as it is kept, given the bytes of its newest version.
func (t *table[T]) prepared(record T, newest []byte, at time.Time) (T, error) {
	if t.prepare == nil {
		return record, nil
	}
	var was T
	if newest != nil {
		if err := json.Unmarshal(newest[8:], &was); err != nil {
			return record, fmt.Errorf("reading %s %s: %w", t.kind, t.id(record), err)
		}
	}
	return t.prepare(record, was, at)
}

// tell writes into the audit log what a batch changed.
func (t *table[T]) tell(tx *bbolt.Tx, changes store.Changes, actor string, at time.Time) error {
	if len(changes.Created)+len(changes.Updated) == 0 {
		return nil
	}
	if t.changed != nil {
		t.changed(tx, slices.Concat(changes.Created, changes.Updated))
	}
	return appendAudit(tx, at, actor, "put", t.kind, struct {
		Created []string `json:"created,omitempty"`
		Updated []string `json:"updated,omitempty"`
	}{changes.Created, changes.Updated})
}
