package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/signals/match"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// bucketUnread is the list of work of coming runs: target, notice: a notice whose own page
// was not read. What was known of it at an instant, the summaries of the runs tell.
const bucketUnread bucket = "unread_details"

// createUnread is schema version 4. Earlier versions of the program took a notice for known
// whether its page was read or not: those that name no buyer are to be read again. Coming
// runs drop those that are too old to count.
func createUnread(tx *bbolt.Tx) error {
	if _, err := tx.CreateBucket([]byte(bucketUnread)); err != nil {
		return fmt.Errorf("making bucket %s: %w", bucketUnread, err)
	}
	return scan(bucketNotices.in(tx), nil, func(k, v []byte) error {
		var n noticeVersion
		if err := json.Unmarshal(v[8:], &n); err != nil {
			return fmt.Errorf("reading a notice: %w", err)
		}
		if n.URL == "" || n.Buyer != "" {
			return nil
		}
		first, _, err := sightings(tx, k, startsAsOf(tx, n.TargetID, never))
		if err != nil {
			return err
		}
		return putJSON(tx, bucketUnread, k, signals.UnreadDetail{
			TargetID: n.TargetID, NoticeID: n.ID, URL: n.URL, Day: dayOf(n.Notice, first),
			Doubtful: match.MayBeAnybodys(n.Notice),
		})
	})
}

// unread keeps which notices lack their details now.
func (m *committing) unread() error {
	for _, id := range m.c.DetailsRead {
		if err := bucketUnread.in(m.tx).Delete(noticeKey(m.c.Run.TargetID, id)); err != nil {
			return err
		}
	}
	for _, d := range m.c.Unread {
		d.TargetID = m.c.Run.TargetID
		if err := putChanged(m.tx, bucketUnread, noticeKey(d.TargetID, d.NoticeID), d); err != nil {
			return err
		}
	}
	return nil
}

// UnreadDetails lists the notices of a target whose own pages were not read, in the order
// of their ids.
func (r *Runs) UnreadDetails(ctx context.Context, targetID string) ([]signals.UnreadDetail, error) {
	return list(ctx, r.db, bucketUnread, key{}.text(targetID), readJSON[signals.UnreadDetail])
}

// Notice reads a notice of a target as it is known now.
func (r *Runs) Notice(ctx context.Context, targetID, id string) (signals.Notice, error) {
	var notice signals.Notice
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		found, ok, err := readNotice(tx, noticeKey(targetID, id), never)
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		notice = found
		return err
	})
	return notice, err
}
