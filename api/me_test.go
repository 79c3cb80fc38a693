package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// office is deals of two sales people: 李雷 (the payee's key), and 韩梅梅 with whom he shares one.
func office(t *testing.T) *world {
	w := newWorld(t)
	w.customer()
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K9", CustomerID: "C1", Name: "赵总", WeComID: "wmSECRET"}}, "crm", w.clock())
	w.must(err)
	share := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	w.deal("OWN", 1000, nil)
	w.deal("SHARED", 500, func(d *signals.Deal) {
		d.Owner, d.Contacts, d.Team = "韩梅梅", []string{"K9"}, "华南二部"
		d.Payees = []signals.Payee{{ID: "韩梅梅", Name: "韩梅梅", Share: share(70)}, {ID: "李雷", Name: "李雷", Share: share(30)}}
	})
	w.deal("OTHER", 777, func(d *signals.Deal) { d.Owner, d.Name = "韩梅梅", "机密商机" })
	for _, id := range []string{"OWN", "SHARED", "OTHER"} {
		w.freeze(id)
	}
	w.pass(time.Hour)
	return w
}

func TestAPayeeSeesOwnDealsAndNothingOfOthers(t *testing.T) {
	w := office(t)
	w.call(request{role: "sales_ops", method: http.MethodPost, path: "/v1/deals/SHARED/decisions", body: map[string]any{"action": "confirm", "note": "内部备注"}, header: map[string]string{"If-Match": `"2"`}}).is(http.StatusCreated)
	page := w.get("payee", "/v1/me/deals").is(http.StatusOK)
	mine := read[struct{ Items []desk.MyDeal }](page).Items
	if len(mine) != 2 || mine[0].DealID != "OWN" || mine[1].DealID != "SHARED" {
		t.Fatalf("own deals: %+v", mine)
	}
	if own := mine[0]; !own.Owner || own.Share != "100" || own.State != scorer.FreezeFrozen || own.Since == nil || own.Reviewer == "" || own.ReviewBy == nil || !own.CanDispute || own.ReasonText == "" || own.CustomerName == "" {
		t.Errorf("the own deal: %+v", own)
	}
	if shared := mine[1]; shared.Owner || shared.Share != "30" || shared.ShareAmount != "150" {
		t.Errorf("the shared deal: %+v", shared)
	}
	all := page.body
	for _, path := range []string{"/v1/me/deals/OWN", "/v1/me/deals/SHARED", "/v1/me/deals/SHARED?lang=en", "/v1/me/deals?limit=1"} {
		all = append(all, w.get("payee", path).is(http.StatusOK).body...)
	}
	for _, secret := range []string{"韩梅梅", "机密", "OTHER", "777", "K9", "赵总", "wmSECRET", "华南二部", "内部备注", "a sales_ops", "70"} {
		if bytes.Contains(all, []byte(secret)) {
			t.Errorf("%s is told to 李雷", secret)
		}
	}
	for _, path := range []string{"/v1/me/deals/OTHER", "/v1/me/deals/GHOST", "/v1/me/deals/OTHER/evidence/" + capturedHash, "/v1/me/deals/OWN/evidence/" + capturedHash} {
		w.get("payee", path).isProblem(http.StatusNotFound, "not-found")
	}
	theirs, ghost := w.get("payee", "/v1/me/deals/OTHER"), w.get("payee", "/v1/me/deals/GHOST")
	if a, b := strings.ReplaceAll(read[map[string]any](theirs)["detail"].(string), "OTHER", "X"), strings.ReplaceAll(read[map[string]any](ghost)["detail"].(string), "GHOST", "X"); a != b {
		t.Errorf("somebody else's deal is told from one that is not there: %q, %q", a, b)
	}
	w.call(request{role: "payee", method: http.MethodPost, path: "/v1/me/deals/OTHER/dispute", body: map[string]any{"note": "x"}, header: map[string]string{"If-Match": `"3"`}}).isProblem(http.StatusNotFound, "not-found")
	for _, path := range []string{"/v1/deals", "/v1/deals/OWN/freeze", "/v1/deals/OWN/explanation", "/v1/flagged-deals", "/v1/decisions", "/v1/periods", "/v1/keys", "/v1/evidence/" + capturedHash} {
		w.get("payee", path).isProblem(http.StatusForbidden, "forbidden")
	}
	for _, role := range []api.Role{"admin", "sales_ops", "commission", "ingest"} {
		w.get(role, "/v1/me/deals").isProblem(http.StatusForbidden, "forbidden")
	}
}

