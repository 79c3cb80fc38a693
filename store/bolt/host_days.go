package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"
)

// HostDays keeps how many requests each host was granted on a day (crawler.Ledger). It
// stands among the marks, for like those it says how far things went, and nothing of what
// was found.
type HostDays struct{ db *DB }

// HostDays is the ledger of requests.
func (db *DB) HostDays() *HostDays { return &HostDays{db} }

// hostDaysKept is how many days back the ledger reaches: a clock that was set wrong and
// set right again still finds its day.
const hostDaysKept = 7

func hostDayKey(day, host string) key { return hostDaysKey().text(day).text(host) }

func hostDaysKey() key { return key{}.text("\x01host_days") }

// Granted is how many requests a host was granted on a day.
func (h *HostDays) Granted(ctx context.Context, host, day string) (int, error) {
	n := 0
	err := h.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		n = grantedIn(tx, hostDayKey(day, host))
		return nil
	})
	return n, err
}

func grantedIn(tx *bbolt.Tx, k key) int {
	if v := bucketMarks.in(tx).Get(k); len(v) == 8 {
		return int(binary.BigEndian.Uint64(v))
	}
	return 0
}

// Grant grants a host more requests on a day, and forgets days long past.
func (h *HostDays) Grant(ctx context.Context, host, day string, n int) error {
	return h.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, at time.Time) error {
		marks, k := bucketMarks.in(tx), hostDayKey(day, host)
		if err := marks.Put(k, binary.BigEndian.AppendUint64(nil, uint64(grantedIn(tx, k)+n))); err != nil {
			return err
		}
		kept := hostDaysKey().text(at.AddDate(0, 0, -hostDaysKept).Format(time.DateOnly))
		var old [][]byte
		c := marks.Cursor()
		for k, _ := c.Seek(hostDaysKey()); bytes.HasPrefix(k, hostDaysKey()) && bytes.Compare(k, kept) < 0; k, _ = c.Next() {
			old = append(old, bytes.Clone(k))
		}
		for _, k := range old {
			if err := marks.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}
