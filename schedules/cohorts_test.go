package schedules

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"dealvitals/crawler"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// showsDated is a complete crawl that finds so many jobs, all published the day before.
func showsDated(at func() time.Time, jobs int) func(context.Context, signals.Run) (crawler.Result, error) {
	return func(_ context.Context, run signals.Run) (crawler.Result, error) {
		day := signals.DateOf(at().AddDate(0, 0, -1))
		run.FinishedAt, run.Outcome, run.Complete, run.Items, run.AllDated = at(), signals.OutcomeOK, true, jobs, true
		var postings []signals.Posting
		for n := range jobs {
			title := fmt.Sprint("工程师", n)
			postings = append(postings, signals.Posting{TargetID: run.TargetID, ID: title, Title: title, Posted: &day, Basis: signals.DatePublished})
		}
		return crawler.Result{Run: run, Postings: signals.PostingsOf(postings...)}, nil
	}
}

// street gives the office n customers with a deal each, of whom number i posts i+1 jobs.
func (o *office) street(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		customer, deal, target := fmt.Sprintf("S%02d", i), fmt.Sprintf("E%02d", i), fmt.Sprintf("H%02d", i)
		_, err := o.db.Customers.Put(t.Context(), []signals.Customer{{ID: customer, Name: "街坊" + customer + "有限公司"}}, "test", o.clock.Now())
		must(t, err)
		_, err = o.db.Deals.Put(t.Context(), []signals.Deal{{ID: deal, CustomerID: customer, Name: "商机", Owner: "李四", Amount: decimal.NewFromInt(1), Currency: "CNY"}}, "test", o.clock.Now())
		must(t, err)
		_, err = o.db.Targets.Put(t.Context(), []signals.Target{{ID: target, Kind: signals.KindHiring, CustomerID: customer, URL: "http://127.0.0.1/" + target}}, "test", o.clock.Now())
		must(t, err)
		o.crawler[target] = showsDated(o.clock.Now, i+1)
		_, err = o.runner.Run(t.Context(), target, "manual")
		must(t, err)
	}
}

// publish puts a policy into force that compares deals by their jobs.
func (o *office) publish(t *testing.T, was int) {
	t.Helper()
	p := scorer.DefaultPolicy()
	hiring := p.Factors[signals.FactorHiring]
	hiring.Scale, hiring.MinCohort = scorer.ScalePercentile, 10
	p.Factors[signals.FactorHiring] = hiring
	_, err := o.db.Policies.Publish(t.Context(), p, was, "test", o.clock.Now())
	must(t, err)
}

// again computes a stored evaluation anew, from what was known at its instant.
func (o *office) again(t *testing.T, e scorer.Evaluation) scorer.Evaluation {
	t.Helper()
	h, err := o.db.Histories.Deal(t.Context(), e.DealID, e.AsOf)
	must(t, err)
	p, err := o.db.Policies.At(t.Context(), e.AsOf)
	must(t, err)
	return scorer.Assess(h, p, e.AsOf).Evaluation
}

func (o *office) newest(t *testing.T, deal string) scorer.Evaluation {
	t.Helper()
	recent, err := o.db.Verdicts.Recent(t.Context(), deal, 1)
	must(t, err)
	return recent[0]
}

func bytesOf(t *testing.T, value any) string {
	t.Helper()
	body, err := json.Marshal(value)
	must(t, err)
	return string(body)
}

