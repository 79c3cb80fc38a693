package scorer

import "math"

// scoreOf puts a number through the curve: straight lines between its points, flat beyond
// its ends. Scores have two decimals, and bands are read from them as they are shown.
func scoreOf(curve []Point, value float64) float64 {
	if value <= curve[0].Value {
		return round2(curve[0].Score)
	}
	for i := 1; i < len(curve); i++ {
		a, b := curve[i-1], curve[i]
		if value <= b.Value {
			return round2(a.Score + (b.Score-a.Score)*(value-a.Value)/(b.Value-a.Value))
		}
	}
	return round2(curve[len(curve)-1].Score)
}

// bandOf reads a score coarsely.
func (p FactorPolicy) bandOf(score float64) Band {
	switch {
	case score >= p.High:
		return BandHigh
	case score < p.Low:
		return BandLow
	}
	return BandMid
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
