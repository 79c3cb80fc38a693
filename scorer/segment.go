package scorer

import (
	"maps"
	"slices"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Segment is the deals for which some settings differ. Of the segments that match a deal
// the first in the policy's order holds, alone; what it does not override is as in the
// policy itself.
type Segment struct {
	Name     string                            `json:"name"`
	Match    SegmentMatch                      `json:"match"`
	Factors  map[signals.Factor]FactorOverride `json:"factors,omitempty"`
	Patterns map[Diagnosis]PatternPolicy       `json:"patterns,omitempty"`
}

// SegmentMatch says which deals a segment is of: those that have one of the values in each
// list that is not empty. Width, case and blanks do not matter.
type SegmentMatch struct {
	Industry    []string `json:"industry,omitempty"`     // of the customer
	Region      []string `json:"region,omitempty"`       // of the deal, or of the customer where the deal has none
	ProductLine []string `json:"product_line,omitempty"` // of the deal
	Size        []string `json:"size,omitempty"`         // of the customer
	Stage       []string `json:"stage,omitempty"`        // of the deal
}

// FactorOverride is what differs of a factor. What is nil stays.
type FactorOverride struct {
	WindowDays     *int     `json:"window_days,omitempty"`
	StaleAfterDays *int     `json:"stale_after_days,omitempty"`
	Curve          []Point  `json:"curve,omitempty"`
	High           *float64 `json:"high,omitempty"`
	Low            *float64 `json:"low,omitempty"`
	Weight         *float64 `json:"weight,omitempty"`
	Scale          *Scale   `json:"scale,omitempty"`
	MinCohort      *int     `json:"min_cohort,omitempty"`
}

// For is the policy as it holds for a deal: with the overrides of its segment, and without
// any segments. Asked again, it stays as it is.
func (p Policy) For(deal signals.Deal, customer signals.Customer) Policy {
	for _, s := range p.Segments {
		if s.Match.holds(deal, customer) {
			return p.overridden(s)
		}
	}
	p.Segments = nil
	return p
}

// In is the policy as it holds in the segment of that name; its own settings where there is
// none.
func (p Policy) In(segment string) Policy {
	for _, s := range p.Segments {
		if s.Name == segment {
			return p.overridden(s)
		}
	}
	p.Segments = nil
	return p
}

// Segment is the name of the segment that the policy was asked for, "" for none.
func (p Policy) Segment() string { return p.segment }

func (p Policy) overridden(s Segment) Policy {
	p.segment, p.Segments = s.Name, nil
	if len(s.Factors) > 0 {
		p.Factors = maps.Clone(p.Factors)
		for f, o := range s.Factors {
			p.Factors[f] = o.over(p.Factors[f])
		}
	}
	if len(s.Patterns) > 0 {
		p.Patterns = maps.Clone(p.Patterns)
		maps.Copy(p.Patterns, s.Patterns)
	}
	return p
}

func (o FactorOverride) over(f FactorPolicy) FactorPolicy {
	override(&f.WindowDays, o.WindowDays)
	override(&f.StaleAfterDays, o.StaleAfterDays)
	override(&f.High, o.High)
	override(&f.Low, o.Low)
	override(&f.Weight, o.Weight)
	override(&f.Scale, o.Scale)
	override(&f.MinCohort, o.MinCohort)
	if o.Curve != nil {
		f.Curve = o.Curve
	}
	return f
}

func override[T any](value *T, by *T) {
	if by != nil {
		*value = *by
	}
}

func (m SegmentMatch) holds(deal signals.Deal, customer signals.Customer) bool {
	region := deal.Region
	if region == "" {
		region = customer.Region
	}
	return among(m.Industry, customer.Industry) && among(m.Region, region) &&
		among(m.ProductLine, deal.ProductLine) && among(m.Size, customer.Size) && among(m.Stage, deal.Stage)
}

// among tells whether a list has a value. An empty list asks for nothing; a value that is
// missing is in none.
func among(list []string, value string) bool {
	if len(list) == 0 || slices.Contains(list, value) {
		return true
	}
	if value == "" {
		return false
	}
	folded := fold.Letters(value)
	return slices.ContainsFunc(list, func(wanted string) bool { return fold.Letters(wanted) == folded })
}

// LeastStaleAfterDays is the least number of days after which a factor's measure is stale
// for any deal.
func (p Policy) LeastStaleAfterDays(f signals.Factor) int {
	least := p.Factors[f].StaleAfterDays
	for _, s := range p.Segments {
		if days := s.Factors[f].StaleAfterDays; days != nil {
			least = min(least, *days)
		}
	}
	return least
}
