package signals

import "time"

// Direction tells who wrote: in = the customer's contact, out = our sales person.
type Direction string

const (
	DirectionIn  Direction = "in"
	DirectionOut Direction = "out"
)

// Interaction is one message or call between a sales person and a contact. Its text
// is never kept: keywords are counted where it comes in.
type Interaction struct {
	ID             string         `json:"id"` // the source's message id, else a hash of its parts
	Source         string         `json:"source"`
	Time           time.Time      `json:"time"`
	DealID         string         `json:"deal_id,omitempty"`
	ContactID      string         `json:"contact_id"`
	Owner          string         `json:"owner,omitempty"` // the sales person, where the source tells
	Direction      Direction      `json:"direction"`
	Kind           string         `json:"kind"`              // text, voice, call, image, file, emotion, …
	Length         int            `json:"length,omitempty"`  // characters of a text
	Duration       Duration       `json:"duration,omitzero"` // of voice and calls
	Keywords       map[string]int `json:"keywords,omitempty"`
	KeywordVersion int            `json:"keyword_version,omitempty"`
	RecordedAt     time.Time      `json:"recorded_at"`
}

// Coverage says that a source would have shown messages of a contact, had there been
// any, from From to To. Silence counts only inside coverage.
type Coverage struct {
	Source     string       `json:"source"`
	DealID     string       `json:"deal_id,omitempty"` // empty = every deal of the contact
	ContactID  string       `json:"contact_id"`
	From       time.Time    `json:"from"`
	To         time.Time    `json:"to"`
	Word       CoverageWord `json:"word,omitempty"` // what else is said of a span of this source and deal
	RecordedAt time.Time    `json:"recorded_at"`
}

// Holds tells whether a message is one of the span: of its contact, at or after its beginning,
// before its end, and of no other deal.
func (c Coverage) Holds(i Interaction) bool {
	return i.ContactID == c.ContactID && !i.Time.Before(c.From) && i.Time.Before(c.To) &&
		(c.DealID == "" || i.DealID == "" || i.DealID == c.DealID)
}
