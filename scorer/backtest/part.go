package backtest

import (
	"maps"
	"slices"

	"dealvitals/scorer"
)

// Part is every figure of some deals.
type Part struct {
	Deals      int         `json:"deals"`
	Lost       Ratio       `json:"lost"`       // lost or cancelled: the base rate
	Unassessed Ratio       `json:"unassessed"` // lost, of the deals that could not be flagged, for not all three factors were known
	Flag       Flag        `json:"flag"`
	Diagnoses  []Diagnosed `json:"diagnoses"`
	Score      Score       `json:"score"`
	Forecasts  []Forecast  `json:"forecasts"`
}

// Diagnosed is what became of the deals with one diagnosis.
type Diagnosed struct {
	Diagnosis scorer.Diagnosis `json:"diagnosis"`
	Lost      Ratio            `json:"lost"`
}

// Segment is the figures of one owner, region or product line. Its intervals are wider than
// the others: of many segments looked at together, some would stand out by chance.
type Segment struct {
	By         string  `json:"by"` // owner, region or product_line
	Name       string  `json:"name"`
	Confidence float64 `json:"confidence"`
	Part
}

// fewestInSegment is how many deals a segment needs for figures of its own.
const fewestInSegment = 30

// learnt is what the training part gives to the measuring of others.
type learnt struct {
	won     *float64           // share of deals
	yields  map[string]float64 // share of amounts, by currency
	mapping *isotonic
}

func learnFrom(train []Case) learnt {
	if len(train) < 5*fewest {
		return learnt{}
	}
	won := 0
	for _, c := range train {
		if c.Won {
			won++
		}
	}
	base := float64(won) / float64(len(train))
	return learnt{won: &base, yields: yieldsOf(train), mapping: learnIsotonic(train)}
}

func partOf(cases []Case, from learnt, confidence float64) Part {
	lost, blind, blindLost := 0, 0, 0
	for _, c := range cases {
		if !c.Won {
			lost++
		}
		if !c.Assessed {
			blind++
			if !c.Won {
				blindLost++
			}
		}
	}
	return Part{
		Deals: len(cases), Lost: Wilson(lost, len(cases), confidence), Unassessed: Wilson(blindLost, blind, confidence),
		Flag: flagOf(cases, confidence), Diagnoses: diagnosesOf(cases, confidence),
		Score:     scoreOf(cases, from.won, from.mapping, confidence),
		Forecasts: forecasts(cases, from.yields, confidence),
	}
}

func diagnosesOf(cases []Case, confidence float64) []Diagnosed {
	list := []Diagnosed{}
	for _, d := range []scorer.Diagnosis{
		scorer.ColdRelationship, scorer.TalkWithoutPurchase, scorer.ShrinkingBuyer, scorer.Healthy, scorer.Dormant, scorer.Mixed, scorer.Unknown,
	} {
		lost, all := 0, 0
		for _, c := range cases {
			if c.Diagnosis != d {
				continue
			}
			all++
			if !c.Won {
				lost++
			}
		}
		if all > 0 {
			list = append(list, Diagnosed{d, Wilson(lost, all, confidence)})
		}
	}
	return list
}

// segmentsOf measures every segment that is large enough, and counts the others.
func segmentsOf(cases []Case, from learnt, confidence float64) (list []Segment, small int) {
	type group struct {
		by, name string
		cases    []Case
	}
	var groups []group
	for _, dimension := range []struct {
		by string
		of func(Case) string
	}{
		{"owner", func(c Case) string { return c.Owner }},
		{"region", func(c Case) string { return c.Region }},
		{"product_line", func(c Case) string { return c.ProductLine }},
	} {
		members := make(map[string][]Case)
		for _, c := range cases {
			if name := dimension.of(c); name != "" {
				members[name] = append(members[name], c)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if len(members[name]) < fewestInSegment {
				small++
				continue
			}
			groups = append(groups, group{dimension.by, name, members[name]})
		}
	}
	// Bonferroni: with every one of them at this confidence, all together keep that asked for.
	confidence = 1 - (1-confidence)/float64(max(1, len(groups)))
	list = []Segment{}
	for _, g := range groups {
		list = append(list, Segment{By: g.by, Name: g.name, Confidence: *rounded(confidence), Part: partOf(g.cases, from, confidence)})
	}
	return list, small
}
