package signals

import (
	"strconv"
	"time"
)

const (
	// fallWithin is how far back a list is compared with what it was, for a site that changes
	// may lose its list in steps.
	fallWithin = 7 * 24 * time.Hour
	// A changed site rather than a company that takes down its jobs: a list of fallFrom jobs
	// or more that loses all but one in fallShare.
	fallFrom  = 6
	fallShare = 3
	// A part of a list that may only have gone out of sight (a tab, a department, a filter
	// that is set by the visitor's city): lossFrom jobs or more, and one in lossShare or more.
	lossFrom  = 3
	lossShare = 3
)

// fall is a list that has become much shorter.
type fall struct {
	from, to int
	at       time.Time
}

func (f fall) facts(t TargetHistory) map[string]string {
	return map[string]string{
		"target": t.Target.ID, "url": t.Target.URL, "fell_from": strconv.Itoa(f.from), "fell_to": strconv.Itoa(f.to), "fell_at": stamp(f.at),
	}
}

// collapsed tells a list that has become much shorter without saying how long it is, or that
// has nothing any more: a site whose own search fails says that, too. What it shows of new
// jobs is no measurement. LinkUp, which sells such data, takes a job count drop first of all
// for a changed site.
func collapsed(from int, r RunSummary) bool {
	return from >= fallFrom && !r.Stated && r.Items*fallShare <= from
}

// lostPart tells a list of which a part is gone that may only be out of sight, also where the
// page states how many there are: that may be the number of one tab, or of one city. The jobs
// that are new on the rest are new, but nobody knows whether they are all.
func lostPart(from int, r RunSummary) bool {
	lost := from - r.Items
	return lost > 0 && (r.Items == 0 || lost >= lossFrom && lost*lossShare >= from)
}

// openFall is the fall of a list that is not yet believed: one that did not hold for as long
// as the window in which new jobs are counted, so that none of the jobs that it hides can be
// one that the window lacks; or until somebody looked and said that it is whole.
func openFall(t Target, runs []RunSummary, holds time.Duration, fallen func(from int, r RunSummary) bool) (fall, bool) {
	var open fall
	var usual []RunSummary // what the list was, oldest first
	found := false
	for _, r := range runs {
		if !measured(r) {
			continue
		}
		from := open.from
		if !found {
			from = longest(usual, r.StartedAt.Add(-fallWithin))
		}
		switch fell := fallen(from, r); {
		case t.wasSeen(r):
			found, usual = false, []RunSummary{r}
		case fell && !found:
			open, found = fall{from: from, to: r.Items, at: r.StartedAt}, true
		case fell && r.StartedAt.Sub(open.at) < holds:
			open.to = r.Items
		case fell: // it is believed
			found, usual = false, []RunSummary{r}
		default: // it recovered
			found, usual = false, append(usual, r)
		}
	}
	return open, found
}

// longest is the most items that the list had since an instant: those of the runs since, and
// of the one before, whose list stood then.
func longest(runs []RunSummary, since time.Time) int {
	most := 0
	for i := len(runs) - 1; i >= 0; i-- {
		most = max(most, runs[i].Items)
		if runs[i].StartedAt.Before(since) {
			break
		}
	}
	return most
}
