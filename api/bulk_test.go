package api_test

import (
	"net/http"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

func TestManyDealsAreDecidedAtOnceAndThoseThatChangedAreLeft(t *testing.T) {
	w := newWorld(t)
	w.customer()
	for _, id := range []string{"D1", "D2", "D3", "FREE"} {
		w.deal(id, 100, nil)
	}
	for _, id := range []string{"D1", "D2", "D3"} {
		w.freeze(id)
	}
	w.pass(time.Hour)
	action := func(more map[string]any) map[string]any {
		body := map[string]any{"action": "release", "reason": "site_rebuilt"}
		for k, v := range more {
			body[k] = v
		}
		return body
	}
	preview := read[desk.BulkPreview](w.post("sales_ops", "/v1/bulk-decisions/preview", action(map[string]any{"ids": []string{"D1", "D2", "D3", "FREE", "GHOST"}})).is(http.StatusOK))
	if preview.Possible != 3 || preview.Items[0].NewState != scorer.FreezeClear || preview.Items[0].State != scorer.FreezeFrozen || preview.Items[0].After != 1 ||
		preview.Items[3].Refused.Code != "not_held" || preview.Items[4].Refused.Code != "not_found" {
		t.Fatalf("the preview: %+v", preview)
	}
	filtered := read[desk.BulkPreview](w.post("sales_ops", "/v1/bulk-decisions/preview", action(map[string]any{"filter": map[string]any{"state": "frozen"}})).is(http.StatusOK))
	if len(filtered.Items) != 3 {
		t.Errorf("by filter: %+v", filtered)
	}

	// D2 is confirmed by somebody else before the action is executed.
	w.call(request{role: "admin", method: http.MethodPost, path: "/v1/deals/D2/decisions", body: map[string]any{"action": "confirm"}, header: map[string]string{"If-Match": `"2"`}}).is(http.StatusCreated)
	execute := action(map[string]any{"items": []desk.BulkItem{preview.Items[0].BulkItem, preview.Items[1].BulkItem, preview.Items[2].BulkItem, preview.Items[3].BulkItem}})
	q := request{role: "sales_ops", method: http.MethodPost, path: "/v1/bulk-decisions", body: execute, header: map[string]string{"Idempotency-Key": "once"}}
	result := read[desk.BulkResult](w.call(q).is(http.StatusOK))
	if result.Done != 2 || result.Refused != 2 || result.Items[1].Refused.Code != desk.RefusedStale || result.Items[3].Refused.Code != "not_held" {
		t.Fatalf("the result: %+v", result)
	}
	if d := result.Items[0].Decision; d.Actor != "a sales_ops" || d.State != scorer.FreezeClear || d.Bulk != result.Bulk || d.ReasonCode != "site_rebuilt" {
		t.Errorf("a decision of it: %+v", d)
	}
	for id, want := range map[string]desk.CheckState{"D1": desk.CheckClear, "D2": desk.CheckFrozen, "D3": desk.CheckClear} {
		if a := w.check(id); a.State != want {
			t.Errorf("%s is %s", id, a.State)
		}
	}
	if again := w.call(q); again.header.Get("Idempotency-Replayed") != "true" {
		t.Error("the same request was executed twice")
	}
	if n, err := w.db.Audit.Verify(t.Context()); err != nil || n == 0 {
		t.Errorf("the audit log: %d, %v", n, err)
	}
}

func TestReviewersAreAssignedToMany(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 100, nil)
	w.freeze("D1")
	w.pass(time.Hour)
	body := map[string]any{"action": "assign", "reviewer": "wang", "items": []desk.BulkItem{{DealID: "D1", After: 1}}}
	result := read[desk.BulkResult](w.post("sales_ops", "/v1/bulk-decisions", body).is(http.StatusOK))
	if d := result.Items[0].Decision; d == nil || d.Reviewer != "wang" || d.Held || d.State != scorer.FreezeFrozen || d.ReasonCode != "cold_relationship" {
		t.Errorf("assigned: %+v", result)
	}
}

func TestBulkActionsThatMakeNoSenseAreRefused(t *testing.T) {
	w := newWorld(t)
	for name, body := range map[string]map[string]any{
		"neither ids nor filter": {"action": "confirm"},
		"both":                   {"action": "confirm", "ids": []string{"D1"}, "filter": map[string]any{}},
		"twice":                  {"action": "confirm", "ids": []string{"D1", "D1"}},
	} {
		if a := w.post("sales_ops", "/v1/bulk-decisions/preview", body); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	w.post("sales_ops", "/v1/bulk-decisions/preview", map[string]any{"action": "dispute", "ids": []string{"D1"}}).is(http.StatusBadRequest)
}
