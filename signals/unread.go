package signals

import (
	"math"
	"time"
)

// DetailState tells whether the page of its own that a notice has was read. Empty where
// there is none, or where nobody noted it.
type DetailState string

const (
	DetailRead   DetailState = "read"
	DetailUnread DetailState = "unread" // it could not be read yet, or its turn did not come
)

// UnreadDetail is a notice whose own page was not read: work for the next runs, and a
// doubt for whoever counts, for the page may name a buyer that the list does not.
type UnreadDetail struct {
	TargetID string `json:"target_id"`
	NoticeID string `json:"notice_id"`
	URL      string `json:"url"`
	Day      Date   `json:"day"` // of publication, else of the first sight
	// Doubtful is true where the notice may be anybody's demand: neither the list nor the
	// title names its buyer, and its type does not tell that it is no demand.
	Doubtful bool `json:"doubtful,omitempty"`
	// Tries is how many runs asked for the page in vain; a run that left it out is none.
	Tries int `json:"tries,omitempty"`
	// Missing is how many of the last tries in a row ended in not_found, MissingSince when
	// the first of them was.
	Missing      int       `json:"missing,omitempty"`
	MissingSince time.Time `json:"missing_since,omitzero"`
	Outcome      Outcome   `json:"outcome,omitempty"` // of the last try
	Problem      string    `json:"problem,omitempty"`
}

const (
	// goneTries and goneAfter are how often, and over how long a time, a page must be not
	// found before nobody asks for it any more.
	goneTries = 3
	goneAfter = 48 * time.Hour
)

// Tried is the detail after another run asked for it in vain.
func (d UnreadDetail) Tried(at time.Time, outcome Outcome, problem string) UnreadDetail {
	d.Tries++
	d.Outcome, d.Problem = outcome, problem
	if outcome != OutcomeNotFound {
		d.Missing, d.MissingSince = 0, time.Time{}
		return d
	}
	if d.Missing == 0 {
		d.MissingSince = at
	}
	d.Missing++
	return d
}

// Gone tells whether the page has been missing for so long that asking again is no use. The
// doubt stays until the notice is older than the window.
func (d UnreadDetail) Gone(at time.Time) bool {
	return d.Missing >= goneTries && at.Sub(d.MissingSince) >= goneAfter
}

// Unread says how many notices of a target lacked their details at the end of a run.
type Unread struct {
	Notices  int `json:"notices"`
	Doubtful int `json:"doubtful"` // of those, the ones that may be anybody's demand
	// NewestDoubtful is the newest day of a doubtful one, also of one that is too old for the
	// policy of the time: none is in a window that begins later.
	NewestDoubtful *Date `json:"newest_doubtful,omitempty"`
}

// UnreadOf sums up what is unread and of a day since which notices matter; nil where nothing
// is. What is older is remembered, for a policy may come that counts over more days.
func UnreadOf(details []UnreadDetail, since Date) *Unread {
	u := &Unread{}
	for _, d := range details {
		matters := !d.Day.Before(since)
		if matters {
			u.Notices++
		}
		if !d.Doubtful {
			continue
		}
		if matters {
			u.Doubtful++
		}
		if day := d.Day; u.NewestDoubtful == nil || u.NewestDoubtful.Before(day) {
			u.NewestDoubtful = &day
		}
	}
	if u.Notices == 0 && u.NewestDoubtful == nil {
		return nil
	}
	return u
}

// left tells whether something is unread that matters.
func (u *Unread) left() bool { return u != nil && u.Notices > 0 }

// doubtfulIn is how many unread notices of a source may be anybody's demand in a window, by
// the word of its newest run. Some of them may be older than the window.
func doubtfulIn(runs []RunSummary, w dayWindow) int {
	if len(runs) == 0 {
		return 0
	}
	newest := runs[len(runs)-1].Unread
	if newest == nil || newest.NewestDoubtful == nil || !w.after.Before(*newest.NewestDoubtful) {
		return 0
	}
	return max(newest.Doubtful, 1)
}

// backlog is the work that a source has left of notices that may be anybody's demand.
type backlog struct {
	most int // left at the end of a run, since there was none
	days int // until it is done, at the pace so far; 0 where nobody can tell
}

// backlogOf reads the backlog of a source from its runs, oldest first.
func backlogOf(runs []RunSummary) backlog {
	if len(runs) == 0 {
		return backlog{}
	}
	var most RunSummary
	for i := len(runs) - 1; i >= 0 && runs[i].Unread != nil && runs[i].Unread.Doubtful > 0; i-- {
		if most.Unread == nil || runs[i].Unread.Doubtful > most.Unread.Doubtful {
			most = runs[i]
		}
	}
	if most.Unread == nil {
		return backlog{}
	}
	newest := runs[len(runs)-1]
	work := backlog{most: most.Unread.Doubtful}
	left, read := newest.Unread.Doubtful, most.Unread.Doubtful-newest.Unread.Doubtful
	if took := newest.FinishedAt.Sub(most.FinishedAt); read > 0 && took > 0 {
		work.days = int(math.Ceil(float64(left) / float64(read) * took.Hours() / 24))
	}
	return work
}
