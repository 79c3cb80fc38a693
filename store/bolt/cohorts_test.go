package bolt

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

func TestCohortsThatSomebodyChangedAreNamed(t *testing.T) {
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	k := key{}.number(2).instant(instantOf(at))
	for name, tamper := range map[string]func(tx *bbolt.Tx) error{
		"changed": func(tx *bbolt.Tx) error { return bucketCohorts.in(tx).Put(k, []byte(`{}`)) },
		"gone":    func(tx *bbolt.Tx) error { return bucketCohorts.in(tx).Delete(k) },
	} {
		t.Run(name, func(t *testing.T) {
			db, err := Open(filepath.Join(t.TempDir(), "deals.db"), Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.Policies.KeepCohorts(t.Context(), scorer.Cohorts{PolicyVersion: 2}, at)
			if err := errors.Join(err, db.file.Update(tamper)); err != nil {
				t.Fatal(err)
			}
			var broken *store.BrokenAuditError
			if _, err := db.Audit.Verify(t.Context()); !errors.As(err, &broken) || broken.Seq != 1 {
				t.Errorf("verified: %v", err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
