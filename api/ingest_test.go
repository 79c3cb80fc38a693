package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/signals"
)

func csv(path, body string) request {
	return request{role: "ingest", method: "POST", path: path, body: body, header: map[string]string{"Content-Type": "text/csv; charset=utf-8"}}
}

func TestImportTellsEachBadRow(t *testing.T) {
	w := newWorld(t)
	const customers = "客户编号,客户名称\nC1,宏图机械有限公司\nC2,远景软件有限公司\n"
	report := read[desk.ImportReport](w.call(csv("/v1/imports/customers?dry_run=true", customers)).is(http.StatusOK))
	if !report.DryRun || report.Rows != 2 || report.Created != 2 || len(w.effects.said) != 0 {
		t.Errorf("the report is %+v", report)
	}
	w.get("ingest", "/v1/customers/C1").isProblem(http.StatusNotFound, "not-found")
	w.call(csv("/v1/imports/customers", customers)).is(http.StatusOK)
	w.get("ingest", "/v1/customers/C1").is(http.StatusOK)
	if got := strings.Join(w.effects.said, "; "); got != "customers C1,C2" {
		t.Errorf("what followed: %s", got)
	}

	const deals = "id,customer_id,name,owner,amount,currency\nD1,C1,ERP,李雷,12万元多,CNY\nD2,C2,云,李雷,1200000,CNY\n"
	problem := w.call(csv("/v1/imports/deals", deals)).isProblem(http.StatusUnprocessableEntity, "bad-table")
	if problem.Problems == nil || (*problem.Problems)[0].Line != 2 || (*problem.Problems)[0].Column != "amount" {
		t.Errorf("the problem is %+v", problem)
	}
	if report := read[desk.ImportReport](w.call(csv("/v1/imports/deals?partial=true", deals)).is(http.StatusOK)); report.Created != 1 || len(report.Problems) != 1 {
		t.Errorf("the report is %+v", report)
	}
	w.get("admin", "/v1/deals/D2").is(http.StatusOK)
	odd := "/v1/imports/deals?columns=" + url.QueryEscape("id=编码,amount=签单额（万元）")
	w.call(csv(odd, "编码,客户编号,商机名称,销售,签单额（万元）\nD3,C1,ERP,李雷,120\n")).is(http.StatusOK)
	if body := w.get("admin", "/v1/deals/D3").is(http.StatusOK).body; !strings.Contains(string(body), `"1200000"`) {
		t.Errorf("the deal is %s", body)
	}
	w.call(csv("/v1/imports/deals?columns=id", "id\n")).isProblem(http.StatusBadRequest, "bad-parameter")
	w.call(csv("/v1/imports/deals", "")).isProblem(http.StatusUnprocessableEntity, "unreadable-table")
	w.call(csv("/v1/imports/horses", "id\n")).isProblem(http.StatusBadRequest, "bad-parameter")
	w.call(csv("/v1/imports/deals?partial=maybe", "id\n")).isProblem(http.StatusBadRequest, "bad-parameter")
	refused := w.call(request{role: "ingest", method: "POST", path: "/v1/imports/deals", body: "{}"}).isProblem(http.StatusUnsupportedMediaType, "media-type")
	if !strings.Contains(refused.Detail, "it reads ") || !strings.Contains(refused.Detail, "text/csv") {
		t.Errorf("the types that are read are told as %s", refused.Detail)
	}
}

func TestTableMayBeLargerThanADocument(t *testing.T) {
	w := newWorld(t)
	name := strings.Repeat("名", 1<<13)
	w.call(csv("/v1/imports/customers", "id,name\n"+strings.Repeat("C1,"+name+"\n", 700))).is(http.StatusUnprocessableEntity) // 17 MiB of the same id
	w.post("commission", "/v1/freeze-checks", `{"ids":["`+strings.Repeat("x", 17<<20)+`"]}`).isProblem(http.StatusRequestEntityTooLarge, "too-large")
}

func TestAnImportProvesSilenceOnlyInTheSpanStated(t *testing.T) {
	w := newWorld(t)
	const log = "time,deal_id,contact_id,direction\n2026-09-01T09:00:00+08:00,D1,P1,in\n"
	report := read[desk.ImportReport](w.call(csv("/v1/imports/interactions", log)).is(http.StatusOK))
	if report.Created != 1 || report.Covered != 0 || len(report.Warnings) != 1 {
		t.Errorf("without a span the report is %+v", report)
	}
	report = read[desk.ImportReport](w.call(csv("/v1/imports/interactions?covers_from=2026-08-01T00:00:00Z&covers_to=2026-10-01T00:00:00Z", log)).is(http.StatusOK))
	if report.Unchanged != 1 || report.Covered != 1 || len(report.Warnings) != 0 {
		t.Errorf("with a span the report is %+v", report)
	}
	for _, span := range []string{"covers_from=2026-08-01T00:00:00Z", "covers_from=2026-08-02T00:00:00Z&covers_to=2026-08-01T00:00:00Z", "covers_from=x&covers_to=y"} {
		w.call(csv("/v1/imports/interactions?"+span, log)).isProblem(http.StatusBadRequest, "bad-parameter")
	}
}

