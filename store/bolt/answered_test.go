package bolt_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/store"
	"dealvitals/store/bolt"
)

// ask asks for the customer as of an instant and returns its name, "" where it was not known.
func ask(t *testing.T, db *bolt.DB, asOf time.Time) string {
	t.Helper()
	got, err := db.Customers.Get(t.Context(), "C1", asOf)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		t.Fatal(err)
	}
	return got.Name
}

func TestAnswersStayWhereTheClockIsSetBackAcrossAStart(t *testing.T) {
	m := newMachine()
	file := filepath.Join(t.TempDir(), "a.db")
	db := m.open(t, file)
	wantNone(t, putCustomer(t, db, "一"))
	m.wait(time.Hour)
	asked := m.now
	if name := ask(t, db, asked); name != "一" {
		t.Fatalf("answered %s", name)
	}
	mustClose(t, db)

	m.now = asked.Add(-30 * time.Minute) // after the newest record, before the answer
	db = m.open(t, file)
	wantClockError(t, putCustomer(t, db, "二"))
	mustClose(t, db)

	m.now = asked.Add(-3 * time.Minute) // within what machines are set right by
	db = m.open(t, file)
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "二"))
	if name := ask(t, db, asked); name != "一" {
		t.Errorf("the answer as of then is %s now", name)
	}
	if name := ask(t, db, asked.Add(time.Second)); name != "二" {
		t.Errorf("after it the answer is %s", name)
	}
}

func TestAProgramThatWasKilledWritesOnlyAfterWhatItAnswered(t *testing.T) {
	m := newMachine()
	file := filepath.Join(t.TempDir(), "b.db")
	db := m.open(t, file)
	wantNone(t, putCustomer(t, db, "一"))
	m.wait(time.Minute)
	ask(t, db, m.now)
	copied := copyOf(t, db)
	mustClose(t, db)

	m.now = m.now.Add(-time.Second) // the machine was set right by a little meanwhile
	db = m.open(t, copied)
	defer mustClose(t, db)
	ended, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := db.Circuits().DropCircuit(ended, "h"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a write at once: %v, want that it waits", err)
	}
	m.now = m.now.Add(3 * time.Second)
	wantNone(t, putCustomer(t, db, "二"))
	if name := ask(t, db, m.now.Add(-2*time.Second)); name != "一" {
		t.Errorf("the answer as of then is %s now", name)
	}
}

// copyOf is the store as a kill of its program leaves it.
func copyOf(t *testing.T, db *bolt.DB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Backup(t.Context(), file), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnswersOfAClockFarAheadDoNotBarTheStore(t *testing.T) {
	m := newMachine()
	file := filepath.Join(t.TempDir(), "c.db")
	db := m.open(t, file)
	wantNone(t, putCustomer(t, db, "一"))
	mustClose(t, db)
	right := m.now.Add(time.Hour)
	m.now = m.now.AddDate(1, 0, 0) // a command that only reads, under a clock that is ahead
	db = m.open(t, file)
	ask(t, db, m.now)
	mustClose(t, db)
	m.now = right
	db = m.open(t, file)
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "二"))
}

func TestOneNoteServesManyAnswers(t *testing.T) {
	m := newMachine()
	db := m.open(t, filepath.Join(t.TempDir(), "d.db"))
	defer mustClose(t, db)
	wantNone(t, putCustomer(t, db, "一"))
	before := bolt.Transactions(db)
	for range 100 {
		m.wait(10 * time.Millisecond)
		ask(t, db, m.now)
		ask(t, db, m.now.Add(-time.Hour))
	}
	if n := bolt.Transactions(db) - before; n > 2 {
		t.Errorf("a second of answers made %d notes", n)
	}
}
