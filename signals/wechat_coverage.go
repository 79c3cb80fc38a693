package signals

import (
	"slices"
	"strconv"
	"time"
)

// coverage says which key contacts a source would have shown messages of.
type coverage struct {
	contacts int
	covered  []string // contacts covered well enough
	thin     []string // contacts that are not
	newest   time.Time
	share    float64       // the smallest share of the window among the covered
	unseen   time.Duration // the most of the window that was not covered among the covered
	doubtful []string      // days in the window on which the vendor's statistics disagree
}

// seamless is how much of a window may be uncovered without harm: the seams between spans of
// a source that rounds its times.
const seamless = time.Hour

// coverageOf measures, for each key contact, the share of the window up to the newest sync
// that was covered. How old that sync may be is a question of its own.
func coverageOf(h WeChatHistory, r WeChatRules, asOf time.Time) coverage {
	c := coverage{contacts: len(h.Contacts), share: 1}
	granted, doubted := standing(h.Coverage)
	for _, span := range granted {
		if span.From.Before(asOf) {
			c.newest = later(c.newest, earlier(span.To, asOf))
		}
	}
	from, sure := asOf.Add(-days(r.WindowDays)), lessDoubted(granted, doubted)
	for _, contact := range h.Contacts {
		share := coveredShare(sure, contact.ID, from, c.newest)
		if share < coveredShare(granted, contact.ID, from, c.newest) {
			c.doubtful = append(c.doubtful, doubtfulDays(doubted, contact.ID, from, c.newest)...)
		}
		if share < r.MinCoverage {
			c.thin = append(c.thin, contact.ID)
			continue
		}
		c.covered = append(c.covered, contact.ID)
		c.share = min(c.share, share)
		c.unseen = max(c.unseen, time.Duration((1-share)*float64(c.newest.Sub(from))))
	}
	return c
}

func (c coverage) status(r WeChatRules, asOf time.Time) (status Status, reason Reason, atLeast bool, measuredAt *time.Time) {
	if !c.newest.IsZero() {
		measuredAt = &c.newest
	}
	facts := map[string]string{"contacts": strconv.Itoa(c.contacts), "covered": strconv.Itoa(len(c.covered))}
	switch {
	case c.contacts == 0:
		return StatusUnknown, Reason{Code: ReasonNoContacts}, false, nil
	case c.newest.IsZero():
		return StatusUnknown, Reason{Code: ReasonNotCovered, Facts: facts}, false, nil
	case asOf.Sub(c.newest) > days(r.StaleAfterDays):
		facts["last_sync"] = stamp(c.newest)
		return StatusStale, Reason{Code: ReasonSyncStale, Facts: facts}, false, measuredAt
	case len(c.covered) == 0:
		return StatusUnknown, Reason{Code: c.unless(ReasonNotCovered, facts), Facts: facts}, false, measuredAt
	}
	facts["coverage"] = decimalText(100*c.share) + "%"
	// In the days that nobody saw the contact may have talked with us all day.
	if len(c.thin) > 0 || c.unseen > seamless {
		return StatusOK, Reason{Code: c.unless(ReasonPartial, facts), Facts: facts}, true, measuredAt
	}
	return StatusOK, Reason{Code: ReasonMeasured, Facts: facts}, false, measuredAt
}

// unless is a reason for what is not covered, unless there is a better one: days on which the
// statistics disagree, which the facts then name.
func (c coverage) unless(reason string, facts map[string]string) string {
	if len(c.doubtful) == 0 {
		return reason
	}
	facts["doubtful_days"] = dayList(c.doubtful)
	return ReasonStatisticsDisagree
}

// coveredShare is the share of (from, to] that the union of a contact's spans covers.
func coveredShare(spans []Coverage, contact string, from, to time.Time) float64 {
	if !to.After(from) {
		return 0
	}
	var own []Coverage
	for _, s := range spans {
		if s.ContactID == contact && s.To.After(from) && s.From.Before(to) {
			own = append(own, s)
		}
	}
	slices.SortFunc(own, func(a, b Coverage) int { return a.From.Compare(b.From) })
	var sum time.Duration
	reached := from
	for _, s := range own {
		start, end := later(s.From, reached), earlier(s.To, to)
		if end.After(start) {
			sum += end.Sub(start)
			reached = end
		}
	}
	return float64(sum) / float64(to.Sub(from))
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// until is the history as it was known at an instant, of the key contacts only, each message
// after from once and in an order that does not depend on how it came in.
func (h WeChatHistory) until(from, asOf time.Time) WeChatHistory {
	key := make(map[string]bool, len(h.Contacts))
	for _, c := range h.Contacts {
		key[c.ID] = true
	}
	heard := func(i *Interaction) bool {
		return key[i.ContactID] && i.Time.After(from) && !i.Time.After(asOf) && !i.RecordedAt.After(asOf)
	}
	known, n := WeChatHistory{Contacts: h.Contacts}, 0
	for i := range h.Interactions { // counted first: a chat may have a million, and growing would hold them twice
		if heard(&h.Interactions[i]) {
			n++
		}
	}
	known.Interactions = slices.Grow(known.Interactions, n)
	for i := range h.Interactions {
		if heard(&h.Interactions[i]) {
			known.Interactions = append(known.Interactions, h.Interactions[i])
		}
	}
	slices.SortFunc(known.Interactions, compareInteractions)
	known.Interactions = distinct(known.Interactions)
	if taken := takenBack(known.Interactions); taken != nil {
		known.Interactions = slices.DeleteFunc(known.Interactions, func(i Interaction) bool { return taken[[2]string{i.Source, RevokeID(i.ID)}] })
	}
	for _, c := range h.Coverage {
		if key[c.ContactID] && !c.RecordedAt.After(asOf) {
			known.Coverage = append(known.Coverage, c)
		}
	}
	return known
}
