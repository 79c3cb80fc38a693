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

func TestAnAdministratorWhoSawTheRunConfirmsThatItsListFell(t *testing.T) {
	w := newWorld(t)
	_, err := w.db.Targets.Put(t.Context(), []signals.Target{{ID: "T8", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://fell.example/jobs"}}, "test", w.clock().Add(-72*time.Hour))
	w.must(err)
	for i, jobs := range []int{13, 4} {
		at := w.clock().Add(time.Duration(i-2) * 24 * time.Hour)
		run := signals.Run{TargetID: "T8", Trigger: "schedule", StartedAt: at}
		run.ID = []string{"01KA0000000000000000000001", "01KA0000000000000000000002"}[i]
		w.must(w.db.Runs.Begin(t.Context(), run))
		run.FinishedAt, run.Outcome, run.Complete, run.Items = at.Add(time.Minute), signals.OutcomeOK, true, jobs
		_, err := w.db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: run.FinishedAt})
		w.must(err)
	}
	confirm := func(run, note string) page {
		return w.post("/targets/T8", url.Values{"action": {"confirm_fall"}, "run": {run}, "note": {note}})
	}
	const seen = "01KA0000000000000000000002"
	w.login("sales_ops")
	w.get("/targets/T8").doesNotSay("我已查看：列表完整")
	confirm(seen, "four").is(http.StatusNotFound, "/targets/T8")
	w.post("/logout", nil)
	w.login("admin")
	w.get("/targets/T8").says("13 个减至 4 个", "我已查看：列表完整")
	confirm(seen, "").is(http.StatusConflict, "/targets/T8").says("请填写说明")
	confirm("01KA0000000000000000000001", "four").is(http.StatusConflict, "/targets/T8").says("请先查看最新的页面")
	confirm(seen, "four jobs").is(http.StatusOK, "/targets/T8").says("已确认：列表完整", "13 → 4", "four jobs", "撤回确认").doesNotSay("我已查看：列表完整")
	w.post("/targets/T8", url.Values{"action": {"withdraw_fall"}}).is(http.StatusOK, "/targets/T8").says("已撤回确认", "13 个减至 4 个", "我已查看：列表完整")
}
