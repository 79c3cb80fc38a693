package api_test

import (
	"net/http"
	"testing"

	"dealvitals/signals"
	"dealvitals/store"
)

func TestAlertsAreAnswered(t *testing.T) {
	w := newWorld(t)
	w.customer()
	_, err := w.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://example.com/"}}, "me", today)
	w.must(err)
	w.keepRun("T1", signals.OutcomeBlocked)
	type alerts struct {
		Items []struct {
			Kind       string `json:"kind"`
			TargetID   string `json:"target_id"`
			TargetKind string `json:"target_kind"`
			Problem    string `json:"problem"`
		} `json:"items"`
	}
	got := read[alerts](w.get("sales_ops", "/v1/alerts").is(http.StatusOK))
	if len(got.Items) != 1 || got.Items[0].Kind != "blocked" || got.Items[0].TargetID != "T1" || got.Items[0].TargetKind != "hiring" || got.Items[0].Problem != "a captcha" {
		t.Errorf("alerts %+v", got)
	}
	w.get("ingest", "/v1/alerts").isProblem(http.StatusForbidden, "forbidden")
}

// keepRun keeps a run of a target that ended now.
func (w *world) keepRun(targetID string, outcome signals.Outcome) {
	w.t.Helper()
	run := signals.Run{ID: "R-" + targetID, TargetID: targetID, Trigger: "manual", StartedAt: w.clock(), FinishedAt: w.clock(), Outcome: outcome, Problem: "a captcha"}
	w.must(w.db.Runs.Begin(w.t.Context(), run))
	_, err := w.db.Runs.Commit(w.t.Context(), store.RunCommit{Run: run, At: w.clock()})
	w.must(err)
}
