package api_test

import (
	tables "encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// check is the answer on one deal now.
func (w *world) check(id string) desk.FreezeAnswer {
	w.t.Helper()
	return read[desk.FreezeAnswer](w.get("commission", "/v1/deals/"+id+"/freeze").is(http.StatusOK))
}

func TestAClosedDealIsAnsweredByHowItEnded(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("WON", 100, nil)
	w.deal("LOST", 100, nil)
	frozen := w.freeze("WON")
	w.freeze("LOST")
	w.deal("PAID", 100, nil)
	w.score(evaluation("PAID", w.clock(), false))
	before := w.clock()
	w.pass(time.Hour)
	for id, status := range map[string]signals.DealStatus{"WON": signals.DealWon, "LOST": signals.DealLost, "PAID": signals.DealWon} {
		w.deal(id, 100, func(d *signals.Deal) { d.Status = status })
	}
	w.deal("CANCELLED", 100, nil)
	outcome := signals.DealOutcome{DealID: "CANCELLED", Result: signals.ResultCancelled, ClosedAt: signals.DateOf(w.clock())}
	if _, err := w.db.Outcomes.Put(t.Context(), []signals.DealOutcome{outcome}, "crm", w.clock()); err != nil {
		t.Fatal(err)
	}
	w.pass(60 * 24 * time.Hour)
	if a := w.check("CANCELLED"); a.Pay != desk.Hold || a.PayReason != desk.PayDealLost || a.DealStatus != signals.DealLost {
		t.Errorf("a deal that its outcome calls cancelled has no commission: %+v", a)
	}
	if a := w.check("WON"); a.State != desk.CheckFrozen || a.Pay != desk.Hold || a.PayReason != desk.PayFrozen || a.DecisionID != frozen.ID || a.DealStatus != signals.DealWon {
		t.Errorf("a won deal keeps its freeze until it is decided: %+v", a)
	}
	if a := w.check("LOST"); a.Pay != desk.Hold || a.PayReason != desk.PayDealLost || a.DealStatus != signals.DealLost {
		t.Errorf("a lost deal has no commission: %+v", a)
	}
	if a := w.check("PAID"); a.Pay != desk.Pay || !a.EvidenceFresh || a.PayReason != desk.PayClear {
		t.Errorf("a deal that was measured when it was won is not stale for being closed: %+v", a)
	}
	past := read[desk.FreezeAnswer](w.get("commission", "/v1/deals/LOST/freeze?as_of="+escaped(before)).is(http.StatusOK))
	if past.PayReason != desk.PayFrozen || past.DealStatus != "" {
		t.Errorf("before it was lost it was frozen: %+v", past)
	}
	list := read[struct {
		Items []struct {
			Status string
			Health scorer.Health
		}
	}](w.get("sales_ops", "/v1/flagged-deals").is(http.StatusOK))
	if len(list.Items) != 1 || list.Items[0].Health.DealID != "WON" || list.Items[0].Status != "won" {
		t.Errorf("only the won deal is to be decided: %+v", list.Items)
	}
	w.pass(31 * 24 * time.Hour) // max_days
	if a := w.check("WON"); a.State != desk.CheckClear || a.EffectiveFrom == nil || a.Reason != scorer.ReasonMaxDays {
		t.Errorf("a freeze that nobody confirmed ends on a won deal too: %+v", a)
	}
}

func TestAMergedDealIsAnsweredByTheDealThatGoesOn(t *testing.T) {
	w := newWorld(t)
	w.now = time.Date(2026, 10, 5, 4, 0, 0, 0, time.UTC)
	w.customer()
	for _, id := range []string{"OLD", "MID", "NEW"} {
		w.deal(id, 100, nil)
	}
	w.freeze("NEW")
	own := w.freeze("OLD")
	before := w.clock()
	w.pass(time.Hour)
	merge := func(id, into string) {
		w.deal(id, 100, func(d *signals.Deal) { d.MergedInto = into })
	}
	merge("MID", "NEW")
	merge("OLD", "MID")
	a := w.check("OLD")
	if a.DealID != "OLD" || a.MergedInto != "NEW" || a.DealStatus != signals.DealMerged || a.State != desk.CheckFrozen || a.DecisionID == own.ID {
		t.Errorf("the answer on a merged deal: %+v", a)
	}
	if past := read[desk.FreezeAnswer](w.get("commission", "/v1/deals/OLD/freeze?as_of="+escaped(before))); past.MergedInto != "" || past.DecisionID != own.ID {
		t.Errorf("before the merge: %+v", past)
	}
	history := read[struct{ Decisions []scorer.Decision }](w.get("sales_ops", "/v1/deals/OLD/decisions").is(http.StatusOK))
	if len(history.Decisions) != 1 {
		t.Errorf("its own history stays readable: %+v", history)
	}

	w.now = time.Date(2026, 11, 2, 4, 0, 0, 0, time.UTC)
	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{}).is(http.StatusOK)
	lines := read[struct{ Items []desk.PeriodLine }](w.get("commission", "/v1/periods/2026-10/lines").is(http.StatusOK))
	if len(lines.Items) != 1 || lines.Items[0].DealID != "NEW" {
		t.Errorf("merged deals are paid for once: %+v", lines.Items)
	}
	if l := read[desk.FreezeAnswer](w.get("commission", "/v1/deals/OLD/freeze?period=2026-10")); !l.Locked || l.MergedInto != "NEW" || l.DealID != "OLD" || l.State != desk.CheckFrozen {
		t.Errorf("the locked answer on a merged deal: %+v", l)
	}

	// What cannot be followed stands for itself: a freeze must not vanish by a slip.
	merge("MID", "OLD")
	merge("OLD", "MID")
	if a := w.check("OLD"); a.MergedInto != "" || a.State != desk.CheckFrozen || a.DecisionID != own.ID {
		t.Errorf("merged in a circle: %+v", a)
	}
	merge("OLD", "NOBODY")
	if a := w.check("OLD"); a.MergedInto != "" || a.State != desk.CheckFrozen || a.DecisionID != own.ID {
		t.Errorf("merged into nothing: %+v", a)
	}
	if a := w.check("MID"); a.MergedInto != "OLD" || a.DecisionID != own.ID {
		t.Errorf("merged into one that is merged into nothing, it would be paid for twice: %+v", a)
	}
}

