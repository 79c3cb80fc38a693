package signals

// Beside the reasons that it shares with the hiring measure (measured, partial, no_target,
// paused, never_run, drifted, incomplete, no_recent_run and the outcomes), the tender
// measure has one of its own.
const (
	ReasonTenderReview  = "tender_review"  // ok, but a lower bound: notices that may be this customer's demand wait for a person; facts: review = how many
	ReasonTenderUndated = "tender_undated" // ok, but a lower bound: notices without a date were there at the first crawl; facts: undated = how many
	ReasonTenderUnread  = "tender_unread"  // ok, but a lower bound: notices whose own pages were not read may be this customer's, or name what the deal sells; facts: unread = how many
	ReasonTenderOther   = "tender_other"   // ok, but a lower bound: notices of this customer of which nobody knows what they announce; facts: other = how many
	ReasonTenderReach   = "tender_reach"   // ok, but a lower bound: sites whose lists do not reach back over the window, nor were watched for so long; facts: reach = how many sites
	// ReasonTenderUncovered: ok, but a lower bound: no site is known to show what this customer
	// buys; facts: uncovered = how many sites were read
	ReasonTenderUncovered = "tender_uncovered"
	ReasonNeverMatched    = "never_matched" // ok, but a lower bound: no notice ever named the customer, whose registered name is not known
)

// Why a notice counts or not. A notice that counts bears WhyPublished or WhyFirstSeen; one
// whose project was there at the first crawl, WhyBaseline; before the window,
// WhyOutsideWindow. All have the facts project (its number, else its title), words (the
// keywords that stand in it) and type.
const (
	WhySameProject = "same_project" // another notice of this project counts already; facts: counted = key of that notice
	WhyRetender    = "retender"     // 第二次, 重新招标: the same demand again
	WhyCorrection  = "correction"   // changes a notice, is no demand of its own
	WhyAward       = "award"        // the project went to somebody; facts: winners, amount, currency
	WhyContract    = "contract"     // the contract was signed; facts as of award
	WhyTermination = "termination"  // the project was ended or failed
	WhyCancelled   = "cancelled"    // a demand whose project was ended afterwards, and not put out again
	WhyOtherNotice = "other_notice" // neither demand nor anything that follows one
	WhyOtherRole   = "other_role"   // the customer is agency, winner or merely named; facts: role, by
	WhyReview      = "review"       // whose notice it is waits for a person; facts: by, confidence
	WhyUnrelated   = "unrelated"    // no keyword of the deal stands in it
	WhyExcluded    = "excluded"     // an exclusion of the deal stands in it; facts: word
	WhyNotYet      = "not_yet"      // dated after the instant of the measure
	WhyRejected    = "rejected"     // a person said that it is not this customer's
)
