package cli

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestARunningProgramImports imports into a store that is held by another.
func TestARunningProgramImports(t *testing.T) {
	folder := t.TempDir()
	m := newMinimised(t, folder)
	defer m.app.close()
	server := httptest.NewServer(m.handler)
	defer server.Close()
	key := filepath.Join(folder, "admin.key")
	m.must(os.WriteFile(key, []byte(m.secret+"\n"), 0o600))
	table := func(name, text string) string {
		file := filepath.Join(folder, name)
		m.must(os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	run := func(code int, args ...string) (string, string) {
		return typed(t, code, "", append(append([]string{"import"}, args...), "--url", server.URL, "--key-file", key)...)
	}

	customers := table("customers.csv", "编码,客户名称\nC-9,宏图机械有限公司\n")
	out, _ := run(ExitOK, "customers", customers, "--columns", "id=编码", "--dry-run")
	if !strings.Contains(out, "customers: 1 row; would write 1 new") || !strings.Contains(out, "--columns id=编码 --url "+server.URL+" --key-file") {
		t.Errorf("the trial says %s", out)
	}
	run(ExitOK, "customers", customers, "--columns", "id=编码")
	if c, err := m.app.db.Customers.Get(t.Context(), "C-9", time.Time{}); err != nil || c.Name != "宏图机械有限公司" {
		t.Errorf("%+v, %v", c, err)
	}
	if out, _ := run(ExitOK, "deals", table("deals.jsonl", `{"id":"D-9","customer_id":"C-9","name":"x","owner":"李雷","amount":"12万元"}`+"\n")); !strings.Contains(out, "deals: 1 row; wrote 1 new") {
		t.Errorf("JSON lines: %s", out)
	}
	_, said := run(ExitFailure, "deals", table("bad.csv", "id,customer_id,name,owner,amount\nD-8,C-8,x,y,much\n"))
	for _, want := range []string{"line 2, column amount", "line 2, column customer_id: there is no customer C-8", "the table has 2 problems and nothing was written"} {
		if !strings.Contains(said, want) {
			t.Errorf("of a bad table it does not say %q: %s", want, said)
		}
	}
	if _, said := run(ExitFailure, "customers", table("empty.csv", "")); !strings.Contains(said, server.URL+" answers: ") || !strings.Contains(said, "the file is empty") {
		t.Errorf("an empty table: %s", said)
	}
	m.must(os.WriteFile(key, []byte("dv_wrong"), 0o600))
	if _, said := run(ExitFailure, "customers", customers); !strings.Contains(said, "No valid key") {
		t.Errorf("a wrong key: %s", said)
	}
	typed(t, ExitUsage, "", "import", "customers", customers, "--url", server.URL)
}
