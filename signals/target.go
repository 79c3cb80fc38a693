package signals

import (
	"errors"
	"time"
)

// Kind is what a target is crawled for.
type Kind string

const (
	KindHiring Kind = "hiring"
	KindTender Kind = "tender"
)

// Target is one thing to crawl: a customer's hiring page, or a tender site that
// serves all customers.
type Target struct {
	ID         string `json:"id"`
	Kind       Kind   `json:"kind"`
	CustomerID string `json:"customer_id,omitempty"` // hiring targets have one; a tender site has none
	URL        string `json:"url"`
	Schedule   string `json:"schedule,omitempty"` // cron, five fields, optionally CRON_TZ=… before them; empty = default schedule
	Paused     bool   `json:"paused,omitempty"`
	Always     bool   `json:"always,omitempty"` // crawled at every planned time, also where nothing changes
	// ShowsAll is an administrator's word that a hiring page shows every open job of its
	// customer: he has looked. A page that is full, or that never had a job, is believed then.
	ShowsAll bool `json:"shows_all,omitempty"`
	// FallSeen is an administrator's word that a list which became much shorter is the whole
	// list; nil where nobody said so.
	FallSeen *FallSeen `json:"fall_seen,omitempty"`
	// Covers says whose purchases a tender site is known to show (see Target.CoversCustomer):
	// only of them does its silence say that they buy nothing.
	Covers     []string   `json:"covers,omitempty"`
	Reading    Reading    `json:"reading,omitzero"`
	Politeness Politeness `json:"politeness,omitzero"`
	RecordedAt time.Time  `json:"recorded_at"`
}

// CheckShowsAll says what is wrong with the word that a target shows all jobs.
func (t Target) CheckShowsAll() error {
	if t.ShowsAll && t.Kind == KindTender {
		return errors.New("only a hiring page shows all jobs; a tender site has covers")
	}
	return nil
}

// Reading says how a target's pages become records. Its zero value is automatic.
type Reading struct {
	Extractor string            `json:"extractor,omitempty"` // name of one extractor; empty = the best of all
	CSS       *CSSRules         `json:"css,omitempty"`
	JSON      *JSONRules        `json:"json,omitempty"`
	Method    string            `json:"method,omitempty"` // GET unless given
	Body      string            `json:"body,omitempty"`   // request body of a POST-paged list; {page} and {offset} are replaced
	Headers   map[string]string `json:"headers,omitempty"`
	// Secrets are cookies and API keys by name, sealed in the store. Where {secret:NAME}
	// stands in a header, the body or the query of the address, the request carries NAME.
	Secrets  map[string]string `json:"secrets,omitempty"`
	Render   string            `json:"render,omitempty"` // "browser" lets a script shell be rendered
	MaxPages int               `json:"max_pages,omitempty"`
}

// CSSRules names the parts of a record by CSS selectors. A part may end in
// "@attribute" to read an attribute instead of the text.
type CSSRules struct {
	Item   string            `json:"item"`            // selects each record
	Fields map[string]string `json:"fields"`          // field name as in probe's JSON (title, posted, …) → selector inside the record
	Next   string            `json:"next,omitempty"`  // selects the link to the next page
	Empty  string            `json:"empty,omitempty"` // when it selects something, the list is empty by the page's own word
}

// JSONRules names the parts of a record by paths of dot-separated keys; "*" or an
// index steps into an array.
type JSONRules struct {
	Items  string            `json:"items"` // path to the array of records; "" = the document itself
	Fields map[string]string `json:"fields"`
	Total  string            `json:"total,omitempty"`
	Next   string            `json:"next,omitempty"` // path to a next URL or cursor
	Link   string            `json:"link,omitempty"` // URL template of a record with {field} parts
}

// Politeness is how hard a target may be asked. Zero values mean the program's defaults.
type Politeness struct {
	Delay       Duration `json:"delay,omitzero"`        // between two requests to the host
	Concurrency int      `json:"concurrency,omitempty"` // requests to the host at a time
	// QuietHours are parts of the day in which nothing is asked, such as "08:30-18:00" or,
	// over midnight, "22:00-06:00".
	QuietHours []string `json:"quiet_hours,omitempty"`
	TimeZone   string   `json:"time_zone,omitempty"` // of the quiet hours; "" = Asia/Shanghai
}

// Duration is a time.Duration that is written as Go writes it: "1s", "500ms".
type Duration time.Duration

// MarshalText writes the duration as "1s".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration such as "1s".
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = Duration(parsed)
	return nil
}
