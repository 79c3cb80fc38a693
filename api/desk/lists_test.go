package desk_test

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Whatever is written between, in whichever order, lists show what the whole records say.
func TestListsShowWhatTheRecordsSay(t *testing.T) {
	folder, stores := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		stores++
		o := &listed{T: rt, ctxOf: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		db, err := bolt.Open(filepath.Join(folder, fmt.Sprint(stores)), bolt.Options{Clock: o.clock, NoSync: true})
		o.must(err)
		defer func() { o.must(db.Close()) }()
		o.db = db
		o.desk = &desk.Desk{Deals: db.Deals, Customers: db.Customers, Verdicts: db.Verdicts, Clock: o.clock}
		rt.Repeat(map[string]func(*rapid.T){
			"deal": o.putDeal, "outcome": o.putOutcome, "score": o.score, "decide": o.decide, "list": o.list,
		})
	})
}

type listed struct {
	*rapid.T
	ctxOf *testing.T
	db    *bolt.DB
	desk  *desk.Desk
	now   time.Time
}

func (o *listed) clock() time.Time { return o.now }

func (o *listed) must(err error) {
	if err != nil {
		o.Fatal(err)
	}
}

var (
	dealNumbers = rapid.IntRange(1, 5)
	somebody    = rapid.SampledFrom([]string{"", "anna", "Bo"})
)

func draw[T any](t *rapid.T, of ...T) T { return rapid.SampledFrom(of).Draw(t, "one") }

func aDeal(t *rapid.T) string { return fmt.Sprintf("D%d", dealNumbers.Draw(t, "deal")) }

func (o *listed) pass(t *rapid.T) {
	o.now = o.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour)
}

func (o *listed) putDeal(t *rapid.T) {
	o.pass(t)
	d := signals.Deal{
		ID: aDeal(t), CustomerID: "C1", Name: "商机", Owner: somebody.Draw(t, "owner"), Team: somebody.Draw(t, "team"), Region: somebody.Draw(t, "region"),
		ProductLine: somebody.Draw(t, "product line"), Amount: decimal.New(int64(rapid.IntRange(0, 30).Draw(t, "amount")), -1), Currency: "CNY",
		Status: draw(t, "", signals.DealOpen, signals.DealWon, signals.DealLost), MergedInto: draw(t, "", "", "", "D9"),
	}
	_, err := o.db.Deals.Put(o.ctxOf.Context(), []signals.Deal{d}, "crm", o.now)
	o.must(err)
}

func (o *listed) putOutcome(t *rapid.T) {
	o.pass(t)
	outcome := signals.DealOutcome{DealID: aDeal(t), Result: draw(t, signals.ResultLost, signals.ResultReopened), ClosedAt: signals.DateOf(o.now)}
	_, err := o.db.Outcomes.Put(o.ctxOf.Context(), []signals.DealOutcome{outcome}, "crm", o.now)
	o.must(err)
}

func (o *listed) score(t *rapid.T) {
	o.pass(t)
	health := float64(rapid.IntRange(0, 3).Draw(t, "health"))
	e := scorer.Evaluation{
		DealID: aDeal(t), AsOf: o.now, PolicyVersion: 1, Health: draw(t, nil, &health),
		Diagnosis: draw(t, scorer.Unknown, scorer.Mixed, scorer.ColdRelationship), Flagged: rapid.Bool().Draw(t, "flagged"),
	}
	_, err := o.db.Verdicts.Record(o.ctxOf.Context(), []store.Verdict{{Evaluation: &e}})
	o.must(err)
}

func (o *listed) decide(t *rapid.T) {
	o.pass(t)
	id, since := aDeal(t), o.now
	until, answer := o.now.Add(100*time.Hour), o.now.Add(50*time.Hour)
	decisions, err := o.db.Verdicts.Decisions(o.ctxOf.Context(), id, time.Time{})
	o.must(err)
	d := scorer.Decision{
		DealID: id, Action: scorer.ActionFreeze, State: draw(t, scorer.FreezeFrozen, scorer.FreezeProposed, scorer.FreezeClear), At: o.now, Actor: scorer.Machine,
		Disputed: rapid.Bool().Draw(t, "disputed"), Since: &since, Until: draw(t, nil, &until), AnswerBy: &answer, Note: "because", Evidence: []string{"ab"}, EvaluatedAt: &since,
	}
	_, err = o.db.Verdicts.Record(o.ctxOf.Context(), []store.Verdict{{DealID: id, Decision: &d, After: desk.NewestSeq(decisions)}})
	o.must(err)
}

