package signals

// TenderReachDays is how far back a complete run of a tender site has seen its list, or an
// unbroken row of runs before the first of them.
const TenderReachDays = 90

// TenderLongestDays is the longest window that a policy may have for tenders.
const TenderLongestDays = 366

// TenderRules are the settings of the tender measure.
type TenderRules struct {
	WindowDays     int
	StaleAfterDays int // a newest complete run older than this is no measurement any more
}
