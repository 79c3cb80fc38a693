package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/schedules"
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// scoring is a world in which what follows a change is done, and not only noted.
type scoring struct {
	*world
	rescorer *schedules.Rescorer
}

func newScoring(t *testing.T) scoring {
	t.Helper()
	w := newWorld(t)
	s := scoring{w, &schedules.Rescorer{
		Histories: w.db.Histories, Policies: w.db.Policies, Verdicts: w.db.Verdicts, AllDeals: w.db.Deals,
		Matching: &schedules.Matching{Customers: w.db.Customers, Notices: w.db.Notices}, Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
	}}
	w.effects.score = func(ctx context.Context, ids []string) error {
		_, err := s.rescorer.Deals(ctx, ids)
		return err
	}
	return s
}

// Money is held while a deal is moved: at the moment, and whatever is known of the new customer.
func TestADealThatIsMovedWhileItIsHeld(t *testing.T) {
	w := newScoring(t)
	w.customer()
	_, err := w.db.Customers.Put(t.Context(), []signals.Customer{{ID: "C2", Name: "远航电子有限公司"}}, "crm", w.clock())
	w.must(err)
	w.deal("D1", 100, nil)
	own := w.freeze("D1")
	w.pass(time.Hour)
	before := w.clock()
	asked := "/v1/deals/D1/freeze?as_of=" + escaped(before)
	was := w.get("commission", asked).is(http.StatusOK).body

	w.pass(time.Hour)
	got := w.get("admin", "/v1/deals/D1").is(http.StatusOK)
	deal := read[map[string]any](got)
	deal["customer_id"] = "C2"
	w.call(request{role: "ingest", method: http.MethodPut, path: "/v1/deals/D1", body: deal, header: map[string]string{"If-Match": got.header.Get("ETag")}}).is(http.StatusOK)

	a := w.check("D1")
	if a.State != desk.CheckFrozen || a.Pay != desk.Hold || a.Reason != scorer.ReasonCustomerChanged || !a.Until.Equal(*own.Until) || a.EvidenceFresh {
		t.Errorf("moved, it is answered %+v", a)
	}
	if now := w.get("commission", asked).body; !bytes.Equal(now, was) {
		t.Errorf("the answer for before changed from %s to %s", was, now)
	}
	history := read[struct{ Decisions []scorer.Decision }](w.get("sales_ops", "/v1/deals/D1/decisions").is(http.StatusOK)).Decisions
	if len(history) != 2 || history[1].Action != scorer.ActionReview || history[1].ReviewBy == nil || history[1].Actor != scorer.Machine {
		t.Fatalf("the history is %+v", history)
	}
	for range 3 { // nothing repeats it
		w.pass(24 * time.Hour)
		if _, err := w.rescorer.All(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if a := w.check("D1"); a.DecisionID != history[1].ID {
		t.Errorf("days later: %+v", a)
	}
	mine := read[desk.MyDealDetail](w.get("payee", "/v1/me/deals/D1").is(http.StatusOK))
	if mine.Reason != scorer.ReasonCustomerChanged || !mine.CanDispute || mine.WhyHeld == nil || mine.WhyHeld.Customer != "宏图机械有限公司" || mine.Why.Customer != "远航电子有限公司" {
		t.Errorf("its payee reads %s, disputes %v: held %+v, now %+v", mine.Reason, mine.CanDispute, mine.WhyHeld, mine.Why.Customer)
	}
	w.pass(own.Until.Sub(w.clock()))
	if a := w.check("D1"); a.State != desk.CheckClear || a.Reason != scorer.ReasonMaxDays {
		t.Errorf("at the end of the freeze: %+v", a)
	}
}

func TestAMergeIsNoWayOutOfAFreeze(t *testing.T) {
	w := newScoring(t)
	w.customer()
	for _, id := range []string{"OLD", "NEW"} {
		w.deal(id, 100, nil)
	}
	w.freeze("OLD")
	w.score(evaluation("NEW", w.clock(), false))
	before := w.clock()
	asked := "/v1/freeze-checks"
	question := map[string]any{"ids": []string{"OLD", "NEW"}, "as_of": before}
	was := w.post("commission", asked, question).is(http.StatusOK).body
	w.pass(time.Hour)
	table := func(into string) {
		t.Helper()
		w.call(request{role: "ingest", method: http.MethodPost, path: "/v1/imports/deals", header: map[string]string{"Content-Type": "text/csv"},
			body: "商机编号,客户编号,商机名称,销售,金额,并入商机\nOLD,C1,旧商机,李雷,100," + into + "\n"}).is(http.StatusOK)
	}
	table("NEW")
	for _, id := range []string{"OLD", "NEW"} {
		if a := w.check(id); a.State != desk.CheckFrozen || a.Reason != scorer.ReasonMergedHold || a.Pay != desk.Hold {
			t.Errorf("merged, %s is answered %+v", id, a)
		}
	}
	if now := w.post("commission", asked, question).body; !bytes.Equal(now, was) {
		t.Errorf("the answer for before changed from %s to %s", was, now)
	}
	list := read[struct {
		Items []struct{ Health scorer.Health }
	}](w.get("sales_ops", "/v1/flagged-deals").is(http.StatusOK))
	if len(list.Items) != 1 || list.Items[0].Health.DealID != "NEW" {
		t.Errorf("to be reviewed: %+v", list.Items)
	}
	// Whoever decides, decides on the deal that goes on.
	release := map[string]any{"action": "release", "note": "checked"}
	refused := w.call(request{role: "sales_ops", method: http.MethodPost, path: "/v1/deals/OLD/decisions", body: release, header: map[string]string{"If-Match": `"1"`}}).is(http.StatusConflict)
	if !bytes.Contains(refused.body, []byte("merged into another deal")) {
		t.Errorf("a decision on the merged deal is refused with %s", refused.body)
	}
	mine := read[desk.MyDealDetail](w.get("payee", "/v1/me/deals/NEW").is(http.StatusOK))
	if mine.Reason != scorer.ReasonMergedHold || !mine.CanDispute || mine.WhyHeld == nil || mine.WhyHeld.DealID != "OLD" {
		t.Errorf("its payee reads %+v", mine)
	}
	if old := read[desk.MyDealDetail](w.get("payee", "/v1/me/deals/OLD").is(http.StatusOK)); old.CanDispute || old.MergedInto != "NEW" {
		t.Errorf("the merged one cannot be disputed: %+v", old.MyDeal)
	}
	// Undone, each stands for itself again, at the next scoring.
	w.pass(time.Hour)
	table("")
	w.pass(time.Hour)
	_, err := w.rescorer.All(t.Context())
	w.must(err)
	if a, b := w.check("OLD"), w.check("NEW"); a.State != desk.CheckFrozen || b.State != desk.CheckClear || b.Reason != scorer.ReasonMergeUndone {
		t.Errorf("undone: %+v and %+v", a, b)
	}
	w.pass(time.Hour)
	table("NEW")
	tag := w.get("sales_ops", "/v1/deals/NEW/freeze").is(http.StatusOK).header.Get("ETag")
	w.call(request{role: "sales_ops", method: http.MethodPost, path: "/v1/deals/NEW/decisions", body: release, header: map[string]string{"If-Match": tag}}).is(http.StatusCreated)
	for range 3 {
		w.pass(24 * time.Hour)
		_, err := w.rescorer.All(t.Context())
		w.must(err)
	}
	for _, id := range []string{"OLD", "NEW"} {
		if a := w.check(id); a.State != desk.CheckClear {
			t.Errorf("released by a person, %s is answered %+v", id, a)
		}
	}
}

// A won deal is paid: a hold follows the merge into it, though nothing scores it any more; and
// one that was merged over another is held there as well.
func TestAHoldFollowsAMergeIntoAWonDealAndFurther(t *testing.T) {
	w := newScoring(t)
	w.customer()
	for _, id := range []string{"A", "B", "C"} {
		w.deal(id, 100, nil)
	}
	w.freeze("A")
	w.pass(time.Hour)
	put := func(id string, change func(*signals.Deal)) {
		t.Helper()
		w.deal(id, 100, change)
		_, err := w.rescorer.Deals(t.Context(), []string{id})
		w.must(err)
		w.pass(time.Hour)
	}
	put("B", func(d *signals.Deal) { d.Status = signals.DealWon })
	put("A", func(d *signals.Deal) { d.MergedInto = "B" })
	if a := w.check("B"); a.State != desk.CheckFrozen || a.DealStatus != signals.DealWon {
		t.Errorf("merged into a won deal: %+v", a)
	}
	put("C", func(d *signals.Deal) { d.Payees = []signals.Payee{{ID: "E1", Share: decimal.NewFromInt(100)}} })
	put("B", func(d *signals.Deal) { d.Status, d.MergedInto = signals.DealWon, "C" })
	if a := w.check("A"); a.State != desk.CheckFrozen || a.MergedInto != "C" {
		t.Errorf("merged over another: %+v", a)
	}
	history := read[struct{ Decisions []scorer.Decision }](w.get("sales_ops", "/v1/deals/C/decisions").is(http.StatusOK)).Decisions
	if len(history) != 1 || history[0].MergedFrom != "B" {
		t.Errorf("the history of C is %+v", history)
	}
	_, err := w.rescorer.All(t.Context())
	w.must(err)
	if body, err := json.Marshal(history); err != nil || len(read[struct{ Decisions []scorer.Decision }](w.get("sales_ops", "/v1/deals/C/decisions")).Decisions) != 1 {
		t.Errorf("it goes on growing: %s, %v", body, err)
	}
}

// What was held of a deal in a locked period, which was merged since, is not lost sight of.
func TestAComparisonSaysIntoWhichDealOneWasMerged(t *testing.T) {
	w := octoberIn(newWorld(t))
	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{}).is(http.StatusOK)
	w.deal("D1", 100, func(d *signals.Deal) { d.MergedInto = "D2" })
	w.pass(time.Hour)
	c := read[desk.PeriodComparison](w.get("commission", "/v1/periods/2026-11/comparison?with=2026-10").is(http.StatusOK))
	if len(c.Changes) != 1 || c.Changes[0].Kind != desk.ChangeGone || c.Changes[0].DealID != "D1" || c.Changes[0].MergedInto != "D2" || c.Changes[0].From.Pay != desk.Hold {
		t.Errorf("the comparison is %+v", c)
	}
}

// A deal can be merged into one that the program does not know yet: the hold follows when it
// does, and not a day later.
func TestAHoldFollowsAMergeIntoADealThatComesLater(t *testing.T) {
	w := newScoring(t)
	w.customer()
	w.deal("OLD", 100, nil)
	w.freeze("OLD")
	w.pass(time.Hour)
	const heading = "商机编号,客户编号,商机名称,销售,金额,并入商机\n"
	w.call(csv("/v1/imports/deals", heading+"OLD,C1,旧商机,李雷,100,NEW\n")).is(http.StatusOK)
	if a := w.check("OLD"); a.State != desk.CheckFrozen || a.MergedInto != "" {
		t.Errorf("merged into nothing, it stands for itself: %+v", a)
	}
	w.pass(time.Hour)
	w.call(csv("/v1/imports/deals", heading+"NEW,C1,新商机,李雷,100,\n")).is(http.StatusOK)
	for _, id := range []string{"OLD", "NEW"} {
		if a := w.check(id); a.State != desk.CheckFrozen || a.Reason != scorer.ReasonMergedHold {
			t.Errorf("%s is answered %+v", id, a)
		}
	}
}

// Undoing a merge ends the hold that came with it at once, on an open deal and on a won one.
func TestUndoingAMergeEndsItsHoldAtOnce(t *testing.T) {
	for _, status := range []signals.DealStatus{signals.DealOpen, signals.DealWon} {
		w := newScoring(t)
		w.customer()
		w.deal("OLD", 100, nil)
		w.deal("NEW", 100, func(d *signals.Deal) { d.Status = status })
		w.freeze("OLD")
		put := func(into string) {
			w.pass(time.Hour)
			got := w.get("admin", "/v1/deals/OLD").is(http.StatusOK)
			deal := read[map[string]any](got)
			deal["merged_into"] = into
			w.call(request{role: "ingest", method: http.MethodPut, path: "/v1/deals/OLD", body: deal, header: map[string]string{"If-Match": got.header.Get("ETag")}}).is(http.StatusOK)
		}
		put("NEW")
		if a := w.check("NEW"); a.State != desk.CheckFrozen || a.Reason != scorer.ReasonMergedHold {
			t.Fatalf("%s: the merge holds nothing: %+v", status, a)
		}
		put("")
		if a := w.check("NEW"); a.State == desk.CheckFrozen || a.Reason == scorer.ReasonMergedHold {
			t.Errorf("%s: still held after the merge was undone: %+v", status, a)
		}
		if a := w.check("OLD"); a.State != desk.CheckFrozen {
			t.Errorf("%s: the deal that was merged lost its own freeze: %+v", status, a)
		}
	}
}
