package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

var dealIDs = []string{"D1", "D2", "D3", "D4"}

// changed draws what the CRM says of a deal: won, lost, merged into another one, shared out.
func changed(r *rapid.T) func(*signals.Deal) {
	status := rapid.SampledFrom([]signals.DealStatus{"", "", signals.DealWon, signals.DealLost}).Draw(r, "status")
	into := rapid.SampledFrom([]string{"", "", "", "D1", "D2", "D3", "D4", "GHOST"}).Draw(r, "into")
	share := rapid.Int64Range(0, 99).Draw(r, "share")
	return func(d *signals.Deal) {
		d.Status = status
		if into != d.ID {
			d.MergedInto = into
		}
		if share > 0 {
			d.Payees = []signals.Payee{{ID: "E1", Share: decimal.NewFromInt(share)}, {ID: "E2", Share: decimal.NewFromInt(100 - share)}}
		}
	}
}

// person does something at random, alone or to many deals at once.
func (w *world) person(r *rapid.T) {
	request := scorer.Request{
		Action: rapid.SampledFrom([]scorer.Action{scorer.ActionRelease, scorer.ActionConfirm, scorer.ActionDispute, scorer.ActionAnswer, scorer.ActionAssign}).Draw(r, "action"),
		Reason: "r", Reviewer: "wang", Upheld: rapid.Bool().Draw(r, "upheld"),
	}
	preview, err := w.desk().PreviewBulk(w.t.Context(), request, dealIDs, "li")
	if err == nil {
		var items []desk.BulkItem
		for _, item := range preview.Items {
			if rapid.IntRange(0, 2).Draw(r, "chosen") == 0 {
				items = append(items, item.BulkItem)
			}
		}
		result, err := w.desk().DecideBulk(w.t.Context(), request, items, "li")
		w.must(err)
		for i, outcome := range result.Items {
			for _, item := range preview.Items {
				if item.DealID == items[i].DealID && (item.Refused == nil) != (outcome.Refused == nil) {
					r.Fatalf("the preview said %+v, and there came %+v", item, outcome)
				}
			}
		}
		return
	}
	decisions, err := w.db.Verdicts.Decisions(w.t.Context(), "D1", time.Time{})
	w.must(err)
	_, err = w.desk().Decide(w.t.Context(), "D1", request, desk.NewestSeq(decisions), "li")
	var refused *scorer.ActionError
	if err != nil && !errors.As(err, &refused) {
		r.Fatal(err)
	}
}

// machine evaluates a deal that is open, and ends what ends by time on one that is closed,
// as a re-score does. What a person confirmed stays.
func (w *world) machine(r *rapid.T, id string, shows bool) {
	deal, err := w.db.Deals.Get(w.t.Context(), id, time.Time{})
	w.must(err)
	decisions, err := w.db.Verdicts.Decisions(w.t.Context(), id, time.Time{})
	w.must(err)
	recent, err := w.db.Verdicts.Recent(w.t.Context(), id, 70)
	w.must(err)
	fresh := evaluation(id, w.clock(), shows)
	e := &fresh
	d, _ := scorer.Decide(decisions, append(recent, fresh), scorer.Turn{}, scorer.DefaultPolicy(), w.clock())
	if deal.Closed() {
		e = nil
		d, _ = scorer.Expire(decisions, scorer.Turn{}, scorer.DefaultPolicy(), w.clock())
	}
	if d != nil && deal.Closed() && d.State != scorer.FreezeClear {
		r.Fatalf("the machine held a closed deal: %+v", d)
	}
	if n := len(decisions); d != nil && n > 0 {
		if was := decisions[n-1]; was.State == scorer.FreezeFrozen && was.Held && was.Until == nil && d.State != scorer.FreezeFrozen {
			r.Fatalf("the machine released what a person confirmed: %+v after %+v", d, was)
		}
	}
	_, err = w.db.Verdicts.Record(w.t.Context(), []store.Verdict{{Evaluation: e, Decision: d, DealID: id, After: desk.NewestSeq(decisions)}})
	w.must(err)
}

