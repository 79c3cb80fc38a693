package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

const (
	// sentIDsKept is for how many days the hashes of message ids are kept: WeCom lets messages
	// be pulled for five days, so that later ones are none that came again.
	sentIDsKept = 10
	// memberDaysKept is for how many days numbers are kept: WeCom states them for 180.
	memberDaysKept = 190
)

// The parts of what is kept of members' days. They stand among the marks, for like those they
// say how far things went. Behind each comes source, day, member.
const (
	daysStated  = "stated"  // the vendor's figure; source is ""
	daysSent    = "sent"    // how many messages a source showed
	daysIDs     = "ids"     // the first 8 bytes of their ids' hashes
	daysDoubted = "doubted" // where the coverage was taken back
)

func daysRoot() key { return key{}.text("\x01wecom_days") }

func daysKey(part, source string) key { return daysRoot().text(part).text(source) }

func memberDayKey(part, source, member string, day signals.Date) key {
	return daysKey(part, source).instant(instantOf(day.Start())).text(member)
}

// CountSent counts messages, each once, however often and in whatever order they come. Of days
// so long past that ids of theirs are not known any more none are counted.
func (w *WeCom) CountSent(ctx context.Context, source string, sent []store.SentMessage, at time.Time) error {
	byDay := make(map[store.MemberDay][]uint64)
	known := signals.DateOf(at.In(signals.Shanghai)).AddDays(-sentIDsKept)
	for _, m := range sent {
		if day := (store.MemberDay{Member: m.Member, Day: m.Day}); !m.Day.Before(known) {
			byDay[day] = append(byDay[day], shortHash(source, m.ID))
		}
	}
	return w.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
		for d, ids := range byDay {
			if err := countSent(tx, memberDayKey(daysIDs, source, d.Member, d.Day), memberDayKey(daysSent, source, d.Member, d.Day), ids); err != nil {
				return err
			}
		}
		prefix := daysKey(daysIDs, source)
		return dropDays(tx, prefix, func(k key) (drop, more bool) {
			old := bytes.Compare(k, prefix.instant(instantOf(known.Start()))) < 0
			return old, old
		})
	})
}

func countSent(tx *bbolt.Tx, idsKey, sentKey key, ids []uint64) error {
	marks := bucketMarks.in(tx)
	held := bytes.Clone(marks.Get(idsKey))
	seen := make(map[uint64]bool)
	for rest := held; len(rest) >= 8; rest = rest[8:] {
		seen[binary.BigEndian.Uint64(rest)] = true
	}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			held = binary.BigEndian.AppendUint64(held, id)
		}
	}
	if err := marks.Put(idsKey, held); err != nil {
		return err
	}
	return marks.Put(sentKey, key{}.number(uint64(len(seen))))
}

// KeepFigures keeps the vendor's final figures, of each member and day the largest, and tells
// how many are new.
func (w *WeCom) KeepFigures(ctx context.Context, figures []store.MemberDay, at time.Time) (int, error) {
	changed := 0
	err := w.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		marks := bucketMarks.in(tx)
		changed = 0
		for _, f := range figures {
			k := memberDayKey(daysStated, "", f.Member, f.Day)
			if was := marks.Get(k); was != nil && readNumber(was) >= uint64(f.Stated) {
				continue
			}
			changed++
			if err := marks.Put(k, key{}.number(uint64(f.Stated))); err != nil {
				return err
			}
		}
		oldest := instantOf(signals.DateOf(at.In(signals.Shanghai)).AddDays(-memberDaysKept).Start())
		err := dropDays(tx, daysRoot(), func(k key) (drop, more bool) {
			day, _ := memberDayOf(k)
			return day < oldest, true
		})
		if err != nil || changed == 0 {
			return err
		}
		return appendAudit(tx, at, machine, "add_statistics", "wecom", map[string]int{"figures": changed})
	})
	return changed, err
}

// MemberDays reads the days from a day on of which there is a figure, with what a source showed.
func (w *WeCom) MemberDays(ctx context.Context, source string, since signals.Date) ([]store.MemberDay, error) {
	var list []store.MemberDay
	err := w.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		marks, prefix := bucketMarks.in(tx), daysKey(daysStated, "")
		return scanFrom(marks, prefix.instant(instantOf(since.Start())), prefix, func(k, v []byte) error {
			d := store.MemberDay{
				Member: lastText(k, prefix.number(0)), Stated: int(readNumber(v)),
				Day: signals.DateOf(readInstant(k[len(prefix):]).time().In(signals.Shanghai)),
			}
			if sent := marks.Get(memberDayKey(daysSent, source, d.Member, d.Day)); sent != nil {
				d.Sent = int(readNumber(sent))
			}
			d.Doubted = marks.Get(memberDayKey(daysDoubted, source, d.Member, d.Day)) != nil
			list = append(list, d)
			return nil
		})
	})
	return list, err
}

// SetDoubted remembers of which days the coverage of a source was taken back or given back.
func (w *WeCom) SetDoubted(ctx context.Context, source string, days []store.MemberDay, at time.Time) error {
	return w.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
		marks := bucketMarks.in(tx)
		for _, d := range days {
			k := memberDayKey(daysDoubted, source, d.Member, d.Day)
			if !d.Doubted {
				if err := marks.Delete(k); err != nil {
					return err
				}
			} else if err := marks.Put(k, []byte{1}); err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetMember drops the numbers of a member.
func (w *WeCom) ForgetMember(ctx context.Context, member string, at time.Time) error {
	return w.db.write(ctx, at, func(tx *bbolt.Tx, _ time.Time) error {
		return dropDays(tx, daysRoot(), func(k key) (drop, more bool) {
			_, of := memberDayOf(k)
			return of == member, true
		})
	})
}

// memberCounts adds the numbers of a member's days to others.
func memberCounts(tx *bbolt.Tx, list []store.MemberCount, member string) ([]store.MemberCount, error) {
	marks := bucketMarks.in(tx)
	err := scan(marks, daysRoot(), func(k, v []byte) error {
		at, of := memberDayOf(k)
		if of != member {
			return nil
		}
		part, rest, _ := bytes.Cut(k[len(daysRoot()):], []byte{0})
		source, _, _ := bytes.Cut(rest, []byte{0})
		if p := string(part); p != daysStated && p != daysSent {
			return nil
		}
		day := signals.DateOf(at.time().In(signals.Shanghai))
		list = append(list, store.MemberCount{
			Member: member, Day: day, Source: string(source), Messages: int(readNumber(v)),
			Hashes:  len(marks.Get(memberDayKey(daysIDs, string(source), member, day))) / 8,
			Doubted: marks.Get(memberDayKey(daysDoubted, string(source), member, day)) != nil,
		})
		return nil
	})
	return list, err
}

// memberDayOf reads day and member from a key: behind root, part and source, which end with a
// zero byte each.
func memberDayOf(k key) (day instant, member string) {
	rest := k[len(daysRoot()):]
	for range 2 {
		rest = rest[bytes.IndexByte(rest, 0)+1:]
	}
	return readInstant(rest), lastText(rest, rest[:8])
}

// dropDays deletes the keys behind a prefix that are to be dropped, until there are no more.
func dropDays(tx *bbolt.Tx, prefix key, choose func(k key) (drop, more bool)) error {
	marks := bucketMarks.in(tx)
	var old [][]byte
	c := marks.Cursor()
	for k, _ := c.Seek(prefix); hasPrefix(k, prefix); k, _ = c.Next() {
		drop, more := choose(k)
		if drop {
			old = append(old, bytes.Clone(k))
		}
		if !more {
			break
		}
	}
	for _, k := range old {
		if err := marks.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
