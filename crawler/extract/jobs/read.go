// Package jobs reads the postings of hiring pages.
package jobs

import (
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Read finds the postings of a page, or says why it has none.
func Read(d *page.Document, reading signals.Reading) page.Result {
	if o, why, told := outcome.Of(d); told {
		return page.Result{Outcome: o, Why: why, Charset: d.Charset}
	}
	return page.Result{Outcome: signals.OutcomeNotRelevant, Why: "no list of jobs was recognised", Charset: d.Charset}
}
