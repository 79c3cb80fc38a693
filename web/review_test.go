package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/wecom/collect"

	"github.com/shopspring/decimal"
)

// freeze freezes more deals, as the machine does.
func (w *world) freeze(ids ...string) {
	w.t.Helper()
	now := w.clock()
	for i, id := range ids {
		_, err := w.db.Deals.Put(w.t.Context(), []signals.Deal{{ID: id, CustomerID: "C1", Name: "商机 " + id, Owner: "韩梅梅", Region: "华南", Amount: decimal.NewFromInt(int64(1000 * (i + 1))), Currency: "CNY"}}, "crm", now)
		w.must(err)
		e, found, err := w.db.Verdicts.Latest(w.t.Context(), "D-1", now)
		w.must(err)
		e.DealID, e.AsOf = id, now
		d, ok := scorer.Decide(nil, []scorer.Evaluation{e}, scorer.Turn{}, scorer.DefaultPolicy(), now)
		if !ok || !found {
			w.t.Fatal("it was not frozen")
		}
		_, err = w.db.Verdicts.Record(w.t.Context(), []store.Verdict{{Evaluation: &e, Decision: d, DealID: id}})
		w.must(err)
	}
}

// doubtful stores a notice whose match waits for a person.
func (w *world) doubtful() {
	w.t.Helper()
	run := signals.Run{ID: "R2", TargetID: "T2", StartedAt: w.clock()}
	w.must(w.db.Runs.Begin(w.t.Context(), run))
	run.FinishedAt, run.Outcome, run.Complete, run.Items = w.clock(), signals.OutcomeOK, true, 2
	commit := store.RunCommit{Run: run, At: w.clock()}
	for i, title := range []string{"宏图 ERP <b>采购</b>公告", "宏图路改造工程招标公告"} {
		id := fmt.Sprint("N", i+1)
		commit.Notices = append(commit.Notices, signals.Notice{TargetID: "T2", ID: id, Title: title, URL: "https://tender.example/" + id, Type: signals.NoticeTender, Buyer: "某市宏图机械", Evidence: capturedHash, FirstSeen: w.clock(), LastSeen: w.clock()})
		commit.Matches = append(commit.Matches, signals.NoticeMatch{TargetID: "T2", NoticeID: id, CustomerID: "C1", Match: true, Role: signals.RoleBuyer, By: "short name 宏图 without a second sign", Confidence: 0.5, Review: true})
	}
	_, err := w.db.Runs.Commit(w.t.Context(), commit)
	w.must(err)
}

func TestManyDealsAreDecidedFromTheList(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3", "D-4", "D-5")
	w.pass(time.Hour)
	w.login("sales_ops").says(`name="deal" value="D-3"`, "批量处理").doesNotSay(`name="deal" value="D-2"`)
	w.post("/bulk", url.Values{"action": {"release"}, "note": {"x"}}).is(http.StatusUnprocessableEntity, "/bulk").says("没有选择商机")
	preview := w.post("/bulk", url.Values{"action": {"release"}, "note": {"网站改版"}, "deal": {"D-3", "D-4", "D-2"}}).is(http.StatusOK, "/bulk")
	preview.says("商机 D-3", `value="2:D-3"`, `value="3:D-4"`, "未冻结", "执行").doesNotSay(`:D-2"`)
	all := w.post("/bulk", url.Values{"action": {"assign"}, "reviewer": {"小王"}, "which": {"all"}, "filter.owner": {"韩梅梅"}}).is(http.StatusOK, "/bulk")
	all.says("商机 D-5", "小王", "sales-ops").doesNotSay("一期")
	w.post("/bulk", url.Values{"action": {"release"}, "deal": {"D-3"}}).is(http.StatusOK, "/bulk").says("缺少理由")

	// Somebody confirms D-4 in between.
	w.post("/deals/D-4/decisions", url.Values{"action": {"confirm"}, "after": {"3"}}).is(http.StatusOK, "/deals/D-4")
	done := w.post("/bulk/run", url.Values{"action": {"release"}, "note": {"网站改版"}, "item": {"2:D-3", "3:D-4"}}).is(http.StatusOK, "/bulk/run")
	done.says("已处理", "<b>1</b>", "预览之后已有新的决定")
	decisions, err := w.db.Verdicts.Decisions(t.Context(), "D-3", w.clock())
	w.must(err)
	if last := decisions[len(decisions)-1]; last.State != scorer.FreezeClear || last.Bulk == "" || last.Note != "网站改版" || last.Actor != "a sales_ops" {
		t.Errorf("the decision on D-3 is %+v", last)
	}
	w.post("/bulk/run", url.Values{"action": {"release"}, "item": {"D-3"}}).is(http.StatusBadRequest, "/bulk/run")
}

