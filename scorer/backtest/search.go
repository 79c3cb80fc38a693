package backtest

// Setting is what a search tries: the bounds of the bands, or a health below which deals are
// flagged.
type Setting struct {
	Low   *float64 `json:"low,omitempty"`   // score below which a factor is low
	High  *float64 `json:"high,omitempty"`  // score from which a factor is high
	Below *float64 `json:"below,omitempty"` // health below which a deal is flagged
}

// Candidate is a setting, and what it makes of a case.
type Candidate struct {
	Setting
	Judge func(Case) (flagged, assessed bool)
}

// Suggestion is the setting that did best in the training part, with what it did in the test
// part. Nothing applies it: a person puts it into a policy, or leaves it.
type Suggestion struct {
	Setting
	Train Flag `json:"train"` // too good by as much as the search could choose
	Test  Flag `json:"test"`  // what to expect
}

// suggest looks for the setting whose flagged deals were lost most surely in the training
// part: the one with the highest lower end of its precision. That weighs how few they are, and
// asks for few false alarms rather than for many hits. A setting must flag so many that enough
// of them can be expected in the test part. Where none does, or none is surer than the flags
// that the cases have, it returns nil.
func suggest(train, test []Case, candidates []Candidate, flagged bool) (*Suggestion, *Candidate) {
	expected := fewest * len(train) / max(1, len(test)) * 3 / 2 // half as many again, for it varies
	surest := func(m Matrix) (low float64, enough bool) {
		least := max(fewest, expected, m.all()/50)
		if m.flagged() < least || m.unflagged() < least {
			return 0, false
		}
		return *Wilson(m.FlaggedLost, m.flagged(), Confidence).Low, true
	}
	best, bestLow, bestFlagged := -1, 0.0, 0
	if flagged {
		bestLow, _ = surest(kindsOf(judged(train, asFlagged())).matrix(nil))
	}
	for i, c := range candidates {
		m := kindsOf(judged(train, c)).matrix(nil)
		low, enough := surest(m)
		if enough && (low > bestLow || low == bestLow && best >= 0 && m.flagged() > bestFlagged) {
			best, bestLow, bestFlagged = i, low, m.flagged()
		}
	}
	if best < 0 {
		return nil, nil
	}
	found := candidates[best]
	return &Suggestion{Setting: found.Setting, Train: flagOf(judged(train, found), Confidence), Test: flagOf(judged(test, found), Confidence)}, &found
}

// asFlagged judges cases as they are.
func asFlagged() Candidate {
	return Candidate{Judge: func(c Case) (bool, bool) { return c.Flagged, c.Assessed }}
}

// judged is the cases that a setting can judge, flagged as it flags.
func judged(cases []Case, c Candidate) []Case {
	list := make([]Case, 0, len(cases))
	for _, one := range cases {
		if one.Flagged, one.Assessed = c.Judge(one); one.Assessed {
			list = append(list, one)
		}
	}
	return list
}

// rejudged is all cases, flagged as a setting flags.
func rejudged(cases []Case, c Candidate) []Case {
	list := make([]Case, len(cases))
	for i, one := range cases {
		one.Flagged, one.Assessed = c.Judge(one)
		list[i] = one
	}
	return list
}

// Below flags deals with a health below a bound.
func Below(bound float64) Candidate {
	return Candidate{Setting: Setting{Below: &bound}, Judge: func(c Case) (bool, bool) {
		return c.Health != nil && *c.Health < bound, c.Health != nil
	}}
}

// belows are the bounds that a search tries: every twentieth of the deals.
func belows(train []Case) []Candidate {
	list := scoredOf(train)
	var candidates []Candidate
	const parts = 20
	last := -1.0
	for i := 1; i < parts && len(list) > 0; i++ {
		bound := *rounded(list[i*len(list)/parts].health)
		if bound > last {
			candidates, last = append(candidates, Below(bound)), bound
		}
	}
	return candidates
}
