package signals

// TenderRules are the settings of the tender measure.
type TenderRules struct {
	WindowDays     int
	StaleAfterDays int // a newest complete run older than this is no measurement any more
}