func TestOverdueDisputesAreShownFirst(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3")
	w.login("sales_ops")
	w.pass(time.Hour)
	w.post("/deals/D-3/decisions", url.Values{"action": {"dispute"}, "after": {"2"}, "note": {"客户换了微信"}, "on_behalf_of": {"韩梅梅"}}).is(http.StatusOK, "/deals/D-3").says("代 韩梅梅", "前答复")
	var list page
	for range 60 { // a session ends when it is idle
		w.pass(110 * time.Minute)
		list = w.get("/").is(http.StatusOK, "/")
		if w.clock().Sub(today) > 11*time.Hour {
			break
		}
	}
	list.doesNotSay("逾期")
	w.pass(5 * 24 * time.Hour)
	list = w.login("sales_ops").is(http.StatusOK, "/")
	list.says("逾期", "异议逾期未答复")
	if strings.Index(list.html, "商机 D-3") > strings.Index(list.html, "一期") {
		t.Error("the overdue dispute is not the first")
	}
	w.get("/?disputed=yes").says("商机 D-3").doesNotSay("一期")
	w.post("/deals/D-3/decisions", url.Values{"action": {"assign"}, "after": {"3"}, "reviewer": {"小王"}}).is(http.StatusOK, "/deals/D-3").says("小王", "逾期")
	w.post("/deals/D-3/decisions", url.Values{"action": {"assign"}, "after": {"4"}}).is(http.StatusUnprocessableEntity, "/deals/D-3/decisions").says("请填写复核人")
}

func TestDoubtfulNoticesAreCheckedByHand(t *testing.T) {
	w := newWorld(t)
	w.doubtful()
	w.pass(time.Minute)
	w.login("sales_ops")
	p := w.get("/matches").is(http.StatusOK, "/matches")
	p.says("宏图 ERP &lt;b&gt;采购&lt;/b&gt;公告", "宏图机械有限公司", "short name 宏图 without a second sign", "50%", "采购人", "/evidence/"+capturedHash, "https://tender.example/N1", `accesskey="a"`)
	judge := func(verdict, notice, role string) page {
		return w.post("/matches", url.Values{"verdict": {verdict}, "target": {"T2"}, "notice": {notice}, "customer": {"C1"}, "role": {role}})
	}
	judge("accept", "N1", "owner").is(http.StatusBadRequest, "/matches")
	judge("accept", "N1", "buyer").is(http.StatusOK, "/matches").says("已确认").doesNotSay("ERP")
	judge("reject", "N2", "buyer").is(http.StatusOK, "/matches").says("已排除", "没有待核对的公告")
	judge("accept", "N9", "buyer").is(http.StatusNotFound, "/matches")
	w.get("/matches?lang=en").says("Nothing to check")
}

