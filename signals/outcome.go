package signals

// Outcome is what a fetched page, and the run that fetched it, ended in: exactly
// one of the constants below (DESIGN §4, "Outcomes").
type Outcome string

const (
	OutcomeOK           Outcome = "ok"            // read, with records
	OutcomeEmpty        Outcome = "empty"         // the page itself says that there is nothing
	OutcomeBlocked      Outcome = "blocked"       // captcha, WAF or rate-limit page, whatever its status code
	OutcomeLogin        Outcome = "login"         // behind a login
	OutcomeNotFound     Outcome = "not_found"     // 404, 410, and pages that say so with status 200
	OutcomeScriptShell  Outcome = "script_shell"  // the content needs a browser, or is opaque or encrypted
	OutcomeNotRelevant  Outcome = "not_relevant"  // read, but no list of the wanted kind recognised
	OutcomeRobotsDenied Outcome = "robots_denied" // robots.txt forbids it, or cannot be had now (RFC 9309 §2.3.1.4)
	OutcomeUnreachable  Outcome = "unreachable"   // DNS, TLS, time-out, 5xx after retries
	OutcomeTooLarge     Outcome = "too_large"     // body, ratio or header limit passed
	OutcomeLoop         Outcome = "loop"          // redirects or pagination in a circle
	OutcomeUnsafe       Outcome = "unsafe"        // an address that may not be fetched
)

// Outcomes lists every outcome, in the order of the documentation.
func Outcomes() []Outcome {
	return []Outcome{
		OutcomeOK, OutcomeEmpty, OutcomeBlocked, OutcomeLogin, OutcomeNotFound, OutcomeScriptShell,
		OutcomeNotRelevant, OutcomeRobotsDenied, OutcomeUnreachable, OutcomeTooLarge, OutcomeLoop, OutcomeUnsafe,
	}
}

// Measurement tells whether a page with this outcome says anything about the
// customer. Only ok and empty do; every other outcome says something about the site.
func (o Outcome) Measurement() bool { return o == OutcomeOK || o == OutcomeEmpty }

func (o Outcome) String() string { return string(o) }
