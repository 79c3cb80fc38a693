package bolt

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// noticePage is how many notices are read in one transaction.
const noticePage = 500

// Notices keeps procurement notices and whose they are.
type Notices struct{ db *DB }

// noticeVersion is a notice as it was learnt at an instant, without FirstSeen and
// LastSeen: those come from the runs that saw it.
type noticeVersion struct {
	signals.Notice
	RecordedAt time.Time `json:"recorded_at"`
}

func noticeKey(targetID, id string) key { return key{}.text(targetID).text(id) }

func noticeTable() *table[noticeVersion] {
	return &table[noticeVersion]{
		kind: "notice", newest: bucketNotices, versions: bucketNoticeVersions,
		id:         func(n noticeVersion) string { return n.ID },
		key:        func(n noticeVersion) key { return noticeKey(n.TargetID, n.ID) },
		recordedAt: func(n *noticeVersion) *time.Time { return &n.RecordedAt },
		index:      func(*bbolt.Tx, noticeVersion) error { return nil },
	}
}

// seeNotice keeps a notice that run n, started at start, saw.
func seeNotice(tx *bbolt.Tx, n signals.Notice, run uint64, start, at time.Time) (isNew, changed bool, err error) {
	n.FirstSeen, n.LastSeen = time.Time{}, time.Time{}
	notices := noticeTable()
	k := noticeKey(n.TargetID, n.ID)
	known, ok, err := notices.at(tx, k, never)
	if err != nil {
		return false, false, err
	}
	if ok {
		n = mergeNotice(known.Notice, n)
	}
	_, change, err := notices.put(tx, noticeVersion{Notice: n}, at)
	if err != nil {
		return false, false, err
	}
	if change == created || change == updated && known.Published == nil && n.Published != nil {
		if err := indexDay(tx, known.Notice, n, k, start); err != nil {
			return false, false, err
		}
	}
	return change == created, change == updated, sightNotice(tx, k, run)
}

// mergeNotice is what is known of a notice after another sight of it. A sight of its own
// page, or one that tells the buyer, has read the notice itself: what it states holds. One that does not, has only
// read the line of a list, and adds what was missing. A day of publication that was once
// stated stays, for sites move it to the top of their lists by changing it.
func mergeNotice(known, seen signals.Notice) signals.Notice {
	first, second := known, seen
	if seen.Buyer != "" || seen.Details == signals.DetailRead {
		first, second = seen, known
	}
	merged := first
	merged.Published = firstOf(known.Published, seen.Published)
	merged.Deadline = firstOf(first.Deadline, second.Deadline)
	merged.Amount = firstOf(first.Amount, second.Amount)
	for _, field := range []struct{ to, from *string }{
		{&merged.Title, &second.Title}, {&merged.URL, &second.URL}, {&merged.Buyer, &second.Buyer}, {&merged.BuyerCode, &second.BuyerCode},
		{&merged.Agency, &second.Agency}, {&merged.Currency, &second.Currency}, {&merged.Region, &second.Region},
		{&merged.ProjectNo, &second.ProjectNo}, {&merged.Summary, &second.Summary}, {&merged.Evidence, &second.Evidence},
	} {
		if *field.to == "" {
			*field.to = *field.from
		}
	}
	for _, field := range []struct{ to, from *[]string }{
		{&merged.Winners, &second.Winners}, {&merged.Categories, &second.Categories}, {&merged.Lots, &second.Lots},
	} {
		if len(*field.to) == 0 {
			*field.to = *field.from
		}
	}
	switch {
	case known.Details == signals.DetailRead || seen.Details == "":
		merged.Details = known.Details
	default:
		merged.Details = seen.Details
	}
	if merged.Type == "" || merged.Type == signals.NoticeOther && second.Type != "" {
		merged.Type = second.Type
	}
	return merged
}

