package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dealvitals/api/gen"
	"dealvitals/signals"
	"dealvitals/store"
)

// doubtful stores two notices whose matches wait for a person.
func (w *world) doubtful() {
	w.t.Helper()
	ctx := w.t.Context()
	w.customer()
	run := signals.Run{ID: "R1", TargetID: "T1", StartedAt: today}
	w.must(w.db.Runs.Begin(ctx, run))
	run.FinishedAt, run.Outcome, run.Complete, run.Items = today, signals.OutcomeOK, true, 2
	commit := store.RunCommit{Run: run, At: today}
	for _, id := range []string{"N1", "N2"} {
		commit.Notices = append(commit.Notices, signals.Notice{TargetID: "T1", ID: id, Title: "宏图 ERP 采购公告", Type: signals.NoticeTender, Evidence: capturedHash, FirstSeen: today, LastSeen: today})
		commit.Matches = append(commit.Matches, signals.NoticeMatch{TargetID: "T1", NoticeID: id, CustomerID: "C1", Match: true, Role: signals.RoleBuyer, By: "short name", Confidence: 0.5, Review: true})
	}
	_, err := w.db.Runs.Commit(ctx, commit)
	w.must(err)
}

func TestPersonJudgesADoubtfulMatch(t *testing.T) {
	w := newWorld(t)
	w.doubtful()
	first := read[gen.NoticeMatchPage](w.get("sales_ops", "/v1/notice-matches?limit=1").is(http.StatusOK))
	if len(first.Items) != 1 || first.Next == nil || first.Items[0].Notice.Title != "宏图 ERP 采购公告" {
		t.Fatalf("to review: %+v", first)
	}
	second := read[gen.NoticeMatchPage](w.get("sales_ops", "/v1/notice-matches?limit=1&cursor="+url.QueryEscape(*first.Next)).is(http.StatusOK))
	if len(second.Items) != 1 || second.Next != nil || second.Items[0].Match.NoticeID == first.Items[0].Match.NoticeID {
		t.Errorf("on the second page: %+v", second)
	}
	judgement := map[string]any{"target_id": "T1", "notice_id": "N1", "customer_id": "C1", "accept": true}
	w.pass(1)
	judged := read[signals.NoticeMatch](w.post("sales_ops", "/v1/notice-matches", judgement).is(http.StatusOK))
	if !judged.Counts() || judged.Actor != "a sales_ops" {
		t.Errorf("the judged match is %+v", judged)
	}
	if left := read[gen.NoticeMatchPage](w.get("sales_ops", "/v1/notice-matches").is(http.StatusOK)); len(left.Items) != 1 {
		t.Errorf("still to review: %+v", left)
	}
	if got := strings.Join(w.effects.said, "; "); got != "customers C1" {
		t.Errorf("what followed: %s", got)
	}
	judgement["notice_id"] = "N9"
	w.post("sales_ops", "/v1/notice-matches", judgement).isProblem(http.StatusNotFound, "not-found")
	judgement["role"] = "owner"
	w.post("sales_ops", "/v1/notice-matches", judgement).isProblem(http.StatusBadRequest, "bad-body")
}

// failingEffects cannot do what follows a change.
type failingEffects struct{ effects }

func (*failingEffects) CustomersChanged(context.Context, []string) error {
	return errors.New("matching failed")
}

func TestChangeIsStoredThoughWhatFollowsItFails(t *testing.T) {
	w := newWorldWith(t, func(d *deps) { d.Effects = &failingEffects{} })
	w.post("ingest", "/v1/customers", map[string]string{"id": "C1", "name": "宏图"}).is(http.StatusCreated)
	w.get("ingest", "/v1/customers/C1").is(http.StatusOK)
	if !strings.Contains(w.log.String(), "matching failed") {
		t.Error("the failure is not logged")
	}
}
