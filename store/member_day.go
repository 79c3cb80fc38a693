package store

import "dealvitals/signals"

// MemberDay is how many messages somebody of ours sent in chats of two with people outside on
// one day (Asia/Shanghai): numbers, and nobody's words.
type MemberDay struct {
	Member  string
	Day     signals.Date
	Stated  int  // by the vendor's final statistics
	Sent    int  // that a source showed us, kept or left out
	Doubted bool // the coverage of that source and day was taken back
}

// SentMessage is one message that a member sent. Of its id a hash is kept for some days, so
// that it counts once.
type SentMessage struct {
	Member string
	Day    signals.Date
	ID     string
}
