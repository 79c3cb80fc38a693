package bolt

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/store"

	"go.etcd.io/bbolt"
)

func TestALockedPeriodThatSomebodyChangedIsNamed(t *testing.T) {
	for name, tamper := range map[string]func(tx *bbolt.Tx) error{
		"a line that says otherwise": func(tx *bbolt.Tx) error {
			return bucketPeriodLines.in(tx).Put(key{}.text("2026-09").text("D1"), []byte(`{"pay":"pay"}`))
		},
		"a line that is gone": func(tx *bbolt.Tx) error { return bucketPeriodLines.in(tx).Delete(key{}.text("2026-09").text("D1")) },
		"a line too many": func(tx *bbolt.Tx) error {
			return bucketPeriodLines.in(tx).Put(key{}.text("2026-09").text("D2"), []byte(`{}`))
		},
		"a period that is gone": func(tx *bbolt.Tx) error { return bucketPeriods.in(tx).Delete(key{}.text("2026-09")) },
	} {
		t.Run(name, func(t *testing.T) {
			db, err := Open(filepath.Join(t.TempDir(), "deals.db"), Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			line := store.PeriodLine{DealID: "D1", Body: json.RawMessage(`{"pay":"hold"}`)}
			_, err = db.Periods.Lock(t.Context(), store.Period{ID: "2026-09", Summary: json.RawMessage("{}")}, []store.PeriodLine{line}, time.Now())
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

func BenchmarkLockPeriodOf100000Lines(b *testing.B) {
	db, err := Open(filepath.Join(b.TempDir(), "deals.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	lines := make([]store.PeriodLine, 100_000)
	for i := range lines {
		lines[i] = store.PeriodLine{DealID: fmt.Sprintf("D-%06d", i), Body: json.RawMessage(fmt.Sprintf(`{"deal_id":"D-%06d","filling":"%0450d"}`, i, i))}
	}
	previous, month := "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		id := month.Format("2006-01")
		if _, err := db.Periods.Lock(b.Context(), store.Period{ID: id, Previous: previous, Summary: json.RawMessage("{}")}, lines, month); err != nil {
			b.Fatal(err)
		}
		previous, month = id, month.AddDate(0, 1, 0)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}
