package e2e

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
)

func TestPastAnswersStayTheSameAfterCrawlsAndAPolicyChange(t *testing.T) {
	folder := t.TempDir()
	report := decode[demoReport](t, output(t, folder, "demo", "--once", "--format", "json", "--db", "kept.db"))
	frozen := frozenDeals(report.Deals)
	if len(frozen) == 0 {
		t.Fatal("the demo froze no deal")
	}
	asOf := report.Deals[0].AsOf.Format(time.RFC3339Nano)
	ask := func(db string) []byte {
		var all []byte
		for _, id := range frozen {
			all = append(all, output(t, folder, "score", id, "--as-of", asOf, "--format", "json", "--db", db)...)
			all = append(all, output(t, folder, "explain", id, "--as-of", asOf, "--format", "json", "--db", db)...)
		}
		return all
	}
	before := ask("kept.db")

	// Every site of the demo is gone by now: each run ends as unreachable.
	output(t, folder, "crawl", "--db", "kept.db", "--allow-network", "127.0.0.0/8", "--contact", "test@dealvitals.example", "--delay", "0s")
	write(t, folder, "policy.json", string(withoutFreezing(t, output(t, folder, "policy", "show", "--db", "kept.db", "--format", "json"))))
	output(t, folder, "policy", "publish", "policy.json", "--db", "kept.db", "--comment", "nothing freezes", "--yes")
	output(t, folder, "score", "--db", "kept.db")

	if after := ask("kept.db"); !bytes.Equal(before, after) {
		t.Errorf("the answer for a past instant changed:\nbefore %s\nafter  %s", before, after)
	}
	output(t, folder, "backup", "copy.tar.gz", "--db", "kept.db")
	output(t, folder, "restore", "copy.tar.gz", "--db", filepath.Join("elsewhere.db"))
	if restored := ask("elsewhere.db"); !bytes.Equal(before, restored) {
		t.Errorf("a restored copy answers otherwise:\nbefore %s\nafter  %s", before, restored)
	}
}

func frozenDeals(deals []scorer.Health) []string {
	var ids []string
	for _, d := range deals {
		if d.Freeze.State == scorer.FreezeFrozen {
			ids = append(ids, d.DealID)
		}
	}
	return ids
}

// withoutFreezing is a policy whose patterns flag and freeze nothing.
func withoutFreezing(t *testing.T, policy []byte) []byte {
	t.Helper()
	p := decode[scorer.Policy](t, policy)
	for diagnosis := range p.Patterns {
		p.Patterns[diagnosis] = scorer.PatternPolicy{}
	}
	return encode(t, p)
}
