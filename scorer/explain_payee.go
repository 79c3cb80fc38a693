package scorer

import (
	"slices"

	"dealvitals/signals"
)

// ForPayee is the explanation as somebody may read it who is paid for the deal. Who decided
// what is told apart from it. To a payee who is not the deal's owner the owner's contact
// with the customer is told by its band alone: the rest, and the health that it could be
// computed from, are the owner's statistics.
func (x Explanation) ForPayee(owner bool) Explanation {
	x.Freeze = nil
	if owner {
		return x
	}
	x.Health, x.Summary = nil, x.Pattern
	x.Factors = slices.Clone(x.Factors)
	for i, f := range x.Factors {
		if f.Factor == signals.FactorWeChat {
			x.Factors[i] = bandOnly(f, x.Lang)
		}
	}
	x.WayOut = slices.DeleteFunc(slices.Clone(x.WayOut), func(c Change) bool { return c.Factor == signals.FactorWeChat })
	return x
}

// bandOnly leaves of a factor what the diagnosis says of it anyway.
func bandOnly(f FactorExplanation, lang string) FactorExplanation {
	return FactorExplanation{
		Factor: f.Factor, Name: f.Name, Status: f.Status, Band: f.Band, Trend: TrendUnknown, From: f.From, To: f.To,
		Sentence: f.Name + sentence{"：", ": "}.in(lang) + standing(FactorScore{Status: f.Status, Band: f.Band}, lang) + sentence{"。", "."}.in(lang),
		Facts:    []Fact{}, Signals: []SignalExplanation{},
	}
}