func TestUnmappedPeopleOfWeComAreMappedToContacts(t *testing.T) {
	w := newWorld(t)
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K1", CustomerID: "C1", Name: "赵总"}, {ID: "K2", CustomerID: "C1", Name: "钱总", WeComID: "wmOther"}}, "crm", w.clock())
	w.must(err)
	deal, err := w.db.Deals.Get(t.Context(), "D-1", time.Time{})
	w.must(err)
	deal.Contacts = []string{"K1"}
	_, err = w.db.Deals.Put(t.Context(), []signals.Deal{deal}, "crm", w.clock())
	w.must(err)
	stranger := "wm" + strings.Repeat("S", 30)
	consent := fmt.Sprintf(`{"control":"consent","info":[{"userid":"lilei","exteranalopenid":%q,"agree_status":"Agree","status_change_time":%d}]}`, stranger, today.AddDate(0, -1, 0).Unix())
	feed := `{"control":"members","permitted":["lilei"],"names":{"lilei":"李雷"}}` + "\n" + consent + "\n" + fmt.Sprintf(`{"seq":1,"publickey_ver":1,"msgid":"m1_external","action":"send","from":%q,"tolist":["lilei"],"roomid":"","msgtime":%d,"msgtype":"text","text":{"content":"价格"}}`, stranger, w.clock().Add(-time.Minute).UnixMilli())
	_, err = w.wecom.Take(t.Context(), collect.Archive, strings.NewReader(feed+"\n"))
	w.must(err)
	w.pass(time.Minute)
	w.login("sales_ops")
	w.get("/wecom").is(http.StatusOK, "/wecom").says(stranger, "客户联系人", `<option value="K1">`).doesNotSay(`<option value="K2">`)
	give := func(contact string) page {
		return w.post("/wecom", url.Values{"id": {stranger}, "contact": {contact}})
	}
	give("K9").is(http.StatusUnprocessableEntity, "/wecom").says("没有这个联系人")
	give("K2").is(http.StatusUnprocessableEntity, "/wecom").says("已有另一个企业微信 ID")
	give("K1").is(http.StatusOK, "/wecom").says("已匹配").doesNotSay(stranger)
	contact, err := w.db.Contacts.Get(t.Context(), "K1", time.Time{})
	w.must(err)
	if contact.WeComID != stranger || contact.Name != "赵总" {
		t.Errorf("the contact is %+v", contact)
	}
}

func TestAPayeeSeesOwnPagesOnly(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3")
	w.pass(time.Minute)
	p := w.login("payee").is(http.StatusOK, "/me")
	p.says("我的商机", "&lt;b&gt;一期&lt;/b&gt;", "100 %", "冻结", "sales-ops").doesNotSay("韩梅梅", "D-3", "/targets", "/matches")
	w.get("/").is(http.StatusOK, "/me")
	for _, path := range []string{"/deals/D-1", "/targets", "/data", "/matches", "/wecom", "/evidence/" + capturedHash, "/periods", "/periods/2026-11", "/backtest", "/webhooks", "/me/deals/D-3", "/me/deals/D-1/evidence/" + capturedHash} {
		w.get(path).is(http.StatusNotFound, path).doesNotSay("韩梅梅")
	}
	for _, path := range []string{"/bulk", "/bulk/run", "/matches", "/wecom", "/deals/D-1/decisions"} {
		w.post(path, url.Values{"action": {"release"}, "after": {"1"}, "note": {"x"}}).is(http.StatusNotFound, path)
	}
	w.get("/me/deals/D-1").is(http.StatusOK, "/me/deals/D-1").says("冻结当时的依据", "现在", "提出异议", "处理记录", "系统", `name="after" value="1"`)
	w.post("/me/deals/D-3/dispute", url.Values{"after": {"2"}, "note": {"x"}}).is(http.StatusNotFound, "/me/deals/D-3/dispute")
	w.post("/me/deals/D-1/dispute", url.Values{"after": {"0"}, "note": {"x"}}).is(http.StatusConflict, "/me/deals/D-1/dispute").says("最新状态")
	w.post("/me/deals/D-1/dispute", url.Values{"after": {"1"}, "note": {"客户换了微信"}}).is(http.StatusOK, "/me/deals/D-1").says("异议已提交", "本人", "客户换了微信", "答复期限")
	w.login("sales_ops").is(http.StatusOK, "/")
	w.get("/me").is(http.StatusNotFound, "/me")
}

