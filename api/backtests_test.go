package api_test

import (
	"net/http"
	"strings"
	"testing"

	"dealvitals/api/desk"
	"dealvitals/api/desk/desktest"
	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
)

func TestABacktestIsAskedForOverHTTP(t *testing.T) {
	w := newWorld(t)
	const deals = 150
	w.must(desktest.Ended(t.Context(), w.db, deals, today.AddDate(0, 0, -1)))
	before, err := w.db.Audit.Verify(t.Context())
	w.must(err)

	b := read[desk.Backtest](w.post("sales_ops", "/v1/backtests", map[string]any{}).is(http.StatusOK))
	if b.Ended != deals || b.Test.Deals != deals/5 || b.Answer != backtest.Better || b.Tried == 0 || len(b.Test.Score.Reliability) == 0 || b.Past != nil {
		t.Errorf("the report is %+v", b)
	}
	again := w.post("sales_ops", "/v1/backtests", map[string]any{"as_of": today})
	w.pass(48 * 60 * 60 * 1e9)
	if later := w.post("sales_ops", "/v1/backtests", map[string]any{"as_of": today}); string(later.body) != string(again.body) {
		t.Errorf("the same question got another answer two days later:\n%s\n%s", again.body, later.body)
	}

	draft := scorer.DefaultPolicy()
	draft.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{}
	b = read[desk.Backtest](w.post("admin", "/v1/backtests", map[string]any{"policy": draft, "from": "2024-07-01", "to": "2025-12-31", "lead_days": 90}).is(http.StatusOK))
	if !b.Draft || b.Past == nil || len(b.Past.Changes) == 0 || b.Answer != backtest.TooFew {
		t.Errorf("the draft's report is %+v", b)
	}
	if after, err := w.db.Audit.Verify(t.Context()); err != nil || after != before {
		t.Errorf("the audit log went from %d to %d entries: %v", before, after, err)
	}

	w.post("commission", "/v1/backtests", map[string]any{}).isProblem(http.StatusForbidden, "forbidden")
	w.post("admin", "/v1/backtests", map[string]any{"lead_days": 0}).isProblem(http.StatusBadRequest, "bad-body")
	w.post("admin", "/v1/backtests", map[string]any{"from": "2025-12-31", "to": "2025-01-01"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	draft.Freeze.MaxDays = -1
	w.post("admin", "/v1/backtests", map[string]any{"policy": draft}).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.post("admin", "/v1/backtests", map[string]any{"as_of": today.AddDate(1, 0, 0)}).isProblem(http.StatusBadRequest, "not-yet")
}

func TestABacktestWithoutOutcomesSaysThatThereAreTooFew(t *testing.T) {
	w := newWorld(t)
	b := read[desk.Backtest](w.post("admin", "/v1/backtests", map[string]any{}).is(http.StatusOK))
	if b.Ended != 0 || b.Answer != backtest.TooFew || b.Suggestion != nil {
		t.Errorf("the report is %+v", b)
	}
}

func TestOutcomesAreImportedOverHTTP(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 100, nil)
	q := request{role: "ingest", method: http.MethodPost, path: "/v1/imports/outcomes", body: "商机编号,结果,关闭日期\nD1,赢单,2026-08-31\n", header: map[string]string{"Content-Type": "text/csv"}}
	if r := read[desk.ImportReport](w.call(q).is(http.StatusOK)); r.Created != 1 {
		t.Errorf("the report is %+v", r)
	}
	q.body = "商机编号,结果,关闭日期\nD9,赢单,2026-08-31\n"
	if p := w.call(q).isProblem(http.StatusUnprocessableEntity, "bad-table"); !strings.Contains((*p.Problems)[0].Detail, "there is no deal D9") {
		t.Errorf("the problem is %+v", p)
	}
}
