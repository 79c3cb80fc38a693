package signals

import "time"

// Run is one crawl of one target.
type Run struct {
	ID         string    `json:"id"` // ULID
	TargetID   string    `json:"target_id"`
	Trigger    string    `json:"trigger"` // schedule, catch_up, manual, resumed
	StartedAt  time.Time `json:"started_at"`
	FinishedAt time.Time `json:"finished_at,omitzero"` // zero while in progress

	// Outcome is the worst of the pages': the first that is no measurement, else ok, or
	// empty where the list said so.
	Outcome Outcome `json:"outcome,omitempty"`
	// Complete is true when pagination ended by itself and every page was a measurement.
	// Only a complete run may close a posting that it no longer saw.
	Complete bool `json:"complete"`
	// Drifted is true when earlier complete runs gave items and this one gave none
	// without the page saying so.
	Drifted bool `json:"drifted,omitempty"`
	// AllDated is true when every posting of the run states its publication date.
	AllDated bool `json:"all_dated,omitempty"`
	// Truncated says why a run that read only measurements is still not complete: it is one
	// of "page_limit", "time_limit", "loop", "cap", "gap", "more", "one_page", "feed", "silent".
	Truncated string `json:"truncated,omitempty"`

	// Reaches is the first day of which a complete run of a tender site showed everything; nil
	// where its list went back over the days that count, or to what earlier runs had read.
	Reaches *Date `json:"reaches,omitempty"`

	// Unread says how many notices of a tender site lack their details, also those that
	// earlier runs left behind; nil where none does.
	Unread *Unread `json:"unread,omitempty"`

	// List names the list that the run read (Target.ListKey). Stated is true when the list
	// states how many records it has, and all were read. OnePage is true when the list of a
	// hiring target was read whole from one page that says nothing of how long it is.
	List    string `json:"list,omitempty"`
	Stated  bool   `json:"stated,omitempty"`
	OnePage bool   `json:"one_page,omitempty"`

	Extractor string    `json:"extractor,omitempty"`
	Pages     []RunPage `json:"pages,omitempty"`
	Items     int       `json:"items"` // distinct records read
	New       int       `json:"new"`   // of those, seen for the first time
	Problem   string    `json:"problem,omitempty"`
}

// RunPage is one page that a run fetched.
type RunPage struct {
	URL        string   `json:"url"`
	Outcome    Outcome  `json:"outcome"`
	StatusCode int      `json:"status_code,omitempty"`
	Items      int      `json:"items"`
	Evidence   string   `json:"evidence,omitempty"` // content hash
	Unchanged  bool     `json:"unchanged,omitempty"`
	Took       Duration `json:"took"`
	Problem    string   `json:"problem,omitempty"`
}

// TargetState is what the administrator sees of a target.
type TargetState string

const (
	TargetActive  TargetState = "active"
	TargetWarming TargetState = "warming"
	TargetDrifted TargetState = "drifted"
	TargetFailing TargetState = "failing"
	TargetPaused  TargetState = "paused"
)

// Evidence is the captured response behind a signal. Its bytes are kept apart,
// under Hash.
type Evidence struct {
	Hash        string    `json:"hash"` // sha256 of the body as received after content decoding, lower-case hex
	URL         string    `json:"url"`
	StatusCode  int       `json:"status_code"`
	ContentType string    `json:"content_type,omitempty"`
	CapturedAt  time.Time `json:"captured_at"`
	Size        int64     `json:"size"`
	// Where the record is kept: WARC file name below the evidence folder, and offset
	// and length of its compressed record.
	File   string `json:"file"`
	Offset int64  `json:"offset"`
	Length int64  `json:"length"`
}
