package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/store"

	"github.com/klauspost/compress/s2"
	"go.etcd.io/bbolt"
)

const (
	// packedForm is the first byte of a record that is JSON packed by S2. JSON itself begins
	// with "{".
	packedForm = 2
	// packedFrom is from how many bytes on a record is packed.
	packedFrom = 512
	// maxUnpacked bounds what a damaged record may ask for, in bytes.
	maxUnpacked = 256 << 20
)

// packJSON writes a record whose lists may be long, of ids that are much alike.
func packJSON(record any) ([]byte, error) {
	plain, err := json.Marshal(record)
	if err != nil || len(plain) < packedFrom {
		return plain, err
	}
	packed := make([]byte, 1+s2.MaxEncodedLen(len(plain)))
	packed[0] = packedForm
	packed = packed[:1+len(s2.EncodeBetter(packed[1:], plain))]
	if len(packed) >= len(plain) {
		return plain, nil
	}
	return packed, nil
}

// unpackJSON reads a record, packed or not.
func unpackJSON(value []byte, to any) error {
	if len(value) == 0 || value[0] != packedForm {
		return json.Unmarshal(value, to)
	}
	size, err := s2.DecodedLen(value[1:])
	if err != nil || size > maxUnpacked {
		return errCorrupt
	}
	plain, err := s2.Decode(nil, value[1:])
	if err != nil {
		return fmt.Errorf("unpacking it: %w", err)
	}
	return json.Unmarshal(plain, to)
}

// get reads one record in a transaction of its own.
func get[T any](ctx context.Context, db *DB, b bucket, k key) (T, error) {
	var record T
	err := db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error { return getJSON(tx, b, k, &record) })
	return record, err
}

// getJSON fails with store.ErrNotFound where there is no record.
func getJSON(tx *bbolt.Tx, b bucket, k key, to any) error {
	value := b.in(tx).Get(k)
	if value == nil {
		return store.ErrNotFound
	}
	if err := unpackJSON(value, to); err != nil {
		return fmt.Errorf("reading a record of %s: %w", b, err)
	}
	return nil
}

// readJSON reads a record that is kept as JSON, packed or not.
func readJSON[T any](value []byte) (T, error) {
	var record T
	err := unpackJSON(value, &record)
	return record, err
}

// list reads every record of a bucket whose key begins with prefix, in the order of the keys.
func list[T any](ctx context.Context, db *DB, b bucket, prefix key, read func(value []byte) (T, error)) ([]T, error) {
	var records []T
	err := db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		var err error
		records, err = listIn(tx, b, prefix, read)
		return err
	})
	return records, err
}

// listIn is list inside a transaction.
func listIn[T any](tx *bbolt.Tx, b bucket, prefix key, read func(value []byte) (T, error)) ([]T, error) {
	var records []T
	err := scan(b.in(tx), prefix, func(_, v []byte) error {
		record, err := read(v)
		if err != nil {
			return fmt.Errorf("reading a record of %s: %w", b, err)
		}
		records = append(records, record)
		return nil
	})
	return records, err
}

func putJSON(tx *bbolt.Tx, b bucket, k key, record any) error {
	value, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("keeping a record of %s: %w", b, err)
	}
	return b.in(tx).Put(k, value)
}

// putChanged is putJSON that does not write a record again which stays as it is.
func putChanged(tx *bbolt.Tx, b bucket, k key, record any) error {
	value, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("keeping a record of %s: %w", b, err)
	}
	if bytes.Equal(b.in(tx).Get(k), value) {
		return nil
	}
	return b.in(tx).Put(k, value)
}

// putPacked is putJSON for buckets that are read by getJSON or unpackJSON alone.
func putPacked(tx *bbolt.Tx, b bucket, k key, record any) error {
	value, err := packJSON(record)
	if err != nil {
		return fmt.Errorf("keeping a record of %s: %w", b, err)
	}
	return b.in(tx).Put(k, value)
}
