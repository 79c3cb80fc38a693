package signals

import "time"

// Progress is how far a run under way has come.
type Progress struct {
	RunID   string    `json:"run_id"`
	Pages   int       `json:"pages"`
	Items   int       `json:"items"`
	URL     string    `json:"url,omitempty"`     // the page read last
	Outcome Outcome   `json:"outcome,omitempty"` // of that page
	Next    string    `json:"next,omitempty"`    // the page that is asked for
	Since   time.Time `json:"since"`
}