func firstOf[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// dayOf is the day by which a notice is found: of publication, else of its first sight.
func dayOf(n signals.Notice, firstSeen time.Time) signals.Date {
	if n.Published != nil {
		return *n.Published
	}
	return signals.DateOf(firstSeen.In(signals.Shanghai))
}

func dayKey(d signals.Date) key { return key{}.instant(instantOf(d.Start())) }

// indexDay enters a notice under its day, and takes it from the one it had before.
func indexDay(tx *bbolt.Tx, known, n signals.Notice, k key, start time.Time) error {
	b := bucketNoticesByDay.in(tx)
	if known.ID != "" {
		first, _, err := sightings(tx, k, startsAsOf(tx, n.TargetID, never))
		if err != nil {
			return err
		}
		if err := b.Delete(append(dayKey(dayOf(known, first)), k...)); err != nil {
			return err
		}
	}
	return link(b, append(dayKey(dayOf(n, start)), k...))
}

// sightNotice notes that run n saw the notice with that key, where there is one.
func sightNotice(tx *bbolt.Tx, k key, n uint64) error {
	if bucketNotices.in(tx).Get(k) == nil {
		return nil
	}
	b := bucketNoticeSightings.in(tx)
	numbers, err := decodeNumbers(b.Get(k))
	if err != nil {
		return err
	}
	if len(numbers) > 0 && numbers[len(numbers)-1] == n {
		return nil
	}
	return b.Put(k, encodeNumbers(append(numbers, n)))
}

// encodeNumbers writes rising numbers as their differences.
func encodeNumbers(numbers []uint64) []byte {
	out := make(encoder, 0, len(numbers)+4)
	last := uint64(0)
	for _, n := range numbers {
		out.uint(n - last)
		last = n
	}
	return out
}

func decodeNumbers(value []byte) ([]uint64, error) {
	in := decoder{rest: value}
	var numbers []uint64
	last := uint64(0)
	for len(in.rest) > 0 {
		last += in.uint()
		numbers = append(numbers, last)
	}
	return numbers, in.err
}

// starts tells when a run of a target began, by its number, and whether that was known at
// the instant of the question.
type starts func(n uint64) (time.Time, bool, error)

// startsAsOf looks runs up one at a time.
func startsAsOf(tx *bbolt.Tx, targetID string, asOf instant) starts {
	summaries, target := bucketSummaries.in(tx), key{}.text(targetID)
	return func(n uint64) (time.Time, bool, error) {
		known, s, err := decodeSummary(summaries.Get(target.number(n)))
		return s.StartedAt, known <= asOf, err
	}
}

// sightings is when a notice was seen first and last; zero times where it was not.
func sightings(tx *bbolt.Tx, k key, start starts) (first, last time.Time, err error) {
	numbers, err := decodeNumbers(bucketNoticeSightings.in(tx).Get(k))
	if err != nil || len(numbers) == 0 {
		return first, last, err
	}
	first, known, err := start(numbers[0])
	if err != nil || !known {
		return time.Time{}, last, err
	}
	for _, n := range slices.Backward(numbers) {
		last, known, err = start(n)
		if err != nil || known {
			break
		}
	}
	return first, last, err
}

// readNotice reads a notice as it was known at an instant.
func readNotice(tx *bbolt.Tx, k key, asOf instant) (signals.Notice, bool, error) {
	return readNoticeWith(tx, k, asOf, func(targetID string) (starts, error) { return startsAsOf(tx, targetID, asOf), nil })
}

// readNoticeWith is readNotice for callers that know the runs of the target.
func readNoticeWith(tx *bbolt.Tx, k key, asOf instant, of func(targetID string) (starts, error)) (signals.Notice, bool, error) {
	version, ok, err := noticeTable().at(tx, k, asOf)
	if err != nil || !ok {
		return signals.Notice{}, false, err
	}
	n := version.Notice
	start, err := of(n.TargetID)
	if err != nil {
		return n, false, err
	}
	n.FirstSeen, n.LastSeen, err = sightings(tx, k, start)
	return n, err == nil, err
}

// Get reads a notice as it was known at an instant.
func (n *Notices) Get(ctx context.Context, targetID, id string, asOf time.Time) (signals.Notice, error) {
	var notice signals.Notice
	err := n.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		found, ok, err := readNotice(tx, noticeKey(targetID, id), asOfInstant(asOf))
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		notice = found
		return err
	})
	return notice, err
}

// Since calls fn with every notice that was published on a day or later, first seen where
// no day is stated, oldest first.
func (n *Notices) Since(ctx context.Context, from signals.Date, fn func(signals.Notice) error) error {
	next := dayKey(from)
	for next != nil {
		var page []signals.Notice
		err := n.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			var err error
			page, next, err = noticesFrom(tx, next)
			return err
		})
		if err != nil {
			return err
		}
		for _, notice := range page {
			if err := fn(notice); err != nil {
				return err
			}
		}
	}
	return nil
}

// noticesFrom reads a page of notices by day, and the key of the page after it, nil at
// the end.
func noticesFrom(tx *bbolt.Tx, from key) (page []signals.Notice, next key, err error) {
	c := bucketNoticesByDay.in(tx).Cursor()
	k, _ := c.Seek(from)
	for ; k != nil && len(page) < noticePage; k, _ = c.Next() {
		notice, ok, err := readNotice(tx, k[8:], never)
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			return nil, nil, fmt.Errorf("a notice that is listed by day is not kept: %w", errCorrupt)
		}
		page = append(page, notice)
	}
	return page, bytes.Clone(k), nil
}