func TestTextOfAMessageIsCountedAndDropped(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 10, func(d *signals.Deal) { d.Contacts = []string{"P1"} })
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "P1", CustomerID: "C1"}}, "crm", w.clock())
	w.must(err)
	policy, err := w.db.Policies.At(t.Context(), w.clock())
	w.must(err)
	word := policy.WeChat.Keywords[0].Words[0]
	secret := "绝密内容" + word
	batch := map[string]any{
		"source": "wecom",
		"interactions": []map[string]any{
			{"time": today.Add(-time.Hour), "contact_id": "P1", "direction": "in", "kind": "text", "text": secret, "deal_id": "D1"},
			{"time": today.Add(-time.Hour), "contact_id": "P1", "direction": "in", "kind": "text", "text": secret, "deal_id": "D1"},
			{"time": today.Add(-time.Hour), "contact_id": "P9", "direction": "out", "kind": "call", "duration": "90s"},
		},
		"coverage": []map[string]any{{"contact_id": "P1", "from": today.Add(-48 * time.Hour), "to": today, "messages": 2}},
	}
	report := read[desk.InteractionReport](w.post("ingest", "/v1/interactions", batch).is(http.StatusOK))
	if report.New != 3 || report.Unmapped != 1 || report.Covered != 1 || len(report.NotCovered) != 0 {
		t.Errorf("the report is %+v", report)
	}
	again := read[desk.InteractionReport](w.post("ingest", "/v1/interactions", batch).is(http.StatusOK))
	if again.New != 0 || again.Known != 3 {
		t.Errorf("the same batch again is %+v", again)
	}
	w.pass(time.Minute)
	history, err := w.db.Histories.Deal(t.Context(), "D1", w.clock())
	w.must(err)
	if len(history.WeChat.Interactions) != 2 || len(history.WeChat.Coverage) != 1 {
		t.Fatalf("kept: %+v", history.WeChat)
	}
	if x := history.WeChat.Interactions[0]; x.Keywords[word] != 1 || x.Length != len([]rune(secret)) || x.KeywordVersion != 1 || x.Source != "wecom" {
		t.Errorf("kept: %+v", x)
	}
	if kept := fmt.Sprintf("%+v", history); strings.Contains(kept, "绝密") {
		t.Error("the text of a message is kept")
	}
	if strings.Contains(w.log.String(), "绝密") {
		t.Error("the text of a message is logged")
	}
	if got := strings.Join(w.effects.said, "; "); !strings.HasPrefix(got, "deals D1") {
		t.Errorf("what followed: %s", got)
	}
}

