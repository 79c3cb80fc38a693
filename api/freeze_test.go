package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

func TestFreezeAnswerOfAPastInstantNeverChanges(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 1_200_000, nil)
	w.score(evaluation("D1", w.clock(), false))
	w.pass(time.Hour)
	before := w.clock()
	path := "/v1/deals/D1/freeze?as_of=" + escaped(before)
	clear := w.get("commission", path).is(http.StatusOK)
	if a := read[desk.FreezeAnswer](clear); a.State != desk.CheckClear || a.Pay != desk.Pay || !a.EvidenceFresh {
		t.Errorf("before the freeze: %+v", a)
	}

	w.pass(time.Hour)
	frozen := w.freeze("D1")
	w.pass(time.Hour)
	held := w.clock()
	heldPath := "/v1/deals/D1/freeze?as_of=" + escaped(held)
	first := w.get("commission", heldPath).is(http.StatusOK)
	a := read[desk.FreezeAnswer](first)
	if a.State != desk.CheckFrozen || a.Pay != desk.Hold || a.PayReason != "frozen" || a.DecisionID != frozen.ID || a.Reason != string(scorer.ColdRelationship) {
		t.Errorf("after the freeze: %+v", a)
	}
	if first.header.Get("ETag") != fmt.Sprintf("%q", fmt.Sprint(frozen.Seq)) {
		t.Errorf("the ETag is %s, the decision's number %d", first.header.Get("ETag"), frozen.Seq)
	}

	w.pass(time.Hour)
	policy := scorer.DefaultPolicy()
	policy.Payment.StaleData = "hold"
	policy.Freeze.MaxDays = 1
	_, err := w.db.Policies.Publish(t.Context(), policy, 1, "cfo", w.clock())
	w.must(err)
	w.call(request{role: "sales_ops", method: "POST", path: "/v1/deals/D1/decisions", body: map[string]string{"action": "release", "note": "seen"}, header: map[string]string{"If-Match": first.header.Get("ETag")}}).is(http.StatusCreated)
	w.score(evaluation("D1", w.clock(), true))
	w.pass(400 * 24 * time.Hour)

	if again := w.get("commission", path).is(http.StatusOK); string(again.body) != string(clear.body) {
		t.Errorf("the answer as of %s changed:\n%s%s", before, clear.body, again.body)
	}
	if again := w.get("commission", heldPath).is(http.StatusOK); string(again.body) != string(first.body) {
		t.Errorf("the answer as of %s changed:\n%s%s", held, first.body, again.body)
	}
}

func TestFreezeAnswersOfAPayrollComeInItsOrder(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 10, nil)
	w.deal("D2", 20, nil)
	w.freeze("D2")
	w.score(evaluation("D1", w.clock(), false))
	w.pass(time.Minute)
	got := read[desk.FreezeAnswers](w.post("commission", "/v1/freeze-checks", map[string]any{"ids": []string{"D2", "ghost", "D1", "D2"}}).is(http.StatusOK))
	want := []desk.CheckState{desk.CheckFrozen, desk.CheckUnknownDeal, desk.CheckClear, desk.CheckFrozen}
	for i, a := range got.Answers {
		if a.State != want[i] {
			t.Errorf("answer %d is %s %s, want %s", i, a.DealID, a.State, want[i])
		}
	}
	if a := got.Answers[1]; a.Pay != scorer.DefaultPolicy().Payment.UnknownDeal || a.PayReason != "unknown_deal" {
		t.Errorf("an unknown deal: %+v", a)
	}
}

func TestQuestionsThatHaveNoLastingAnswerAreRefused(t *testing.T) {
	w := newWorld(t)
	cases := map[string]struct {
		query string
		kind  string
	}{
		"an instant in the future":        {"?as_of=" + escaped(today.Add(time.Hour)), "not-yet"},
		"a period that is not over":       {"?period=2026-11", "not-yet"},
		"a month that there is not":       {"?period=2026-13", "bad-parameter"},
		"both as_of and period":           {"?period=2026-10&as_of=" + escaped(today), "bad-parameter"},
		"a misspelt parameter":            {"?asof=" + escaped(today), "bad-parameter"},
		"a parameter that is given twice": {"?as_of=" + escaped(today) + "&as_of=" + escaped(today), "bad-parameter"},
		"a day without a time":            {"?as_of=2026-10-31", "bad-parameter"},
		"a plus that was not escaped":     {"?as_of=2026-10-31T00:00:00+08:00", "bad-parameter"},
		"an empty instant":                {"?as_of=", "bad-parameter"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := w.get("commission", "/v1/deals/D1/freeze"+c.query)
			a.t = t
			if problem := a.isProblem(http.StatusBadRequest, c.kind); strings.Contains(string(a.body), "regular expression") {
				t.Errorf("the answer shows an expression: %+v", problem)
			}
		})
	}
	w.post("commission", "/v1/freeze-checks", map[string]any{"ids": []string{"D1"}, "as_of": today.Add(time.Hour)}).isProblem(http.StatusBadRequest, "not-yet")
}

func TestPeriodIsAnsweredAsOfItsEndInShanghai(t *testing.T) {
	w := newWorld(t)
	a := read[desk.FreezeAnswer](w.get("commission", "/v1/deals/D1/freeze?period=2026-10").is(http.StatusOK))
	if want := "2026-10-31T23:59:59.999999999+08:00"; a.AsOf.In(time.FixedZone("", 8*3600)).Format(time.RFC3339Nano) != want {
		t.Errorf("October 2026 is answered as of %s, want %s", a.AsOf, want)
	}
}

func TestPayrollOfTenThousandIsAnsweredInOneCall(t *testing.T) {
	w := newWorld(t)
	ids := make([]string, desk.MaxChecks)
	for i := range ids {
		ids[i] = fmt.Sprintf("D-%05d", i)
	}
	start := time.Now()
	got := read[desk.FreezeAnswers](w.post("commission", "/v1/freeze-checks", map[string]any{"ids": ids}).is(http.StatusOK))
	if len(got.Answers) != len(ids) || got.Answers[9_999].DealID != "D-09999" {
		t.Errorf("%d answers to %d ids", len(got.Answers), len(ids))
	}
	t.Logf("10 000 unknown ids took %s", time.Since(start))
	w.post("commission", "/v1/freeze-checks", map[string]any{"ids": append(ids, "one more")}).isProblem(http.StatusBadRequest, "bad-body")
	w.post("commission", "/v1/freeze-checks", map[string]any{"ids": []string{}}).isProblem(http.StatusBadRequest, "bad-body")
}