func TestDealsAreComparedWithWhatWasCountedBeforeAndAnswersStay(t *testing.T) {
	o := newOffice(t)
	o.street(t, 12)
	o.clock.advance(time.Hour)
	o.publish(t, 1)
	o.clock.advance(time.Hour)
	r := o.runner.Rescorer

	// One deal is scored first: all are counted before, for its curve alone is not what
	// the policy wants.
	_, err := r.Deals(t.Context(), []string{"E11"})
	must(t, err)
	first := o.newest(t, "E11")
	if f := first.Factors.Hiring; f.Scale != scorer.ScalePercentile || f.CohortSize != 12 || *f.Score != 95.83 || first.CohortAt == nil {
		t.Fatalf("the first score is %+v of cohorts of %v", f, first.CohortAt)
	}

	kept := []scorer.Evaluation{first}
	for day := range 3 {
		o.crawler["H00"] = showsDated(o.clock.Now, 20+day) // the weakest becomes the strongest
		_, err = o.runner.Run(t.Context(), "H00", "manual")
		must(t, err)
		_, err = r.All(t.Context())
		must(t, err)
		kept = append(kept, o.newest(t, "E00"), o.newest(t, "E11"))
		o.clock.advance(24 * time.Hour)
	}
	if last := o.newest(t, "E11"); *last.Factors.Hiring.Score != 87.5 || !last.CohortAt.After(*first.CohortAt) {
		t.Errorf("after another deal went by, it is scored %+v of cohorts of %v", last.Factors.Hiring, last.CohortAt)
	}
	for _, e := range kept {
		if got, want := bytesOf(t, o.again(t, e)), bytesOf(t, e); got != want {
			t.Errorf("computed again as of %v:\n got %s\nwant %s", e.AsOf, got, want)
		}
	}
	if _, err := o.db.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAPolicyThatChangesWhileAllAreScoredCountsNothingByHalves(t *testing.T) {
	percentile, plain := scorer.DefaultPolicy(), scorer.DefaultPolicy()
	percentile.Version, plain.Version = 2, 3
	for name, policies := range map[string][]scorer.Policy{"to one that compares": {plain, percentile}, "from one that compares": {percentile, plain}} {
		c := &counting{}
		for _, p := range policies {
			c.add(batchCount{policy: p})
		}
		if !c.partial {
			t.Errorf("%s: taken for a counting of all", name)
		}
	}
}

func TestCountingCostsNothingWhereNothingIsCompared(t *testing.T) {
	o := newOffice(t)
	_, err := o.runner.Rescorer.All(t.Context())
	must(t, err)
	if e := o.newest(t, "D1"); e.CohortAt != nil || e.Segment != "" {
		t.Errorf("%+v", e)
	}
	p, err := o.db.Policies.At(t.Context(), o.clock.Now())
	must(t, err)
	if p.Cohorts() != nil {
		t.Error("cohorts were counted")
	}
}

// Who looks at a deal between the publication and the next scoring sees what the deal will be
// scored by, and not the curve.
func TestWhatDealsAreComparedWithIsCountedWhenThePolicyIsPublished(t *testing.T) {
	o := newOffice(t)
	o.street(t, 12)
	o.clock.advance(time.Hour)
	o.publish(t, 1)
	o.clock.advance(time.Second)
	effects := &Effects{Rescorer: o.runner.Rescorer, Clock: o.clock.Now}
	must(t, effects.PolicyPublished(t.Context()))
	o.clock.advance(time.Second)
	p, err := o.db.Policies.At(t.Context(), o.clock.Now())
	must(t, err)
	if p.Cohorts() == nil {
		t.Fatal("nothing is counted")
	}
	counted := p.Cohorts().TakenAt
	h, err := o.db.Histories.Deal(t.Context(), "E00", o.clock.Now())
	must(t, err)
	if f := scorer.Assess(h, p, o.clock.Now()).Evaluation.Factors.Hiring; f.Scale != scorer.ScalePercentile || f.CohortSize != 12 {
		t.Errorf("the page shows %+v", f)
	}
	must(t, effects.PolicyPublished(t.Context())) // what is counted is not counted again
	if p, err = o.db.Policies.At(t.Context(), o.clock.Now()); err != nil || !p.Cohorts().TakenAt.Equal(counted) {
		t.Errorf("counted again at %v, %v", p.Cohorts().TakenAt, err)
	}
}