func TestASpanCountsOnlyWithAllItsMessages(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 10, func(d *signals.Deal) { d.Contacts = []string{"P1"} })
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "P1", CustomerID: "C1"}}, "crm", w.clock())
	w.must(err)
	from, to := today.Add(-48*time.Hour), today
	message := func(hoursAgo int, contact, deal string) map[string]any {
		return map[string]any{"time": today.Add(-time.Duration(hoursAgo) * time.Hour), "contact_id": contact, "deal_id": deal, "direction": "in", "kind": "text"}
	}
	span := func(messages ...int) []map[string]any {
		s := map[string]any{"contact_id": "P1", "deal_id": "D1", "from": from, "to": to}
		if len(messages) > 0 {
			s["messages"] = messages[0]
		}
		return []map[string]any{s}
	}
	post := func(coverage []map[string]any, messages ...map[string]any) desk.InteractionReport {
		t.Helper()
		if coverage == nil {
			coverage = []map[string]any{}
		}
		if messages == nil {
			messages = []map[string]any{}
		}
		return read[desk.InteractionReport](w.post("ingest", "/v1/interactions", map[string]any{"interactions": messages, "coverage": coverage}).is(http.StatusOK))
	}
	for _, page := range [][]any{{}, {message(1, "P1", "D1")}} { // the first page of many looks like the whole
		w.post("ingest", "/v1/interactions", map[string]any{"interactions": page, "coverage": span()}).isProblem(http.StatusBadRequest, "bad-body")
	}
	steps := []struct {
		name    string
		report  desk.InteractionReport
		new     int
		covered int
		keptOf  string
	}{
		{"the span first", post(span(3)), 0, 0, "0/3"},
		{"then a part", post(span(3), message(1, "P1", "D1"), message(2, "P1", ""), message(0, "P1", "D1"), message(49, "P1", "D1"), message(3, "P1", "D2"), message(3, "P2", "D1")), 6, 0, "2/3"},
		{"then the rest", post(nil, message(48, "P1", "D1")), 1, 0, ""},
		{"then the span again", post(span(3)), 0, 1, ""},
		{"and again", post(span(3)), 0, 0, ""},
	}
	for _, s := range steps {
		open := ""
		for _, o := range s.report.NotCovered {
			open += fmt.Sprintf("%d/%d", o.Kept, o.Stated)
		}
		if s.report.New != s.new || s.report.Covered != s.covered || open != s.keptOf {
			t.Errorf("%s: %+v", s.name, s.report)
		}
	}
	w.pass(time.Minute)
	history, err := w.db.Histories.Deal(t.Context(), "D1", w.clock())
	w.must(err)
	if len(history.WeChat.Coverage) != 1 {
		t.Errorf("covered: %+v", history.WeChat.Coverage)
	}
	w.deal("D9", 10, func(d *signals.Deal) { d.Owner, d.Contacts = "韩梅梅", []string{"P2"} })
	w.deal("D8", 10, func(d *signals.Deal) { d.Contacts = []string{"P2"} })
	shared := map[string]any{"contact_id": "P2", "from": from, "to": to, "messages": 0}
	w.post("ingest", "/v1/interactions", map[string]any{"interactions": []any{}, "coverage": []any{shared}}).isProblem(http.StatusUnprocessableEntity, "invalid")
	shared["deal_id"] = "D9"
	w.post("ingest", "/v1/interactions", map[string]any{"interactions": []any{}, "coverage": []any{shared}}).is(http.StatusOK)
	var log bytes.Buffer // who says that somebody was silent is answerable for it
	w.must(w.db.Audit.Export(t.Context(), &log))
	if !strings.Contains(log.String(), `"actor":"a ingest","action":"add_coverage"`) {
		t.Errorf("who stated the spans is not in the audit log: %s", log.String())
	}
	if r := post([]map[string]any{{"contact_id": "P1", "from": today.Add(-90 * time.Hour), "to": today.Add(-80 * time.Hour), "messages": 0}}); r.Covered != 1 {
		t.Errorf("stated silence: %+v", r)
	}
}

func TestBatchWithAFaultIsNotTaken(t *testing.T) {
	w := newWorld(t)
	good := map[string]any{"time": today, "contact_id": "P1", "direction": "in", "kind": "text"}
	cases := map[string]struct {
		interaction map[string]any
		status      int
		pointer     string
	}{
		"a time that has not come":  {map[string]any{"time": today.Add(time.Hour), "contact_id": "P1", "direction": "in", "kind": "text"}, 422, "/interactions/1/time"},
		"a duration without a unit": {map[string]any{"time": today, "contact_id": "P1", "direction": "in", "kind": "call", "duration": "90"}, 422, "/interactions/1/duration"},
		"a third direction":         {map[string]any{"time": today, "contact_id": "P1", "direction": "up", "kind": "text"}, 400, "/interactions/1/direction"},
		"a field that nobody knows": {map[string]any{"time": today, "contact_id": "P1", "direction": "in", "kind": "text", "txt": "绝密"}, 400, "/interactions/1"},
		"a text that is no text":    {map[string]any{"time": today, "contact_id": "P1", "direction": "in", "kind": "text", "text": []string{"绝密"}}, 400, "/interactions/1/text"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := w.post("ingest", "/v1/interactions", map[string]any{"interactions": []any{good, c.interaction}})
			a.t = t
			kind := "invalid"
			if c.status == 400 {
				kind = "bad-body"
			}
			problem := a.isProblem(c.status, kind)
			if problem.Problems == nil || !strings.HasPrefix((*problem.Problems)[0].Pointer, c.pointer) {
				t.Errorf("the fault is not at %s: %s", c.pointer, a.body)
			}
			if strings.Contains(string(a.body), "绝密") {
				t.Errorf("the answer repeats a message: %s", a.body)
			}
		})
	}
	a := w.post("ingest", "/v1/interactions", map[string]any{"interactions": []any{}, "coverage": []map[string]any{{"contact_id": "P1", "from": today, "to": today.Add(time.Hour), "messages": 0}}})
	a.isProblem(http.StatusUnprocessableEntity, "invalid")
}
