package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func TestAnAdministratorCrawlsPausesAndResumesATarget(t *testing.T) {
	w := newWorld(t)
	do := func(action string) page { return w.post("/targets/T1", url.Values{"action": {action}}) }

	w.login("sales_ops")
	w.get("/targets/T1").is(http.StatusOK, "/targets/T1").doesNotSay("立即采集")
	do("run").is(http.StatusNotFound, "/targets/T1")
	do("confirm_fall").is(http.StatusNotFound, "/targets/T1")
	w.post("/logout", nil)

	w.login("admin")
	w.get("/targets/T1").says("立即采集", "暂停")
	do("run").is(http.StatusOK, "/targets/T1").says("已开始采集")
	if strings.Join(w.asked, " ") != "T1" {
		t.Errorf("asked to crawl %v", w.asked)
	}
	do("pause").is(http.StatusOK, "/targets/T1").says("已暂停", "恢复采集").doesNotSay("立即采集")
	do("pause").is(http.StatusOK, "/targets/T1")
	do("resume").is(http.StatusOK, "/targets/T1").says("已恢复", "立即采集")
	if target, err := w.db.Targets.Get(t.Context(), "T1", time.Time{}); err != nil || target.Paused {
		t.Errorf("%+v, %v", target, err)
	}
	do("shows_all").is(http.StatusOK, "/targets/T1").says("已注明：此页面显示全部岗位", "是，管理员已核对")
	if target, err := w.db.Targets.Get(t.Context(), "T1", time.Time{}); err != nil || !target.ShowsAll {
		t.Errorf("%+v, %v", target, err)
	}
	do("shows_some").is(http.StatusOK, "/targets/T1").says("已取消注明", "我已核对：页面显示全部岗位")
	w.waits = &store.TargetWaitsError{TargetID: "T1", Wait: signals.Wait{Reason: signals.WaitHostBudget, Until: w.clock()}}
	do("run").is(http.StatusConflict, "/targets/T1").says("今日请求额度已用完")
	w.waits = &store.TargetPausedError{TargetID: "T1"}
	do("run").is(http.StatusConflict, "/targets/T1").says("该目标已暂停")
	w.waits = &store.RunInProgressError{}
	do("run").is(http.StatusConflict, "/targets/T1").says("正在采集中")
	do("dance").is(http.StatusBadRequest, "/targets/T1")
	w.post("/targets/T9", url.Values{"action": {"pause"}}).is(http.StatusNotFound, "/targets/T9")
}

func TestARunUnderWayShowsHowFarItIs(t *testing.T) {
	w := newWorld(t)
	w.login("admin")
	w.get("/targets/T1").doesNotSay("刚读完", "下一页")
	w.progress = signals.Progress{RunID: "R9", Pages: 3, Items: 45, URL: "https://example.com/jobs?page=3", Outcome: signals.OutcomeOK, Next: "https://example.com/jobs?page=4", Since: w.clock()}
	w.get("/targets/T1").says("采集中", "3 页, 45 条", "刚读完: https://example.com/jobs?page=3", "下一页: https://example.com/jobs?page=4")
}
