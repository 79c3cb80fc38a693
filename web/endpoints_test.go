package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"dealvitals/crawler/guard"
	"dealvitals/secrets"
	"dealvitals/store"
	"dealvitals/webhooks"
)

// webhookAdmin lets endpoints on this machine be reached.
func webhookAdmin(t *testing.T, w *world) *webhooks.Admin {
	t.Helper()
	key, err := secrets.Generate()
	w.must(err)
	ring, err := secrets.Parse(key)
	w.must(err)
	sender, err := webhooks.NewSender(webhooks.SenderSettings{
		Guard: guard.Rules{Section: "webhooks", Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, Sealer: ring, Version: "test", Clock: w.clock,
	})
	w.must(err)
	t.Cleanup(sender.Close)
	return &webhooks.Admin{Endpoints: w.db.Endpoints, Mail: w.db.Deliveries, Log: w.db.Events, Sender: sender, Sealer: ring, Clock: w.clock}
}

func TestEndpointsAreForAdministrators(t *testing.T) {
	w := newWorld(t)
	w.get("/webhooks").is(http.StatusOK, "/login")
	w.login("sales_ops").doesNotSay("/webhooks")
	w.get("/webhooks").is(http.StatusNotFound, "/webhooks")
	w.post("/webhooks", url.Values{"name": {"x"}}).is(http.StatusNotFound, "/webhooks")
}

func TestAnEndpointIsMadeTestedPausedAndDeletedInTheDashboard(t *testing.T) {
	w := newWorld(t)
	receiver := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			rw.WriteHeader(http.StatusGone)
		}
		_, _ = io.WriteString(rw, "<b>said</b>")
	}))
	defer receiver.Close()
	w.login("admin").says("通知端点")
	w.get("/webhooks").is(http.StatusOK, "/webhooks").says("还没有通知端点", "提成冻结", "deal.frozen", "企业微信群机器人")
	w.post("/webhooks", url.Values{"name": {"<i>工资</i>"}, "kind": {"webhook"}, "url": {"http://10.0.0.1/"}, "events": {"deal.frozen"}}).
		is(http.StatusUnprocessableEntity, "/webhooks").says("未能创建", "private or reserved", "&lt;i&gt;工资", `value="deal.frozen" checked`).doesNotSay("10.0.0.1/\"")

	p := w.post("/webhooks", url.Values{"name": {"<i>工资</i>"}, "kind": {"webhook"}, "url": {receiver.URL + "/gone"}, "events": {"deal.frozen"}})
	p.is(http.StatusOK, "/webhooks").says("已创建", "whsec_", "只显示这一次", "还没有发送过")
	endpoints, err := w.db.Endpoints.List(t.Context())
	w.must(err)
	here := "/webhooks/" + endpoints[0].ID
	w.get(here).is(http.StatusOK, here).says("&lt;i&gt;工资", "提成冻结").doesNotSay("whsec_")
	w.post(here, url.Values{"action": {"test"}}).is(http.StatusOK, here).says("测试未被接收", "410", "&lt;b&gt;said", ">失败<")
	w.post(here, url.Values{"action": {"rotate"}}).is(http.StatusOK, here).says("whsec_")
	w.post(here, url.Values{"action": {"pause"}}).is(http.StatusOK, here).says("已暂停", "paused by a admin", "恢复")
	w.get("/webhooks?lang=en").says("paused", "commission frozen")
	w.get("/webhooks?lang=zh")
	w.post(here, url.Values{"action": {"resume"}}).is(http.StatusOK, here)
	w.post(here, url.Values{"action": {"fly"}}).is(http.StatusBadRequest, here)

	// A dead letter, and what can be done about it.
	_, err = w.db.Deliveries.TakeUp(t.Context(), endpoints[0].ID, 100, func(e store.Event) (string, time.Time, bool) { return e.Subject, w.clock(), true })
	w.must(err)
	n, err := w.db.Deliveries.Replay(t.Context(), endpoints[0].ID, store.Replay{From: 1}, func(e store.Event) (string, time.Time, bool) { return e.Subject, w.clock(), true }, "me", w.clock())
	w.must(err)
	if n == 0 {
		t.Fatal("the world has no events")
	}
	w.must(w.db.Deliveries.Record(t.Context(), endpoints[0].ID, []store.Result{{Lane: "deal D-1", Seqs: []uint64{2}, Attempt: store.Attempt{
		At: w.clock(), Type: store.DealFrozen, Seq: 2, End: store.Dead, Events: 1, Problem: "answered 500",
	}}}))
	w.get(here).says("死信", "answered 500", "重发死信", "已放弃")
	w.post(here, url.Values{"action": {"replay-dead"}}).is(http.StatusOK, here).says("死信将重新发送").doesNotSay("重发死信")
	w.post(here, url.Values{"action": {"delete"}}).is(http.StatusOK, "/webhooks").says("还没有通知端点")
	w.get(here).is(http.StatusNotFound, here)
}
