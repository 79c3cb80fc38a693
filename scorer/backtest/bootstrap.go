package backtest

import (
	"math/rand/v2"
	"slices"
)

const (
	resamples = 1000
	// seed makes the same cases give the same intervals each time. Any number would do.
	seed = 20261124
)

// figure is a number that may be undefined.
type figure struct {
	value float64
	ok    bool
}

// figureOf takes what a function returned.
func figureOf(value float64, ok bool) figure { return figure{value, ok} }

// bootstrap estimates figures with percentile intervals: cases are drawn anew with
// replacement, as often as there are, and the figures vary as they would in other samples
// (Efron 1979). of computes them of cases that count as often as their weights say, nil
// meaning once each; all figures see the same draws.
func bootstrap(n int, confidence float64, of func(weights []int) []figure) []Estimate {
	figures := of(nil)
	estimates, drawn := make([]Estimate, len(figures)), make([][]float64, len(figures))
	for i, f := range figures {
		if f.ok {
			estimates[i].Value = rounded(f.value)
		}
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	weights := make([]int, n)
	for range resamples {
		draw(random, weights)
		for i, f := range of(weights) {
			if f.ok && estimates[i].Value != nil {
				drawn[i] = append(drawn[i], f.value)
			}
		}
	}
	for i, values := range drawn {
		estimates[i].Low, estimates[i].High = percentiles(values, confidence)
	}
	return estimates
}

func draw(random *rand.Rand, weights []int) {
	clear(weights)
	for range weights {
		weights[random.IntN(len(weights))]++
	}
}

// percentiles cuts both ends off. Where a figure is undefined in many draws, its uncertainty
// cannot be told.
func percentiles(values []float64, confidence float64) (low, high *float64) {
	if len(values) < resamples*9/10 {
		return nil, nil
	}
	slices.Sort(values)
	tail := int((1 - confidence) / 2 * float64(len(values)))
	return rounded(values[tail]), rounded(values[len(values)-1-tail])
}
