package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/webhooks"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func TestWebhooksAreMadeTestedAndDeletedOnTheCommandLine(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "w.db")
	settings := filepath.Join(folder, "settings.yaml")
	key := filepath.Join(folder, "key")
	text := "webhooks: {allow_networks: [127.0.0.0/8]}\nsecrets: {key_file: " + key + "}\n"
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	secret := ""
	receiver := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		verifier, err := standardwebhooks.NewWebhook(strings.TrimSpace(secret))
		if err == nil {
			err = verifier.Verify(body, r.Header)
		}
		if err != nil {
			t.Errorf("the test event does not verify: %v", err)
		}
		rw.WriteHeader(http.StatusNoContent)
	}))
	defer receiver.Close()
	run := func(code int, args ...string) (string, string) {
		t.Helper()
		return typed(t, code, "", append(args, "--db", db, "--config", settings)...)
	}
	typed(t, ExitOK, "", "secrets", "keygen", key)
	if _, messages := run(ExitUsage, "webhooks", "create", "--name", "payroll", "--url", "http://10.0.0.1/", "--events", "deal.melted"); !strings.Contains(messages, "webhooks.allow_networks") || !strings.Contains(messages, "deal.frozen") {
		t.Errorf("a bad endpoint: %s", messages)
	}
	secret, _ = run(ExitOK, "webhooks", "create", "--name", "payroll", "--url", receiver.URL+"/hooks", "--events", "deal.frozen,deal.released")
	if !strings.HasPrefix(secret, "whsec_") {
		t.Fatalf("the secret is %q", secret)
	}
	out, _ := run(ExitOK, "webhooks", "list", "--format", "json")
	var list struct{ Items []webhooks.View }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Items) != 1 || strings.Contains(out, "sealed") {
		t.Fatalf("%v: %s", err, out)
	}
	id := list.Items[0].ID
	if out, _ := run(ExitOK, "webhooks", "test", id); !strings.Contains(out, "taken with status 204") {
		t.Errorf("test: %s", out)
	}
	secret, _ = run(ExitOK, "webhooks", "rotate", id)
	run(ExitOK, "webhooks", "test", id)
	run(ExitOK, "webhooks", "edit", id, "--name", "salaries", "--events", "")
	run(ExitOK, "webhooks", "pause", id)
	if out, _ := run(ExitOK, "webhooks", "list"); !strings.Contains(out, "salaries") || !strings.Contains(out, "paused by cli") {
		t.Errorf("list: %s", out)
	}
	run(ExitOK, "webhooks", "resume", id)
	if out, _ := run(ExitOK, "webhooks", "deliveries", id); strings.Count(out, "webhook.test") != 2 {
		t.Errorf("deliveries: %s", out)
	}
	if out, _ := run(ExitOK, "webhooks", "replay", id, "--dead"); !strings.Contains(out, "0 events") {
		t.Errorf("replay: %s", out)
	}
	run(ExitUsage, "webhooks", "replay", id)
	run(ExitOK, "webhooks", "dead", id)
	run(ExitOK, "webhooks", "events")
	run(ExitOK, "backup", filepath.Join(folder, "b.tar.gz"))
	if out, _ := typed(t, ExitOK, "", "restore", filepath.Join(folder, "b.tar.gz"), "--db", filepath.Join(folder, "copy.db"), "--config", settings); !strings.Contains(out, "webhooks.send: false") {
		t.Errorf("restore: %s", out)
	}
	if out, _ := run(ExitOK, "webhooks", "delete", id); !strings.Contains(out, "would delete endpoint "+id) {
		t.Errorf("delete: %s", out)
	}
	run(ExitOK, "webhooks", "show", id)
	run(ExitOK, "webhooks", "delete", id, "--yes")
	run(ExitFailure, "webhooks", "show", id)
	if out, _ := run(ExitOK, "audit", "export"); strings.Contains(out, "whsec_") || !strings.Contains(out, "rotate_endpoint_secret") {
		t.Errorf("the audit log: %s", out)
	}
}

func TestAWebhookNeedsAKeyToSealItsSecretWith(t *testing.T) {
	db := filepath.Join(t.TempDir(), "w.db")
	_, messages := typed(t, ExitFailure, "", "webhooks", "create", "--name", "x", "--url", "https://example.com/hooks", "--db", db)
	if !strings.Contains(messages, "dealvitals secrets keygen") {
		t.Errorf("without a key: %s", messages)
	}
}
