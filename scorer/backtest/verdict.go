package backtest

// Verdict says whether a figure can be told apart from what knowing nothing but the base
// rate would give.
type Verdict string

const (
	Better   Verdict = "better"    // the whole interval lies on the good side
	NoBetter Verdict = "no_better" // the interval holds the base rate: no better than it
	Worse    Verdict = "worse"     // the whole interval lies on the bad side
	TooFew   Verdict = "too_few"   // too few deals to tell anything
)

// fewest is how many deals of each kind there must be before a verdict is given. Below it
// the methods behind the intervals are not to be relied on.
const fewest = 10

// verdictOn reads an interval against the value of knowing nothing.
func verdictOn(e Estimate, nothing float64) Verdict {
	switch {
	case e.Low == nil || e.High == nil:
		return TooFew
	case *e.Low > nothing:
		return Better
	case *e.High < nothing:
		return Worse
	}
	return NoBetter
}
