package scorer

import (
	"math"

	"dealvitals/signals"
)

// wayOut lists, for a deal in a pattern, each factor's nearest number at which it would be
// out of it, the others staying as they are.
func wayOut(e Evaluation, p Policy, lang string) []Change {
	changes := []Change{}
	if !oneOf(e.Diagnosis, Patterns()) {
		return changes
	}
	for _, f := range signals.Factors() {
		score := e.Factors.Of(f)
		to, found := nearest(*score.Band, f, p.Factors[f])
		if !found {
			continue
		}
		c := Change{Factor: f, From: *score.Value, To: to}
		c.Sentence = changeSentence(c, *score.Band, p.Factors[f], lang)
		changes = append(changes, c)
	}
	return changes
}

// nearest is the number at which a factor leaves its band: upwards from low, downwards from
// high. It is found by putting numbers through the curve, for what is shown as leaving has
// to leave.
func nearest(band Band, f signals.Factor, p FactorPolicy) (float64, bool) {
	step := 1.0
	if f == signals.FactorWeChat {
		step = 0.1
	}
	limit := p.Low
	if band == BandHigh {
		limit = p.High
	}
	around, found := valueFor(p.Curve, limit)
	if !found {
		return 0, false
	}
	value := math.Ceil(around/step-1e-9) * step
	if band == BandLow {
		for p.bandOf(scoreOf(p.Curve, value)) == BandLow {
			value += step
		}
		return tidy(value), true
	}
	for value >= 0 && p.bandOf(scoreOf(p.Curve, value)) == BandHigh {
		value -= step
	}
	return tidy(value), value >= 0
}

// tidy takes away what binary fractions add.
func tidy(x float64) float64 { return math.Round(x*1000) / 1000 }
