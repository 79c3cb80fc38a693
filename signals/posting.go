package signals

import (
	"iter"
	"slices"
	"time"
)

// DateBasis tells what a date that a hiring page states means.
type DateBasis string

const (
	DatePublished DateBasis = "published" // the day the posting was opened
	DateUpdated   DateBasis = "updated"   // refreshed or changed then: no opening date
	DateBound     DateBasis = "bound"     // opened then or earlier ("30+ days ago")
)

// Posting is a job on a hiring page.
type Posting struct {
	TargetID   string    `json:"target_id"`
	CustomerID string    `json:"customer_id"`
	ID         string    `json:"id"` // the site's own id, else one made of link or title and place
	Title      string    `json:"title"`
	Place      string    `json:"location,omitempty"`
	URL        string    `json:"url,omitempty"`
	Posted     *Date     `json:"posted,omitempty"` // as stated
	Basis      DateBasis `json:"basis,omitempty"`  // what Posted means; empty without Posted
	Headcount  int       `json:"headcount,omitempty"`
	Evidence   string    `json:"evidence"` // hash of the page that first showed it

	// Seen lists the spans of complete observation in which the posting was there, oldest
	// first; a span ends when a complete run no longer saw it. What is written in Title,
	// Place, Posted and URL is what the first sight said: a page that changes a date
	// later does not move an opening.
	Seen []Span `json:"seen"`
}

// Postings is a series of postings that may be ranged over more than once. Those of a run are
// unpacked one by one, so whoever needs them all at a time collects them. Nil is none.
type Postings iter.Seq[Posting]

// PostingsOf is the series of a list.
func PostingsOf(list ...Posting) Postings { return Postings(slices.Values(list)) }

// All is what to range over.
func (s Postings) All() iter.Seq[Posting] {
	if s == nil {
		return func(func(Posting) bool) {}
	}
	return iter.Seq[Posting](s)
}

// Span is from the start of the first run that saw a posting to the start of the last one.
type Span struct {
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	// ClosedAt is when a complete run found it gone; zero while it is open.
	ClosedAt time.Time `json:"closed_at,omitzero"`
}
