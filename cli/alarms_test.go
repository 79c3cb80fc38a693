package cli

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/config"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

func TestAlertsAreToldOnceForEachCondition(t *testing.T) {
	now := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	cfg := config.Default()
	cfg.DB = filepath.Join(t.TempDir(), "a.db")
	a, err := newApp(cfg, slog.New(slog.DiscardHandler), func() time.Time { return now }, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = a.db.Customers.Put(t.Context(), []signals.Customer{{ID: "C1", Name: "华信"}}, "me", now)
	must(err)
	_, err = a.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://example.com/jobs"}}, "me", now)
	must(err)
	n := 0
	runs := func(outcome signals.Outcome) {
		t.Helper()
		n++
		run := signals.Run{ID: fmt.Sprintf("R%02d", n), TargetID: "T1", StartedAt: now, FinishedAt: now, Outcome: outcome, Complete: outcome == signals.OutcomeOK, Items: 3}
		if outcome != signals.OutcomeOK {
			run.Items, run.Problem = 0, "no route"
		}
		_, err := a.db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: now})
		must(err)
	}
	look := func(want string) store.TargetReport {
		t.Helper()
		for range 2 { // the second look tells nothing
			must(a.tellAlarms(t.Context()))
		}
		events, err := a.db.Events.List(t.Context(), 0, 0)
		must(err)
		var told []string
		for _, e := range events {
			told = append(told, strings.TrimPrefix(string(e.Type), "target."))
		}
		if got := strings.Join(told, " "); got != want {
			t.Fatalf("on %v told: %s, want %s", now, got, want)
		}
		var report store.TargetReport
		if len(events) > 0 {
			must(json.Unmarshal(events[len(events)-1].Data, &report))
		}
		return report
	}
	day := func(n int) { now = now.Add(time.Duration(n) * 24 * time.Hour) }

	runs(signals.OutcomeOK)
	look("")
	day(4) // hiring is stale after 7 days by the default policy
	runs(signals.OutcomeUnreachable)
	look("failing")
	day(1)
	runs(signals.OutcomeUnreachable)
	runs(signals.OutcomeUnreachable)
	now = now.Add(time.Hour)
	report := look("failing failing_again stale_soon")
	if report.StaleAt == nil || report.Measured == nil || report.RunID != "R04" || report.State != signals.TargetFailing || report.Problem != "no route" {
		t.Errorf("the report is %+v", report)
	}
	day(2)
	runs(signals.OutcomeUnreachable)
	look("failing failing_again stale_soon stale")
	runs(signals.OutcomeOK)
	look("failing failing_again stale_soon stale recovered")
	day(6)
	look("failing failing_again stale_soon stale recovered stale_soon")
}
