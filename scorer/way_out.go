package scorer

import (
	"math"
	"slices"
	"sort"

	"dealvitals/signals"
)

// wayOut lists, for a deal in a pattern, each factor's nearest number at which it would be
// out of it, the others and what it is compared with staying as they are. The low factor
// comes first: that it rises is what the pattern asks for. A number that is a lower bound is
// no way out downwards: it would be unknown then, which changes nothing.
func wayOut(a Assessment, p Policy, lang string) []Change {
	e, changes := a.Evaluation, []Change{}
	if !oneOf(e.Diagnosis, Patterns()) {
		return changes
	}
	for _, f := range signals.Factors() {
		score, r := e.Factors.Of(f), p.ruler(f)
		if a.Measures[f].AtLeast {
			continue
		}
		to, found := nearest(*score.Value, *score.Band, r, stepOf(f))
		if !found {
			continue
		}
		c := Change{Factor: f, From: *score.Value, To: to}
		c.Sentence = changeSentence(c, *score.Band, r, lang)
		if *score.Band == BandLow {
			changes = slices.Insert(changes, 0, c)
		} else {
			changes = append(changes, c)
		}
	}
	return changes
}

// stepOf is the least by which a factor's number is told to change: a job, a project, a
// tenth of heat.
func stepOf(f signals.Factor) float64 {
	if f == signals.FactorWeChat {
		return 0.1
	}
	return 1
}

// nearest is the first whole step at which a number leaves its band: upwards from low,
// downwards from high. Scores do not fall where numbers rise, so it is found by halving;
// and by the score itself, for what is shown as leaving has to leave.
func nearest(from float64, band Band, r ruler, step float64) (float64, bool) {
	at := func(n int) float64 { return tidy(float64(n) * step) }
	if band == BandLow {
		first := int(math.Floor(from/step)) + 1
		last := max(first, int(math.Ceil(r.top()/step)))
		n := first + sort.Search(last-first, func(i int) bool { return r.band(at(first+i)) != BandLow })
		return at(n), r.band(at(n)) != BandLow
	}
	last := int(math.Ceil(from/step)) - 1
	n := sort.Search(last+1, func(i int) bool { return r.band(at(i)) == BandHigh }) - 1
	return at(max(n, 0)), n >= 0
}

// tidy takes away what binary fractions add.
func tidy(x float64) float64 { return math.Round(x*1000) / 1000 }
