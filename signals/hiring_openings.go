package signals

import (
	"sort"
	"time"
)

// opening is a posting with the instant at which it opened, as far as that is known, and
// whether it counts as new in the window.
type opening struct {
	posting Posting
	key     string    // title and place, made comparable
	seen    time.Time // first sight
	at      time.Time // opened
	counted bool
	double  bool // it came while one with its title and place was still on the same page
	why     Reason
}

// countOpenings judges every posting of the targets that are measurements. A posting that
// opened before the window and is no repost is left out of the list: only what could have
// counted is shown.
func countOpenings(readings []targetReading, from, to time.Time) []opening {
	var all []opening
	for _, r := range readings {
		if r.status != StatusOK {
			continue
		}
		for _, p := range r.history.Postings {
			o := judge(p, r.firstStart, from)
			if o.counted && r.again[p.ID] {
				o.counted, o.why.Code = false, WhyRepost
			}
			all = append(all, o)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].seenBefore(all[j]) })
	markReposts(all)
	return considered(all, from)
}

// judge finds when a posting opened, and whether that is in the window that began at from.
// firstRun is the start of the target's first complete run: whatever that saw is baseline.
func judge(p Posting, firstRun, from time.Time) opening {
	seen := p.Seen[0].First
	o := opening{posting: p, key: jobKey(p), seen: seen, at: seen}
	switch stated := statedOpening(p, seen); {
	case stated != nil:
		o.at = *stated
		o.counted, o.why.Code = o.at.After(from), WhyPublished
		if !o.counted {
			o.why.Code = WhyOutsideWindow
		}
	case openBy(p, from):
		o.at, o.why.Code = p.Posted.Start(), WhyBoundBefore
	case !seen.After(firstRun):
		o.why.Code = WhyBaseline
		if p.Basis == DateUpdated && p.Posted.Start().After(from) {
			o.why.Code = WhyUpdatedOnly
		}
	case !seen.After(from):
		o.why.Code = WhyOutsideWindow
	default:
		o.counted, o.why.Code = true, WhyFirstSeen
	}
	return o
}

// statedOpening is the opening that the page states. A day that begins after the posting
// was seen cannot be meant so: sites ahead of Shanghai's clock are given one day, and any
// later date is disbelieved.
func statedOpening(p Posting, seen time.Time) *time.Time {
	if p.Posted == nil || p.Basis != DatePublished {
		return nil
	}
	start := p.Posted.Start()
	if start.Sub(seen) > 24*time.Hour {
		return nil
	}
	if start.After(seen) {
		start = seen
	}
	return &start
}

// openBy tells whether the page's date, though no opening date, proves that the posting was
// open before the window: an update then, or "30+ days ago".
func openBy(p Posting, from time.Time) bool {
	return p.Posted != nil && p.Basis != DatePublished && !p.Posted.Start().After(from)
}

// markReposts takes the count from jobs that are seen again under a new id, or on another
// of the customer's pages. All is sorted by first sight.
func markReposts(all []opening) {
	type sighting struct {
		last    time.Time
		counted bool
	}
	known := make(map[string]sighting, len(all))
	onPage := make(map[string]time.Time, len(all)) // the same by target
	for i := range all {
		o := &all[i]
		before, again := known[o.key]
		last := lastSight(o.posting)
		if again && before.last.After(last) {
			last = before.last
		}
		here := o.posting.TargetID + "\x00" + o.key
		if o.counted && again {
			o.counted, o.why.Code = secondSight(*o, before.last, before.counted)
			o.double = !o.counted && !onPage[here].Before(o.seen)
		}
		if last := lastSight(o.posting); onPage[here].Before(last) {
			onPage[here] = last
		}
		known[o.key] = sighting{last: last, counted: before.counted || o.counted}
	}
}

// secondSight judges a job whose title and place were seen before, the last time at last.
func secondSight(o opening, last time.Time, countedAlready bool) (counted bool, why string) {
	switch {
	case countedAlready:
		return false, WhyDuplicate
	case o.seen.Sub(last) <= repostWithin:
		return false, WhyRepost
	}
	return true, o.why.Code
}

func lastSight(p Posting) time.Time { return p.Seen[len(p.Seen)-1].Last }

// jobKey makes title and place comparable.
func jobKey(p Posting) string { return foldText(p.Title) + "\x00" + foldText(p.Place) }

// considered leaves out what is plainly old.
func considered(all []opening, from time.Time) []opening {
	var kept []opening
	for _, o := range all {
		if o.why.Code != WhyOutsideWindow || o.seen.After(from) {
			kept = append(kept, o)
		}
	}
	return kept
}

func (o opening) seenBefore(other opening) bool {
	if !o.seen.Equal(other.seen) {
		return o.seen.Before(other.seen)
	}
	if !o.at.Equal(other.at) {
		return o.at.Before(other.at)
	}
	return o.sortID() < other.sortID()
}

func (o opening) shownBefore(other opening) bool {
	if o.counted != other.counted {
		return o.counted
	}
	if !o.at.Equal(other.at) {
		return o.at.After(other.at)
	}
	return o.sortID() < other.sortID()
}

func (o opening) sortID() string { return o.posting.TargetID + "\x00" + o.posting.ID }
