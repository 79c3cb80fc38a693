package api_test

import (
	"net/http"
	"testing"

	"dealvitals/scorer"
)

func TestADraftIsSimulatedAndNothingIsWritten(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 100, nil)
	w.freeze("D1") // no data behind it, so nothing releases it
	before, err := w.db.Audit.Verify(t.Context())
	w.must(err)
	draft := scorer.DefaultPolicy()
	draft.Freeze.Confirmations = 3
	s := read[scorer.Simulation](w.post("admin", "/v1/policies/simulations", map[string]any{"policy": draft}).is(http.StatusOK))
	if s.Deals != 1 || s.Same != 1 || s.BaseVersion != 1 || len(s.Changes) != 0 {
		t.Errorf("simulated: %+v", s)
	}
	if after, err := w.db.Audit.Verify(t.Context()); err != nil || after != before {
		t.Errorf("the audit log went from %d to %d entries: %v", before, after, err)
	}
	draft.Freeze.MaxDays = -1
	w.post("admin", "/v1/policies/simulations", map[string]any{"policy": draft}).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.post("admin", "/v1/policies/simulations", map[string]any{"policy": scorer.DefaultPolicy(), "as_of": today.AddDate(1, 0, 0)}).isProblem(http.StatusBadRequest, "not-yet")
}
