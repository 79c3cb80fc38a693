package signals

import "time"

// History is all that was known about a deal at an instant: the only input of its
// measures. Whoever reads it from a store leaves out every record that was learnt
// after that instant.
type History struct {
	Deal     Deal
	Customer Customer
	Hiring   HiringHistory
	Tender   TenderHistory
	WeChat   WeChatHistory
}

// HiringHistory is what was seen on the customer's hiring targets.
type HiringHistory struct {
	Targets []TargetHistory
}

// TargetHistory is one target with what its runs brought.
type TargetHistory struct {
	Target   Target
	Runs     []RunSummary // finished runs, oldest first
	Postings []Posting    // of hiring targets
}

// RunSummary is what a measure needs of a run.
type RunSummary struct {
	ID         string
	StartedAt  time.Time
	FinishedAt time.Time
	Outcome    Outcome
	Complete   bool
	Drifted    bool
	AllDated   bool
	Items      int
	List       string  // what the run read (Target.ListKey); empty where nobody noted it
	Extractor  string  // of the first page with records; empty where nobody noted it
	Stated     bool    // the list states how many records it has, and all were read
	Reaches    *Date   // the first day of which a tender site's list showed everything; nil where it reaches back over the days that count
	OnePage    bool    // one page was read, which says nothing of how long the list is
	Unread     *Unread // nil where no notice of the target lacked its details
}

// TenderHistory is what tender sites showed of the customer.
type TenderHistory struct {
	Customer Customer
	Sources  []TargetHistory
	Notices  []MatchedNotice
}

// MatchedNotice is a notice with the match to the deal's customer that holds.
type MatchedNotice struct {
	Notice Notice
	Match  NoticeMatch
}

// WeChatHistory is the contact between the deal's sales person and its key contacts.
type WeChatHistory struct {
	Contacts     []Contact
	Interactions []Interaction // oldest first
	Coverage     []Coverage
}
