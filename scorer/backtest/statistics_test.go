package backtest_test

import (
	"math"
	"testing"

	"dealvitals/scorer/backtest"
)

func near(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 0.00006 {
		t.Errorf("%s is %v, want %v", what, shown(got), want)
	}
}

func shown(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

// The values are those of table I, method 3, in Newcombe 1998, Statistics in Medicine
// 17:857–872.
func TestWilsonGivesThePublishedIntervals(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		r := backtest.Wilson(c.hits, c.of, 0.95)
		near(t, "the lower end", r.Low, c.low)
		near(t, "the upper end", r.High, c.high)
	}
	if r := backtest.Wilson(0, 0, 0.95); r.Value != nil || r.Low != nil || r.High != nil {
		t.Errorf("a share of nothing is %v", r)
	}
}

// The values are those of table II, method 10, in Newcombe 1998, Statistics in Medicine
// 17:873–890.
func TestTheDifferenceGivesThePublishedIntervals(t *testing.T) {
	for _, c := range []struct {
		hits1, of1, hits2, of2 int
		low, high              float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {5, 56, 0, 29, -0.0381, 0.1926}, {0, 10, 0, 20, -0.1611, 0.2775},
	} {
		e := backtest.Difference(c.hits1, c.of1, c.hits2, c.of2, 0.95)
		near(t, "the lower end", e.Low, c.low)
		near(t, "the upper end", e.High, c.high)
	}
}

// The ratings of 109 CT images of Hanley and McNeil 1982, Radiology 143:29–36, table I: five
// grades, of 58 normal and 51 abnormal images. The area that they give is 0.893, its standard
// error 0.032.
func TestAUCGivesThePublishedArea(t *testing.T) {
	var cases []backtest.Case
	for grade, n := range [5][2]int{{33, 3}, {6, 2}, {6, 2}, {11, 11}, {2, 33}} {
		for kind, images := range n {
			for range images {
				cases = append(cases, scoredCase(len(cases), float64(20*grade), kind == 1))
			}
		}
	}
	auc, ok := backtest.AUC(cases)
	if !ok || math.Abs(auc-0.893) > 0.0005 {
		t.Errorf("the area is %v, want 0.893", auc)
	}
	r := backtest.Run(cases, backtest.Options{})
	whole := r.Test.Score.AUC // one instant is never cut, so all of them are the test
	if width := *whole.High - *whole.Low; width < 2*1.96*0.025 || width > 2*1.96*0.04 {
		t.Errorf("its interval is %v; the published standard error is 0.032", whole)
	}
}

// The ten forecasts of rain of Brier 1950, Monthly Weather Review 78:1–3, whose score over
// both classes is 0.19: half of it in the form used here.
func TestBrierGivesThePublishedScore(t *testing.T) {
	var cases []backtest.Case
	for i, percent := range []float64{70, 90, 80, 40, 20, 0, 0, 0, 0, 10} {
		cases = append(cases, scoredCase(i, percent, i == 1 || i == 2 || i == 3))
	}
	// All of them as one part: the same instant is never cut.
	r := backtest.Run(cases, backtest.Options{})
	near(t, "the Brier score", r.Test.Score.Brier.Value, 0.095)
	near(t, "the reference", r.Test.Score.Reference, 0.3*0.7)
	near(t, "the skill", r.Test.Score.Skill.Value, 1-0.095/0.21)
}

// scoredCase is a deal with a health, all of one day.
func scoredCase(n int, health float64, won bool) backtest.Case {
	return backtest.Case{ID: id(n), ScoredAt: day(0), ClosedAt: day(90), Won: won, Health: &health, Assessed: true}
}
