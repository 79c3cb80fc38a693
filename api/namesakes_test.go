package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// keyOf makes the key of a payee.
func (w *world) keyOf(subject string) string {
	w.t.Helper()
	key, secret, err := api.NewPayeeKey("key of "+subject, subject, w.clock())
	w.must(err)
	w.must(w.db.Keys.Add(w.t.Context(), key))
	return secret
}

func TestPeopleOfOneNameSeeNothingOfEachOther(t *testing.T) {
	w := newWorld(t)
	w.customer()
	all := decimal.NewFromInt(100)
	owned := func(id string) func(*signals.Deal) { return func(d *signals.Deal) { d.OwnerID = id } }
	w.deal("NAMED", 100, nil)
	w.deal("FIRST", 100, owned("E101"))
	byName, first, second := w.keyOf("李雷"), w.keyOf("E101"), w.keyOf("E205")
	type list struct {
		Items []desk.MyDeal
		Note  string
	}
	shown := func(secret, query string) (string, list) {
		t.Helper()
		got := read[list](w.call(request{secret: secret, method: http.MethodGet, path: "/v1/me/deals" + query}).is(http.StatusOK))
		var ids []string
		for _, one := range got.Items {
			ids = append(ids, one.DealID)
		}
		return strings.Join(ids, " "), got
	}
	ask := func(secret, id string) int {
		return w.call(request{secret: secret, method: http.MethodGet, path: "/v1/me/deals/" + id}).status
	}
	if ids, got := shown(byName, ""); ids != "FIRST NAMED" || got.Note != "" {
		t.Errorf("while one person has the name it shows %q, %q", ids, got.Note)
	}
	if ids, got := shown(first, ""); ids != "FIRST" || !got.Items[0].Owner || got.Items[0].Share != "100" {
		t.Errorf("by id it shows %+v", got)
	}

	w.pass(time.Hour)
	w.deal("SECOND", 100, owned("E205"))
	w.deal("PAID", 100, func(d *signals.Deal) {
		d.Owner, d.Payees = "韩梅梅", []signals.Payee{{ID: "E205", Name: "李雷", Share: all}}
	})
	w.deal("BARE", 100, func(d *signals.Deal) {
		d.Owner, d.Payees = "韩梅梅", []signals.Payee{{ID: "李雷", Name: "李雷", Share: all}}
	})
	if ids, got := shown(byName, ""); ids != "" || !strings.Contains(got.Note, "owner_id") {
		t.Errorf("a name of two shows %q, %q", ids, got.Note)
	}
	if _, got := shown(byName, "?lang=en"); !strings.Contains(got.Note, "several people have") {
		t.Errorf("in English it says %q", got.Note)
	}
	for _, id := range []string{"NAMED", "FIRST", "SECOND", "PAID", "BARE"} {
		if status := ask(byName, id); status != http.StatusNotFound {
			t.Errorf("by name deal %s is answered %d", id, status)
		}
	}
	if ids, _ := shown(second, ""); ids != "PAID SECOND" {
		t.Errorf("by id the second sees %q", ids)
	}
	if ids, _ := shown(first, ""); ids != "FIRST" || ask(first, "SECOND") != http.StatusNotFound {
		t.Errorf("by id the first sees %q", ids)
	}
	w.post("admin", "/v1/keys", map[string]string{"name": "x", "role": "payee", "subject": " 李雷 "}).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.post("admin", "/v1/keys", map[string]string{"name": "x", "role": "payee", "subject": "E205"}).is(http.StatusCreated)

	w.pass(time.Hour)
	w.deal("SECOND", 100, func(d *signals.Deal) { d.Owner, d.OwnerID = "李磊", "E205" })
	w.deal("PAID", 100, nil)
	if ids, got := shown(byName, ""); ids != "BARE FIRST NAMED PAID" || got.Note != "" {
		t.Errorf("once the name is one person's again it shows %q, %q", ids, got.Note)
	}
}

// The owner's id comes with an import, is kept by one without that column, and goes with the
// owner.
func TestImportsKeepWhoTheOwnerIs(t *testing.T) {
	w := newWorld(t)
	w.customer()
	table := func(heading, row string) signals.Deal {
		t.Helper()
		w.pass(time.Hour)
		w.call(csv("/v1/imports/deals", heading+"\n"+row+"\n")).is(http.StatusOK)
		return read[signals.Deal](w.get("admin", "/v1/deals/D1").is(http.StatusOK))
	}
	for _, step := range []struct{ heading, row, want string }{
		{"商机编号,客户编号,商机名称,销售,销售工号,金额", "D1,C1,商机,李雷,E101,100", "E101"},
		{"商机编号,客户编号,商机名称,销售,金额", "D1,C1,商机,李雷,200", "E101"},
		{"商机编号,客户编号,商机名称,销售,金额", "D1,C1,商机,韩梅梅,200", ""},
	} {
		if deal := table(step.heading, step.row); deal.OwnerID != step.want {
			t.Errorf("after %s the owner's id is %q", step.row, deal.OwnerID)
		}
	}
}
