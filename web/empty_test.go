package web_test

import (
	"net/http"
	"testing"
)

// A store with nothing in it tells what to do first, on each page.
func TestAnEmptyStoreSaysWhatToDoFirst(t *testing.T) {
	w := newEmptyWorld(t)
	w.login("admin").says("还没有评估过的商机", "dealvitals import customers", "dealvitals probe")
	for path, says := range map[string]string{"/data": "没有缺失数据的商机", "/targets": "dealvitals import targets", "/matches": "没有待核对的公告", "/wecom": "没有未匹配的 ID", "/webhooks": "还没有通知端点", "/backtest": "dealvitals import outcomes", "/periods": "2026-11"} {
		w.get(path).is(http.StatusOK, path).says(says)
	}
	w.get("/backtest?run=1&lead_days=90").is(http.StatusOK, "/backtest").says("所选日期内没有已导入结果的商机", "half_life_days").doesNotSay("混淆矩阵")
}
