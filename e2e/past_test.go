package e2e

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

func TestPastAnswersStayTheSameAfterCrawlsAndAPolicyChange(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	report := decode[demoReport](t, output(t, folder, "demo", "--once", "--format", "json", "--db", "kept.db"))
	frozen := frozenDeals(report.Deals)
	if len(frozen) == 0 {
		t.Fatal("the demo froze no deal")
	}
	frozen = frozen[:min(len(frozen), 4)] // each answer is a command of its own
	instants := []string{report.Deals[0].AsOf.Format(time.RFC3339Nano)}
	ask := func(db string) []byte {
		var all []byte
		for _, asOf := range instants {
			for _, id := range frozen {
				all = append(all, output(t, folder, "score", id, "--as-of", asOf, "--format", "json", "--db", db)...)
				all = append(all, output(t, folder, "explain", id, "--as-of", asOf, "--format", "json", "--db", db)...)
			}
		}
		return all
	}
	write(t, folder, "compared.json", string(compared(t, output(t, folder, "policy", "show", "--db", "kept.db", "--format", "json"))))
	output(t, folder, "policy", "publish", "compared.json", "--db", "kept.db", "--comment", "segments and cohorts", "--yes")
	output(t, folder, "score", "--db", "kept.db")
	instants = append(instants, time.Now().UTC().Format(time.RFC3339Nano))
	checkCompared(t, output(t, folder, "explain", frozen[0], "--format", "json", "--db", "kept.db"))
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

// compared is a policy with a segment that no deal is of, and one of all, in which the heat of
// the contact is compared from deal to deal.
func compared(t *testing.T, policy []byte) []byte {
	t.Helper()
	p := decode[scorer.Policy](t, policy)
	percentile, few := scorer.ScalePercentile, 10
	products := []string{"MES系统", "数据中台", "网络安全", "智慧园区", "Maintenance software"} // all that the demo sells
	p.Segments = []scorer.Segment{
		{Name: "nobody", Match: scorer.SegmentMatch{Region: []string{"月球"}}, Patterns: map[scorer.Diagnosis]scorer.PatternPolicy{scorer.ColdRelationship: {}}},
		{Name: "everybody", Match: scorer.SegmentMatch{ProductLine: products}, Factors: map[signals.Factor]scorer.FactorOverride{
			signals.FactorWeChat: {Scale: &percentile, MinCohort: &few},
		}},
	}
	return encode(t, p)
}

// checkCompared looks for the segment, the comparison and the pages in an explanation.
func checkCompared(t *testing.T, explanation []byte) {
	t.Helper()
	x := decode[struct {
		scorer.Explanation
		Pages     []struct{ Evidence string }
		Decisions []scorer.Decision
	}](t, explanation)
	if x.Segment != "everybody" || x.CohortAt == nil || len(x.Pages) == 0 || len(x.Decisions) == 0 {
		t.Errorf("explained in segment %q, compared with what was counted at %v, from %d pages to %d decisions", x.Segment, x.CohortAt, len(x.Pages), len(x.Decisions))
	}
	for _, f := range x.Factors {
		if c := f.Cohort; f.Factor == signals.FactorWeChat && (c == nil || c.Size == 0) {
			t.Errorf("the contact is compared with %+v", c)
		}
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
