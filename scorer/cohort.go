package scorer

import (
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
)

// Scale is what a factor's number is scored by.
type Scale string

const (
	ScaleCurve      Scale = "curve"      // the factor's curve, the same for all deals
	ScalePercentile Scale = "percentile" // the place among the deals of the same segment
)

// Cohorts is how the measures of all deals were distributed when they were counted, by
// segment ("" for deals of none) and factor. It is kept as it was counted, and scores made
// by it name it, so that the same question gives the same answer next year.
type Cohorts struct {
	PolicyVersion int                                        `json:"policy_version"`
	TakenAt       time.Time                                  `json:"taken_at"` // from when on it holds; set by the store
	Segments      map[string]map[signals.Factor]Distribution `json:"segments"`
}

// Distribution is the numbers that deals have: Values ascending, and behind each how many
// deals have at most that number.
type Distribution struct {
	Values []float64 `json:"values"`
	UpTo   []int     `json:"up_to"`

	// Rounded says that numbers were rounded to hundredths, and are before they are compared:
	// WeChat's are as good as never the same, and a line for each of 100 000 deals a day fills
	// a disk. What was counted before there was rounding is compared as it was counted.
	Rounded bool `json:"rounded,omitempty"`
}

// Size is how many deals there are.
func (d Distribution) Size() int {
	if len(d.UpTo) == 0 {
		return 0
	}
	return d.UpTo[len(d.UpTo)-1]
}

// Place is how many deals have less than a number, and how many have just that.
func (d Distribution) Place(value float64) (below, equal int) {
	if d.Rounded {
		value = round2(value)
	}
	i, found := slices.BinarySearch(d.Values, value)
	if i > 0 {
		below = d.UpTo[i-1]
	}
	if found {
		equal = d.UpTo[i] - below
	}
	return below, equal
}

// percentile is the share of deals with less, in percent, those with the same number taken
// half: so where all have the same, all are in the middle, and nobody is low.
func (d Distribution) percentile(value float64) float64 {
	below, equal := d.Place(value)
	return round2(100 * (float64(below) + float64(equal)/2) / float64(d.Size()))
}

// NeedsCohorts tells whether the policy scores anything by percentile.
func (p Policy) NeedsCohorts() bool {
	for _, f := range p.Factors {
		if f.Scale == ScalePercentile {
			return true
		}
	}
	for _, s := range p.Segments {
		for _, o := range s.Factors {
			if o.Scale != nil && *o.Scale == ScalePercentile {
				return true
			}
		}
	}
	return false
}

// WithCohorts is the policy with the cohorts that it compares deals with.
func (p Policy) WithCohorts(c *Cohorts) Policy {
	p.cohorts = c
	return p
}

// Cohorts is what the policy compares deals with, nil where nothing was counted yet.
func (p Policy) Cohorts() *Cohorts { return p.cohorts }

// cohort is the deals that a factor's number is compared with.
func (p Policy) cohort(f signals.Factor) Distribution {
	if p.cohorts == nil {
		return Distribution{}
	}
	return p.cohorts.Segments[p.segment][f]
}

// Census counts the measures of deals for the cohorts of a policy. The order in which deals
// are added does not matter.
type Census struct {
	version int
	counted map[string]map[signals.Factor]bool // by segment, what is scored by percentile
	counts  map[string]map[signals.Factor]map[float64]int
}

// NewCensus begins one.
func NewCensus(p Policy) *Census {
	c := &Census{version: p.Version, counted: make(map[string]map[signals.Factor]bool), counts: make(map[string]map[signals.Factor]map[float64]int)}
	c.counted[""] = percentiles(p.In(""))
	for _, s := range p.Segments {
		c.counted[s.Name] = percentiles(p.In(s.Name))
	}
	return c
}

// percentiles is the factors that are scored by percentile.
func percentiles(p Policy) map[signals.Factor]bool {
	found := make(map[signals.Factor]bool)
	for f, factor := range p.Factors {
		found[f] = factor.Scale == ScalePercentile
	}
	return found
}

// Empty tells whether nothing was counted.
func (c *Census) Empty() bool { return len(c.counts) == 0 }

// Sample is what a census counts of one deal.
type Sample struct {
	segment string
	values  map[signals.Factor]float64
}

// SampleOf takes from a deal's assessment the numbers that may be compared with others:
// those that are ok, are no lower bounds, and did not fall unseen.
func SampleOf(a Assessment) Sample {
	s := Sample{segment: a.Evaluation.Segment, values: make(map[signals.Factor]float64, len(a.Measures))}
	for f, m := range a.Measures {
		faded := m.Then != nil && m.Value != nil && *m.Then > *m.Value
		if m.Status == signals.StatusOK && m.Value != nil && !m.AtLeast && !faded {
			s.values[f] = *m.Value
		}
	}
	return s
}

// Add counts a deal.
func (c *Census) Add(s Sample) {
	for f, value := range s.values {
		if !c.counted[s.segment][f] {
			continue
		}
		of := c.counts[s.segment]
		if of == nil {
			of = make(map[signals.Factor]map[float64]int)
			c.counts[s.segment] = of
		}
		if of[f] == nil {
			of[f] = make(map[float64]int)
		}
		of[f][round2(value)]++
	}
}

// Cohorts is what was counted.
func (c *Census) Cohorts(at time.Time) Cohorts {
	cohorts := Cohorts{
		PolicyVersion: c.version, TakenAt: at,
		Segments: make(map[string]map[signals.Factor]Distribution, len(c.counts)),
	}
	for segment, factors := range c.counts {
		of := make(map[signals.Factor]Distribution, len(factors))
		for f, counts := range factors {
			of[f] = distribution(counts)
		}
		cohorts.Segments[segment] = of
	}
	return cohorts
}

func distribution(counts map[float64]int) Distribution {
	d := Distribution{Values: slices.Sorted(maps.Keys(counts)), UpTo: make([]int, 0, len(counts)), Rounded: true}
	sum := 0
	for _, value := range d.Values {
		sum += counts[value]
		d.UpTo = append(d.UpTo, sum)
	}
	return d
}
