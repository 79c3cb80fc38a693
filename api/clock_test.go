package api_test

import (
	"net/http"
	"testing"
	"time"

	"dealvitals/store"
)

func TestUnderAWrongClockNothingIsAnsweredOfThePresent(t *testing.T) {
	var wrong error
	w := newWorldWith(t, func(d *deps) {
		d.Desk.ClockTrusted = func() error { return wrong }
	})
	now := w.clock()
	past := "/v1/deals/D1/freeze?as_of=" + now.Add(-time.Minute).UTC().Format(time.RFC3339)
	w.get("admin", past).is(http.StatusOK)
	wrong = &store.ClockError{Now: now, Newest: now.Add(-30 * time.Second), Expected: now.Add(-time.Hour)}
	w.get("admin", "/v1/deals/D1/freeze").isProblem(http.StatusServiceUnavailable, "clock-wrong")
	w.post("admin", "/v1/freeze-checks", map[string]any{"ids": []string{"D1"}}).isProblem(http.StatusServiceUnavailable, "clock-wrong")
	w.get("admin", past).is(http.StatusOK)
}
