package scorer_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"pgregory.net/rapid"
)

// byPercentile is the default policy with all three factors scored by percentile.
func byPercentile(minCohort int) scorer.Policy {
	p := scorer.DefaultPolicy()
	for _, f := range signals.Factors() {
		factor(f, func(x *scorer.FactorPolicy) { x.Scale, x.MinCohort = scorer.ScalePercentile, minCohort })(&p)
	}
	return p
}

// measured is three measures of these numbers.
func measured(values ...float64) map[signals.Factor]signals.Measure {
	all := make(map[signals.Factor]signals.Measure)
	for i, f := range signals.Factors() {
		all[f] = signals.Measure{Factor: f, Status: signals.StatusOK, Value: &values[i], Reason: signals.Reason{Code: signals.ReasonMeasured}}
	}
	return all
}

// counted is the policy with cohorts of these deals, each with one number for all factors.
func counted(p scorer.Policy, values ...float64) scorer.Policy {
	census := scorer.NewCensus(p)
	for _, v := range values {
		m := measured(v, v, v)
		census.Add(scorer.SampleOf(scorer.Assessment{Evaluation: scorer.Evaluation{Segment: p.Segment()}, Measures: m}))
	}
	cohorts := census.Cohorts(now)
	return p.WithCohorts(&cohorts)
}

func TestPercentileIsThePlaceAmongTheCohort(t *testing.T) {
	p := counted(byPercentile(10), 0, 0, 0, 0, 1, 1, 2, 3, 5, 8)
	for value, want := range map[float64]float64{0: 20, 1: 50, 2: 65, 3: 75, 4: 80, 5: 85, 8: 95, 100: 100} {
		e := scorer.Evaluate("D", measured(value, 0, 8), p, now)
		if got := e.Factors.Hiring; got.Score == nil || *got.Score != want || got.Scale != scorer.ScalePercentile || got.CohortSize != 10 {
			t.Errorf("%v is scored %+v, want %v", value, got, want)
		}
		if e.CohortAt == nil || !e.CohortAt.Equal(now) {
			t.Errorf("the evaluation does not name its cohorts: %v", e.CohortAt)
		}
	}
	if got := scorer.Evaluate("D", measured(0, 0, 0), counted(byPercentile(10), make([]float64, 10)...), now); *got.Factors.Tender.Band != scorer.BandMid {
		t.Errorf("where all are the same, one is %s", *got.Factors.Tender.Band)
	}
}

func TestASmallCohortFallsBackToTheCurveAndSaysSo(t *testing.T) {
	curve := scorer.Evaluate("D", measured(3, 1, 3), scorer.DefaultPolicy(), now)
	for name, p := range map[string]scorer.Policy{
		"nine deals of ten":     counted(byPercentile(10), 1, 2, 3, 4, 5, 6, 7, 8, 9),
		"nothing counted yet":   byPercentile(10),
		"of another segment":    counted(byPercentile(10), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).In("nowhere"),
		"the deals of no other": byPercentile(10).WithCohorts(&scorer.Cohorts{}),
	} {
		e := scorer.Evaluate("D", measured(3, 1, 3), p, now)
		if name == "of another segment" {
			if e.Factors.Hiring.Scale != scorer.ScalePercentile {
				t.Errorf("a segment that there is none of is not that of all: %+v", e.Factors.Hiring)
			}
			continue
		}
		if *e.Health != *curve.Health || e.Factors.Hiring.Scale != scorer.ScaleCurve {
			t.Errorf("%s: %+v, by the curve %+v", name, e.Factors.Hiring, curve.Factors.Hiring)
		}
		a := scorer.Assessment{Evaluation: e, Measures: measured(3, 1, 3)}
		for lang, word := range map[string]string{"zh": "不足 10 个", "en": "the policy asks for 10"} {
			if x := scorer.Explain(a, signals.History{}, p, lang); !strings.Contains(x.Factors[0].Sentence, word) || x.Factors[0].Cohort == nil {
				t.Errorf("%s: told as %s", name, x.Factors[0].Sentence)
			}
		}
	}
}

