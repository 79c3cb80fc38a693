package schedules

import (
	"context"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"
)

// bringsNotice is a complete crawl of a tender site that shows one notice.
func bringsNotice(at func() time.Time, n signals.Notice) func(context.Context, signals.Run) (crawler.Result, error) {
	return func(_ context.Context, run signals.Run) (crawler.Result, error) {
		run.FinishedAt, run.Outcome, run.Complete, run.Items = at(), signals.OutcomeOK, true, 1
		n.TargetID = run.TargetID
		return crawler.Result{Run: run, Notices: []signals.Notice{n}}, nil
	}
}

func TestRenamedCustomerLosesAndGainsNotices(t *testing.T) {
	o := newOffice(t)
	ctx, at := t.Context(), o.clock.Now()
	_, err := o.db.Targets.Put(ctx, []signals.Target{{ID: "S", Kind: signals.KindTender, URL: "http://127.0.0.1/s"}}, "test", at)
	must(t, err)
	published := signals.DateOf(at)
	o.crawler["S"] = bringsNotice(o.clock.Now, signals.Notice{
		ID: "N1", Title: "苏州启航机电有限公司MES系统采购公告", Buyer: "苏州启航机电有限公司", Type: signals.NoticeTender, Published: &published,
	})
	rename := func(name string) {
		o.clock.advance(time.Hour)
		_, err := o.db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: name}}, "test", o.clock.Now())
		must(t, err)
		effects := &Effects{Matching: o.runner.Matching, Rescorer: o.runner.Rescorer, Deals: o.db.Deals, Clock: o.clock.Now}
		must(t, effects.CustomersChanged(ctx, []string{"C1"}))
	}
	counted := func() int {
		h, err := o.db.Histories.Deal(ctx, "D1", o.clock.Now())
		must(t, err)
		n := 0
		for _, m := range h.Tender.Notices {
			if m.Match.Counts() {
				n++
			}
		}
		return n
	}

	rename("苏州启航机电有限公司")
	_, err = o.runner.Run(ctx, "S", "manual")
	must(t, err)
	if counted() != 1 {
		t.Fatalf("the customer's own notice counts %d times, want once", counted())
	}
	rename("无锡远帆电子有限公司")
	if counted() != 0 {
		t.Error("a notice still counts for a customer that does not bear its buyer's name any more")
	}
	rename("无锡远帆电子股份有限公司")
	pending, err := o.db.Notices.ToReview(ctx, "", 0)
	must(t, err)
	if len(pending) != 1 || strings.Count(pending[0].Match.By, renamed) != 1 {
		t.Fatalf("%+v waits for a person, want what the customer bought under its old name, if it did", pending)
	}
	deal, err := o.db.Histories.Deal(ctx, "D1", o.clock.Now())
	must(t, err)
	m := signals.MeasureTender(deal.Tender, deal.Deal, signals.TenderRules{WindowDays: 90, StaleAfterDays: 7}, o.clock.Now())
	if m.Status == signals.StatusOK && !m.AtLeast {
		t.Errorf("a renamed customer seems to buy nothing: %+v", m)
	}
	rename("苏州启航机电有限公司")
	if counted() != 1 {
		t.Error("a notice that was there already does not count for the customer that bears its buyer's name now")
	}
}

