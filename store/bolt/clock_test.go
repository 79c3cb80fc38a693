package bolt_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// machine is a clock that is set, and a count of time that is not.
type machine struct {
	now    time.Time
	passed time.Duration
}

func (m *machine) wait(d time.Duration) { m.now, m.passed = m.now.Add(d), m.passed+d }

func (m *machine) open(t *testing.T, file string) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(file, bolt.Options{
		NoSync: true, WatchClock: true, Clock: func() time.Time { return m.now }, Elapsed: func() time.Duration { return m.passed },
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func putCustomer(t *testing.T, db *bolt.DB, name string) error {
	t.Helper()
	_, err := db.Customers.Put(t.Context(), []signals.Customer{{ID: "C1", Name: name}}, "me", time.Time{})
	return err
}

func mustClose(t *testing.T, db *bolt.DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func wantClockError(t *testing.T, err error) {
	t.Helper()
	var wrong *store.ClockError
	if !errors.As(err, &wrong) {
		t.Errorf("got %v, want a store.ClockError", err)
	}
}

func wantNone(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func newMachine() *machine { return &machine{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func TestClockThatLeapsAheadAndBackLeavesNothingInTheFuture(t *testing.T) {
	m := newMachine()
	db := m.open(t, filepath.Join(t.TempDir(), "a.db"))
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "一"))

	m.now = m.now.AddDate(4, 0, 0)
	wantClockError(t, putCustomer(t, db, "二"))
	wantClockError(t, db.Ready(t.Context()))
	// A question under the wrong clock moves nothing that is written later into the future.
	_, err := db.Customers.Get(t.Context(), "C1", m.now)
	wantNone(t, err)

	future := m.now
	m.now = m.now.AddDate(-4, 0, 0)
	m.wait(time.Minute)
	wantNone(t, db.Ready(t.Context()))
	_, err = db.Customers.Put(t.Context(), []signals.Customer{{ID: "C1", Name: "二"}}, "me", future)
	wantClockError(t, err) // it was stamped while the clock was ahead
	wantNone(t, putCustomer(t, db, "三"))
	got, err := db.Customers.Get(t.Context(), "C1", m.now)
	wantNone(t, err)
	if got.Name != "三" || got.RecordedAt.After(m.now) {
		t.Errorf("got %s of %v, want 三 of %v", got.Name, got.RecordedAt, m.now)
	}
}

func TestClockBehindTheNewestRecordIsNotWrittenUnder(t *testing.T) {
	m := newMachine()
	file := filepath.Join(t.TempDir(), "b.db")
	db := m.open(t, file)
	wantNone(t, putCustomer(t, db, "一"))
	newest := m.now

	m.now = newest.Add(-4 * time.Minute) // within what machines are set right by
	wantNone(t, putCustomer(t, db, "二"))
	m.now = newest.Add(-6 * time.Minute)
	wantClockError(t, putCustomer(t, db, "三"))
	wantClockError(t, db.Ready(t.Context()))
	mustClose(t, db)

	db = m.open(t, file) // starting again does not help
	wantClockError(t, putCustomer(t, db, "三"))
	mustClose(t, db)

	m.now = newest.Add(-3 * time.Minute)
	db = m.open(t, file)
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "三"))
	got, err := db.Customers.Get(t.Context(), "C1", time.Time{})
	wantNone(t, err)
	if !got.RecordedAt.After(newest) {
		t.Errorf("recorded at %v, before what was kept at %v", got.RecordedAt, newest)
	}
}

func TestClockThatIsRightAfterALeapIsBelievedByTheNextStart(t *testing.T) {
	m := newMachine()
	file := filepath.Join(t.TempDir(), "c.db")
	db := m.open(t, file)
	wantNone(t, putCustomer(t, db, "一"))
	m.now = m.now.Add(time.Hour)
	wantClockError(t, putCustomer(t, db, "二"))
	mustClose(t, db)
	db = m.open(t, file)
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "二"))
}

func TestTimeThatPassesIsNoLeap(t *testing.T) {
	m := newMachine()
	db := m.open(t, filepath.Join(t.TempDir(), "d.db"))
	defer mustClose(t, db)
	for range 10 {
		m.wait(48 * time.Hour)
		wantNone(t, db.Ready(t.Context()))
		wantNone(t, putCustomer(t, db, m.now.String()))
	}
}
