package backtest

import (
	"cmp"
	"slices"
)

// Score is how good the health is at telling won from lost deals, and how far health ÷ 100
// is the probability of winning.
type Score struct {
	Deals       int       `json:"deals"` // those that had a health
	AUC         Estimate  `json:"auc"`
	Brier       Estimate  `json:"brier"`
	BaseRate    *float64  `json:"base_rate"`                    // share won that the reference forecasts for every deal
	Reference   *float64  `json:"reference"`                    // Brier score of that forecast
	Skill       Estimate  `json:"skill"`                        // 1 − Brier ÷ reference
	Readjusted  *Estimate `json:"readjusted,omitempty"`         // skill after the health was mapped to shares won as the training part has them
	Reliability []Bin     `json:"reliability"`                  // by tenths of the health; empty tenths are left out
	Ranking     Verdict   `json:"ranking"`                      // AUC against 0.5
	Probability Verdict   `json:"probability"`                  // skill against 0
	Mapped      *Verdict  `json:"readjusted_verdict,omitempty"` // readjusted skill against 0
}

// Bin is the deals with a health in [From, To), the last bin with 100 too.
type Bin struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Mean float64 `json:"mean"` // of their health
	Won  Ratio   `json:"won"`
}

// bins is how many equal parts 0–100 is cut into.
const bins = 10

// scored is a deal that had a health.
type scored struct {
	health float64 // 0–100
	won    bool
}

func scoredOf(cases []Case) []scored {
	var list []scored
	for _, c := range cases {
		if c.Health != nil {
			list = append(list, scored{*c.Health, c.Won})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(a.health, b.health) })
	return list
}

// scoreOf measures the health. What it is held against is the forecast that every deal is won
// with the same probability: the share won of the training part, or of these deals themselves
// where there is none. mapping is nil where the training part gives none.
func scoreOf(cases []Case, training *float64, mapping *isotonic, confidence float64) Score {
	list := scoredOf(cases)
	s := Score{Deals: len(list), Reliability: reliability(list, confidence), Ranking: TooFew, Probability: TooFew}
	won := 0
	for _, d := range list {
		if d.won {
			won++
		}
	}
	if len(list) == 0 {
		return s
	}
	base := float64(won) / float64(len(list))
	if training != nil {
		base = *training
	}
	raw := misses(list, func(d scored) float64 { return d.health / 100 })
	flat := misses(list, func(scored) float64 { return base })
	mapped := flat
	if mapping != nil {
		mapped = misses(list, func(d scored) float64 { return mapping.at(d.health) })
	}
	e := bootstrap(len(list), confidence, func(w []int) []figure {
		return []figure{figureOf(auc(list, w)), figureOf(mean(raw, w)), skill(raw, flat, w), skill(mapped, flat, w)}
	})
	s.AUC, s.Brier, s.Skill = e[0], e[1], e[2]
	s.BaseRate = rounded(base)
	reference, _ := mean(flat, nil)
	s.Reference = rounded(reference)
	enough := won >= fewest && len(list)-won >= fewest
	if enough {
		s.Ranking, s.Probability = verdictOn(s.AUC, 0.5), verdictOn(s.Skill, 0)
	}
	if mapping != nil {
		verdict := TooFew
		if enough {
			verdict = verdictOn(e[3], 0)
		}
		s.Readjusted, s.Mapped = &e[3], &verdict
	}
	return s
}

// auc is the share of pairs of a won and a lost deal in which the won one has the higher
// health, equal ones counting half (Hanley and McNeil 1982). The list is sorted by health.
func auc(list []scored, weights []int) (float64, bool) {
	var below, won, pairs float64 // lost deals with less health; all won; pairs that are in order
	for i := 0; i < len(list); {
		var w, l float64
		j := i
		for ; j < len(list) && list[j].health == list[i].health; j++ {
			if list[j].won {
				w += weightOf(weights, j)
			} else {
				l += weightOf(weights, j)
			}
		}
		pairs += w * (below + l/2)
		below, won = below+l, won+w
		i = j
	}
	return share(pairs, won*below)
}

// AUC is the share of pairs of a won and a lost deal that their health puts in order.
func AUC(cases []Case) (float64, bool) { return auc(scoredOf(cases), nil) }

// misses is the squared distances between a probability and what came. Their mean is the
// Brier score (Brier 1950, in the half form that is usual today: 0 is perfect, 0.25 what a
// coin gives).
func misses(list []scored, probability func(scored) float64) []float64 {
	squares := make([]float64, len(list))
	for i, d := range list {
		miss := probability(d)
		if d.won {
			miss--
		}
		squares[i] = miss * miss
	}
	return squares
}

func mean(values []float64, weights []int) (float64, bool) {
	var sum, all float64
	for i, x := range values {
		w := weightOf(weights, i)
		sum, all = sum+w*x, all+w
	}
	return share(sum, all)
}

// skill is the part of the reference's Brier score that a forecast saves.
func skill(mine, theirs []float64, weights []int) figure {
	a, some := mean(mine, weights)
	b, _ := mean(theirs, weights)
	if !some || b == 0 {
		return figure{}
	}
	return figure{1 - a/b, true}
}

func weightOf(weights []int, i int) float64 {
	if weights == nil {
		return 1
	}
	return float64(weights[i])
}

// reliability tells of each tenth of the health how many were won.
func reliability(list []scored, confidence float64) []Bin {
	table := []Bin{}
	const width = 100.0 / bins
	for b, i := 0, 0; b < bins; b++ {
		from, to := float64(b)*width, float64(b+1)*width
		n, won, sum := 0, 0, 0.0
		for ; i < len(list) && (list[i].health < to || b == bins-1); i++ {
			n, sum = n+1, sum+list[i].health
			if list[i].won {
				won++
			}
		}
		if n > 0 {
			table = append(table, Bin{From: from, To: to, Mean: *rounded(sum / float64(n)), Won: Wilson(won, n, confidence)})
		}
	}
	return table
}
