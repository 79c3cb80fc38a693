package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"

	"go.etcd.io/bbolt"
)

var start = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

func open(t testing.TB, path string, o bolt.Options) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// edit changes a closed file behind the program's back.
func edit(t *testing.T, path string, fn func(tx *bbolt.Tx) error) {
	t.Helper()
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Update(fn), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// verdictOf is a score that freezes a deal for the first time.
func verdictOf(dealID string, at time.Time) store.Verdict {
	return store.Verdict{
		DealID: dealID, Evaluation: &scorer.Evaluation{DealID: dealID, AsOf: at, PolicyVersion: 1, Diagnosis: scorer.ColdRelationship},
		Decision: &scorer.Decision{DealID: dealID, Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: at, Actor: "machine"},
	}
}

func TestAHeldFileSaysWhoHoldsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	first, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var locked *store.LockedError
	if _, err := bolt.Open(path, bolt.Options{}); !errors.As(err, &locked) || !strings.HasPrefix(locked.Holder, fmt.Sprintf("pid %d (", os.Getpid())) {
		t.Errorf("opening it again: %v, want a LockedError that names this process", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".lock"); !os.IsNotExist(err) {
		t.Errorf("the note of the holder stays after the file is closed: %v", err)
	}
	open(t, path, bolt.Options{})
}

func TestFilesOfOtherVersionsAndPrograms(t *testing.T) {
	schema := func(version uint64) func(tx *bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, version))
		}
	}
	t.Run("a file of a newer program is refused", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "deals.db")
		open(t, path, bolt.Options{}).Close()
		edit(t, path, schema(99))
		for _, readOnly := range []bool{false, true} {
			var newer *store.NewerFileError
			if _, err := bolt.Open(path, bolt.Options{ReadOnly: readOnly}); !errors.As(err, &newer) || newer.Has != 99 {
				t.Errorf("read only %v: %v, want a NewerFileError", readOnly, err)
			}
		}
	})
	t.Run("a bbolt file of another program is refused", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "other.db")
		edit(t, path, func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte("raft"))
			return err
		})
		if _, err := bolt.Open(path, bolt.Options{}); err == nil || !strings.Contains(err.Error(), "not one of dealvitals") {
			t.Errorf("opening it: %v", err)
		}
	})
	t.Run("a file that is no database is refused", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "deals.db")
		if err := os.WriteFile(path, bytes.Repeat([]byte("no database"), 9999), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := bolt.Open(path, bolt.Options{}); err == nil {
			t.Error("it was opened")
		}
	})
	t.Run("several may read a file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "deals.db")
		open(t, path, bolt.Options{}).Close()
		for range 2 {
			db := open(t, path, bolt.Options{ReadOnly: true})
			if p, err := db.Policies.At(t.Context(), time.Time{}); err != nil || p.Version != 1 {
				t.Errorf("the policy reads %d, %v", p.Version, err)
			}
			if _, err := db.Customers.Put(t.Context(), []signals.Customer{{ID: "C1"}}, "crm", start); err == nil {
				t.Error("a file opened to read was written")
			}
		}
	})
}

