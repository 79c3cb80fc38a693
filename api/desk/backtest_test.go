package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/desk/desktest"
	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

const endedDeals = 200

var learnt = time.Date(2026, 11, 1, 4, 0, 0, 0, time.UTC)

// ended is a desk over a company whose deals have ended.
type ended struct {
	*testing.T
	db   *bolt.DB
	desk *desk.Desk
}

// newEnded is a copy of the company for tests of what a back-test says, which start nothing
// beside themselves for the race detector to look at.
func newEnded(t *testing.T) *ended {
	t.Helper()
	if testing.Short() {
		t.Skip("under the race detector it takes a minute")
	}
	return copyOfEnded(t)
}

// copyOfEnded copies a company of endedDeals deals that is written once: that takes longer
// than most of what is asked of it.
func copyOfEnded(t *testing.T) *ended {
	t.Helper()
	written, err := company()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ended.db")
	if err := os.WriteFile(path, written, 0o600); err != nil {
		t.Fatal(err)
	}
	return openEnded(t, path)
}

var company = sync.OnceValues(func() (written []byte, err error) {
	folder, err := os.MkdirTemp("", "desk-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "ended.db")
	db, err := bolt.Open(path, bolt.Options{Clock: endedClock, NoSync: true})
	if err != nil {
		return nil, err
	}
	err = desktest.Ended(context.Background(), db, endedDeals, learnt)
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func endedClock() time.Time { return learnt.AddDate(0, 0, 20) }

func openEnded(t *testing.T, path string) *ended {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{Clock: endedClock, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &ended{t, db, &desk.Desk{
		Deals: db.Deals, Customers: db.Customers, Histories: db.Histories, Policies: db.Policies, Verdicts: db.Verdicts,
		Periods: db.Periods, Outcomes: db.Outcomes, Targets: db.Targets, Runs: db.Runs, Clock: endedClock,
	}}
}

func (e *ended) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

func (e *ended) test(q desk.BacktestRequest) desk.Backtest {
	e.Helper()
	b, err := e.desk.Backtest(e.Context(), q)
	e.must(err)
	return b
}

func (e *ended) json(value any) string {
	e.Helper()
	text, err := json.Marshal(value)
	e.must(err)
	return string(text)
}

func TestDealsAreJudgedAsTheyWereScoredBeforeTheirEnd(t *testing.T) {
	e := newEnded(t)
	b := e.test(desk.BacktestRequest{})
	if b.Ended != endedDeals || b.LeadDays != 90 || b.PolicyVersion != 1 || b.Draft || len(b.Skipped) != 0 || b.Past != nil {
		t.Errorf("the head is %+v", b)
	}
	if s := b.Split; s.By != backtest.ByTime || s.Test != endedDeals/5 || s.Train+s.Test+s.Between != endedDeals || s.Between == 0 {
		t.Errorf("it is cut %+v", s)
	}
	var want backtest.Matrix
	for n := endedDeals - endedDeals/5; n < endedDeals; n++ {
		switch {
		case desktest.Cold(n) && desktest.Won(n):
			want.FlaggedWon++
		case desktest.Cold(n):
			want.FlaggedLost++
		case desktest.Won(n):
			want.UnflaggedWon++
		default:
			want.UnflaggedLost++
		}
	}
	if got := b.Test.Flag.Matrix; got != want || b.Answer != backtest.Better {
		t.Errorf("the matrix is %+v, want %+v; the answer is %s", got, want, b.Answer)
	}
	if f := b.Test.Forecasts; len(f) != 1 || f[0].Currency != "CNY" || f[0].Deals != endedDeals/5 || f[0].Verdict != backtest.Better {
		t.Errorf("the forecasts are %+v", f)
	}
	if b.Tried != 78 || b.Suggestion != nil {
		t.Errorf("of %d settings it suggests %+v, and none can flag other deals", b.Tried, b.Suggestion)
	}
}

// A policy by which hardly anything is low flags nothing. The search finds the bounds that do.
func TestBoundsAreFoundThatFlagWhatIsLost(t *testing.T) {
	e := newEnded(t)
	blind := scorer.DefaultPolicy()
	for f, p := range blind.Factors {
		p.High = 95
		blind.Factors[f] = p
	}
	b := e.test(desk.BacktestRequest{Policy: &blind})
	s := b.Suggestion
	if b.Answer != backtest.TooFew || s == nil || s.High == nil || *s.High > 80 || s.Test.Verdict != backtest.Better || s.Test.Matrix.FlaggedLost != 18 {
		t.Errorf("the answer is %s, the suggestion %+v", b.Answer, s)
	}
}

func TestABacktestKnowsNothingThatWasLearntLater(t *testing.T) {
	e := newEnded(t)
	ctx, asked := t.Context(), learnt.AddDate(0, 0, 10)
	compared := scorer.DefaultPolicy()
	for f, p := range compared.Factors {
		p.Scale, p.MinCohort = scorer.ScalePercentile, 10
		compared.Factors[f] = p
	}
	before := e.json([]any{e.test(desk.BacktestRequest{AsOf: &asked}), e.test(desk.BacktestRequest{AsOf: &asked, Policy: &compared})})
	now := e.desk.Clock()
	for n := range endedDeals {
		at := desktest.Screen(n, endedDeals)
		// An export that is imported a year later shows that they talked every day after all.
		var in []signals.Interaction
		for hours := 6; hours < 29*24; hours += 12 {
			in = append(in, signals.Interaction{ID: desktest.DealID(n) + at.Add(-time.Duration(hours)*time.Hour).String(), Time: at.Add(-time.Duration(hours) * time.Hour),
				DealID: desktest.DealID(n), ContactID: strings.Replace(desktest.DealID(n), "D", "K", 1), Direction: signals.DirectionIn, Kind: "text", Length: 20})
		}
		_, err := e.db.Interactions.Add(ctx, "late", in, nil, now)
		e.must(err)
	}
	_, err := e.db.Outcomes.Put(ctx, []signals.DealOutcome{{DealID: desktest.DealID(0), Result: signals.ResultLost, ClosedAt: signals.DateOf(asked)}}, "crm", now)
	e.must(err)
	draft := scorer.DefaultPolicy()
	draft.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{}
	_, err = e.db.Policies.Publish(ctx, draft, 1, "me", now)
	e.must(err)
	if after := e.json([]any{e.test(desk.BacktestRequest{AsOf: &asked}), e.test(desk.BacktestRequest{AsOf: &asked, Policy: &compared})}); after != before {
		t.Errorf("the answer for %s changed from\n%.2000s\nto\n%.2000s", asked, before, after)
	}
	if b := e.test(desk.BacktestRequest{}); b.PolicyVersion != 2 || b.Test.Flag.Matrix.FlaggedLost != 0 {
		t.Errorf("of today it is policy %d with %+v", b.PolicyVersion, b.Test.Flag.Matrix)
	}
}

func TestADraftIsHeldAgainstWhatWasInForce(t *testing.T) {
	e := newEnded(t)
	at := desktest.Screen(0, endedDeals)
	frozen := scorer.Decision{DealID: desktest.DealID(0), Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: at, Actor: scorer.Machine, Diagnosis: scorer.ColdRelationship, PolicyVersion: 1}
	_, err := e.db.Verdicts.Record(t.Context(), []store.Verdict{{Decision: &frozen, DealID: frozen.DealID}})
	e.must(err)
	draft := scorer.DefaultPolicy()
	draft.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{}
	b := e.test(desk.BacktestRequest{Policy: &draft})
	p := b.Past
	if !b.Draft || p == nil || p.Screens != endedDeals || len(p.Changes) != endedDeals/2 || p.Decisions != 1 || len(p.NotMade) != 1 {
		t.Fatalf("the past is %+v", p)
	}
	if c := p.NotMade[0]; c.DealID != frozen.DealID || !c.Base.Freezes || c.Draft.Freezes || c.Draft.Diagnosis != scorer.ColdRelationship || c.Result != signals.ResultWon {
		t.Errorf("the freeze reads %+v", c)
	}
	if s := p.ByCurrency; len(s) != 1 || s[0].Unflagged.Deals != 100 || s[0].Un.Won.Deals != 10 || s[0].Un.Lost.Deals != 90 || s[0].Flagged.Deals != 0 || s[0].NotMade.Deals != 1 {
		t.Errorf("the sums are %+v", s)
	}
	if o := p.ByOwner; len(o) != 2 || o[0].Name != "李雷" && o[1].Name != "李雷" || o[0].Unflagged.Deals+o[1].Unflagged.Deals != 100 || len(p.ByRegion) != 2 {
		t.Errorf("by owner: %+v, by region: %+v", o, p.ByRegion)
	}
	if b.Answer != backtest.TooFew || b.Test.Flag.Matrix.FlaggedLost != 0 {
		t.Errorf("a draft that flags nothing: %s, %+v", b.Answer, b.Test.Flag.Matrix)
	}
}

func TestOneBacktestRunsAtATime(t *testing.T) {
	e := copyOfEnded(t)
	real := e.desk.Outcomes
	e.desk.Outcomes = within{real, func() {
		if _, err := e.desk.Backtest(t.Context(), desk.BacktestRequest{}); !errors.Is(err, desk.ErrBusy) {
			t.Errorf("a second one ends with %v, want ErrBusy", err)
		}
	}}
	e.test(desk.BacktestRequest{})
	e.desk.Outcomes = real
	e.test(desk.BacktestRequest{})
}

// within does something while outcomes are read.
type within struct {
	desk.Outcomes
	do func()
}

func (w within) List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.DealOutcome, error) {
	w.do()
	return w.Outcomes.List(ctx, asOf, after, limit)
}

func TestSegmentsKeepTheirOwnBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("under the race detector it takes a minute")
	}
	e := openEnded(t, filepath.Join(t.TempDir(), "ended.db"))
	e.must(desktest.Ended(t.Context(), e.db, 400, learnt))
	never := 95.0
	draft := scorer.DefaultPolicy()
	for f, p := range draft.Factors {
		p.High = never // flags nothing as it is
		draft.Factors[f] = p
	}
	overrides := make(map[signals.Factor]scorer.FactorOverride)
	for _, f := range signals.Factors() {
		overrides[f] = scorer.FactorOverride{High: &never}
	}
	draft.Segments = []scorer.Segment{{Name: "east", Match: scorer.SegmentMatch{Region: []string{"华东"}}, Factors: overrides}}
	s := e.test(desk.BacktestRequest{Policy: &draft}).Suggestion
	if s == nil || s.Test.Matrix.FlaggedLost+s.Test.Matrix.FlaggedWon != 20 {
		t.Errorf("half of the 40 cold deals are in a segment that flags none: %+v", s)
	}
}

func TestDealsThatTheCRMHadClosedAreLeftOut(t *testing.T) {
	e := newEnded(t)
	deal, err := e.db.Deals.Get(t.Context(), desktest.DealID(7), time.Time{})
	e.must(err)
	deal.Status = signals.DealLost
	_, err = e.db.Deals.Put(t.Context(), []signals.Deal{deal}, "crm", desktest.Screen(7, endedDeals).AddDate(0, 0, -3))
	e.must(err)
	deal.ID, deal.Status = "D-untold", signals.DealWon
	_, err = e.db.Deals.Put(t.Context(), []signals.Deal{deal}, "crm", learnt)
	e.must(err)
	b := e.test(desk.BacktestRequest{})
	if e.json(b.Skipped) != `[{"reason":"closed_before","deals":1}]` || b.NoOutcome != 1 || b.Ended != endedDeals {
		t.Errorf("left out of %d: %+v, without an outcome: %d", b.Ended, b.Skipped, b.NoOutcome)
	}
}

func TestOnlyTheDaysAskedForAreTested(t *testing.T) {
	e := newEnded(t)
	from, to := signals.Date{Year: 2025, Month: 1, Day: 1}, signals.Date{Year: 2025, Month: 6, Day: 30}
	b := e.test(desk.BacktestRequest{From: &from, To: &to})
	if b.Ended < 55 || b.Ended > 65 || b.Split.Train+b.Split.Test+b.Split.Between != b.Ended {
		t.Errorf("in half a year %d deals of 200 in 20 months ended: %+v", b.Ended, b.Split)
	}
	// A deal of which nothing was known yet is in no figure.
	long := e.test(desk.BacktestRequest{LeadDays: 200})
	if len(long.Skipped) != 1 || long.Skipped[0].Reason != "not_known_then" || long.Skipped[0].Deals != endedDeals {
		t.Errorf("200 days before: %+v", long.Skipped)
	}
	broken := scorer.DefaultPolicy()
	broken.Freeze.MaxDays = -1
	future := e.desk.Clock().AddDate(0, 0, 1)
	var invalid *desk.InvalidError
	var early *desk.FutureError
	for name, c := range map[string]struct {
		q    desk.BacktestRequest
		want any
	}{
		"days the wrong way": {desk.BacktestRequest{From: &to, To: &from}, &invalid}, "too long ahead": {desk.BacktestRequest{LeadDays: 5000}, &invalid},
		"an instant to come": {desk.BacktestRequest{AsOf: &future}, &early},
	} {
		if _, err := e.desk.Backtest(t.Context(), c.q); !errors.As(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := e.desk.Backtest(t.Context(), desk.BacktestRequest{Policy: &broken}); err == nil {
		t.Error("a policy that may not be published is tested")
	}
}

// BenchmarkBacktest tests a policy on 2000 deals that have ended.
func BenchmarkBacktest(b *testing.B) {
	clock := func() time.Time { return learnt }
	db, err := bolt.Open(filepath.Join(b.TempDir(), "ended.db"), bolt.Options{Clock: clock, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	d := &desk.Desk{Deals: db.Deals, Histories: db.Histories, Policies: db.Policies, Verdicts: db.Verdicts, Outcomes: db.Outcomes, Clock: clock}
	const deals = 2000
	if err := desktest.Ended(b.Context(), db, deals, learnt); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if r, err := d.Backtest(b.Context(), desk.BacktestRequest{}); err != nil || r.Split.Test != deals/5 {
			b.Fatal(r.Split, err)
		}
	}
}

// listening notes how far back messages were asked for.
type listening struct {
	desk.Histories
	furthest *time.Duration
}

func (l listening) EachWithin(ctx context.Context, ids []string, asOf time.Time, talk time.Duration, fn func(signals.History) error) error {
	*l.furthest = max(*l.furthest, talk)
	return l.Histories.EachWithin(ctx, ids, asOf, talk, fn)
}

func (l listening) DealWithin(ctx context.Context, id string, asOf time.Time, talk time.Duration) (signals.History, error) {
	*l.furthest = max(*l.furthest, talk)
	return l.Histories.DealWithin(ctx, id, asOf, talk)
}

// A deal may have a million messages: those that no policy hears are not read.
func TestSimulationsReadNoFurtherBackThanTheirPoliciesHear(t *testing.T) {
	e := newEnded(t)
	var furthest time.Duration
	e.desk.Histories = listening{e.desk.Histories, &furthest}
	draft := scorer.DefaultPolicy()
	wechat := draft.Factors[signals.FactorWeChat]
	wechat.WindowDays *= 2
	draft.Factors[signals.FactorWeChat] = wechat
	_, err := e.desk.Simulate(t.Context(), draft, e.desk.Clock())
	e.must(err)
	if furthest != draft.TalkReach() || furthest <= scorer.DefaultPolicy().TalkReach() {
		t.Errorf("a simulation reads messages of %s, and its draft hears %s", furthest, draft.TalkReach())
	}
	furthest = 0
	e.test(desk.BacktestRequest{})
	if want := scorer.DefaultPolicy().TalkReach(); furthest != want {
		t.Errorf("a back-test reads messages of %s, and its policy hears %s", furthest, want)
	}
}
