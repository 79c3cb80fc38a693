// Package outcome tells pages that are no answer: captchas and firewalls, login walls,
// pages that are not there, shells that only a browser fills, and pages that say that
// nothing is open.
//
// It judges a page on which no records were found: a captcha's script, a login form in a
// corner or a hidden "no jobs" on a page with records mean nothing.
package outcome

import (
	"fmt"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Of tells what the page itself says of why it is no answer, false where it says nothing.
func Of(d *page.Document) (signals.Outcome, string, bool) {
	s := look(d)
	if why, told := blocked(d, s); told {
		return signals.OutcomeBlocked, why, true
	}
	if o, why, told := ofStatus(d.Status()); told {
		return o, why, true
	}
	if d.Format != page.FormatHTML && d.Format != page.FormatText {
		return "", "", false
	}
	if why, told := missing(s); told {
		return signals.OutcomeNotFound, why, true
	}
	if why, told := login(d, s); told {
		return signals.OutcomeLogin, why, true
	}
	if why, told := shell(d, s); told {
		return signals.OutcomeScriptShell, why, true
	}
	return "", "", false
}

// ofStatus tells by the status code alone (RFC 9110 §15, RFC 6585 for 429).
func ofStatus(code int) (signals.Outcome, string, bool) {
	why := fmt.Sprintf("HTTP status %d", code)
	switch {
	case code == 404 || code == 410:
		return signals.OutcomeNotFound, why, true
	case code == 401 || code == 407:
		return signals.OutcomeLogin, why, true
	case code >= 500:
		return signals.OutcomeUnreachable, why, true
	case code >= 400:
		return signals.OutcomeBlocked, why, true
	}
	return "", "", false
}
