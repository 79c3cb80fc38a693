package bolt

import (
	"fmt"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// summaryForm is the first byte of a run summary in its present form. In the second one nobody
// noted how far back a list reached, in the first one neither which list was read; what is
// unread stands at the end, if at all.
const (
	summaryForm  = 3
	summaryForm2 = 2
	summaryForm1 = 1
)

// runTable is a target's committed runs that were known at an instant. Run number n is
// at place n−1: runs become known in the order of their numbers, so those known at an
// instant are the first ones.
type runTable struct {
	summaries []signals.RunSummary
	// closing lists the numbers of the runs that close what they no longer saw.
	closing []uint64
}

// closes tells whether a run says of what it did not see that it is gone. A drifted run
// is a sign of a changed site and says nothing.
func closes(complete, drifted bool) bool { return complete && !drifted }

// known tells whether run n was known.
func (t *runTable) known(n uint64) bool { return n >= 1 && n <= uint64(len(t.summaries)) }

// start is when run n began.
func (t *runTable) start(n uint64) time.Time { return t.summaries[n-1].StartedAt }

// encodeSummary writes the instant from which on a run is known, and its summary.
func encodeSummary(known instant, run signals.Run) []byte {
	out := make(encoder, 0, 64)
	out.byte(summaryForm)
	out.int(int64(known))
	out.text(run.ID)
	out.time(run.StartedAt)
	out.time(run.FinishedAt)
	out.text(string(run.Outcome))
	out.flags(run.Complete, run.Drifted, run.AllDated, run.Stated, run.OnePage)
	out.uint(uint64(max(run.Items, 0)))
	out.text(run.List)
	out.text(run.Extractor)
	out.day(run.Reaches)
	out.unread(run.Unread)
	return out
}

func decodeSummary(value []byte) (instant, signals.RunSummary, error) {
	in := decoder{rest: value}
	form := in.byte()
	if form < summaryForm1 || form > summaryForm {
		in.fail()
	}
	known := instant(in.int())
	s := signals.RunSummary{ID: in.text(), StartedAt: in.time(), FinishedAt: in.time(), Outcome: signals.Outcome(in.text())}
	flags := in.uint()
	s.Complete, s.Drifted, s.AllDated, s.Stated = flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0
	s.OnePage = flags&16 != 0
	s.Items = int(in.uint())
	if form >= summaryForm2 {
		s.List, s.Extractor = in.text(), in.text()
	}
	if form == summaryForm {
		s.Reaches = in.day()
	}
	if len(in.rest) > 0 { // else nothing was unread, or nobody counted
		s.Unread = in.unread()
	}
	if in.err != nil {
		return 0, s, fmt.Errorf("reading a run summary: %w", in.err)
	}
	return known, s, nil
}

// unread writes what a run left unread, nothing where that is none.
func (e *encoder) unread(u *signals.Unread) {
	if u == nil {
		return
	}
	e.uint(uint64(max(u.Notices, 0)))
	e.uint(uint64(max(u.Doubtful, 0)))
	e.day(u.NewestDoubtful)
}

// day writes a day that there may be, or none.
func (e *encoder) day(d *signals.Date) {
	if d == nil {
		e.time(time.Time{})
		return
	}
	e.time(d.Start())
}

func (d *decoder) day() *signals.Date {
	start := d.time()
	if start.IsZero() {
		return nil
	}
	day := signals.DateOf(start.In(signals.Shanghai))
	return &day
}

func (d *decoder) unread() *signals.Unread {
	return &signals.Unread{Notices: int(d.uint()), Doubtful: int(d.uint()), NewestDoubtful: d.day()}
}

func readRunTable(tx *bbolt.Tx, targetID string, asOf instant) (runTable, error) {
	var t runTable
	c := bucketSummaries.in(tx).Cursor()
	target := key{}.text(targetID)
	for k, v := c.Seek(target); hasPrefix(k, target); k, v = c.Next() {
		known, summary, err := decodeSummary(v)
		if err != nil {
			return t, fmt.Errorf("target %s: %w", targetID, err)
		}
		if known > asOf {
			break
		}
		t.summaries = append(t.summaries, summary)
		if closes(summary.Complete, summary.Drifted) {
			t.closing = append(t.closing, uint64(len(t.summaries)))
		}
	}
	return t, nil
}

// appendSummary gives a run its number among those of its target. It becomes known at
// the instant given, not before the run in front of it.
func appendSummary(tx *bbolt.Tx, run signals.Run, at instant) (number uint64, err error) {
	b := bucketSummaries.in(tx)
	target := key{}.text(run.TargetID)
	number = 1
	if k, v := before(b.Cursor(), target.after(), target); k != nil {
		known, _, err := decodeSummary(v)
		if err != nil {
			return 0, err
		}
		number, at = readNumber(k)+1, max(at, known)
	}
	return number, b.Put(target.number(number), encodeSummary(at, run))
}
