package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dealvitals/api/desk/desktest"
	"dealvitals/scorer"
)

func TestTheBacktestIsReadInChinese(t *testing.T) {
	w := newWorld(t)
	w.must(desktest.Ended(t.Context(), w.db, 200, today.AddDate(0, 0, -1)))
	w.get("/backtest").is(http.StatusOK, "/login")
	w.login("sales_ops")
	w.get("/backtest").is(http.StatusOK, "/backtest").says("回测现行规则", "dealvitals import outcomes", `aria-current="page">回测`).doesNotSay("混淆矩阵")

	p := w.get("/backtest?run=1").is(http.StatusOK, "/backtest")
	p.says(`<span class="tag better">优于基准率</span> 标记优于基准率：被标记的 20 个商机中 90%`, "混淆矩阵", `<td class="hit"><b>18</b>`, `<td class="alarm"><b>2</b>`,
		"可靠性图", `<circle class="point"`, `<line class="diagonal"`, "误报率", "冷关系", "兑现率差", "已结束商机 200", "没有一种比现有标记更可靠", "产品线")
	p.doesNotSay("style=", "<script", "草案与过去", "ZgotmplZ")
	w.get("/backtest?run=1&lang=en").says("The flag is better than the base rate", "Confusion matrix", "Reliability diagram", "false alarm: pay held for nothing")
	w.get("/backtest?run=1&from=2025-12-01&to=2025-12-31&lang=zh").says("商机太少", `value="2025-12-01"`)
	for _, bad := range []string{"from=soon", "lead_days=many", "lead_days=0", "lead_days=9999", "from=2025-02-01&to=2025-01-01"} {
		w.get("/backtest?run=1&"+bad).is(http.StatusUnprocessableEntity, "/backtest").says("无法回测：").doesNotSay("混淆矩阵")
	}
}

func TestADraftIsPastedAndHeldAgainstThePast(t *testing.T) {
	w := newWorld(t)
	w.must(desktest.Ended(t.Context(), w.db, 200, today.AddDate(0, 0, -1)))
	w.login("admin")
	draft := scorer.DefaultPolicy()
	draft.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{}
	var document bytes.Buffer
	w.must(draft.WriteYAML(&document))
	p := w.post("/backtest", url.Values{"policy": {document.String()}, "lead_days": {"90"}}).is(http.StatusOK, "/backtest")
	// The freeze of D-1 has no data behind it in this world.
	p.says("草案与过去", "判断不同的商机", "D-0000", "不会作出的冻结与提议", "D-1", "进行中", "韩梅梅 <small>CNY</small>", "草案不再标记", "冻结 · v1", "不标记", "输单", "cold_relationship:", `<span class="tag too_few">商机太少</span>`)
	if before, err := w.db.Policies.List(t.Context()); err != nil || len(before) != 1 {
		t.Errorf("the draft was kept: %v, %v", before, err)
	}
	for _, broken := range []string{"a: [", "frieze: {}", strings.Replace(document.String(), "max_days: 90", "max_days: -1", 1)} {
		w.post("/backtest", url.Values{"policy": {broken}}).is(http.StatusUnprocessableEntity, "/backtest").says("无法回测：")
	}
	w.post("/backtest", url.Values{"policy": {strings.Repeat("x", 2<<20)}}).is(http.StatusBadRequest, "/backtest")
}
