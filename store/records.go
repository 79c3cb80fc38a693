package store

import (
	"encoding/json"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// RunCommit is all that a run brought. It is kept whole or not at all.
type RunCommit struct {
	Run      signals.Run
	Postings signals.Postings
	Notices  []signals.Notice
	Sighted  []string // ids of records on pages that were unchanged: seen again
	Evidence []signals.Evidence
	Pages    []signals.PageState
	Matches  []signals.NoticeMatch
	// Unread are the notices whose own pages were not read, as the run leaves them;
	// DetailsRead the ids of those that are not among them any more.
	Unread      []signals.UnreadDetail
	DetailsRead []string
	Searched    []string  // customers for whom a search target was asked to the end
	At          time.Time // from when on it is known
}

// Committed says what was new in a run.
type Committed struct {
	NewPostings []string `json:"new_postings,omitempty"`
	NewNotices  []string `json:"new_notices,omitempty"`
	Customers   []string `json:"customers,omitempty"` // whose signals changed
}

// Verdict is a deal's evaluation with the decision that it led to. Either may be nil.
type Verdict struct {
	Evaluation *scorer.Evaluation
	Decision   *scorer.Decision
	DealID     string
	After      uint64 // Seq of the deal's newest decision that Decision was made upon, 0 for none
}

// Changes says by id what writing a batch of records did, each list in the batch's order.
type Changes struct {
	Created, Updated, Unchanged []string
}

// Key is an API key. Its secret is not kept.
type Key struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Role      string    `json:"role"`
	Subject   string    `json:"subject,omitempty"` // of a payee's key: whose deals it shows
	Hash      string    `json:"hash"`              // sha256 of the secret, hex
	CreatedAt time.Time `json:"created_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

// Reply is the answer that a request with an Idempotency-Key got.
type Reply struct {
	Status      int               `json:"status"`
	Header      map[string]string `json:"header,omitempty"`
	Body        []byte            `json:"body,omitempty"`
	RequestHash string            `json:"request_hash"`
	At          time.Time         `json:"at"`
}

// Added says what was new in a batch of interactions.
type Added struct {
	New      int
	Known    int
	Unmapped int      // of the new ones, those whose deal or contact is not there yet
	Deals    []string // whose WeChat measure the batch may move, sorted
}

// StatedSpan is a span of coverage with how many messages its source says that it has.
type StatedSpan struct {
	signals.Coverage
	Messages int
}

// Covered is what became of spans.
type Covered struct {
	New   int
	Open  []OpenSpan // that cover nothing yet
	Deals []string   // whose WeChat measure they may move, sorted
}

// OpenSpan is a span of which messages are still to come.
type OpenSpan struct {
	Index  int `json:"index"`  // among the spans of the request, from 0
	Stated int `json:"stated"` // messages that the source says the span has
	Kept   int `json:"kept"`   // messages that are here
}

// Pending is a match that waits for a person.
type Pending struct {
	Notice signals.Notice
	Match  signals.NoticeMatch
}

// Cursor is the place of p in the list of matches to review: ask for those after it.
func (p Pending) Cursor() string {
	return p.Match.TargetID + "\x00" + p.Match.NoticeID + "\x00" + p.Match.CustomerID
}

// AuditEntry is one line of the audit log. Hash is the SHA-256 of the previous entry's
// hash (32 bytes, zeros before the first) followed by the entry's JSON without "hash".
type AuditEntry struct {
	Seq     uint64          `json:"seq"` // from 1 without gaps
	At      time.Time       `json:"at"`
	Actor   string          `json:"actor"`
	Action  string          `json:"action"`
	Subject string          `json:"subject"`
	Details json.RawMessage `json:"details,omitempty"`
	Prev    string          `json:"prev"` // hex
	Hash    string          `json:"hash,omitempty"`
}
