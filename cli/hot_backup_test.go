package cli

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/config"
	"dealvitals/evidence"
	"dealvitals/schedules"
	"dealvitals/signals"
	"dealvitals/store/bolt"

	"github.com/prometheus/client_golang/prometheus"
)

// TestARunningProgramIsBackedUp copies a program that goes on writing, restores the copy,
// and asks both the same.
func TestARunningProgramIsBackedUp(t *testing.T) {
	folder := t.TempDir()
	m := newMinimised(t, folder)
	defer m.app.close()
	server := httptest.NewServer(m.handler)
	defer server.Close()
	page, err := m.app.archive.Keep(t.Context(), evidence.Capture{URL: "https://a.example/jobs", StatusCode: 200, Body: []byte("<li>工程师</li>"), At: m.app.clock()})
	m.must(err)
	m.must(m.app.archive.Sync(t.Context(), []signals.Evidence{page}))
	key, saved, restored := filepath.Join(folder, "admin.key"), filepath.Join(folder, "hot.tar.gz"), filepath.Join(folder, "restored.db")
	m.must(os.WriteFile(key, []byte(m.secret+"\n"), 0o600))

	typed(t, ExitOK, "", "backup", saved, "--url", server.URL, "--key-file", key)
	_, err = m.app.db.Deals.Put(t.Context(), []signals.Deal{{ID: "LATER", CustomerID: "C1", Currency: "CNY"}}, "crm", m.app.clock())
	m.must(err)
	typed(t, ExitOK, "", "restore", saved, "--db", restored)

	cfg := config.Default()
	cfg.DB = restored
	copied, err := newApp(cfg, slog.New(slog.DiscardHandler), m.app.clock, bolt.Options{NoSync: true})
	m.must(err)
	defer copied.close()
	scheduler, err := schedules.NewScheduler(schedules.Settings{Crawl: cfg.Schedules.Crawl, Rescore: cfg.Schedules.Rescore, Places: schedules.PlacesOf(1, 1)}, copied.runner, copied.db.Targets, copied.db.Runs, copied.db.Marks)
	m.must(err)
	handler, err := copied.handler(scheduler, prometheus.NewRegistry())
	m.must(err)
	for _, path := range []string{"/v1/deals/D1/health", "/v1/deals/D1/freeze", "/v1/deals/D1/explanation"} {
		path += "?as_of=" + m.app.clock().Add(-12*time.Hour).UTC().Format(time.RFC3339)
		if was, is := ask(t, m.handler, m.secret, path), ask(t, handler, m.secret, path); was != is {
			t.Errorf("%s was %s, in the copy it is %s", path, was, is)
		}
	}
	if body, err := copied.archive.Body(t.Context(), page); err != nil || string(body) != "<li>工程师</li>" {
		t.Errorf("the page in the copy is %q, %v", body, err)
	}
	if _, err := copied.db.Deals.Get(t.Context(), "LATER", time.Time{}); err == nil {
		t.Error("the copy holds what came after it")
	}
	var log strings.Builder
	m.must(copied.db.Audit.Export(t.Context(), &log))
	if !strings.Contains(log.String(), "read_backup") {
		t.Error("the audit log does not tell who made the copy")
	}
}

func TestABackupThatIsRefusedLeavesNoFile(t *testing.T) {
	folder := t.TempDir()
	m := newMinimised(t, folder)
	defer m.app.close()
	broken := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		if _, err := w.Write([]byte("cut off")); err != nil {
			t.Error(err)
		}
	})
	key, saved := filepath.Join(folder, "k"), filepath.Join(folder, "hot.tar.gz")
	m.must(os.WriteFile(key, []byte("dv_nobody"), 0o600))
	for says, handler := range map[string]http.Handler{"401": m.handler, "EOF": broken} {
		server := httptest.NewServer(handler)
		if _, said := typed(t, ExitFailure, "", "backup", saved, "--url", server.URL, "--key-file", key); !strings.Contains(said, says) {
			t.Errorf("it says %s, want %s", said, says)
		}
		server.Close()
		if left, err := filepath.Glob(filepath.Join(folder, "*hot*")); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	typed(t, ExitUsage, "", "backup", saved, "--url", "http://127.0.0.1:1")
}

// ask reads a document of the API.
func ask(t *testing.T, handler http.Handler, secret, path string) string {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answered %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}