func TestASharedDealIsPaidByPayee(t *testing.T) {
	w := newWorld(t)
	w.now = time.Date(2026, 10, 5, 4, 0, 0, 0, time.UTC)
	w.customer()
	share := func(text string) decimal.Decimal { return decimal.RequireFromString(text) }
	w.deal("D1", 100, func(d *signals.Deal) {
		d.Payees = []signals.Payee{{ID: "E1", Name: "李雷", Share: share("33.333333")}, {ID: "E2", Share: share("33.333333")}, {ID: "=E3", Share: share("33.333334")}}
	})
	w.deal("D2", 7, nil)
	w.score(evaluation("D1", w.clock(), false))
	w.score(evaluation("D2", w.clock(), false))
	a := w.check("D1")
	if len(a.Payees) != 3 || a.Payees[0].Amount.String() != "33.33" || a.Payees[2].Amount.String() != "33.34" {
		t.Errorf("the payees of a check: %+v", a.Payees)
	}
	w.now = time.Date(2026, 11, 2, 4, 0, 0, 0, time.UTC)
	rows := func(query string) [][]string {
		t.Helper()
		table, err := tables.NewReader(strings.NewReader(string(w.get("commission", "/v1/periods/2026-10/export?"+query).is(http.StatusOK).body))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	byDeal, byPayee := rows("format=csv"), rows("format=csv&by=payee")
	if n := len(byDeal[0]); len(byDeal) != 3 || byDeal[1][n-1] != "E1/李雷:33.333333%;E2/:33.333333%;=E3/:33.333334%" || byDeal[2][n-1] != "" {
		t.Errorf("by deal: %v", byDeal)
	}
	n := len(byPayee[0])
	if len(byPayee) != 5 || strings.Join(byPayee[1][n-4:], " ") != "E1 李雷 33.333333 33.33" || byPayee[3][n-4] != "'=E3" || strings.Join(byPayee[4][n-4:], " ") != "李雷 李雷 100 7" {
		t.Errorf("by payee: %v", byPayee)
	}
	w.get("commission", "/v1/periods/2026-10/export?format=xlsx&by=payee").is(http.StatusOK)

	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{}).is(http.StatusOK)
	w.deal("D1", 100, func(d *signals.Deal) { d.Payees = []signals.Payee{{ID: "E1", Share: share("50")}} })
	comparison := read[desk.PeriodComparison](w.get("commission", "/v1/periods/2026-11/comparison?with=2026-10").is(http.StatusOK))
	if len(comparison.Changes) == 0 || comparison.Changes[0].DealID != "D1" || len(comparison.Changes[0].To.Payees) != 1 || len(comparison.Changes[0].From.Payees) != 3 {
		t.Errorf("the comparison: %+v", comparison)
	}
}

func TestDealsAreEditedOverTheAPI(t *testing.T) {
	w := newWorld(t)
	w.customer()
	input := map[string]any{"id": "D1", "customer_id": "C1", "name": "一期", "owner": "李雷", "amount": "100.50", "currency": "CNY"}
	made := w.post("ingest", "/v1/deals", input).is(http.StatusCreated)
	w.post("ingest", "/v1/deals", input).isProblem(http.StatusConflict, "exists")
	put := func(tag string, change map[string]any) answer {
		body := make(map[string]any)
		for _, m := range []map[string]any{input, change} {
			for k, v := range m {
				body[k] = v
			}
		}
		return w.call(request{role: "ingest", method: http.MethodPut, path: "/v1/deals/D1", body: body, header: map[string]string{"If-Match": tag}})
	}
	tag := made.header.Get("ETag")
	w.pass(time.Minute)
	changed := put(tag, map[string]any{"status": "won", "payees": []map[string]string{{"id": "E1", "share": "60"}, {"id": "E2", "share": "40"}}}).is(http.StatusOK)
	put(tag, nil).isProblem(http.StatusPreconditionFailed, "stale")
	tag = changed.header.Get("ETag")
	got := w.get("ingest", "/v1/deals/D1").is(http.StatusOK)
	if deal := read[signals.Deal](got); got.header.Get("ETag") != tag || deal.Status != signals.DealWon || len(deal.Payees) != 2 || deal.Amount.String() != "100.5" {
		t.Errorf("the deal is %+v", deal)
	}
	for pointer, change := range map[string]map[string]any{
		"/payees": {"payees": []map[string]string{{"id": "E1", "share": "60"}, {"id": "E2", "share": "41"}}}, "/merged_into": {"merged_into": "D1"}, "/customer_id": {"customer_id": "C9"},
	} {
		problem := put(tag, change).isProblem(http.StatusUnprocessableEntity, "invalid")
		if problem.Problems == nil || (*problem.Problems)[0].Pointer != pointer {
			t.Errorf("%v: %+v", change, problem)
		}
	}
	put(tag, map[string]any{"merged_into": "D9"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	if got := strings.Join(w.effects.said, " "); !strings.Contains(got, "deals D1") {
		t.Errorf("a changed deal is scored anew, but there followed %s", got)
	}
}

func TestDisputesHaveADeadlineAndOverdueOnesComeFirst(t *testing.T) {
	w := newWorld(t)
	w.customer()
	for i, id := range []string{"BIG", "MID", "LATE"} {
		w.deal(id, int64(300-100*i), nil)
		w.freeze(id)
	}
	w.pass(time.Hour)
	dispute := func(id string) {
		tag := w.get("sales_ops", "/v1/deals/"+id+"/decisions").header.Get("ETag")
		a := w.call(request{role: "sales_ops", method: http.MethodPost, path: "/v1/deals/" + id + "/decisions", header: map[string]string{"If-Match": tag},
			body: map[string]any{"action": "dispute", "note": "客户换了微信", "on_behalf_of": "李雷"}}).is(http.StatusCreated)
		if d := read[scorer.Decision](a); !d.AnswerBy.Equal(w.clock().AddDate(0, 0, 5)) || d.OnBehalf != "李雷" {
			t.Errorf("the dispute on %s: %+v", id, d)
		}
	}
	dispute("LATE")
	w.pass(3 * 24 * time.Hour)
	dispute("MID")
	w.pass(3 * 24 * time.Hour)
	var ids, next string
	for range 3 { // page by page
		page := read[struct {
			Items []struct {
				Overdue bool
				Health  scorer.Health
			}
			Next string
		}](w.get("sales_ops", "/v1/flagged-deals?limit=1&cursor="+next).is(http.StatusOK))
		ids, next = ids+" "+page.Items[0].Health.DealID, page.Next
		if page.Items[0].Overdue != (page.Items[0].Health.DealID == "LATE") {
			t.Errorf("%s overdue: %v", page.Items[0].Health.DealID, page.Items[0].Overdue)
		}
	}
	if ids != " LATE BIG MID" {
		t.Errorf("the order is%s", ids)
	}
	disputed := read[struct{ Total int }](w.get("sales_ops", "/v1/flagged-deals?disputed=true").is(http.StatusOK))
	if disputed.Total != 2 {
		t.Errorf("%d are disputed", disputed.Total)
	}
	if a := w.check("LATE"); a.State != desk.CheckFrozen || a.AnswerBy == nil || a.EffectiveTo == nil {
		t.Errorf("nothing follows from being late, and the answer says the deadline: %+v", a)
	}
}

func TestReasonCodesAreServedInBothLanguages(t *testing.T) {
	w := newWorld(t)
	seen := make(map[string]bool)
	for _, r := range read[desk.ReasonCodes](w.call(request{method: http.MethodGet, path: "/v1/reason-codes"}).is(http.StatusOK)).Items {
		if r.ZH == "" || r.EN == "" || len(r.UsedIn) == 0 {
			t.Errorf("reason %+v lacks something", r)
		}
		seen[r.Code] = true
	}
	for _, code := range append(scorer.ReasonCodes(), desk.PayClear, desk.PayFrozen, desk.PayStaleData, desk.PayUnknown, desk.PayDealLost) {
		if !seen[code] {
			t.Errorf("code %s is not served", code)
		}
	}
}

func TestADealThatIsLostAfterItWasPaidIsAdjusted(t *testing.T) {
	w := newWorld(t)
	w.now = time.Date(2026, 10, 5, 4, 0, 0, 0, time.UTC)
	w.customer()
	w.deal("D1", 100, nil)
	w.score(evaluation("D1", w.clock(), false))
	w.now = time.Date(2026, 11, 2, 4, 0, 0, 0, time.UTC)
	w.score(evaluation("D1", time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC), false))
	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{}).is(http.StatusOK)
	w.deal("D1", 100, func(d *signals.Deal) { d.Status = signals.DealLost })
	w.now = time.Date(2026, 12, 2, 4, 0, 0, 0, time.UTC)
	summary := read[desk.Period](w.post("admin", "/v1/periods/2026-11/lock", map[string]any{"dry_run": true}).is(http.StatusOK)).Summary
	if summary.Lost != 1 || summary.Hold != 0 || summary.Adjustments != 1 || summary.Amounts[0].Hold.String() != "0" || summary.Amounts[0].Withheld.String() != "100" {
		t.Errorf("the next period: %+v", summary)
	}
}
