package wecom

import "time"

// Words is what somebody wrote. It lives in memory only: printed, logged or encoded it
// shows that there was something, not what.
type Words string

// String hides the words from fmt and logs.
func (w Words) String() string {
	if w == "" {
		return ""
	}
	return "[words]"
}

// MarshalText hides the words from encoders.
func (w Words) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// GoString hides the words from %#v.
func (w Words) GoString() string { return w.String() }

// Party is somebody in a chat.
type Party struct {
	ID       string
	External bool
	Robot    bool
}

// Message is one message of an archive or zone.
type Message struct {
	ID         string
	Seq        uint64 // of the archive, 0 where it was not told
	KeyVersion int    // of the archive: which RSA key it was encrypted for, 0 unknown
	From       Party
	To         []Party
	Room       string // "" in a chat of two
	Time       time.Time
	Kind       string
	Words      Words
	Length     int // characters of a text
	Duration   time.Duration
	Rules      []string // ids of the rules of a zone that it hit, with repetition
	Revokes    string   // the id of the message that it takes back
	Event      bool     // something that happened, which nobody said: consents, switches
	Consent    *Consent
}

// Line is what one line of a feed says: a message, or a word of the bridge.
type Line struct {
	Message *Message
	Control *Control
}

// LineError is a line that cannot be read. It never holds a part of the line.
type LineError struct{ Why string }

func (e *LineError) Error() string { return e.Why }

func bad(why string) error { return &LineError{why} }
