package bolt_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store/bolt"
)

func TestChangedCustomersStayUnmatchedUntilTheyAreMatchedAsTheyAre(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	db := open(t, path, bolt.Options{NoSync: true})
	ctx := t.Context()
	put := func(name string, at time.Time) {
		t.Helper()
		if _, err := db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: name}, {ID: "C2", Name: "same"}}, "crm", at); err != nil {
			t.Fatal(err)
		}
	}
	unmatched := func() map[string]time.Time {
		t.Helper()
		changed, err := db.Customers.Unmatched(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	expect := func(when, want string) {
		t.Helper()
		if got := strings.Join(slices.Sorted(maps.Keys(unmatched())), " "); got != want {
			t.Errorf("%s: unmatched are %q, want %q", when, got, want)
		}
	}
	put("a", start)
	expect("after both were made", "C1 C2")
	before := unmatched()
	put("b", start.Add(time.Hour))
	if err := db.Customers.Matched(ctx, before); err != nil {
		t.Fatal(err)
	}
	expect("C1 changed while both were matched", "C1")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, bolt.Options{NoSync: true})
	expect("after the program began again", "C1")
	if err := db.Customers.Matched(ctx, unmatched()); err != nil {
		t.Fatal(err)
	}
	put("b", start.Add(2*time.Hour))
	expect("after a change that is none", "")
}
