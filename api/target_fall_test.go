package api_test

import (
	"net/http"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/signals"
	"dealvitals/store"
)

// Only an administrator says that a list really fell, of the run that was looked at, and
// nobody by writing it into a target.
func TestAnAdministratorConfirmsThatAListFell(t *testing.T) {
	w := newWorld(t)
	w.customer()
	_, err := w.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://fell.example/jobs"}}, "me", today.Add(-72*time.Hour))
	w.must(err)
	const earlier, seen = "01KA0000000000000000000001", "01KA0000000000000000000002"
	for i, id := range []string{earlier, seen} {
		at := today.Add(time.Duration(i-2) * 24 * time.Hour)
		run := signals.Run{ID: id, TargetID: "T1", Trigger: "schedule", StartedAt: at}
		w.must(w.db.Runs.Begin(t.Context(), run))
		run.FinishedAt, run.Outcome, run.Complete, run.Items = at.Add(time.Minute), signals.OutcomeOK, true, []int{13, 4}[i]
		_, err := w.db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: run.FinishedAt})
		w.must(err)
	}
	const path = "/v1/targets/T1/confirm-fall"
	said := func(run, note string) map[string]any { return map[string]any{"run_id": run, "note": note} }
	for _, role := range []api.Role{"sales_ops", "commission", "ingest", "payee"} {
		w.post(role, path, said(seen, "four jobs")).isProblem(http.StatusForbidden, "forbidden")
		w.call(request{role: role, method: http.MethodDelete, path: path}).isProblem(http.StatusForbidden, "forbidden")
	}
	w.post("admin", path, said(earlier, "four jobs")).isProblem(http.StatusUnprocessableEntity, "invalid")

	shown := w.get("admin", "/v1/targets/T1").is(http.StatusOK)
	view := read[desk.TargetView](shown)
	if view.Fall == nil || view.Fall.From != 13 || view.Fall.To != 4 || view.Fall.RunID != seen {
		t.Fatalf("before it is confirmed the target shows %+v", view.Fall)
	}
	forged := view.Target
	forged.FallSeen = &signals.FallSeen{Fall: *view.Fall, By: "boss", Note: "forged"}
	w.call(request{role: "admin", method: "PUT", path: "/v1/targets/T1", body: forged, header: map[string]string{"If-Match": shown.header.Get("ETag")}}).is(http.StatusOK)
	if target := read[desk.TargetView](w.get("admin", "/v1/targets/T1")).Target; target.FallSeen != nil {
		t.Errorf("a word written into a target is kept: %+v", target.FallSeen)
	}

	w.pass(time.Hour)
	view = read[desk.TargetView](w.post("admin", path, said(seen, "four jobs")).is(http.StatusOK))
	if view.Fall != nil || view.Target.FallSeen == nil || view.Target.FallSeen.Note != "four jobs" || view.Target.FallSeen.RunID != seen {
		t.Errorf("confirmed, the target reads %+v, %+v", view.Fall, view.Target.FallSeen)
	}
	before, err := w.db.Targets.Get(t.Context(), "T1", w.clock().Add(-time.Minute))
	if err != nil || before.FallSeen != nil {
		t.Errorf("as of an instant before, the target reads %+v, %v", before, err)
	}
	w.pass(time.Hour)
	view = read[desk.TargetView](w.call(request{role: "admin", method: http.MethodDelete, path: path}).is(http.StatusOK))
	if view.Fall == nil || view.Target.FallSeen != nil {
		t.Errorf("withdrawn, the target reads %+v, %+v", view.Fall, view.Target.FallSeen)
	}
}
