package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/signals"
)

// What an outcome ended, an outcome opens again. A table of deals that says 进行中 does not,
// and neither does it close what was opened over the API.
func TestADealIsOpenedAgainWhereItsEndWasTold(t *testing.T) {
	w := newScoring(t)
	w.customer()
	w.deal("D1", 100, nil)
	importing := func(kind, table string) desk.ImportReport {
		t.Helper()
		w.pass(time.Hour)
		return read[desk.ImportReport](w.call(csv("/v1/imports/"+kind, table)).is(http.StatusOK))
	}
	is := func(when string, want signals.DealStatus) {
		t.Helper()
		if a := w.check("D1"); a.DealStatus != want {
			t.Errorf("%s: %q, want %q", when, a.DealStatus, want)
		}
	}
	const deals, outcomes = "商机编号,客户编号,商机名称,销售,金额,状态\n", "商机编号,结果,关闭日期\n"
	importing("outcomes", outcomes+"D1,输单,2026-11-01\n")
	is("lost", signals.DealLost)
	ended := w.clock()
	r := importing("deals", deals+"D1,C1,商机,李雷,200,进行中\n")
	is("a table says 进行中", signals.DealLost)
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Detail, "重新打开") {
		t.Errorf("it is warned of as %+v", r.Warnings)
	}
	importing("outcomes", outcomes+"D1,重新打开,\n")
	is("reopened", "")
	if e, found, err := w.db.Verdicts.Latest(t.Context(), "D1", time.Time{}); err != nil || !found || !e.AsOf.Equal(w.clock()) {
		t.Errorf("it is not scored at once: %v, %v, %v", e.AsOf, found, err)
	}
	if r := importing("outcomes", outcomes+"D1,reopened,\n"); r.Unchanged != 1 {
		t.Errorf("told twice: %+v", r)
	}
	if r := importing("deals", deals+"D1,C1,商机,李雷,200,进行中\n"); len(r.Warnings) != 0 {
		t.Errorf("an open deal is warned of: %+v", r.Warnings)
	}
	if past := read[desk.FreezeAnswer](w.get("commission", "/v1/deals/D1/freeze?as_of="+escaped(ended))); past.DealStatus != signals.DealLost {
		t.Errorf("while it was lost: %+v", past)
	}
	importing("outcomes", outcomes+"D1,赢单,2026-11-20\n")
	is("won in the end", signals.DealWon)

	got := w.get("admin", "/v1/deals/D1").is(http.StatusOK)
	deal := read[map[string]any](got)
	deal["status"] = "open"
	w.pass(time.Hour)
	w.call(request{role: "admin", method: http.MethodPut, path: "/v1/deals/D1", body: deal, header: map[string]string{"If-Match": got.header.Get("ETag")}}).is(http.StatusOK)
	for _, status := range []string{"进行中", ""} {
		importing("deals", deals+"D1,C1,商机,李雷,200,"+status+"\n")
		is("opened over the API, then imported as "+status, "")
	}
	importing("deals", deals+"D1,C1,商机,李雷,200,输单\n")
	is("and lost by its status", signals.DealLost)
}
