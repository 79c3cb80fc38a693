package bolt

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// key is a bucket key made of parts, such that keys sort by their first part, then by
// their second, and so on. Texts end with a zero byte; times and numbers are eight bytes,
// big end first. A key never changes: adding a part makes a new one.
type key []byte

// maxText is the most bytes of a text that are written into a key as they are.
const maxText = signals.MaxID

// text adds a text. One that is too long or holds a zero byte is cut and made unique by
// its hash; the record keeps it whole.
func (k key) text(s string) key {
	if len(s) > maxText || strings.IndexByte(s, 0) >= 0 {
		sum := sha256.Sum256([]byte(s))
		head := strings.ReplaceAll(s[:min(len(s), maxText/2)], "\x00", "\x01")
		s = head + "\x02" + hex.EncodeToString(sum[:])
	}
	return append(append(k[:len(k):len(k)], s...), 0)
}

// checkIDs refuses ids that a key would not hold whole: an index leads from them to records.
func checkIDs(what string, ids ...string) error {
	for _, id := range ids {
		if len(id) > maxText || strings.IndexByte(id, 0) >= 0 {
			return &store.InvalidError{What: what, Why: fmt.Sprintf("an id has at most %d bytes, a Chinese character being three, and no zero byte", maxText)}
		}
	}
	return nil
}

// number adds a number.
func (k key) number(n uint64) key { return binary.BigEndian.AppendUint64(k[:len(k):len(k)], n) }

// instant adds an instant.
func (k key) instant(i instant) key { return k.number(uint64(i) ^ 1<<63) }

// after is the first key behind all that begin with k. A text ends with 0, a number may
// end with 255: so the end is counted up, with carry.
func (k key) after() key {
	end := bytes.Clone(k)
	for i := len(end) - 1; i >= 0; i-- {
		end[i]++
		if end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// instant is a point in time as the file keeps it: nanoseconds since 1970, UTC.
type instant int64

// never is later than every instant. As an as-of it asks for the newest.
const never instant = math.MaxInt64

// none stands for the zero time.Time.
const none instant = math.MinInt64

// instantOf is t in the file's form.
func instantOf(t time.Time) instant {
	if t.IsZero() {
		return none
	}
	return instant(t.UnixNano())
}

// asOfInstant is the instant of a question, for which the zero time means the newest.
func asOfInstant(t time.Time) instant {
	if t.IsZero() {
		return never
	}
	return instantOf(t)
}

// time is i as callers see it.
func (i instant) time() time.Time {
	if i == none {
		return time.Time{}
	}
	return time.Unix(0, int64(i)).UTC()
}

// readNumber reads the number that ends at the end of k.
func readNumber(k []byte) uint64 { return binary.BigEndian.Uint64(k[len(k)-8:]) }

// readInstant reads the instant that begins at k.
func readInstant(k []byte) instant { return instant(binary.BigEndian.Uint64(k) ^ 1<<63) }

// scan calls fn for every key that begins with prefix, in order.
func scan(b *bbolt.Bucket, prefix key, fn func(k, v []byte) error) error {
	return scanFrom(b, prefix, prefix, fn)
}

// scanFrom calls fn for every key from start on that begins with prefix, in order.
func scanFrom(b *bbolt.Bucket, start, prefix key, fn func(k, v []byte) error) error {
	c := b.Cursor()
	for k, v := c.Seek(start); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// before finds the last key before end that begins with prefix; nil where there is none.
func before(c *bbolt.Cursor, end, prefix key) (k, v []byte) {
	k, _ = c.Seek(end)
	if end == nil || k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return k, v
}

// lastText is the text part at the end of a key whose earlier part is prefix.
func lastText(k []byte, prefix key) string { return string(k[len(prefix) : len(k)-1]) }

// hasPrefix tells whether a cursor stands on a key that begins with prefix.
func hasPrefix(k []byte, prefix key) bool { return k != nil && bytes.HasPrefix(k, prefix) }
