package backtest

// Matrix is the confusion matrix of the flag. What the flag says is "this deal will not be
// won": a flagged deal that was lost is a hit, a flagged deal that was won a false alarm.
type Matrix struct {
	FlaggedLost   int `json:"flagged_lost"`
	FlaggedWon    int `json:"flagged_won"`
	UnflaggedLost int `json:"unflagged_lost"`
	UnflaggedWon  int `json:"unflagged_won"`
}

func (m Matrix) flagged() int   { return m.FlaggedLost + m.FlaggedWon }
func (m Matrix) unflagged() int { return m.UnflaggedLost + m.UnflaggedWon }
func (m Matrix) lost() int      { return m.FlaggedLost + m.UnflaggedLost }
func (m Matrix) won() int       { return m.FlaggedWon + m.UnflaggedWon }
func (m Matrix) all() int       { return m.lost() + m.won() }

// Flag is how good the flag is, among the deals that could have been flagged.
type Flag struct {
	Matrix      Matrix   `json:"matrix"`
	BaseRate    Ratio    `json:"base_rate"`    // of all these deals, those that were lost
	Precision   Ratio    `json:"precision"`    // of the flagged, those that were lost
	Recall      Ratio    `json:"recall"`       // of the lost, those that were flagged
	FalseAlarms Ratio    `json:"false_alarms"` // of the won, those that were flagged
	F1          Estimate `json:"f1"`
	Lift        Estimate `json:"lift"`       // precision by base rate
	Difference  Estimate `json:"difference"` // share lost of the flagged minus that of the others
	Verdict     Verdict  `json:"verdict"`
}

// flagOf measures a flag. Whether it is better than the base rate is read from the difference
// between flagged and other deals, not from whether two intervals touch: the flagged are a
// part of all, and such intervals overlap even where the difference is beyond doubt.
func flagOf(cases []Case, confidence float64) Flag {
	var able []Case
	for _, c := range cases {
		if c.Assessed {
			able = append(able, c)
		}
	}
	kinds := kindsOf(able)
	m := kinds.matrix(nil)
	f := Flag{
		Matrix: m, BaseRate: Wilson(m.lost(), m.all(), confidence), Precision: Wilson(m.FlaggedLost, m.flagged(), confidence),
		Recall: Wilson(m.FlaggedLost, m.lost(), confidence), FalseAlarms: Wilson(m.FlaggedWon, m.won(), confidence),
		Difference: Difference(m.FlaggedLost, m.flagged(), m.UnflaggedLost, m.unflagged(), confidence),
		Verdict:    TooFew,
	}
	e := bootstrap(len(able), confidence, func(weights []int) []figure {
		m := kinds.matrix(weights)
		return []figure{figureOf(m.f1()), figureOf(m.lift())}
	})
	f.F1, f.Lift = e[0], e[1]
	if m.flagged() >= fewest && m.unflagged() >= fewest && m.lost() > 0 && m.won() > 0 {
		f.Verdict = verdictOn(f.Difference, 0)
	}
	return f
}

// kinds is in which cell of the matrix each case stands.
type kinds []uint8

const (
	kindWon     = 1
	kindFlagged = 2
)

func kindsOf(cases []Case) kinds {
	list := make(kinds, len(cases))
	for i, c := range cases {
		if c.Won {
			list[i] |= kindWon
		}
		if c.Flagged {
			list[i] |= kindFlagged
		}
	}
	return list
}

// matrix counts cases, each as often as its weight says; without weights, once.
func (k kinds) matrix(weights []int) Matrix {
	var n [4]int
	if weights == nil {
		for _, kind := range k {
			n[kind]++
		}
	}
	for i, w := range weights {
		n[k[i]] += w
	}
	return Matrix{FlaggedLost: n[kindFlagged], FlaggedWon: n[kindFlagged|kindWon], UnflaggedLost: n[0], UnflaggedWon: n[kindWon]}
}

// f1 is the harmonic mean of precision and recall.
func (m Matrix) f1() (float64, bool) {
	return share(float64(2*m.FlaggedLost), float64(2*m.FlaggedLost+m.FlaggedWon+m.UnflaggedLost))
}

func (m Matrix) lift() (float64, bool) {
	precision, some := share(float64(m.FlaggedLost), float64(m.flagged()))
	base, any := share(float64(m.lost()), float64(m.all()))
	if !some || !any || base == 0 {
		return 0, false
	}
	return precision / base, true
}

func share(part, whole float64) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return part / whole, true
}
