package scorer

import (
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/signals/match"
)

// Assessment is a deal's evaluation with the measures that it was made from.
type Assessment struct {
	Evaluation Evaluation
	Measures   map[signals.Factor]signals.Measure
}

// Assess measures and scores a deal as of an instant, from what was known then.
func Assess(h signals.History, p Policy, asOf time.Time) Assessment {
	p = p.For(h.Deal, h.Customer)
	measures := map[signals.Factor]signals.Measure{
		signals.FactorHiring: signals.MeasureHiring(h.Hiring, p.hiringRules(), asOf),
		signals.FactorTender: measureTender(h, p, asOf),
		signals.FactorWeChat: signals.MeasureWeChat(h.WeChat, p.weChatRules(), asOf),
	}
	return Assessment{Evaluation: Evaluate(h.Deal.ID, measures, p, asOf), Measures: measures}
}

// measureTender doubts a count that may be low only because notices name the customer
// otherwise than its record does.
func measureTender(h signals.History, p Policy, asOf time.Time) signals.Measure {
	m := signals.MeasureTender(h.Tender, h.Deal, p.tenderRules(), asOf)
	if !h.Tender.Seen(asOf) && !match.Registered(h.Customer) {
		m.DoubtName()
	}
	return m
}

// Evaluate scores a deal from its three measures, by the policy as it holds for the deal.
func Evaluate(dealID string, measures map[signals.Factor]signals.Measure, p Policy, asOf time.Time) Evaluation {
	e := Evaluation{DealID: dealID, AsOf: asOf, PolicyVersion: p.Version, Segment: p.segment}
	e.Factors = FactorScores{
		Hiring: scoreFactor(measures[signals.FactorHiring], p.ruler(signals.FactorHiring)),
		Tender: scoreFactor(measures[signals.FactorTender], p.ruler(signals.FactorTender)),
		WeChat: scoreFactor(measures[signals.FactorWeChat], p.ruler(signals.FactorWeChat)),
	}
	e.CohortAt = p.cohortAt(e.Factors)
	e.Health, e.Coverage = blend(e.Factors, p)
	e.Diagnosis = diagnose(e.Factors)
	pattern := p.Patterns[e.Diagnosis]
	e.Flagged, e.Freezes = pattern.Flag, pattern.Freeze
	return e
}

// scoreFactor puts a measure on its factor's ruler. A lower bound can prove that a
// factor is high; whether it is low or mid nobody knows then (DESIGN §1: doubtful data is
// never low). Nor is it low when it was not at the newest sync or complete run, and only its
// window moved on since: what came in meanwhile nobody has seen.
func scoreFactor(m signals.Measure, r ruler) FactorScore {
	f := FactorScore{Status: m.Status, Previous: m.Previous, MeasuredAt: m.MeasuredAt, Reason: m.Reason.Code}
	if m.Status != signals.StatusOK {
		return f
	}
	if m.Value == nil || len(r.Curve) == 0 {
		f.Status = signals.StatusUnknown
		return f
	}
	score := r.score(*m.Value)
	band := r.bandOf(score)
	if m.AtLeast && band != BandHigh {
		f.Status = signals.StatusUnknown
		return f
	}
	if band == BandLow && m.Then != nil && r.band(*m.Then) != BandLow {
		f.Status, f.Reason = signals.StatusUnknown, signals.ReasonFadedUnseen
		return f
	}
	f.Value, f.Score, f.Band = m.Value, &score, &band
	f.Scale, f.CohortSize = r.scale, r.cohort.Size()
	return f
}

// cohortAt is when the cohorts were counted that any of the scores is of.
func (p Policy) cohortAt(scores FactorScores) *time.Time {
	for _, f := range signals.Factors() {
		if p.cohorts != nil && scores.Of(f).Scale != "" {
			return &p.cohorts.TakenAt
		}
	}
	return nil
}

// blend is the weighted mean of the scores that there are, and the share of all weight that
// they carry.
func blend(scores FactorScores, p Policy) (health *float64, coverage float64) {
	var sum, weight, all float64
	for _, f := range signals.Factors() {
		w := p.Factors[f].Weight
		all += w
		if score := scores.Of(f).Score; score != nil {
			sum += w * *score
			weight += w
		}
	}
	if weight == 0 {
		return nil, 0
	}
	mean := round2(sum / weight)
	return &mean, round2(weight / all)
}

// Of picks one of the three.
func (s FactorScores) Of(f signals.Factor) FactorScore {
	switch f {
	case signals.FactorHiring:
		return s.Hiring
	case signals.FactorTender:
		return s.Tender
	}
	return s.WeChat
}

// diagnose names the pattern of the three bands.
func diagnose(scores FactorScores) Diagnosis {
	high, low := 0, 0
	var weakest signals.Factor
	for _, f := range signals.Factors() {
		band := scores.Of(f).Band
		if band == nil {
			return Unknown
		}
		switch *band {
		case BandHigh:
			high++
		case BandLow:
			low++
			weakest = f
		}
	}
	switch {
	case high == 2 && low == 1:
		return falseProsperity(weakest)
	case high >= 2:
		return Healthy
	case low >= 2 && high == 0:
		return Dormant
	}
	return Mixed
}

// falseProsperity is the diagnosis of two highs and this low.
func falseProsperity(low signals.Factor) Diagnosis {
	switch low {
	case signals.FactorHiring:
		return ShrinkingBuyer
	case signals.FactorTender:
		return TalkWithoutPurchase
	}
	return ColdRelationship
}

// Evidence is the hashes of the pages behind the signals that count, sorted, each once.
func (a Assessment) Evidence() []string {
	var hashes []string
	for _, m := range a.Measures {
		for _, s := range m.Signals {
			if s.Counted && s.Evidence != "" {
				hashes = append(hashes, s.Evidence)
			}
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// HealthOf is the health document of a deal.
func HealthOf(deal signals.Deal, e Evaluation, freeze FreezeView) Health {
	return Health{
		DealID: deal.ID, CustomerID: deal.CustomerID, Owner: deal.Owner,
		Amount: deal.Amount.String(), Currency: deal.Currency,
		AsOf: e.AsOf, PolicyVersion: e.PolicyVersion,
		Health: e.Health, Coverage: e.Coverage, Factors: e.Factors, Diagnosis: e.Diagnosis, Freeze: freeze,
		Segment: e.Segment, CohortAt: e.CohortAt,
	}
}

func (p Policy) hiringRules() signals.HiringRules {
	f := p.Factors[signals.FactorHiring]
	return signals.HiringRules{WindowDays: f.WindowDays, StaleAfterDays: f.StaleAfterDays}
}

func (p Policy) tenderRules() signals.TenderRules {
	f := p.Factors[signals.FactorTender]
	return signals.TenderRules{WindowDays: f.WindowDays, StaleAfterDays: f.StaleAfterDays}
}

func (p Policy) weChatRules() signals.WeChatRules {
	f := p.Factors[signals.FactorWeChat]
	rules := p.WeChat
	rules.WindowDays, rules.StaleAfterDays = f.WindowDays, f.StaleAfterDays
	return rules
}
