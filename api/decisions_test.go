package api_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"dealvitals/api/gen"
	"dealvitals/scorer"
)

func TestPersonDecidesOnlyUponTheStateThatSheSaw(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 10, nil)
	w.freeze("D1")
	w.pass(time.Hour)
	const path = "/v1/deals/D1/decisions"
	release := map[string]string{"action": "release", "reason": "site_was_down", "note": "招聘页面改版"}

	seen := w.get("sales_ops", path).is(http.StatusOK).header.Get("ETag")
	w.post("sales_ops", path, release).isProblem(http.StatusPreconditionRequired, "if-match-needed")
	with := func(tag string, body any) answer {
		t.Helper()
		return w.call(request{role: "sales_ops", method: "POST", path: path, body: body, header: map[string]string{"If-Match": tag}})
	}
	with(`"0"`, release).isProblem(http.StatusPreconditionFailed, "stale")
	with(`"abc"`, release).isProblem(http.StatusPreconditionFailed, "stale")
	with(`1`, release).isProblem(http.StatusBadRequest, "bad-parameter")
	with(seen, map[string]string{"action": "release"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	with(seen, map[string]any{"action": "release", "note": "x", "until": today}).isProblem(http.StatusUnprocessableEntity, "invalid")
	with(seen, map[string]string{"action": "freeze"}).isProblem(http.StatusBadRequest, "bad-body")
	with(seen, map[string]string{"action": "release", "notes": "x"}).isProblem(http.StatusBadRequest, "bad-body")
	with(seen, map[string]string{"action": "answer", "note": "x"}).isProblem(http.StatusConflict, "not-possible-now")

	a := with(seen, release).is(http.StatusCreated)
	d := read[scorer.Decision](a)
	if d.Actor != "a sales_ops" || d.State != scorer.FreezeClear || d.ReasonCode != "site_was_down" || d.Seq != 2 || a.header.Get("ETag") != `"2"` {
		t.Errorf("the decision is %+v with the ETag %s", d, a.header.Get("ETag"))
	}
	with(seen, release).isProblem(http.StatusPreconditionFailed, "stale")
	w.call(request{role: "sales_ops", method: "POST", path: "/v1/deals/ghost/decisions", body: release, header: map[string]string{"If-Match": `"0"`}}).isProblem(http.StatusNotFound, "not-found")
}

func TestOfTwoWhoDecideAtOnceOneIsTold(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 10, nil)
	w.freeze("D1")
	w.pass(time.Hour)
	var group sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		group.Go(func() {
			statuses[i] = w.call(request{role: "sales_ops", method: "POST", path: "/v1/deals/D1/decisions", body: map[string]string{"action": "release", "note": "x"}, header: map[string]string{"If-Match": `"1"`}}).status
		})
	}
	group.Wait()
	created := 0
	for _, status := range statuses {
		switch status {
		case http.StatusCreated:
			created++
		case http.StatusPreconditionFailed:
		default:
			t.Errorf("a decision was answered with %d", status)
		}
	}
	if created != 1 {
		t.Errorf("%d of 8 decisions upon one state were taken", created)
	}
}

func TestLogOfDecisionsHasNoGaps(t *testing.T) {
	w := newWorld(t)
	w.customer()
	for _, id := range []string{"D1", "D2", "D3"} {
		w.deal(id, 10, nil)
		w.freeze(id)
	}
	first := read[gen.DecisionLog](w.get("commission", "/v1/decisions?limit=2").is(http.StatusOK))
	second := read[gen.DecisionLog](w.get("commission", "/v1/decisions?after=2").is(http.StatusOK))
	if len(first.Decisions) != 2 || first.Last != 2 || len(second.Decisions) != 1 || second.Decisions[0].Seq != 3 || second.Last != 3 {
		t.Errorf("the log is %+v, then %+v", first, second)
	}
	end := w.get("commission", "/v1/decisions?after=3").is(http.StatusOK)
	if got := read[gen.DecisionLog](end); got.Last != 3 || string(end.body) != "{\"decisions\":[],\"last\":3}\n" {
		t.Errorf("behind the end: %s", end.body)
	}
}
