package backtest

// Report is a back-test. The figures to go by are those of Test: nothing was chosen with a
// view to these deals.
type Report struct {
	Confidence float64     `json:"confidence"` // of every interval but those of segments
	Split      Split       `json:"split"`
	Skipped    []Skipped   `json:"skipped"`
	Features   []string    `json:"features,omitempty"`  // the columns that the score was learnt from
	FlagRule   *Setting    `json:"flag_rule,omitempty"` // where the flag is not a policy's
	Test       Part        `json:"test"`
	Train      Part        `json:"train"`
	Segments   []Segment   `json:"segments"`       // of the test part
	Small      int         `json:"small_segments"` // too few deals for figures of their own
	Tried      int         `json:"tried"`          // settings that the search compared
	Suggestion *Suggestion `json:"suggestion"`     // null where none is surer than the flags as they are
	Answer     Verdict     `json:"answer"`         // is the flag better than the base rate, in the test part?
}

// Options say what is to be measured besides the figures of the cases as they are.
type Options struct {
	Features   []string    // learn the score from Case.Features, whose names these are
	Candidates []Candidate // settings to search among; none: bounds of the health
	// Rule flags the cases; nil leaves the flags as they are, unless Searched is set.
	Rule     *Candidate
	Searched bool // the cases have no flag: take the rule that the search finds
}

// Run makes a back-test of cases. It changes their order, nothing else of them.
func Run(cases []Case, o Options) Report {
	r := Report{Confidence: Confidence, Features: o.Features}
	cases, skipped := ordered(cases)
	r.Skipped = append([]Skipped{}, skipped...)
	var train, test []Case
	train, test, r.Split = split(cases)
	from := learnFrom(train)
	if len(o.Features) > 0 {
		model := learnModel(train, len(o.Features))
		train, test = model.score(train), model.score(test)
		from.mapping = nil // the health is a probability learnt from the same part already
	}
	candidates := o.Candidates
	if candidates == nil {
		candidates = belows(train)
	}
	rule := o.Rule
	if rule != nil {
		train, test = rejudged(train, *rule), rejudged(test, *rule)
	}
	r.Tried = len(candidates)
	suggestion, found := suggest(train, test, candidates, rule != nil || !o.Searched)
	r.Suggestion = suggestion
	if o.Searched && rule == nil && found != nil {
		rule = found
		train, test = rejudged(train, *rule), rejudged(test, *rule)
	}
	if rule != nil {
		r.FlagRule = &rule.Setting
	}
	own := from
	own.won, own.mapping = nil, nil // of itself it can only be told what it is
	r.Train, r.Test = partOf(train, own, Confidence), partOf(test, from, Confidence)
	r.Segments, r.Small = segmentsOf(test, from, Confidence)
	r.Answer = r.Test.Flag.Verdict
	return r
}