func TestJudgedMatchSurvivesARename(t *testing.T) {
	o := newOffice(t)
	ctx, at := t.Context(), o.clock.Now()
	published := signals.DateOf(at)
	n := signals.Notice{TargetID: "S", ID: "N1", Title: "机电设备采购公告", Buyer: "启航集团", Type: signals.NoticeTender, Published: &published}
	_, err := o.db.Targets.Put(ctx, []signals.Target{{ID: "S", Kind: signals.KindTender, URL: "http://127.0.0.1/s"}}, "test", at)
	must(t, err)
	run := signals.Run{ID: "R1", TargetID: "S", Trigger: "manual", StartedAt: at}
	must(t, o.db.Runs.Begin(ctx, run))
	run.FinishedAt, run.Outcome, run.Complete, run.Items = at, signals.OutcomeOK, true, 1
	doubtful := signals.NoticeMatch{TargetID: "S", NoticeID: "N1", CustomerID: "C1", Match: true, Role: signals.RoleBuyer, Review: true, Confidence: 0.5}
	_, err = o.db.Runs.Commit(ctx, store.RunCommit{Run: run, Notices: []signals.Notice{n}, Matches: []signals.NoticeMatch{doubtful}, At: at})
	must(t, err)
	_, err = o.db.Notices.Judge(ctx, signals.NoticeMatch{TargetID: "S", NoticeID: "N1", CustomerID: "C1", Match: true, Actor: "王经理"}, at)
	must(t, err)
	must(t, o.runner.Matching.CustomersChanged(ctx, []string{"C1"}, at.Add(time.Hour)))
	held, err := o.db.Notices.MatchesOf(ctx, "C1")
	must(t, err)
	if len(held) != 1 || held[0].Actor != "王经理" || !held[0].Counts() {
		t.Errorf("what a person accepted does not hold any more: %+v", held)
	}
}

// A crash between the change of a customer and its matching must not make the customer
// look like one that buys nothing.
func TestACustomerWhoseMatchingWasCutOffIsMatchedBeforeItIsScored(t *testing.T) {
	o := newOffice(t)
	ctx, at := t.Context(), o.clock.Now()
	_, err := o.db.Targets.Put(ctx, []signals.Target{{ID: "S", Kind: signals.KindTender, URL: "http://127.0.0.1/s"}}, "test", at)
	must(t, err)
	published := signals.DateOf(at)
	o.crawler["S"] = bringsNotice(o.clock.Now, signals.Notice{
		ID: "N1", Title: "苏州启航机电有限公司MES系统采购公告", Buyer: "苏州启航机电有限公司", Type: signals.NoticeTender, Published: &published,
	})
	_, err = o.runner.Run(ctx, "S", "manual")
	must(t, err)
	o.clock.advance(time.Hour)
	_, err = o.db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "苏州启航机电有限公司"}}, "test", o.clock.Now())
	must(t, err) // and here the program ended

	_, err = o.runner.Rescorer.Deals(ctx, []string{"D1"})
	must(t, err)
	held, err := o.db.Notices.MatchesOf(ctx, "C1")
	must(t, err)
	if len(held) != 1 || !held[0].Counts() {
		t.Errorf("the deal was scored while its customer's notices were unmatched: %+v", held)
	}
	left, err := o.db.Customers.Unmatched(ctx)
	must(t, err)
	if len(left) != 0 {
		t.Errorf("still to be matched are %v", left)
	}
}

// slowLog is a run log that lets the test do something just before a run is kept.
type slowLog struct {
	RunLog
	before func()
}

func (l slowLog) Commit(ctx context.Context, c store.RunCommit) (store.Committed, error) {
	l.before()
	return l.RunLog.Commit(ctx, c)
}

func TestCustomerThatComesWhileARunIsKeptGetsItsNotices(t *testing.T) {
	o := newOffice(t)
	ctx, at := t.Context(), o.clock.Now()
	_, err := o.db.Targets.Put(ctx, []signals.Target{{ID: "S", Kind: signals.KindTender, URL: "http://127.0.0.1/s"}}, "test", at)
	must(t, err)
	published := signals.DateOf(at)
	o.crawler["S"] = bringsNotice(o.clock.Now, signals.Notice{
		ID: "N1", Title: "苏州启航机电有限公司MES系统采购公告", Buyer: "苏州启航机电有限公司", Type: signals.NoticeTender, Published: &published,
	})
	renamed := make(chan error, 1)
	o.runner.Runs = slowLog{o.db.Runs, func() {
		_, err := o.db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "苏州启航机电有限公司"}}, "test", at)
		must(t, err)
		go func() { renamed <- o.runner.Matching.CustomersChanged(ctx, []string{"C1"}, at) }()
	}}
	_, err = o.runner.Run(ctx, "S", "manual")
	must(t, err)
	must(t, <-renamed)
	held, err := o.db.Notices.MatchesOf(ctx, "C1")
	must(t, err)
	if len(held) != 1 {
		t.Errorf("the customer has %d notices, want the one that was being kept when it came", len(held))
	}
}
