package bolt

import (
	"sync"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

const (
	// mostBehind is how far the clock may be behind the newest that is kept: machines are
	// set right by as much, and writes keep their order meanwhile.
	mostBehind = 5 * time.Minute
	// mostAhead is how far the clock may leap while the program runs.
	mostAhead = 15 * time.Minute
)

// newestKey is where the stamp of the newest write is kept.
const newestKey = "newest"

// clockGuard tells whether the machine's clock can be believed: what is written under a
// wrong one has a wrong place in the past for ever. The clock is held against the newest
// that is kept, and against a count of time that nobody sets.
type clockGuard struct {
	wall    func() time.Time
	elapsed func() time.Duration
	others  func(now time.Time) error // what others say of the clock; nil where nobody does

	restored time.Time // what answered was at the start
	settled  time.Time // by the machine's own count: from when on there may be writes

	mu       sync.Mutex
	newest   time.Time     // stamp of the newest write
	answered time.Time     // no answer that was noted is as of a later instant
	sure     time.Time     // what the clock said when it was believed last
	at       time.Duration // what elapsed said then
}

func newClockGuard(wall func() time.Time, elapsed func() time.Duration) *clockGuard {
	return &clockGuard{wall: wall, elapsed: elapsed, sure: wall(), at: elapsed()}
}

// check fails with store.ClockError while the clock is not to be believed. A clock that
// comes back is believed again at once; one that leapt ahead and is right after all is
// believed by the next start of the program.
func (g *clockGuard) check() error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now, passed := g.wall().UTC().Round(0), g.elapsed()
	if newest := g.latest(); now.Before(newest.Add(-mostBehind)) {
		return &store.ClockError{Now: now, Newest: newest}
	}
	if expected := g.sure.Add(passed - g.at).UTC().Round(0); now.After(expected.Add(mostAhead)) {
		return &store.ClockError{Now: now, Newest: g.newest, Expected: expected}
	}
	if g.others != nil {
		if err := g.others(now); err != nil {
			return err
		}
	}
	g.sure, g.at = now, passed
	return nil
}

// latest is the newest instant that was written or answered as of. The caller holds mu.
func (g *clockGuard) latest() time.Time {
	if g.answered.After(g.newest) {
		return g.answered
	}
	return g.newest
}

// refuseFuture fails with store.ClockError for a stamp that was taken under a clock that
// was ahead: it has come back since.
func (g *clockGuard) refuseFuture(stamp time.Time) error {
	if g == nil {
		return nil
	}
	now := g.wall().UTC().Round(0)
	if stamp.After(now.Add(mostBehind)) {
		return &store.ClockError{Now: stamp.UTC(), Expected: now}
	}
	return nil
}

// wrote notes the stamp of a write.
func (g *clockGuard) wrote(stamp time.Time) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if stamp.After(g.newest) {
		g.newest = stamp
	}
}

// note keeps the stamp of the newest write, for the next start. It is called in the
// transaction of each write.
func (g *clockGuard) note(tx *bbolt.Tx, stamp time.Time) error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	newest := g.newest
	g.mu.Unlock()
	if stamp.After(newest) {
		newest = stamp
	}
	return bucketMeta.in(tx).Put([]byte(newestKey), key{}.instant(instantOf(newest)))
}

// newestStamp is the stamp of the newest write; of files that do not keep it, of the newest
// entry of the audit log.
func newestStamp(tx *bbolt.Tx) (time.Time, error) {
	if v := bucketMeta.in(tx).Get([]byte(newestKey)); len(v) == 8 {
		return readInstant(v).time(), nil
	}
	return newestAudit(tx)
}

// ClockTrusted fails with store.ClockError while the machine's clock is not to be believed.
func (db *DB) ClockTrusted() error { return db.guard.check() }

// LastWritten is the stamp of the newest write; zero where the clock is not watched or
// nothing was written yet.
func (db *DB) LastWritten() time.Time {
	if db.guard == nil {
		return time.Time{}
	}
	db.guard.mu.Lock()
	defer db.guard.mu.Unlock()
	return db.guard.newest
}

// watchClock begins to watch the clock. Stamps go on behind the newest one.
func (db *DB) watchClock(elapsed func() time.Duration, others func(time.Time) error) error {
	guard := newClockGuard(db.clock, elapsed)
	guard.others = others
	err := db.file.View(func(tx *bbolt.Tx) error {
		newest, err := newestStamp(tx)
		guard.newest = newest
		guard.restoreAnswered(tx)
		return err
	})
	if err != nil {
		return err
	}
	if latest := guard.latest(); !latest.After(db.clock().Add(mostBehind)) {
		db.horizon.asked = latest
	}
	db.guard = guard
	return nil
}
