package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

	"dealvitals/store/bolt"
)

func TestWhatHostsWereGrantedSurvivesAndOldDaysAreForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	now := start
	clock := func() time.Time { return now }
	db, err := bolt.Open(path, bolt.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	grant := func(db *bolt.DB, host, day string, n int) {
		t.Helper()
		if err := db.HostDays().Grant(t.Context(), host, day, n); err != nil {
			t.Fatal(err)
		}
	}
	grant(db, "a.example", "2026-09-01", 5)
	grant(db, "a.example", "2026-09-01", 2)
	grant(db, "b.example:8080", "2026-09-01", 1)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, bolt.Options{Clock: clock})
	want := func(host, day string, n int) {
		t.Helper()
		if got, err := db.HostDays().Granted(t.Context(), host, day); err != nil || got != n {
			t.Errorf("%s on %s: %d, %v, want %d", host, day, got, err, n)
		}
	}
	want("a.example", "2026-09-01", 7)
	want("b.example:8080", "2026-09-01", 1)
	want("a.example", "2026-09-02", 0)
	now = now.AddDate(0, 0, 20)
	grant(db, "a.example", "2026-09-21", 1)
	want("a.example", "2026-09-01", 0)
	want("a.example", "2026-09-21", 1)
}
