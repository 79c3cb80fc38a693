package cli

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/receipts"
	"dealvitals/store"
)

func TestAReceiptIsVerifiedOffline(t *testing.T) {
	folder := t.TempDir()
	db, keyFile, file := filepath.Join(folder, "a.db"), filepath.Join(folder, "pub.pem"), filepath.Join(folder, "r.json")
	public, _ := typed(t, ExitOK, "", "receipt", "key", "--db", db)
	envelope, err := receipts.NewSigner(db + ".receipt-key").Sign([]byte(`{"answer":{"state":"clear"}}`))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := json.Marshal(envelope)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{keyFile: public, file: string(receipt)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, messages := typed(t, ExitOK, "", "receipt", "verify", file, "--key", keyFile); !strings.Contains(out, `"state": "clear"`) || !strings.Contains(messages, "genuine") {
		t.Errorf("%s%s", out, messages)
	}
	forged := strings.Replace(string(receipt), `"payload":"`, `"payload":"AAAA`, 1)
	if out, messages := typed(t, ExitFailure, forged, "receipt", "verify", "-", "--key", keyFile); out != "" || !strings.Contains(messages, "changed since") {
		t.Errorf("forged: %s%s", out, messages)
	}
	typed(t, ExitUsage, "", "receipt", "verify", file)
	typed(t, ExitFailure, "", "receipt", "verify", file, "--key", file)
}

func TestTheAuditLogIsExportedAsJSONLines(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	typed(t, ExitOK, "", "keys", "create", "--role", "commission", "--name", "payroll", "--db", db)
	out, _ := typed(t, ExitOK, "", "audit", "export", "--db", db)
	lines := bufio.NewScanner(strings.NewReader(out))
	n := 0
	for lines.Scan() {
		var entry store.AuditEntry
		n++
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil || entry.Seq != uint64(n) || len(entry.Hash) != 64 {
			t.Errorf("%v: %s", err, lines.Text())
		}
	}
	if n != 1 {
		t.Errorf("%d entries", n)
	}
}
