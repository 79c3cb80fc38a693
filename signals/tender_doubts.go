package signals

import (
	"slices"
	"strconv"
	"time"
)

// doubts is how many notices of a window might raise a count, for all that is known.
type doubts struct {
	review  int // wait for a person to say whose they are
	unread  int // their own pages were not read: those may name the buyer, or what is bought
	most    int // of the sites' unread ones, how many there were once
	days    int // until all sites' are read, at the pace so far; 0 where nobody can tell
	other   int // of the customer's own, nobody knows what they announce
	reach   int // sites that nobody watched at the beginning of the window
	undated int // projects that may have come out in the window
	// uncovered is how many sites were read, where none is known to show what the customer buys
	uncovered int
}

func doubtsOf(demands []demand, readings []targetReading, window dayWindow) doubts {
	var all doubts
	for _, d := range demands {
		all.review += d.waitingIn(window)
		all.unread += d.unreadIn(window)
		all.other += d.otherIn(window)
		if d.undatedIn(window) {
			all.undated++
		}
	}
	for _, r := range readings {
		all.unreadOn(r, window)
		if r.status == StatusOK && !reaches(r.history.Runs, window) {
			all.reach++
		}
	}
	return all
}

// unreadOn adds what is unread on a site, and how long that will take.
func (d *doubts) unreadOn(r targetReading, window dayWindow) {
	n := doubtfulIn(r.history.Runs, window)
	if n == 0 {
		return
	}
	work, first := backlogOf(r.history.Runs), d.most == 0
	d.unread += n
	d.most += max(work.most, n)
	if known := work.days > 0 && (first || d.days > 0); known {
		d.days = max(d.days, work.days)
	} else {
		d.days = 0 // one of the sites does not come on
	}
}

// reaches tells whether a site was watched over the whole of a window: each run sees what came
// out since some day, and watching goes on where that is no later than the day of the run before.
func reaches(runs []RunSummary, window dayWindow) bool {
	var since, last Date
	for _, r := range runs {
		if !measured(r) {
			continue
		}
		day := DateOf(r.StartedAt.In(Shanghai))
		from := day.AddDays(-TenderReachDays)
		if r.Reaches != nil {
			from = *r.Reaches
		}
		if last.IsZero() || last.Before(from) || from.Before(since) {
			since = from
		}
		last = day
	}
	return !window.after.AddDays(1).Before(since)
}

// reason names the gravest doubt, with the number of each; false where there is none.
func (d doubts) reason() (Reason, bool) {
	var reason Reason
	for _, doubt := range []struct {
		code, fact string
		n          int
	}{
		{ReasonTenderReview, "review", d.review}, {ReasonTenderUnread, "unread", d.unread},
		{ReasonTenderOther, "other", d.other}, {ReasonTenderUndated, "undated", d.undated},
		{ReasonTenderUncovered, "uncovered", d.uncovered}, {ReasonTenderReach, "reach", d.reach},
	} {
		if doubt.n == 0 {
			continue
		}
		if reason.Code == "" {
			reason = Reason{Code: doubt.code, Facts: map[string]string{}}
		}
		reason.Facts[doubt.fact] = strconv.Itoa(doubt.n)
	}
	if d.most > d.unread {
		reason.Facts["unread_of"] = strconv.Itoa(d.most)
	}
	if d.days > 0 {
		reason.Facts["unread_days"] = strconv.Itoa(d.days)
	}
	return reason, reason.Code != ""
}

// lowerBound marks the count as a lower bound where there are doubts: doubtful data is
// never "low". Failing sources are the graver reason, and stay it.
func (m *Measure) lowerBound(d doubts) {
	reason, found := d.reason()
	if !found {
		return
	}
	if !m.AtLeast {
		m.Reason = reason
	}
	m.AtLeast = true
}

// Seen tells whether the customer was named by any notice, in whatever role, that was known
// at an instant.
func (h TenderHistory) Seen(asOf time.Time) bool {
	return slices.ContainsFunc(h.Notices, func(n MatchedNotice) bool {
		return n.Match.Match && !n.Notice.FirstSeen.After(asOf) && !n.Match.RecordedAt.After(asOf)
	})
}

// DoubtName marks the count of a customer that was never seen, and is known by a short
// name only, as a lower bound: notices may name it otherwise.
func (m *Measure) DoubtName() {
	if m.Status != StatusOK {
		return
	}
	if !m.AtLeast || m.Reason.Code == ReasonTenderUncovered {
		m.Reason = Reason{Code: ReasonNeverMatched} // what to do about it comes first
	}
	m.AtLeast = true
}

// waitingIn is how many notices of the window, waiting for a person, might make the
// project count.
func (d demand) waitingIn(w dayWindow) int {
	if d.lead >= 0 {
		return 0
	}
	return d.count(w, func(m MatchedNotice) bool {
		return m.Match.Match && m.Match.Review && m.Match.Role == RoleBuyer && (m.Notice.Type.Demand() || m.Notice.Type.unknown()) && d.mayRelate(m.Notice)
	})
}

// unreadIn is how many of the customer's own demand notices of the window are unrelated to
// what the deal sells only as far as the list tells: their own pages were not read.
func (d demand) unreadIn(w dayWindow) int {
	if d.relevance.Related || d.relevance.Excluded != "" {
		return 0
	}
	return d.count(w, func(m MatchedNotice) bool {
		return m.Match.Counts() && m.Notice.Type.Demand() && m.Notice.Details == DetailUnread
	})
}

// otherIn is how many of the customer's own notices of the window tell by nothing what
// they announce, in a project that no notice shows to be a demand.
func (d demand) otherIn(w dayWindow) int {
	if d.lead >= 0 {
		return 0
	}
	return d.count(w, func(m MatchedNotice) bool {
		return m.Match.Counts() && m.Notice.Type.unknown() && d.mayRelate(m.Notice)
	})
}

// mayRelate tells whether a notice of the project may be related to what the deal sells.
func (d demand) mayRelate(n Notice) bool {
	return d.relevance.Related || d.relevance.Excluded == "" && n.Details == DetailUnread
}

func (d demand) count(w dayWindow, is func(MatchedNotice) bool) int {
	n := 0
	for _, m := range d.project.Notices {
		if w.holds(dayOf(m.Notice)) && is(m) {
			n++
		}
	}
	return n
}

// undatedIn tells whether the project may have come out in the window, for all that is
// known: it states no date and was there at a first crawl that lies in the window.
func (d demand) undatedIn(w dayWindow) bool {
	return d.lead >= 0 && d.basis == WhyBaseline && d.relevance.Related && !d.cancelled && w.holds(d.opened)
}
