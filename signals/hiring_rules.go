package signals

import "time"

// HiringRules are the settings of the hiring measure.
type HiringRules struct {
	WindowDays     int
	StaleAfterDays int // a newest complete run older than this is no measurement any more
}

// repostWithin is how long after its last sight a job that shows up under a new id is
// still the same job (DESIGN §4, "Hiring").
const repostWithin = 14 * 24 * time.Hour

// The reasons of the hiring measure's status. A site's own trouble is told by the name of
// its outcome: blocked, unreachable, script_shell, …
const (
	ReasonMeasured    = "measured"      // ok, from every source
	ReasonPartial     = "partial"       // ok, but some sources fail: a lower bound
	ReasonNoTarget    = "no_target"     // no page to look at is configured
	ReasonPaused      = "paused"        // an administrator paused every target
	ReasonNeverRun    = "never_run"     // configured, but not crawled yet
	ReasonDrifted     = "drifted"       // the site has changed
	ReasonFell        = "fell"          // the list became much shorter: doubtful until it stayed so for a whole window
	ReasonFullPage    = "full_page"     // ok, but the one page read has just as many jobs as pages commonly have: a lower bound
	ReasonNeverAny    = "never_any"     // ok, but no target ever showed a job: a lower bound
	ReasonDoubles     = "doubles"       // ok, but jobs came whose title and place was there already: a lower bound
	ReasonUnsteady    = "unsteady"      // the page shows another choice of its jobs at each visit
	ReasonIncomplete  = "incomplete"    // no run ever reached the end of the list
	ReasonNoRecentRun = "no_recent_run" // the newest complete run is too old
	ReasonFadedUnseen = "faded_unseen"  // low only because the window moved on while nobody looked
	ReasonWarmingUp   = "warming_up"    // observed for too short a time to tell new from old
)

// Why a posting counts or not.
const (
	WhyPublished     = "published"      // counts: the page states a date in the window
	WhyFirstSeen     = "first_seen"     // counts: not there in an earlier complete run
	WhyRepost        = "repost"         // the same title and place was seen shortly before
	WhyDuplicate     = "duplicate"      // the same title and place counts already
	WhyBaseline      = "baseline"       // there when the target was first crawled
	WhyUpdatedOnly   = "updated_only"   // there at the first crawl; its date in the window is only of an update
	WhyOutsideWindow = "outside_window" // opened before the window
	WhyBoundBefore   = "bound_before"   // opened before the window by the page's word ("30+ days ago")
)
