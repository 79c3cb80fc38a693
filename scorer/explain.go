package scorer

import (
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
)

// Explain tells why a deal stands as it does, in zh or en (any other language: en), from
// the same numbers as its score.
func Explain(a Assessment, h signals.History, p Policy, lang string) Explanation {
	if lang != LangZH {
		lang = LangEN
	}
	e := a.Evaluation
	p = p.For(h.Deal, h.Customer)
	x := Explanation{
		Lang: lang, DealID: e.DealID, DealName: h.Deal.Name, Customer: h.Customer.Name,
		AsOf: e.AsOf, PolicyVersion: e.PolicyVersion, Diagnosis: e.Diagnosis,
		Pattern: diagnosisSentences[e.Diagnosis].in(lang),
		Health:  e.Health, Coverage: e.Coverage,
		WayOut: wayOut(a, p, lang), Caveats: caveats(a, lang), Rules: rules(e, p, lang),
		Segment: e.Segment, CohortAt: e.CohortAt,
	}
	for _, f := range signals.Factors() {
		x.Factors = append(x.Factors, explainFactor(f, a.Measures[f], e, p.ruler(f), lang))
	}
	x.Summary = summary(e, lang)
	return x
}

// WithFreeze adds where the commission stands, from a deal's decisions, oldest first.
func (x Explanation) WithFreeze(decisions []Decision, asOf time.Time) Explanation {
	newest, found := newestAt(decisions, asOf)
	view := StateAt(decisions, asOf)
	f := &FreezeExplanation{
		State: view.State, Disputed: view.Disputed, Reason: view.Reason, ReasonText: ReasonText(view.Reason, x.Lang),
		Since: view.Since, Until: view.Until, AnswerBy: view.AnswerBy, DecisionID: view.DecisionID, Possible: possible(newest, asOf),
	}
	if found && !lapsed(newest, asOf) {
		f.Note, f.Actor, f.Reviewer, f.ReviewBy = newest.Note, newest.Actor, newest.Reviewer, newest.ReviewBy
		x.Caveats = append(slices.Clip(x.Caveats), standingWord(newest, x.Lang)...)
		x.Caveats = append(x.Caveats, decidedThen(newest, x.Diagnosis, x.Lang)...)
	}
	f.Sentence = freezeSentence(*f, x.Lang)
	x.Freeze = f
	return x
}

func explainFactor(f signals.Factor, m signals.Measure, e Evaluation, r ruler, lang string) FactorExplanation {
	score := e.Factors.Of(f)
	x := FactorExplanation{
		Factor: f, Name: factorNames[f].in(lang), Status: score.Status,
		Reason: score.Reason, ReasonText: ReasonText(score.Reason, lang), Facts: factsOf(m.Reason.Facts, lang),
		Value: score.Value, Score: score.Score, Band: score.Band, Previous: score.Previous,
		Trend: trendOf(score), From: e.AsOf.AddDate(0, 0, -r.WindowDays), To: e.AsOf, MeasuredAt: score.MeasuredAt,
		Signals: make([]SignalExplanation, 0, len(m.Signals)),
	}
	if score.Value != nil {
		x.Curve, x.Cohort = placeOn(r.FactorPolicy, *score.Value), r.place(*score.Value)
	}
	for _, s := range m.Signals {
		x.Signals = append(x.Signals, SignalExplanation{
			Kind: s.Kind, TargetID: s.TargetID, ID: s.ID, Title: s.Title, URL: s.URL, Date: s.Date, Evidence: s.Evidence,
			Counted: s.Counted, Why: s.Why.Code, WhyText: ReasonText(s.Why.Code, lang), Facts: factsOf(s.Why.Facts, lang),
		})
	}
	x.Sentence = factorSentence(x, r.FactorPolicy, lang)
	return x
}

func factsOf(facts map[string]string, lang string) []Fact {
	list := make([]Fact, 0, len(facts))
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		list = append(list, factOf(name, facts[name], lang))
	}
	return list
}

func trendOf(f FactorScore) Trend {
	switch {
	case f.Value == nil || f.Previous == nil:
		return TrendUnknown
	case *f.Value > *f.Previous:
		return TrendUp
	case *f.Value < *f.Previous:
		return TrendDown
	}
	return TrendSteady
}

// place is where a number lies among those it is compared with; nil where the policy asks
// for no comparison.
func (r ruler) place(value float64) *CohortPlace {
	if r.scale == "" {
		return nil
	}
	below, equal := r.cohort.Place(value)
	return &CohortPlace{Scale: r.scale, Size: r.cohort.Size(), Min: r.MinCohort, Below: below, Equal: equal}
}

// placeOn finds the two corners between which a value lies; beyond an end both are that end.
func placeOn(p FactorPolicy, value float64) *CurvePlace {
	place := &CurvePlace{Below: p.Curve[0], Above: p.Curve[0], High: p.High, Low: p.Low}
	for _, point := range p.Curve {
		if point.Value >= value {
			place.Above = point
			return place
		}
		place.Below, place.Above = point, point
	}
	return place
}