// Whatever happens later, what was answered for an instant stays, to the byte; and the log
// read from its beginning gives the state of each deal.
func TestPropertyPastAnswersStayAndTheLogGivesTheState(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newDesk(t)
		w.customer()
		for _, id := range dealIDs {
			w.deal(id, 1000, nil)
		}
		answers := func(at time.Time) string {
			found, err := w.desk().Check(t.Context(), append(dealIDs, "GHOST"), at)
			w.must(err)
			body, err := json.Marshal(found)
			w.must(err)
			return string(body)
		}
		said := make(map[time.Time]string)
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			w.pass(time.Duration(rapid.IntRange(1, 24*10).Draw(r, "hours")) * time.Hour)
			id := rapid.SampledFrom(dealIDs).Draw(r, "deal")
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0:
				w.deal(id, rapid.Int64Range(1, 1000).Draw(r, "amount"), changed(r))
			case 1:
				w.person(r)
			default:
				w.machine(r, id, rapid.Bool().Draw(r, "shows"))
			}
			w.pass(time.Nanosecond)
			at := w.clock()
			said[at] = answers(at)
			w.pass(time.Nanosecond)
		}
		for at, want := range said {
			if got := answers(at); got != want {
				r.Fatalf("the answers for %s changed:\n%s\n%s", at, want, got)
			}
		}
		replayed(r, w)
	})
}

func replayed(r *rapid.T, w *world) {
	log, err := w.db.Verdicts.Log(w.t.Context(), 0, 0)
	w.must(err)
	histories := make(map[string][]scorer.Decision)
	for n, d := range log {
		if d.Seq != uint64(n+1) {
			r.Fatalf("decision %d has number %d", n+1, d.Seq)
		}
		histories[d.DealID] = append(histories[d.DealID], d)
	}
	for _, id := range dealIDs {
		kept, err := w.db.Verdicts.Decisions(w.t.Context(), id, time.Time{})
		w.must(err)
		if a, b := scorer.StateAt(kept, w.clock()), scorer.StateAt(histories[id], w.clock()); !reflect.DeepEqual(a, b) {
			r.Fatalf("the log gives %+v for %s, the store %+v", b, id, a)
		}
	}
	if _, err := w.db.Audit.Verify(w.t.Context()); err != nil {
		r.Fatal(err)
	}
}

// Of many who decide upon the same state at once, one is heard; nobody's decision is lost
// or made upon a state that is gone.
func TestDecisionsAtTheSameTimeAreNotLost(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 1000, nil)
	w.freeze("D1")
	w.pass(time.Hour)
	const people, rounds = 8, 5
	counter := w.desk()
	var mu sync.Mutex
	heard := make(map[uint64]string)
	var group sync.WaitGroup
	for n := range people {
		group.Go(func() {
			name := fmt.Sprint("person ", n)
			for range rounds {
				decisions, err := w.db.Verdicts.Decisions(t.Context(), "D1", time.Time{})
				if err != nil {
					t.Error(err)
					return
				}
				d, err := counter.Decide(t.Context(), "D1", scorer.Request{Action: scorer.ActionAssign, Reviewer: name}, desk.NewestSeq(decisions), name)
				var stale *desk.StaleError
				if err != nil && !errors.As(err, &stale) {
					t.Error(err)
				}
				if err == nil {
					mu.Lock()
					heard[d.Seq] = name
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	decisions, err := w.db.Verdicts.Decisions(t.Context(), "D1", time.Time{})
	w.must(err)
	if len(decisions) != 1+len(heard) || len(heard) == 0 {
		t.Fatalf("%d decisions were acknowledged, %d are kept", len(heard), len(decisions)-1)
	}
	for _, d := range decisions[1:] {
		if heard[d.Seq] != d.Actor || d.Reviewer != d.Actor {
			t.Errorf("decision %d of %s was acknowledged to %q", d.Seq, d.Actor, heard[d.Seq])
		}
	}
}