func TestAPayeeDisputesAndReadsTheAnswer(t *testing.T) {
	w := office(t)
	dispute := func(tag, note string) answer {
		return w.call(request{role: "payee", method: http.MethodPost, path: "/v1/me/deals/OWN/dispute", body: map[string]any{"note": note}, header: map[string]string{"If-Match": tag}})
	}
	tag := w.get("payee", "/v1/me/deals/OWN").is(http.StatusOK).header.Get("ETag")
	dispute(`"9"`, "x").isProblem(http.StatusPreconditionFailed, "stale")
	dispute(tag, "").is(http.StatusBadRequest)
	made := dispute(tag, "客户换了微信").is(http.StatusCreated)
	detail := read[desk.MyDealDetail](made)
	last := detail.History[len(detail.History)-1]
	if !detail.Disputed || detail.AnswerBy == nil || detail.CanDispute || last.By != desk.ByYou || last.Note != "客户换了微信" || detail.State != scorer.FreezeFrozen {
		t.Fatalf("the deal after the dispute: %+v", detail)
	}
	dispute(made.header.Get("ETag"), "again").isProblem(http.StatusConflict, "not-possible-now")
	w.pass(time.Hour)
	w.call(request{role: "sales_ops", method: http.MethodPost, path: "/v1/deals/OWN/decisions", body: map[string]any{"action": "answer", "upheld": true, "note": "已核实，维持"}, header: map[string]string{"If-Match": made.header.Get("ETag")}}).is(http.StatusCreated)
	detail = read[desk.MyDealDetail](w.get("payee", "/v1/me/deals/OWN").is(http.StatusOK))
	last = detail.History[len(detail.History)-1]
	if last.By != desk.ByReviewer || last.Note != "已核实，维持" || last.ReasonText == "" {
		t.Errorf("the answer: %+v", last)
	}
}

func TestReadsOfOtherPeoplesStatisticsAreNoted(t *testing.T) {
	w := office(t)
	for _, path := range []string{"/v1/deals/OWN/health", "/v1/deals/OWN/explanation", "/v1/deals/OWN/heatmap", "/v1/flagged-deals"} {
		w.get("sales_ops", path).is(http.StatusOK)
	}
	w.get("payee", "/v1/me/deals/OWN").is(http.StatusOK)
	var log bytes.Buffer
	w.must(w.db.Audit.Export(t.Context(), &log))
	for _, want := range []string{`"action":"read_health","subject":"deal OWN"`, `"action":"read_explanation"`, `"action":"read_heatmap"`, `"action":"read_deals","subject":"owners 李雷, 韩梅梅"`} {
		if strings.Count(log.String(), want) != 1 {
			t.Errorf("the audit log does not have %s once:\n%s", want, log.String())
		}
	}
	if strings.Contains(log.String(), `"actor":"a payee","action":"read_`) {
		t.Error("a look at one's own deal is noted as one at somebody else's")
	}
}

func TestAPayeesKeyHasASubject(t *testing.T) {
	w := newWorld(t)
	w.post("admin", "/v1/keys", map[string]string{"name": "x", "role": "payee"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.post("admin", "/v1/keys", map[string]string{"name": "x", "role": "admin", "subject": "李雷"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	made := read[struct{ Key struct{ Subject string } }](w.post("admin", "/v1/keys", map[string]string{"name": "x", "role": "payee", "subject": "E1"}).is(http.StatusCreated))
	if made.Key.Subject != "E1" {
		t.Errorf("the key: %+v", made)
	}
	if _, _, err := api.NewKey("x", "payee", today); err == nil {
		t.Error("a payee's key without a subject was made")
	}
}