func TestOnlyWhatIsSurelyMeasuredIsCounted(t *testing.T) {
	m := measured(1, 2, 3)
	doubtful := m[signals.FactorHiring]
	doubtful.AtLeast = true
	m[signals.FactorHiring] = doubtful
	stale := m[signals.FactorTender]
	stale.Status = signals.StatusStale
	m[signals.FactorTender] = stale
	faded := m[signals.FactorWeChat]
	faded.Then = to(9.0)
	m[signals.FactorWeChat] = faded
	census := scorer.NewCensus(byPercentile(10))
	census.Add(scorer.SampleOf(scorer.Assessment{Measures: m}))
	if !census.Empty() {
		t.Errorf("counted: %+v", census.Cohorts(now))
	}
}

func TestSegmentsAreComparedWithTheirOwn(t *testing.T) {
	p := scorer.DefaultPolicy()
	p.Segments = []scorer.Segment{{
		Name: "small", Match: scorer.SegmentMatch{Size: []string{"small"}},
		Factors: map[signals.Factor]scorer.FactorOverride{signals.FactorHiring: {Scale: to(scorer.ScalePercentile), MinCohort: to(10)}},
	}}
	if err := p.Validate(); err != nil || !p.NeedsCohorts() {
		t.Fatal(err, p.NeedsCohorts())
	}
	census := scorer.NewCensus(p)
	for i := range 40 {
		segment := []string{"small", ""}[i%2]
		census.Add(scorer.SampleOf(scorer.Assessment{Evaluation: scorer.Evaluation{Segment: segment}, Measures: measured(float64(i), 1, 1)}))
	}
	cohorts := census.Cohorts(now)
	if n := len(cohorts.Segments); n != 1 || cohorts.Segments["small"][signals.FactorHiring].Size() != 20 || len(cohorts.Segments["small"]) != 1 {
		t.Errorf("counted: %+v", cohorts)
	}
	p = p.WithCohorts(&cohorts)
	inside, outside := scorer.Evaluate("D", measured(38, 1, 1), p.In("small"), now), scorer.Evaluate("D", measured(38, 1, 1), p.In(""), now)
	if *inside.Factors.Hiring.Score != 97.5 || *outside.Factors.Hiring.Score != 100 || outside.CohortAt != nil {
		t.Errorf("inside %+v, outside %+v", inside.Factors.Hiring, outside.Factors.Hiring)
	}
}

// TestPercentilesRiseWithTheNumberAndKnowNoOrder over random cohorts.
func TestPercentilesRiseWithTheNumberAndKnowNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 40), func(n int) float64 { return float64(n) / 4 }), 10, 60).Draw(t, "cohort")
		p := counted(byPercentile(10), numbers...)
		shuffled := append([]float64(nil), numbers...)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 8)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if other := counted(byPercentile(10), shuffled...); !reflect.DeepEqual(other.Cohorts(), p.Cohorts()) {
			t.Fatalf("counted in another order it is another cohort:\n%v\n%v", p.Cohorts(), other.Cohorts())
		}
		a, b := rapid.Float64Range(0, 12).Draw(t, "a"), rapid.Float64Range(0, 12).Draw(t, "b")
		low, high := scorer.Evaluate("D", measured(min(a, b), 1, 1), p, now), scorer.Evaluate("D", measured(max(a, b), 1, 1), p, now)
		if s, l := *high.Factors.Hiring.Score, *low.Factors.Hiring.Score; s < l || l < 0 || s > 100 {
			t.Fatalf("%v is scored %v, %v is scored %v", min(a, b), l, max(a, b), s)
		}
	})
}

