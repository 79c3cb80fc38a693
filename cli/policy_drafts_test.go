package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPolicyIsDraftedApprovedAndWithdrawn(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	begin(t, db)
	shown, _ := typed(t, ExitOK, "", "policy", "show", "--db", db)
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "policy.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	two := write(shown + "approval: {second_person: true}\n")

	typed(t, ExitUsage, "", "policy", "draft", two, "--db", db)
	if out, _ := typed(t, ExitOK, "", "policy", "draft", two, "--comment", "from now on two", "--db", db); !strings.Contains(out, "/approval/second_person") || !strings.Contains(out, "draft-0001") {
		t.Errorf("draft: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "approve", "draft-0001", "--db", db); !strings.Contains(out, "Dry run") {
		t.Errorf("approve without --yes: %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "policy", "approve", "draft-0001", "--yes", "--db", db); !strings.Contains(out, "version 2") {
		t.Errorf("approve: %s", out)
	}

	if _, said := typed(t, ExitFailure, "", "policy", "publish", write(shown), "--comment", "one again", "--yes", "--db", db); !strings.Contains(said, "second person") {
		t.Errorf("publish alone: %s", said)
	}
	typed(t, ExitOK, "", "policy", "draft", write(shown), "--comment", "one again", "--db", db)
	if _, said := typed(t, ExitFailure, "", "policy", "approve", "draft-0002", "--yes", "--db", db); !strings.Contains(said, "another administrator") {
		t.Errorf("approve one's own: %s", said)
	}
	if out, _ := typed(t, ExitOK, shown, "policy", "show", "draft-0002", "--db", db); !strings.Contains(out, "one again") {
		t.Errorf("show a draft: %s", out)
	}
	typed(t, ExitOK, "", "policy", "withdraw", "draft-0002", "--db", db)
	if out, _ := typed(t, ExitOK, "", "policy", "drafts", "--db", db); !strings.Contains(out, "withdrawn") || !strings.Contains(out, "published") {
		t.Errorf("drafts: %s", out)
	}
}
