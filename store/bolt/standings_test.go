package bolt_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"dealvitals/scorer"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// Whoever asks after a write sees it, whatever others write and ask meanwhile.
func TestStandingsShowEachWriteThatIsDone(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "deals.db"), bolt.Options{NoSync: true})
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for n := range 40 {
				flagged := n%2 == 0
				id := fmt.Sprintf("D%d-%d", w, n/4)
				e := scorer.Evaluation{DealID: id, AsOf: start, PolicyVersion: 1, Flagged: flagged}
				if _, err := db.Verdicts.Record(t.Context(), []store.Verdict{{Evaluation: &e}}); err != nil {
					t.Error(err)
					return
				}
				list, err := db.Verdicts.Standings(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				seen := false
				for _, one := range list {
					seen = seen || one.DealID == id && one.Flagged == flagged
				}
				if !seen {
					t.Errorf("write %d of %s is not seen", n, id)
				}
			}
		})
	}
	writers.Wait()
}
