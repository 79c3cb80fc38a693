package backtest

import "math"

// Confidence is that of every interval, unless the report says otherwise.
const Confidence = 0.95

// Ratio is a share with its Wilson score interval. Value, Low and High are nil where there
// is nothing to take a share of.
type Ratio struct {
	Hits  int      `json:"hits"`
	Of    int      `json:"of"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// Estimate is a figure with its interval. All three are nil where the figure is not defined,
// Low and High where its uncertainty cannot be told.
type Estimate struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// Wilson is a share with its score interval (Wilson 1927), without continuity correction. It
// holds up where shares are near 0 or 1 and numbers are small; see Newcombe 1998, Statistics
// in Medicine 17:857–872, method 3.
func Wilson(hits, of int, confidence float64) Ratio {
	r := Ratio{Hits: hits, Of: of}
	if of == 0 {
		return r
	}
	n, p, z := float64(of), float64(hits)/float64(of), quantile(confidence)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	r.Value, r.Low, r.High = rounded(p), rounded(max(0, middle-half)), rounded(min(1, middle+half))
	return r
}

// Difference is how much larger the first share is than the second, with Newcombe's hybrid
// score interval (1998, Statistics in Medicine 17:873–890, method 10).
func Difference(hits1, of1, hits2, of2 int, confidence float64) Estimate {
	if of1 == 0 || of2 == 0 {
		return Estimate{}
	}
	a, b := Wilson(hits1, of1, confidence), Wilson(hits2, of2, confidence)
	p1, p2 := float64(hits1)/float64(of1), float64(hits2)/float64(of2)
	d := p1 - p2
	return Estimate{
		Value: rounded(d),
		Low:   rounded(d - math.Hypot(p1-*a.Low, *b.High-p2)),
		High:  rounded(d + math.Hypot(*a.High-p1, p2-*b.Low)),
	}
}

// quantile is how many standard deviations to each side hold a share of the normal
// distribution: 1.96 for 0.95.
func quantile(confidence float64) float64 { return math.Sqrt2 * math.Erfinv(confidence) }

// rounded is x with six decimals: enough for any reader, and the same on every machine.
func rounded(x float64) *float64 {
	x = math.Round(x*1e6) / 1e6
	if x == 0 {
		x = 0 // no minus sign
	}
	return &x
}