func TestVerifyNamesTheFirstEntryThatWasTamperedWith(t *testing.T) {
	number := func(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
	for _, c := range []struct {
		name   string
		tamper func(audit, decisions *bbolt.Bucket) error
		want   uint64
	}{
		{"an entry's text is changed", func(audit, _ *bbolt.Bucket) error {
			return audit.Put(number(2), bytes.Replace(bytes.Clone(audit.Get(number(2))), []byte("crm"), []byte("crn"), 1))
		}, 2},
		{"an entry is taken out", func(audit, _ *bbolt.Bucket) error { return audit.Delete(number(3)) }, 3},
		{"two entries change places", func(audit, _ *bbolt.Bucket) error {
			one, two := bytes.Clone(audit.Get(number(1))), bytes.Clone(audit.Get(number(2)))
			return errors.Join(audit.Put(number(1), two), audit.Put(number(2), one))
		}, 1},
		{"a decision is turned", func(_, decisions *bbolt.Bucket) error {
			return decisions.Put(number(1), bytes.Replace(bytes.Clone(decisions.Get(number(1))), []byte(`"frozen"`), []byte(`"clear!"`), 1))
		}, 4},
		{"a decision is taken out", func(_, decisions *bbolt.Bucket) error { return decisions.Delete(number(2)) }, 5},
		{"a decision is added", func(_, decisions *bbolt.Bucket) error {
			return decisions.Put(number(3), bytes.Clone(decisions.Get(number(2))))
		}, 5},
		{"the end of the log is cut off", func(audit, _ *bbolt.Bucket) error { return audit.Delete(number(5)) }, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deals.db")
			db := open(t, path, bolt.Options{NoSync: true})
			for n := range 3 { // entries 1 to 3
				if _, err := db.Customers.Put(t.Context(), []signals.Customer{{ID: fmt.Sprint("C", n)}}, "crm", start); err != nil {
					t.Fatal(err)
				}
			}
			for n := range 2 { // entries 4 and 5
				if _, err := db.Verdicts.Record(t.Context(), []store.Verdict{verdictOf(fmt.Sprint("D", n), start)}); err != nil {
					t.Fatal(err)
				}
			}
			if n, err := db.Audit.Verify(t.Context()); err != nil || n != 5 {
				t.Fatalf("untouched it verifies as %d, %v", n, err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			edit(t, path, func(tx *bbolt.Tx) error {
				return c.tamper(tx.Bucket([]byte("audit")), tx.Bucket([]byte("decisions")))
			})
			var broken *store.BrokenAuditError
			if _, err := open(t, path, bolt.Options{}).Audit.Verify(t.Context()); !errors.As(err, &broken) || broken.Seq != c.want {
				t.Errorf("verifying: %v, want a BrokenAuditError at entry %d", err, c.want)
			}
		})
	}
}

func TestAFullDiskLeavesNoHalfWrittenBatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	db := open(t, path, bolt.Options{MaxSize: 4 << 20})
	kept := 0
	var failed error
	for n := 0; failed == nil && n < 1000; n++ {
		batch := make([]signals.Customer, 500)
		for i := range batch {
			batch[i] = signals.Customer{ID: fmt.Sprintf("C-%d-%d", n, i), Name: strings.Repeat("名", 50)}
		}
		if _, failed = db.Customers.Put(t.Context(), batch, "crm", start); failed == nil {
			kept += len(batch)
		}
	}
	if failed == nil {
		t.Fatal("the limit was never reached")
	}
	if err := db.Ready(t.Context()); err == nil {
		t.Error("a store whose newest write failed says that it is ready")
	}
	check := func(db *bolt.DB) {
		t.Helper()
		all, err := db.Customers.List(t.Context(), time.Time{}, "", 0)
		if err != nil || len(all) != kept {
			t.Errorf("%d customers are there, %v; want the %d of the batches that succeeded", len(all), err, kept)
		}
		if _, err := db.Audit.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	}
	check(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, bolt.Options{})
	check(db)
	if _, err := db.Customers.Put(t.Context(), []signals.Customer{{ID: "C"}}, "crm", start); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if err := db.Ready(t.Context()); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// Every goroutine asks as of an instant, asks again later, and wants the same answer,
// while others write with stamps of the past.
func TestAnswersStayWhileOthersWrite(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "deals.db"), bolt.Options{NoSync: true})
	if _, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1"}}, "crm", start); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for n := range 50 {
				at := time.Now().Add(-time.Millisecond)
				_, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1", Name: fmt.Sprint(w, n)}}, "crm", at)
				if err != nil {
					t.Error(err)
				}
			}
		})
		group.Go(func() {
			for range 100 {
				asOf := time.Now()
				first, err := db.Deals.Get(t.Context(), "D1", asOf)
				if err != nil {
					t.Error(err)
				}
				again, err := db.Deals.Get(t.Context(), "D1", asOf)
				if err != nil || first.Name != again.Name {
					t.Errorf("as of %v the deal was %q, then %q, %v", asOf, first.Name, again.Name, err)
				}
			}
		})
	}
	group.Wait()
}
