package scorer

import "dealvitals/signals"

// ruler turns a factor's number into its score and band.
type ruler struct {
	FactorPolicy
	cohort Distribution // of a factor scored by percentile
	scale  Scale        // what it is scored by in fact; "" where the policy asks for nothing but its curve
}

// ruler is how the policy scores a factor. Where fewer deals than the policy asks for can be
// compared with, that is by the curve.
func (p Policy) ruler(f signals.Factor) ruler {
	r := ruler{FactorPolicy: p.Factors[f]}
	if r.Scale != ScalePercentile {
		return r
	}
	r.cohort, r.scale = p.cohort(f), ScalePercentile
	if r.cohort.Size() < max(r.MinCohort, 1) {
		r.scale = ScaleCurve
	}
	return r
}

// score puts a number on the ruler. It does not fall where the number rises.
func (r ruler) score(value float64) float64 {
	if r.scale == ScalePercentile {
		return r.cohort.percentile(value)
	}
	return scoreOf(r.Curve, value)
}

func (r ruler) band(value float64) Band { return r.bandOf(r.score(value)) }

// top is a number from which on the score rises no more.
func (r ruler) top() float64 {
	if r.scale == ScalePercentile {
		return r.cohort.Values[len(r.cohort.Values)-1] + 1
	}
	return r.Curve[len(r.Curve)-1].Value
}
