package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

func TestExplainPrintsTheWholeDerivation(t *testing.T) {
	if testing.Short() {
		t.Skip("plays the whole demo")
	}
	db := filepath.Join(t.TempDir(), "demo.db")
	table, _ := typed(t, ExitOK, "", "demo", "--once", "--format", "json", "--db", db)
	var demo struct{ Deals []scorer.Health }
	if err := json.Unmarshal([]byte(table), &demo); err != nil {
		t.Fatal(err)
	}
	frozen := ""
	for _, d := range demo.Deals {
		if d.Freeze.State == scorer.FreezeFrozen {
			frozen = d.DealID
		}
	}
	if frozen == "" {
		t.Fatal("the demo froze no deal")
	}
	zh, _ := typed(t, ExitOK, "", "explain", frozen, "--lang", "zh", "--db", db)
	for _, want := range []string{"两高一低", "已冻结", "脱离该模式", "采集页面", "复核人", "http://", "下一步：在看板"} {
		if !strings.Contains(zh, want) {
			t.Errorf("%q is not told in\n%s", want, zh)
		}
	}
	out, _ := typed(t, ExitOK, "", "explain", frozen, "--format", "json", "--db", db)
	var d derivation
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatal(err)
	}
	if d.DealID != frozen || len(d.Factors) != 3 || len(d.Decisions) == 0 || len(d.Pages) == 0 || d.Freeze == nil || d.Freeze.State != scorer.FreezeFrozen {
		t.Errorf("derivation %+v", d)
	}
	past, _ := typed(t, ExitOK, "", "explain", frozen, "--as-of", d.AsOf.Format("2006-01-02T15:04:05.999999999Z07:00"), "--format", "json", "--db", db)
	if past != out {
		t.Errorf("the same instant is told in two ways:\n%s\n%s", out, past)
	}
	again, _ := typed(t, ExitOK, "", "recheck", "--format", "json", "--db", db)
	var r desk.Recheck
	if err := json.Unmarshal([]byte(again), &r); err != nil {
		t.Fatal(err)
	}
	if r.Held == 0 || r.Same != r.Held || len(r.Changed) != 0 {
		t.Errorf("the same program holds otherwise than it held: %s", again)
	}
}

func TestExplainRefusesWhatItCannotAnswer(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	if _, messages := typed(t, ExitFailure, "", "explain", "NOPE", "--db", db); !strings.Contains(messages, "NOPE") {
		t.Errorf("an unknown deal: %s", messages)
	}
	typed(t, ExitUsage, "", "explain", "D", "--lang", "fr", "--db", db)
	typed(t, ExitUsage, "", "explain", "D", "--as-of", "2999-01-01", "--db", db)
	typed(t, ExitUsage, "", "explain", "D", "--format", "xml", "--db", db)
}
