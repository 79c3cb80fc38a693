package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/api/desk"
)

func TestAPeriodIsShownLockedExportedAndCompared(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "a.db")
	begin(t, db)
	if out, _ := typed(t, ExitOK, "", "period", "lock", "2026-01", "--cut-off", "2026-01-20", "--db", db); !strings.Contains(out, "Dry run") {
		t.Errorf("dry run: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "period", "list", "--db", db); strings.Contains(out, "locked  ") {
		t.Errorf("the dry run wrote: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "period", "lock", "2026-01", "--yes", "--db", db); !strings.Contains(out, "Locked. Digest") {
		t.Errorf("lock: %s", out)
	}
	if _, messages := typed(t, ExitFailure, "", "period", "lock", "2026-01", "--yes", "--db", db); !strings.Contains(messages, "locked already") {
		t.Errorf("lock again: %s", messages)
	}
	typed(t, ExitUsage, "", "period", "lock", "January", "--db", db)
	typed(t, ExitUsage, "", "period", "lock", "2026-02", "--cut-off", "2026-01-03", "--db", db)
	typed(t, ExitUsage, "", "period", "export", "2026-01", "--format", "pdf", "--db", db)

	file := filepath.Join(folder, "january.csv")
	typed(t, ExitOK, "", "period", "export", "2026-01", "--out", file, "--db", db)
	if table, err := os.ReadFile(file); err != nil || !strings.Contains(string(table), "deal_id 商机编号") {
		t.Errorf("%v: %s", err, table)
	}
	if _, messages := typed(t, ExitFailure, "", "period", "export", "2026-01", "--out", file, "--db", db); !strings.Contains(messages, "is there already") {
		t.Errorf("exported over a file: %s", messages)
	}
	out, _ := typed(t, ExitOK, "", "period", "compare", "2026-01", "2026-02", "--format", "json", "--db", db)
	var c desk.PeriodComparison
	if err := json.Unmarshal([]byte(out), &c); err != nil || c.From.State != desk.PeriodLocked || c.To.State != desk.PeriodOpen {
		t.Errorf("%v: %s", err, out)
	}
	if out, _ := typed(t, ExitOK, "", "verify", "--db", db); !strings.Contains(out, "untouched: 2 entries") {
		t.Errorf("verify: %s", out)
	}
}
