package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATableIsTriedBeforeItIsImported(t *testing.T) {
	folder := t.TempDir()
	db, table := filepath.Join(folder, "a.db"), filepath.Join(folder, "c.csv")
	if err := os.WriteFile(table, []byte("编码,客户全称,电话\nC1,宏图机械有限公司,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, said := typed(t, ExitFailure, "", "import", "customers", table, "--dry-run", "--db", db)
	for _, want := range []string{"--columns id=编码", "not known are 编码, 电话", "the table has a problem and nothing was written: correct " + table + " and import it again\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	out, _ := typed(t, ExitOK, "", "import", "customers", table, "--dry-run", "--columns", "id=编码", "--db", db)
	if !strings.Contains(out, "customers: 1 row; would write 1 new") || !strings.Contains(out, "Next: dealvitals import customers "+table+" --columns id=编码") {
		t.Errorf("the trial says %s", out)
	}
	if _, err := os.Stat(db); err == nil {
		t.Error("a trial left a store behind")
	}
	typed(t, ExitOK, "", "import", "customers", table, "--columns", "id=编码", "--db", db)
	if _, said := typed(t, ExitUsage, "", "import", "customer", "nothing.csv", "--db", db); !strings.Contains(said, `"customer" is no kind of table`) {
		t.Errorf("a wrong kind is told as %s", said)
	}
	if _, said := typed(t, ExitUsage, "", "import", "--db", db); !strings.Contains(said, "write it as dealvitals import KIND FILE") {
		t.Errorf("no arguments are told as %s", said)
	}
}