// randomPolicy is a policy with random curves, bands and scales that Validate takes.
func randomPolicy(t *rapid.T) scorer.Policy {
	p := scorer.DefaultPolicy()
	for _, f := range signals.Factors() {
		factor(f, func(x *scorer.FactorPolicy) {
			x.Low = float64(rapid.IntRange(0, 100).Draw(t, "low"))
			x.High = float64(rapid.IntRange(int(x.Low), 100).Draw(t, "high"))
			x.Curve = nil
			value, score := 0.0, 0.0
			for range rapid.IntRange(1, 5).Draw(t, "corners") {
				x.Curve = append(x.Curve, scorer.Point{Value: value, Score: score})
				value += float64(rapid.IntRange(1, 40).Draw(t, "run")) / 8
				score = min(100, score+float64(rapid.IntRange(0, 60).Draw(t, "rise")))
			}
			x.Curve = append(x.Curve, scorer.Point{Value: value, Score: 100})
			if rapid.Bool().Draw(t, "percentile") {
				x.Scale, x.MinCohort = scorer.ScalePercentile, 10
			}
		})(&p)
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTheNearestWayOutEndsThePattern puts each stated change, and one step less, through the
// score, under random policies with curves and cohorts.
func TestTheNearestWayOutEndsThePattern(t *testing.T) {
	steps := map[signals.Factor]float64{signals.FactorHiring: 1, signals.FactorTender: 1, signals.FactorWeChat: 0.1}
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		cohort := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 40), func(n int) float64 { return float64(n) / 2 }), 0, 40).Draw(t, "cohort")
		p := counted(randomPolicy(t), cohort...)
		values := make([]float64, 3)
		for i := range values {
			values[i] = float64(rapid.IntRange(0, 200).Draw(t, "value")) / 8
			if i < 2 {
				values[i] = float64(int(values[i]))
			}
		}
		a := scorer.Assessment{Evaluation: scorer.Evaluate("D", measured(values...), p, now), Measures: measured(values...)}
		for _, change := range scorer.Explain(a, signals.History{}, p, "en").WayOut {
			told++
			with := func(x float64) scorer.Evaluation {
				m := measured(values...)
				changed := m[change.Factor]
				changed.Value = &x
				m[change.Factor] = changed
				return scorer.Evaluate("D", m, p, now)
			}
			if e := with(change.To); e.Freezes || e.Diagnosis == scorer.Unknown {
				t.Fatalf("%s at %v still is %s: %s", change.Factor, change.To, e.Diagnosis, change.Sentence)
			}
			back := steps[change.Factor]
			if change.To > change.From {
				back = -back
			}
			if less := change.To + back; (less-change.From)*(change.To-change.From) > 0 && !with(less).Freezes {
				t.Fatalf("%s leaves at %v already, not only at %v", change.Factor, less, change.To)
			}
		}
	})
	if told == 0 {
		t.Error("no way out was told at all")
	}
}

func TestALowerBoundIsNoWayOutDownwards(t *testing.T) {
	p := scorer.DefaultPolicy()
	m := measures(">high", "high", "low")
	a := scorer.Assessment{Evaluation: scorer.Evaluate("D", m, p, now), Measures: m}
	for _, c := range scorer.Explain(a, signals.History{}, p, "en").WayOut {
		if c.Factor == signals.FactorHiring {
			t.Errorf("fewer jobs that are only a lower bound would be unknown, which releases nothing: %s", c.Sentence)
		}
	}
}

// TestAWayOutReleasesAfterAsManyScoringsAsThePolicyAsks lives the change through the machine.
func TestAWayOutReleasesAfterAsManyScoringsAsThePolicyAsks(t *testing.T) {
	p := scorer.DefaultPolicy()
	p.Freeze.ReleaseAfter = 3
	m := measures("high", "high", "low")
	e := scorer.Evaluate("D", m, p, now)
	a := scorer.Assessment{Evaluation: e, Measures: m}
	recent := []scorer.Evaluation{e}
	frozen, _ := scorer.Decide(nil, recent, scorer.Turn{}, p, now)
	for _, c := range scorer.Explain(a, signals.History{}, p, "en").WayOut {
		changed := measures("high", "high", "low")
		factor := changed[c.Factor]
		factor.Value = &c.To
		changed[c.Factor] = factor
		days := recent
		for n := 1; n <= 3; n++ {
			at := now.AddDate(0, 0, n)
			days = append(days, scorer.Evaluate("D", changed, p, at))
			d, released := scorer.Decide([]scorer.Decision{*frozen}, days, scorer.Turn{}, p, at)
			if released != (n == 3) || released && d.Action != scorer.ActionRelease {
				t.Errorf("%s: after %d scorings the machine decides %v", c.Sentence, n, d)
			}
		}
	}
}

