package signals

import "time"

// Fall is a list of jobs that became much shorter and is not believed yet.
type Fall struct {
	From  int       `json:"from"` // jobs before it
	To    int       `json:"to"`   // jobs of the newest complete run
	At    time.Time `json:"at"`   // start of the run that found it shorter
	RunID string    `json:"run_id"`
}

// FallSeen is the word of an administrator who looked at the captured pages of a run: the
// list fell, and what this run read is all of it. It holds for no other fall.
type FallSeen struct {
	Fall
	By         string    `json:"by"`
	Note       string    `json:"note"`
	RecordedAt time.Time `json:"recorded_at"`
}

// FallOf is the fall of a hiring target's list at an instant that somebody may confirm, of
// its finished runs, oldest first; nil where there is none.
func FallOf(t Target, runs []RunSummary, asOf time.Time) *Fall {
	if t.Kind != KindHiring {
		return nil
	}
	runs = ofThisList(t, finishedBy(runs, asOf))
	open, found := openFall(t, runs, days(warmingDays), lostPart)
	newest, read := newestComplete(runs)
	if !found || !read || driftedSince(runs) {
		return nil
	}
	return &Fall{From: open.from, To: newest.Items, At: open.at, RunID: newest.ID}
}

// wasSeen tells whether an administrator said that what a run read is the whole list.
func (t Target) wasSeen(r RunSummary) bool {
	return t.FallSeen != nil && r.ID != "" && t.FallSeen.RunID == r.ID
}
