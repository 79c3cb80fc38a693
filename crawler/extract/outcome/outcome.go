// Package outcome tells pages that are no answer: captchas and firewalls, login walls,
// pages that are not there, and shells that only a browser fills.
package outcome

import (
	"fmt"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Of tells what the page itself says of why it is no answer, false where it says nothing.
func Of(d *page.Document) (signals.Outcome, string, bool) {
	return ofStatus(d)
}

func ofStatus(d *page.Document) (signals.Outcome, string, bool) {
	code := d.Status()
	why := fmt.Sprintf("HTTP status %d", code)
	switch {
	case code == 404 || code == 410:
		return signals.OutcomeNotFound, why, true
	case code == 429 || code == 403:
		return signals.OutcomeBlocked, why, true
	case code == 401:
		return signals.OutcomeLogin, why, true
	case code >= 500:
		return signals.OutcomeUnreachable, why, true
	}
	return "", "", false
}