// list asks for a list page by page and holds it against all records.
func (o *listed) list(t *rapid.T) {
	f := desk.Filter{
		Scope: draw(t, desk.ScopeAll, desk.ScopeFlagged, desk.ScopeMissing), Owner: somebody.Draw(t, "of owner"), Region: somebody.Draw(t, "of region"),
		Diagnosis: draw(t, "", scorer.Mixed), State: draw(t, "", "", scorer.FreezeFrozen), Disputed: draw(t, false, false, true),
	}
	if amount := decimal.NewFromInt(1); rapid.Bool().Draw(t, "by amount") {
		f.MinAmount = &amount
	}
	order := draw(t, desk.Orders()...)
	want, counts := o.whole(f, order)
	var got []desk.Row
	var after *desk.Place
	for {
		page, err := o.desk.Page(o.ctxOf.Context(), f, order, after, 2)
		o.must(err)
		got = append(got, page.Rows...)
		if page.Total != len(want) || page.Counts != counts {
			t.Fatalf("%d deals, want %d; counts %+v, want %+v", page.Total, len(want), page.Counts, counts)
		}
		if after = page.Next; after == nil {
			break
		}
	}
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Fatalf("the list %+v by %s is\n%+v\nwant\n%+v", f, order, got, want)
	}
}

// whole makes a list of all records.
func (o *listed) whole(f desk.Filter, order desk.Order) (rows []desk.Row, counts desk.Counts) {
	ctx := o.ctxOf.Context()
	for n := 1; n <= 5; n++ {
		id := fmt.Sprintf("D%d", n)
		e, found, err := o.db.Verdicts.Latest(ctx, id, time.Time{})
		o.must(err)
		if !found {
			continue
		}
		decisions, err := o.db.Verdicts.Decisions(ctx, id, time.Time{})
		o.must(err)
		freeze := scorer.StateAt(decisions, o.now)
		deal, err := o.db.Deals.Get(ctx, id, time.Time{})
		known := err == nil
		if !known && !errors.Is(err, store.ErrNotFound) {
			o.Fatal(err)
		}
		standing, held := signals.DealOpen, freeze.State != scorer.FreezeClear || freeze.Disputed
		if known {
			standing = deal.Standing()
		}
		over := standing == signals.DealLost || standing == signals.DealMerged
		count := func(n *int, yes bool) {
			if yes {
				*n++
			}
		}
		count(&counts.Deals, true)
		count(&counts.Frozen, !over && freeze.State == scorer.FreezeFrozen)
		count(&counts.Proposed, !over && freeze.State == scorer.FreezeProposed)
		count(&counts.Disputed, !over && freeze.Disputed)
		count(&counts.Overdue, !over && freeze.Overdue(o.now))
		count(&counts.Missing, standing == signals.DealOpen && e.Diagnosis == scorer.Unknown)
		in := map[desk.Scope]bool{
			desk.ScopeAll:     true,
			desk.ScopeMissing: standing == signals.DealOpen && e.Diagnosis == scorer.Unknown,
			desk.ScopeFlagged: !over && (held || e.Flagged && standing == signals.DealOpen),
		}[f.Scope]
		in = in && (f.Owner == "" || f.Owner == deal.Owner) && (f.Region == "" || f.Region == deal.Region) && (f.Diagnosis == "" || f.Diagnosis == e.Diagnosis) &&
			(f.State == "" || f.State == freeze.State) && (!f.Disputed || freeze.Disputed) && (f.MinAmount == nil || !deal.Amount.LessThan(*f.MinAmount))
		if !known || !in {
			continue
		}
		row := desk.Row{
			Name: deal.Name, Team: deal.Team, Region: deal.Region, ProductLine: deal.ProductLine, Flagged: e.Flagged,
			Overdue: freeze.Overdue(o.now), MergedInto: deal.MergedInto, Health: scorer.HealthOf(deal, e, freeze),
		}
		if standing != signals.DealOpen {
			row.Status = standing
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b desk.Row) int { return inOrder(order, a, b) })
	return rows, counts
}

func inOrder(order desk.Order, a, b desk.Row) int {
	key := func(r desk.Row) (float64, bool) {
		switch strings.TrimPrefix(string(order), "-") {
		case "amount":
			return decimal.RequireFromString(r.Health.Amount).InexactFloat64(), true
		case "health":
			if r.Health.Health != nil {
				return *r.Health.Health, true
			}
		case "since":
			if r.Health.Freeze.Since != nil {
				return float64(r.Health.Freeze.Since.Unix()), true
			}
		}
		return 0, false
	}
	first := func(x, y bool) int {
		switch {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	}
	x, hasX := key(a)
	y, hasY := key(b)
	byKey := cmp.Compare(x, y)
	if strings.HasPrefix(string(order), "-") {
		byKey = -byKey
	}
	return cmp.Or(first(a.Overdue, b.Overdue), first(hasX, hasY), byKey, strings.Compare(a.Health.DealID, b.Health.DealID))
}
