package collect

import (
	"fmt"
	"time"
)

// Report tells what became of a feed.
type Report struct {
	Source   Source         `json:"source"`
	Messages int            `json:"messages"` // lines that were messages
	New      int            `json:"new"`      // interactions; one message may concern several deals
	Known    int            `json:"known"`
	Skipped  map[string]int `json:"skipped"` // messages that were not kept, by reason
	Unmapped []string       `json:"unmapped"`
	Bad      []BadLine      `json:"bad"`
	Position Position       `json:"position"`
	Spans    int            `json:"spans"`                 // of coverage that were added
	Hole     *Hole          `json:"not_covered,omitempty"` // what could not be had any more
	Doubts   []Doubt        `json:"doubts,omitempty"`      // days on which the statistics disagree, or do so no more
	Deals    []string       `json:"-"`                     // touched
}

// BadLine is a line that could not be read. It holds nothing of the line.
type BadLine struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// Hole is a span of which messages may be missing.
type Hole struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	Why  string    `json:"why"`
}

// Why messages may be missing.
const (
	holeReach  = "beyond_reach"    // the pause was longer than WeCom lets messages be pulled
	holeUnread = "unreadable_line" // nobody knows what it said
	holeNoPage = "no_page"         // the feed did not say after which message it begins
)

// Why a message was not kept.
const (
	skipInternal = "internal"      // nobody from outside in it
	skipConsent  = "no_consent"    // the customer did not agree to be archived
	skipContact  = "unmapped"      // nobody's key contact, or without a deal
	skipOwner    = "not_the_owner" // not a chat with a deal's sales person
	skipSameName = "same_name"     // with a member who has the name of a deal's sales person, as another member has
	skipRoom     = "room"          // in a group chat: not said by a key contact
	skipEvent    = "event"         // consents and switches, said by nobody
	skipRobot    = "robot"         // written by a robot
	skipErased   = "erased"        // asked to be left out
	skipFuture   = "not_yet"       // of a time that has not come
)

// PagesMissingError is a page that does not follow what is here. The bridge has to send
// again from where we are.
type PagesMissingError struct{ Position Position }

func (e *PagesMissingError) Error() string {
	return fmt.Sprintf("pages are missing before this one: send those after seq %d, cursor %q", e.Position.Seq, e.Position.Cursor)
}
