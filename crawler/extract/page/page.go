// Package page holds what every reader of captured pages shares: the page as it was
// captured, the document that it decodes to, and the result that it yields. Package
// extract names the same types for its callers; readers (jobs, notices) import this
// package, so that none of them needs to import extract.
package page

import (
	"time"

	"dealvitals/signals"
)

// Page is one captured response.
type Page struct {
	URL         string
	ContentType string // as the header says, "" when unknown
	RobotsTag   string // what X-Robots-Tag says, its lines joined by commas
	StatusCode  int    // 0 when unknown: taken as 200
	Body        []byte // after content decoding (gzip and the like), before charset decoding
	At          time.Time
	// At is when the page was captured: "3 days ago" counts from it. When it is zero,
	// dates that need it are not read.
}

// Form is what kind of page it is.
type Form string

const (
	FormList   Form = "list"
	FormDetail Form = "detail"
	FormAPI    Form = "api"
	FormFeed   Form = "feed"
)

// Request is a request that a page leads to.
type Request struct {
	URL         string `json:"url"`
	Method      string `json:"method,omitempty"` // GET unless given
	Body        string `json:"body,omitempty"`
	ContentType string `json:"content_type,omitempty"`
}

// Result is what one page yields.
type Result struct {
	Outcome   signals.Outcome
	Why       string // for people: what the outcome was told by
	Form      Form
	Extractor string
	Charset   string
	Postings  []signals.Posting // without TargetID, CustomerID, Evidence and Seen
	Notices   []signals.Notice  // without TargetID, Evidence, FirstSeen and LastSeen
	// Text is how the page of one notice reads, at most 6 000 characters.
	Text string
	// Total is the number of records that the page itself states for the whole list,
	// nil where it states none or a cap ("500+").
	Total *int
	Next  *Request // the next page of the same list
	// More is what a control of the page says that loads the rest of the list, where Next is
	// nil: the list is only the beginning of one. "" where there is none.
	More string
	// Pager is what the page says by which its list has several pages, where neither Next nor
	// Total is known; "" where it says nothing of the kind.
	Pager string
	// Instead is set when the page only embeds a known system: read that instead.
	Instead *Request
	// Barred are those of the addresses above, Next to Notices, to which the page asks
	// crawlers not to go on.
	Barred []string
	// RunnersUp is what the other extractors would have found, best first.
	RunnersUp []RunnerUp
}

// RunnerUp is an extractor that was not chosen.
type RunnerUp struct {
	Extractor string `json:"extractor"`
	Count     int    `json:"count"`
	Why       string `json:"why,omitempty"`
}
