package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

func matchKey(m signals.NoticeMatch) key {
	return noticeKey(m.TargetID, m.NoticeID).text(m.CustomerID)
}

// newestMatch reads the newest version of a match that was known at an instant.
func newestMatch(tx *bbolt.Tx, k key, asOf instant) (m signals.NoticeMatch, number uint64, ok bool, err error) {
	c := bucketMatches.in(tx).Cursor()
	for at, v := before(c, k.after(), k); hasPrefix(at, k); at, v = c.Prev() {
		if readInstant(v) > asOf {
			continue
		}
		if err := json.Unmarshal(v[8:], &m); err != nil {
			return m, 0, false, fmt.Errorf("reading a match: %w", err)
		}
		return m, readNumber(at), true, nil
	}
	return m, 0, false, nil
}

// putMatch keeps a match. What a person judged is not overwritten by the program, and a
// match equal to its newest version makes no new one.
func putMatch(tx *bbolt.Tx, m signals.NoticeMatch, at time.Time) (changed bool, err error) {
	if m.TargetID == "" || m.NoticeID == "" || m.CustomerID == "" {
		return false, &store.InvalidError{What: "a match", Why: "it needs a target, a notice and a customer"}
	}
	k := matchKey(m)
	newest, number, ok, err := newestMatch(tx, k, never)
	if err != nil {
		return false, err
	}
	if ok {
		if newest.Actor != "" && m.Actor == "" {
			return false, nil
		}
		m.RecordedAt = newest.RecordedAt
		if m == newest {
			return false, nil
		}
		at = latest(at, newest.RecordedAt)
	}
	m.RecordedAt = at
	body, err := json.Marshal(m)
	if err != nil {
		return false, fmt.Errorf("keeping a match: %w", err)
	}
	if err := bucketMatches.in(tx).Put(k.number(number+1), append(key{}.instant(instantOf(at)), body...)); err != nil {
		return false, err
	}
	if err := link(bucketMatchesByParty.in(tx), key{}.text(m.CustomerID).text(m.TargetID).text(m.NoticeID)); err != nil {
		return false, err
	}
	if m.Match && m.Review && m.Actor == "" {
		return true, link(bucketReview.in(tx), k)
	}
	return true, bucketReview.in(tx).Delete(k)
}

// customersOfNotice lists the customers that a notice was matched to.
func customersOfNotice(tx *bbolt.Tx, targetID, id string) ([]string, error) {
	var customers []string
	err := scan(bucketMatches.in(tx), noticeKey(targetID, id), func(_, v []byte) error {
		var m signals.NoticeMatch
		if err := json.Unmarshal(v[8:], &m); err != nil {
			return fmt.Errorf("reading a match: %w", err)
		}
		customers = append(customers, m.CustomerID)
		return nil
	})
	return customers, err
}

// MatchesOf lists the matches that hold of a customer, in the order of their notices.
func (n *Notices) MatchesOf(ctx context.Context, customerID string) ([]signals.NoticeMatch, error) {
	var matches []signals.NoticeMatch
	err := n.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		party := key{}.text(customerID)
		c := bucketMatchesByParty.in(tx).Cursor()
		for k, _ := c.Seek(party); hasPrefix(k, party); k, _ = c.Next() {
			m, _, ok, err := newestMatch(tx, slices.Concat(key(k[len(party):]), key{}.text(customerID)), never)
			if err != nil {
				return err
			}
			if ok && m.Match {
				matches = append(matches, m)
			}
		}
		return nil
	})
	return matches, err
}

// Match keeps whose notices are, as the program found it. What a person judged stays.
func (n *Notices) Match(ctx context.Context, at time.Time, matches []signals.NoticeMatch) error {
	if len(matches) == 0 {
		return nil
	}
	return n.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		count := 0
		for _, m := range matches {
			changed, err := putMatch(tx, m, at)
			if err != nil {
				return err
			}
			if changed {
				count++
			}
		}
		if count == 0 {
			return nil
		}
		return appendAudit(tx, at, machine, "match", "notices", map[string]int{"changed": count})
	})
}

// ToReview lists up to limit matches that wait for a person, from the first after the
// place given (store.Pending.Cursor). A limit of 0 or less means all.
func (n *Notices) ToReview(ctx context.Context, after string, limit int) ([]store.Pending, error) {
	var pending []store.Pending
	err := n.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		start := key{}
		if after != "" {
			for _, part := range strings.Split(after, "\x00") {
				start = start.text(part)
			}
			start = start.after()
		}
		c := bucketReview.in(tx).Cursor()
		for k, _ := c.Seek(start); k != nil && (limit <= 0 || len(pending) < limit); k, _ = c.Next() {
			p, ok, err := readPending(tx, k)
			if err != nil {
				return err
			}
			if ok {
				pending = append(pending, p)
			}
		}
		return nil
	})
	return pending, err
}

// readPending reads a match that waits, false where its notice is not kept.
func readPending(tx *bbolt.Tx, k key) (store.Pending, bool, error) {
	m, _, ok, err := newestMatch(tx, k, never)
	if err != nil || !ok {
		return store.Pending{}, false, err
	}
	notice, ok, err := readNotice(tx, noticeKey(m.TargetID, m.NoticeID), never)
	return store.Pending{Notice: notice, Match: m}, ok, err
}

// Judge keeps what a person said of a match: Match and Actor, and Role unless it stays as
// the program read it.
func (n *Notices) Judge(ctx context.Context, m signals.NoticeMatch, at time.Time) (signals.NoticeMatch, error) {
	var judged signals.NoticeMatch
	err := n.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		if m.Actor == "" {
			return &store.InvalidError{What: "a judgement", Why: "it names no person"}
		}
		newest, _, ok, err := newestMatch(tx, matchKey(m), never)
		if err != nil {
			return err
		}
		if !ok {
			return store.ErrNotFound
		}
		judged = newest
		judged.Match, judged.Actor, judged.Review = m.Match, m.Actor, false
		if m.Role != "" {
			judged.Role = m.Role
		}
		changed, err := putMatch(tx, judged, at)
		if err != nil || !changed {
			return err
		}
		if judged, _, _, err = newestMatch(tx, matchKey(m), never); err != nil {
			return err
		}
		return appendAudit(tx, at, m.Actor, "judge", m.CustomerID, judged)
	})
	return judged, err
}
