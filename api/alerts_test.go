package api_test

import (
	"net/http"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

func TestAlertsAreAnswered(t *testing.T) {
	w := newWorld(t)
	w.customer()
	_, err := w.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://example.com/"}}, "me", today)
	w.must(err)
	w.keepRun("T1", signals.OutcomeBlocked)
	type alerts struct {
		Items []struct {
			Kind       string `json:"kind"`
			TargetID   string `json:"target_id"`
			TargetKind string `json:"target_kind"`
			Problem    string `json:"problem"`
		} `json:"items"`
	}
	got := read[alerts](w.get("sales_ops", "/v1/alerts").is(http.StatusOK))
	if len(got.Items) != 1 || got.Items[0].Kind != "blocked" || got.Items[0].TargetID != "T1" || got.Items[0].TargetKind != "hiring" || got.Items[0].Problem != "a captcha" {
		t.Errorf("alerts %+v", got)
	}
	w.get("ingest", "/v1/alerts").isProblem(http.StatusForbidden, "forbidden")
}

// keepRun keeps a run of a target that ended now.
func (w *world) keepRun(targetID string, outcome signals.Outcome) {
	w.t.Helper()
	run := signals.Run{ID: "R-" + targetID, TargetID: targetID, Trigger: "manual", StartedAt: w.clock(), FinishedAt: w.clock(), Outcome: outcome, Problem: "a captcha"}
	w.must(w.db.Runs.Begin(w.t.Context(), run))
	_, err := w.db.Runs.Commit(w.t.Context(), store.RunCommit{Run: run, At: w.clock()})
	w.must(err)
}

// A target's data is too old when it is too old for one of the deals that it measures.
func TestAlertsGoByTheSegmentsOfTheDealsMeasured(t *testing.T) {
	w := newWorld(t)
	w.customer()
	policy, err := w.db.Policies.At(t.Context(), today)
	w.must(err)
	short, long := 2, 60
	segment := func(name, stage string, days *int) scorer.Segment {
		return scorer.Segment{Name: name, Match: scorer.SegmentMatch{Stage: []string{stage}}, Factors: map[signals.Factor]scorer.FactorOverride{signals.FactorHiring: {StaleAfterDays: days}}}
	}
	policy.Segments = []scorer.Segment{segment("quick", "谈判", &short), segment("slow", "线索", &long)}
	_, err = w.db.Policies.Publish(t.Context(), policy, policy.Version, "me", today)
	w.must(err)
	_, err = w.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://example.com/"}}, "me", today)
	w.must(err)
	run := signals.Run{ID: "R1", TargetID: "T1", Trigger: "manual", StartedAt: today, FinishedAt: today, Outcome: signals.OutcomeOK, Complete: true, Items: 3}
	w.must(w.db.Runs.Begin(t.Context(), run))
	_, err = w.db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: today})
	w.must(err)
	alerts := func() int {
		return len(read[struct{ Items []any }](w.get("sales_ops", "/v1/alerts").is(http.StatusOK)).Items)
	}
	w.pass(4 * 24 * time.Hour)
	for _, tt := range []struct {
		days  int
		stage string
		want  int
	}{{0, "方案", 0}, {0, "谈判", 1}, {0, "线索", 0}, {15, "线索", 0}, {0, "方案", 1}} {
		w.pass(time.Duration(tt.days)*24*time.Hour + time.Hour)
		w.deal("D1", 100, func(d *signals.Deal) { d.Stage = tt.stage })
		if got := alerts(); got != tt.want {
			t.Errorf("%s after %s: %d alerts, want %d", tt.stage, w.clock().Sub(today), got, tt.want)
		}
	}
}

// Nobody fills gaps in the data of a deal that is closed.
func TestMissingDataIsCountedOfOpenDeals(t *testing.T) {
	w := newWorld(t)
	w.customer()
	missing := func() int {
		t.Helper()
		list, err := w.desk().Page(t.Context(), desk.Filter{Scope: desk.ScopeMissing}, desk.ByAmount, nil, 10)
		w.must(err)
		if list.Total != list.Counts.Missing {
			t.Errorf("the list has %d, the count says %d", list.Total, list.Counts.Missing)
		}
		return list.Counts.Missing
	}
	for _, id := range []string{"D1", "D2", "D3"} {
		w.deal(id, 100, nil)
		e := evaluation(id, w.clock(), false)
		e.Diagnosis = scorer.Unknown
		w.score(e)
	}
	if n := missing(); n != 3 {
		t.Errorf("three open deals: %d", n)
	}
	w.pass(time.Hour)
	w.deal("D1", 100, func(d *signals.Deal) { d.Status = signals.DealWon })
	outcome := signals.DealOutcome{DealID: "D2", Result: signals.ResultLost, ClosedAt: signals.DateOf(w.clock())}
	_, err := w.db.Outcomes.Put(t.Context(), []signals.DealOutcome{outcome}, "crm", w.clock())
	w.must(err)
	if n := missing(); n != 1 {
		t.Errorf("two of them closed: %d", n)
	}
	w.pass(time.Hour)
	w.deal("D1", 100, nil)
	if n := missing(); n != 2 {
		t.Errorf("one opened again: %d", n)
	}
}
