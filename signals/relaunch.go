package signals

import (
	"maps"
	"time"
)

// A run whose list has hardly a posting of the list before it is a relaunch of the page:
// at least relaunchOf postings, of which a fifth or less was there before, and a fifth or
// less of the earlier ones is still there.
const (
	relaunchOf    = 5
	relaunchShare = 5
)

// relaunch is a run that found nearly all postings of a page under new ids.
type relaunch struct {
	start time.Time
	// again are the ids whose titles were there before: the same jobs, also where their
	// place is written otherwise now.
	again map[string]bool
	// other is true where most titles are new as well: another list, of which nobody can
	// tell what is new.
	other bool
}

// relaunches finds the relaunches of a page, oldest first.
func relaunches(t TargetHistory) []relaunch {
	if len(t.Runs) < 2 {
		return nil
	}
	arrived := make(map[int64]int)
	for _, p := range t.Postings {
		arrived[p.Seen[0].First.UnixNano()]++
	}
	var found []relaunch
	before := 0
	for _, r := range t.Runs {
		if !measured(r) {
			continue
		}
		fresh := arrived[r.StartedAt.UnixNano()]
		stayed := r.Items - fresh
		if before >= relaunchOf && fresh >= relaunchOf && stayed*relaunchShare <= r.Items && stayed*relaunchShare <= before {
			found = append(found, relaunchOfPage(t.Postings, r.StartedAt))
		}
		before = r.Items
	}
	return found
}

func relaunchOfPage(all []Posting, at time.Time) relaunch {
	known, fresh := titlesBefore(all, at), 0
	r := relaunch{start: at, again: make(map[string]bool)}
	for _, p := range all {
		if !p.Seen[0].First.Equal(at) {
			continue
		}
		fresh++
		if title := foldText(p.Title); known[title] > 0 {
			known[title]--
			r.again[p.ID] = true
		}
	}
	r.other = 2*len(r.again) < fresh
	return r
}

// titlesBefore counts the postings of each title that were there shortly before a run.
func titlesBefore(all []Posting, at time.Time) map[string]int {
	titles := make(map[string]int)
	for _, p := range all {
		for _, s := range p.Seen {
			if s.Last.Before(at) && at.Sub(s.Last) <= repostWithin {
				titles[foldText(p.Title)]++
				break
			}
		}
	}
	return titles
}

// withoutRelaunches is what relaunches make of a page's history: the postings that are
// there again, and the runs of its present list.
func withoutRelaunches(t TargetHistory) (again map[string]bool, runs []RunSummary) {
	t.Runs = ofThisList(t.Target, t.Runs)
	list := relaunches(t)
	for _, r := range list {
		if again == nil {
			again = make(map[string]bool)
		}
		maps.Copy(again, r.again)
	}
	return again, sinceOther(t.Runs, list)
}

// sinceOther is the runs from the newest one on that found another list.
func sinceOther(runs []RunSummary, list []relaunch) []RunSummary {
	var since time.Time
	for _, r := range list {
		if r.other {
			since = r.start
		}
	}
	for i, r := range runs {
		if !r.StartedAt.Before(since) {
			return runs[i:]
		}
	}
	return nil
}
