package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/scorer"
)

// typed runs a command in a folder of its own and returns what it printed.
func typed(t *testing.T, want int, in string, args ...string) (out, messages string) {
	t.Helper()
	var o, m bytes.Buffer
	if got := Main(t.Context(), Process{Args: args, In: strings.NewReader(in), Out: &o, Err: &m}); got != want {
		t.Fatalf("%v ended with %d, want %d:\n%s%s", args, got, want, o.String(), m.String())
	}
	return o.String(), m.String()
}

// begin makes a store.
func begin(t *testing.T, db string) {
	t.Helper()
	typed(t, ExitOK, "", "keys", "create", "--role", "admin", "--name", "x", "--db", db)
}

func TestAPolicyIsShownEditedCheckedAndPublished(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	first, _ := typed(t, ExitOK, "", "policy", "show", "--db", db)
	draft := filepath.Join(t.TempDir(), "policy.yaml")
	if err := os.WriteFile(draft, []byte(strings.Replace(first, "mode: automatic", "mode: propose", 1)), 0o600); err != nil {
		t.Fatal(err)
	}

	if out, _ := typed(t, ExitOK, "", "policy", "check", draft); !strings.Contains(out, "may be published") {
		t.Errorf("check: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "simulate", draft, "--db", db); !strings.Contains(out, "0 deals: 0 would be treated otherwise than by policy 1") {
		t.Errorf("simulate: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "publish", draft, "--comment", "people confirm", "--db", db); !strings.Contains(out, "/freeze/mode") || !strings.Contains(out, "Dry run") {
		t.Errorf("dry run: %s", out)
	}
	if list, _ := typed(t, ExitOK, "", "policy", "list", "--db", db); strings.Contains(list, "people confirm") {
		t.Errorf("the dry run wrote: %s", list)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "publish", draft, "--comment", "people confirm", "--yes", "--db", db); !strings.Contains(out, "version 2") {
		t.Errorf("publish: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "publish", draft, "--comment", "again", "--yes", "--db", db); !strings.Contains(out, "nothing to publish") {
		t.Errorf("publish again: %s", out)
	}
	out, _ := typed(t, ExitOK, "", "policy", "show", "--format", "json", "--db", db)
	var p scorer.Policy
	if err := json.Unmarshal([]byte(out), &p); err != nil || p.Version != 2 || p.Freeze.Mode != scorer.ModePropose || p.Comment != "people confirm" {
		t.Errorf("in force: %v, %+v", err, p)
	}
	if old, _ := typed(t, ExitOK, "", "policy", "show", "1", "--db", db); old != first {
		t.Errorf("version 1 reads otherwise than it did:\n%s", old)
	}
}

func TestABadPolicyIsRefusedWithItsPath(t *testing.T) {
	for name, tt := range map[string]struct{ document, want string }{
		"a number out of range": {"", "/freeze/max_days"},
		"an unknown key":        {"frieze: {}", "frieze"},
		"no YAML":               {"a: [", "neither YAML nor JSON"},
	} {
		if tt.document == "" {
			p := scorer.DefaultPolicy()
			p.Freeze.MaxDays = 0
			body, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			tt.document = string(body)
		}
		if _, messages := typed(t, ExitFailure, tt.document, "policy", "check", "-"); !strings.Contains(messages, tt.want) {
			t.Errorf("%s: %s", name, messages)
		}
	}
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	typed(t, ExitUsage, "", "policy", "show", "x", "--db", db)
	typed(t, ExitFailure, "", "policy", "show", "7", "--db", db)
	typed(t, ExitUsage, "", "policy", "publish", "p.yaml", "--db", db)
}
