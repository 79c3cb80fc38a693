package bolt

import (
	"context"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// answeredKey is where the latest instant is kept as of which answers were given.
	answeredKey = "answered"
	// answeredAhead is how far that may be ahead of the answers, so that it is written once
	// in this time and not for each answer.
	answeredAhead = 2 * time.Second
	// longestSettle is the longest time that a start waits for the clock to pass the answers
	// of a program that was killed: what is stamped ahead of the clock is found late.
	longestSettle = 10 * time.Second
	// longSilence is after how long without a record answers are not noted any more: the
	// clock may be ahead, and what was noted under such a one would bar the store for as long.
	longSilence = 48 * time.Hour
)

// noteAnswer keeps that an answer is given as of an instant, so that no record is stamped
// before it even where the clock is set back and the program started again. That it cannot be
// kept does not keep anybody from an answer: Ready tells of it.
func (db *DB) noteAnswer(ctx context.Context, asOf time.Time) error {
	if db.guard == nil {
		return nil
	}
	if _, needed := db.guard.toNote(asOf); !needed {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case db.writer <- struct{}{}:
	}
	defer func() { <-db.writer }()
	until, needed := db.guard.toNote(asOf)
	if !needed {
		return nil // another question noted it meanwhile
	}
	if err := db.keepAnswered(until); err != nil {
		db.failed.Store(&err)
	}
	return nil
}

// toNote tells whether an answer must be noted, and as what.
func (g *clockGuard) toNote(asOf time.Time) (until time.Time, needed bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.wall(); asOf.After(now) {
		asOf = now
	}
	if !asOf.After(g.answered) || g.newest.IsZero() || asOf.Sub(g.newest) > longSilence {
		return time.Time{}, false
	}
	return asOf.Add(answeredAhead).UTC().Round(0), true
}

func (db *DB) keepAnswered(until time.Time) error {
	err := db.file.Update(func(tx *bbolt.Tx) error {
		return bucketMeta.in(tx).Put([]byte(answeredKey), key{}.instant(instantOf(until)))
	})
	if err != nil {
		return fmt.Errorf("writing to %s: %w", db.path, noSpace(err))
	}
	db.guard.mu.Lock()
	defer db.guard.mu.Unlock()
	db.guard.answered = until
	return nil
}

// endAnswers keeps the latest instant answered as it is, when the program ends.
func (db *DB) endAnswers() error {
	if db.guard == nil {
		return nil
	}
	db.guard.mu.Lock()
	kept := db.guard.answered
	db.guard.mu.Unlock()
	asked := db.horizon.latest()
	if !kept.After(asked) || kept.Equal(db.guard.restored) {
		return nil // there is nothing ahead of the answers, or no answer was noted
	}
	return db.keepAnswered(asked)
}

// restoreAnswered takes up the latest instant that was answered as of.
func (g *clockGuard) restoreAnswered(tx *bbolt.Tx) {
	if v := bucketMeta.in(tx).Get([]byte(answeredKey)); len(v) == 8 {
		g.answered = readInstant(v).time()
	}
	g.restored = g.answered
	if ahead := g.answered.Sub(g.wall()); ahead > 0 && ahead <= longestSettle {
		g.settled = time.Now().Add(ahead)
	}
}

// settle waits until the clock has passed all answers of a program that was killed.
func (g *clockGuard) settle(ctx context.Context) error {
	if g == nil || g.settled.IsZero() {
		return nil
	}
	timer := time.NewTimer(time.Until(g.settled))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