func TestAWayOutIsNoPromiseAgainstAPersonsWord(t *testing.T) {
	p := scorer.DefaultPolicy()
	m := measures("high", "high", "low")
	e := scorer.Evaluate("D", m, p, now)
	frozen, _ := scorer.Decide(nil, []scorer.Evaluation{e}, scorer.Turn{}, p, now)
	x := scorer.Explain(scorer.Assessment{Evaluation: e, Measures: m}, signals.History{}, p, "en")
	plain := len(x.WithFreeze([]scorer.Decision{*frozen}, now).Caveats)
	for action, word := range map[scorer.Action]string{scorer.ActionConfirm: "only a person", scorer.ActionDispute: "is answered"} {
		d, err := scorer.Answer([]scorer.Decision{*frozen}, scorer.Request{Action: action, Note: "x"}, "li", p, now.Add(1))
		if err != nil {
			t.Fatal(err)
		}
		told := x.WithFreeze([]scorer.Decision{*frozen, *d}, now.Add(1)).Caveats
		if len(told) != plain+1 || !strings.Contains(told[plain], word) {
			t.Errorf("after %s: %v", action, told)
		}
	}
}

// BenchmarkHundredThousandDealsInSegmentsAndCohorts is a whole re-score, with what comparing
// deals adds to it.
func BenchmarkHundredThousandDealsInSegmentsAndCohorts(b *testing.B) {
	p := byPercentile(30)
	for i := range 20 {
		s := lenient(scorer.SegmentMatch{Industry: []string{fmt.Sprint("industry ", i)}, Region: []string{"江苏", "浙江"}})
		s.Name = fmt.Sprint(i)
		s.Factors = map[signals.Factor]scorer.FactorOverride{signals.FactorHiring: {High: to(65.0)}} // as much to measure as without
		p.Segments = append(p.Segments, s)
	}
	h := history(30, 60)
	h.Customer.Industry, h.Deal.Region = "industry 19", "浙江"
	numbers := make([]float64, 3000)
	for i := range numbers {
		numbers[i] = float64(i) / 100
	}
	p = counted(p.In("19"), numbers...).WithCohorts(counted(p.In("19"), numbers...).Cohorts())
	for b.Loop() {
		census := scorer.NewCensus(p)
		for range 100_000 {
			a := scorer.Assess(h, p, now)
			census.Add(scorer.SampleOf(a))
			scorer.Decide(nil, []scorer.Evaluation{a.Evaluation}, scorer.Turn{}, p, now)
		}
		census.Cohorts(now)
	}
}

// Numbers are compared by hundredths; what an earlier version counted is compared as it was.
func TestCohortsAreCountedInHundredths(t *testing.T) {
	p := scorer.DefaultPolicy()
	wechat := p.Factors[signals.FactorWeChat]
	wechat.Scale, wechat.MinCohort = scorer.ScalePercentile, 10
	p.Factors[signals.FactorWeChat] = wechat
	census := scorer.NewCensus(p)
	for n := range 1000 {
		value := 3 + float64(n)/100_000
		census.Add(scorer.SampleOf(scorer.Assessment{Measures: map[signals.Factor]signals.Measure{signals.FactorWeChat: {Status: signals.StatusOK, Value: &value}}}))
	}
	d := census.Cohorts(time.Time{}).Segments[""][signals.FactorWeChat]
	if len(d.Values) != 2 || d.Size() != 1000 {
		t.Fatalf("1000 deals within a hundredth are %d values of %d deals", len(d.Values), d.Size())
	}
	if below, equal := d.Place(3.0049); below != 0 || equal != 500 {
		t.Errorf("3.0049 has %d below and %d beside it", below, equal)
	}
	older := scorer.Distribution{Values: []float64{3.001, 3.002}, UpTo: []int{1, 2}}
	if below, equal := older.Place(3.002); below != 1 || equal != 1 {
		t.Errorf("an earlier counting has %d below and %d beside 3.002", below, equal)
	}
}
