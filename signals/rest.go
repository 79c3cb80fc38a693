package signals

import "time"

const (
	// restsAfter is for how long nothing may have changed before a target rests.
	restsAfter = 14 * 24 * time.Hour
	// restPart is which part of the time without a change a target rests: a tenth, as caches
	// take for how long a page stays fresh (RFC 9111 §4.2.2).
	restPart = 10
)

// Rest is for how long a target is left alone because nothing changes on it.
type Rest struct {
	Since  time.Time     // nothing changed since
	Newest time.Time     // when the newest run ended
	Least  time.Duration // after Newest, it is left alone for as long
	Most   time.Duration // after Newest, it must be asked again by then
}

// SameSince tells since when the newest runs, oldest first, read the same list and found as
// many records. It is false where the newest was no measurement, or left something to read.
func SameSince(t Target, runs []RunSummary) (since, newest time.Time, ok bool) {
	runs = ofThisList(t, runs)
	for i := len(runs) - 1; i >= 0; i-- {
		r := runs[i]
		if !measured(r) || r.Unread.left() || r.Items != runs[len(runs)-1].Items || r.Outcome != runs[len(runs)-1].Outcome {
			break
		}
		since, newest, ok = r.FinishedAt, runs[len(runs)-1].FinishedAt, true
	}
	return since, newest, ok
}

// RestOf is the rest of a target on which nothing changed from since until its newest run.
// It is never longer than half the days after which its measure is stale.
func RestOf(since, newest time.Time, staleAfterDays int) (Rest, bool) {
	same := newest.Sub(since)
	if same < restsAfter || staleAfterDays <= 0 {
		return Rest{}, false
	}
	most := days(staleAfterDays) / 2
	return Rest{Since: since, Newest: newest, Least: min(same/restPart, most), Most: most}, true
}

// Until is the planned time at which the target is asked again, given what follows in its
// schedule upon an instant. It is false where the schedule is rarer than the rest.
func (r Rest) Until(next func(time.Time) time.Time) (time.Time, bool) {
	last := r.Newest.Add(r.Most)
	for least := r.Least; least >= time.Minute; least -= max(least/8, time.Second) {
		if at := next(r.Newest.Add(least)); !at.IsZero() && !at.After(last) {
			return at, true
		}
	}
	return time.Time{}, false
}