func TestPeriodsAreReadComparedAndLocked(t *testing.T) {
	w := newWorld(t)
	w.freeze("D-3")
	w.pass(10 * 24 * time.Hour) // it is December
	w.login("sales_ops")
	w.get("/periods").is(http.StatusOK, "/periods").says("2026-12", "2026-11", "未锁定")
	w.get("/periods/2026-11").is(http.StatusOK, "/periods/2026-11").says("D-1", "D-2", "暂缓", "提成已冻结", "此刻锁定").doesNotSay("预览锁定")
	w.post("/periods/2026-11/lock", nil).is(http.StatusNotFound, "/periods/2026-11/lock")
	w.get("/periods/nonsense").is(http.StatusBadRequest, "/periods/nonsense")
	w.get("/periods/2027-11").is(http.StatusBadRequest, "/periods/2027-11")

	w.login("admin")
	w.get("/periods/2026-11").says("预览锁定")
	preview := w.post("/periods/2026-11/lock", nil).is(http.StatusOK, "/periods/2026-11/lock").says("锁定（不可撤销）", "CNY", "EUR")
	_, rest, _ := strings.Cut(preview.html, `name="confirm" value="`)
	digest, _, _ := strings.Cut(rest, `"`)
	w.post("/periods/2026-11/lock", url.Values{"confirm": {"another"}}).is(http.StatusConflict, "/periods/2026-11/lock").says("请重新预览")
	w.post("/periods/2026-11/lock", url.Values{"confirm": {digest}}).is(http.StatusOK, "/periods/2026-11").says("已锁定", "a admin")
	w.post("/periods/2026-11/lock", nil).is(http.StatusConflict, "/periods/2026-11/lock").says("该期间已锁定")
	w.post("/periods/2026-12/lock", nil).is(http.StatusConflict, "/periods/2026-12/lock").says("期间尚未结束")

	// D-3 is released: the period stays, and the next one adjusts it.
	w.post("/deals/D-3/decisions", url.Values{"action": {"release"}, "after": {"2"}, "note": {"属实"}}).is(http.StatusOK, "/deals/D-3")
	w.pass(time.Minute)
	w.get("/periods/2026-11").says("D-3", "提成已冻结")
	december := w.get("/periods/2026-12?adjusted=yes&with=2026-11").is(http.StatusOK, "/periods/2026-12")
	december.says("D-3", "补发", "由暂缓变为发放")
	export := w.get("/periods/2026-11/export?format=csv&by=payee").is(http.StatusOK, "/periods/2026-11/export")
	export.says("payee_id 收款人编号", "李雷")
	if export.header.Get("Content-Disposition") != `attachment; filename="period-2026-11.csv"` {
		t.Errorf("the export's headers are %v", export.header)
	}
	w.get("/periods/2026-11/export?format=doc").is(http.StatusBadRequest, "/periods/2026-11/export")
}

func TestADecisionLeadsToWhatItWasMadeOn(t *testing.T) {
	w := newWorld(t)
	w.login("sales_ops")
	then := "/deals/D-1?as_of=2026-11-24T04:00:00Z"
	w.get("/deals/D-1").is(http.StatusOK, "/deals/D-1").says("当时的依据", "/deals/D-1?as_of=2026-11-24T04%3a00%3a00Z", "作出决定")
	w.get(then).is(http.StatusOK, "/deals/D-1").says("截至 2026-11-24 12:00", "看现在").doesNotSay("作出决定")
	w.get("/deals/D-1?as_of=2027-01-01T00:00:00Z").is(http.StatusBadRequest, "/deals/D-1")
	w.get("/deals/D-1?as_of=yesterday").is(http.StatusBadRequest, "/deals/D-1")
}
