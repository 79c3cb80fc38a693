package crawler

import (
	"fmt"
	"net/http"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// sober holds a result against the page's status.
func sober(r extract.Result, status int) extract.Result {
	if status >= 400 || status == http.StatusNotModified {
		return byStatus(r, status)
	}
	if r.Instead != nil {
		r.Outcome = signals.OutcomeOK // it was read, and told where the list is
		return r
	}
	if r.Outcome == signals.OutcomeOK && len(r.Postings)+len(r.Notices) == 0 {
		r.Outcome = signals.OutcomeNotRelevant
	}
	return r
}

// byStatus is the outcome of an error page: what the readers told by its text, where
// they did, else what its status says.
func byStatus(r extract.Result, status int) extract.Result {
	told := r.Outcome
	r.Postings, r.Notices, r.Next, r.Instead = nil, nil, nil, nil
	switch {
	case told == signals.OutcomeBlocked || told == signals.OutcomeLogin:
		return r
	case status == http.StatusNotFound || status == http.StatusGone:
		r.Outcome = signals.OutcomeNotFound
	case status == http.StatusUnauthorized || status == http.StatusProxyAuthRequired:
		r.Outcome = signals.OutcomeLogin
	case status == http.StatusForbidden || status == http.StatusTooManyRequests:
		r.Outcome = signals.OutcomeBlocked
	case status >= 500 || status == http.StatusRequestTimeout:
		r.Outcome = signals.OutcomeUnreachable
	case told.Measurement():
		r.Outcome = signals.OutcomeNotRelevant
	}
	r.Why = fmt.Sprintf("HTTP status %d %s", status, http.StatusText(status))
	return r
}

// problemOf says in words why a page is no measurement.
func problemOf(r extract.Result) string {
	if r.Outcome.Measurement() {
		return ""
	}
	sentence := map[signals.Outcome]string{
		signals.OutcomeBlocked:     "the site keeps programs out",
		signals.OutcomeLogin:       "it is behind a login",
		signals.OutcomeNotFound:    "there is no such page any more: look for its new address",
		signals.OutcomeScriptShell: "its content is made by scripts in a browser: let this target be rendered (reading.render: browser, needs Chromium), or make the address that the scripts load the list from the target",
		signals.OutcomeNotRelevant: "no list was recognised on it: has the site changed?",
		signals.OutcomeUnreachable: "the site is in trouble",
	}[r.Outcome]
	switch {
	case sentence == "":
		return r.Why
	case r.Why == "":
		return sentence
	}
	return sentence + " (" + r.Why + ")"
}
