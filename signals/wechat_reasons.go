package signals

// The reasons of the WeChat measure's status, beside ReasonMeasured and ReasonPartial.
const (
	ReasonNoContacts = "no_contacts" // the deal names no key contact
	ReasonNotCovered = "not_covered" // no source would have shown a message: no consent, not archived, a hole
	ReasonSyncStale  = "sync_stale"  // the newest sync is too old

	// On some day WeCom's own statistics tell of more messages than came here.
	ReasonStatisticsDisagree = "statistics_disagree"
)

// Why the messages of a contact on a day have the effect that they have.
const (
	WhyExchange     = "exchange"      // both sides wrote
	WhyContactWrote = "contact_wrote" // the contact wrote, without an earlier message of ours
	WhyUnanswered   = "unanswered"    // ours only, not answered: no effect
	WhySlight       = "slight"        // only stickers, one-word answers or messages at night
)
