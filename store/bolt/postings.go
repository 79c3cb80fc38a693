package bolt

import (
	"fmt"
	"sort"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// postingRecord is what is kept of a posting: what its first sight said, and by which
// runs it was seen. A run that closes what it does not see has seen every posting that
// stays open, so that is not written: most runs write nothing for most postings.
type postingRecord struct {
	first  signals.Posting // without Seen
	sights []sight
}

// sight is a span in which a posting was there, in numbers of runs.
type sight struct {
	opened uint64
	closed uint64   // the run that no longer saw it, 0 while it is open
	also   []uint64 // runs that close nothing and saw it
}

// asOf is the posting as the runs of a table knew it, false where they did not.
func (p postingRecord) asOf(runs *runTable) (signals.Posting, bool) {
	posting := p.first
	for _, s := range p.sights {
		if runs.known(s.opened) {
			posting.Seen = append(posting.Seen, s.span(runs))
		}
	}
	return posting, len(posting.Seen) > 0
}

// span turns run numbers into times, as far as they were known.
func (s sight) span(runs *runTable) signals.Span {
	span := signals.Span{First: runs.start(s.opened), Last: runs.start(s.opened)}
	end := uint64(len(runs.summaries)) + 1
	if runs.known(s.closed) {
		span.ClosedAt, end = runs.start(s.closed), s.closed
	}
	last := sort.Search(len(runs.closing), func(i int) bool { return runs.closing[i] >= end })
	if last > 0 && runs.closing[last-1] > s.opened {
		span.Last = latest(span.Last, runs.start(runs.closing[last-1]))
	}
	for _, n := range s.also {
		if n < end && runs.known(n) {
			span.Last = latest(span.Last, runs.start(n))
		}
	}
	return span
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func postingKey(targetID, id string) key { return key{}.text(targetID).text(id) }

// readPostings reads a target's postings as the runs of a table knew them.
func readPostings(tx *bbolt.Tx, targetID string, runs *runTable) ([]signals.Posting, error) {
	var postings []signals.Posting
	err := scan(bucketPostings.in(tx), key{}.text(targetID), func(k, v []byte) error {
		record, err := decodePosting(k, v)
		if err != nil {
			return err
		}
		if p, ok := record.asOf(runs); ok {
			postings = append(postings, p)
		}
		return nil
	})
	return postings, err
}

// seePosting notes that run n of the posting's target saw it. It tells whether it was
// never seen before.
func seePosting(tx *bbolt.Tx, p signals.Posting, n uint64, closing bool) (isNew bool, err error) {
	b := bucketPostings.in(tx)
	k := postingKey(p.TargetID, p.ID)
	record := postingRecord{first: p}
	if value := b.Get(k); value != nil {
		if record, err = decodePosting(k, value); err != nil {
			return false, err
		}
	}
	if !record.see(n, closing) {
		return false, nil
	}
	if err := b.Put(k, encodePosting(k, record)); err != nil {
		return false, fmt.Errorf("keeping posting %s of target %s: %w", p.ID, p.TargetID, err)
	}
	return len(record.sights) == 1 && record.sights[0].opened == n, link(bucketOpen.in(tx), k)
}

// see adds a sight by run n and tells whether that changed the record.
func (p *postingRecord) see(n uint64, closing bool) bool {
	if len(p.sights) == 0 || p.sights[len(p.sights)-1].closed != 0 {
		p.sights = append(p.sights, sight{opened: n})
		return true
	}
	open := &p.sights[len(p.sights)-1]
	if closing || open.opened == n {
		return false
	}
	if last := len(open.also); last > 0 && open.also[last-1] == n {
		return false
	}
	open.also = append(open.also, n)
	return true
}

// closePostings ends the spans of the target's open postings that run n did not see. It
// tells how many there were.
func closePostings(tx *bbolt.Tx, targetID string, seen map[string]bool, n uint64) (int, error) {
	var gone []key
	err := scan(bucketOpen.in(tx), key{}.text(targetID), func(k, _ []byte) error {
		if !seen[string(k)] {
			gone = append(gone, append(key{}, k...))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, k := range gone {
		if err := closePosting(tx, k, n); err != nil {
			return 0, err
		}
	}
	return len(gone), nil
}

func closePosting(tx *bbolt.Tx, k key, n uint64) error {
	b := bucketPostings.in(tx)
	record, err := decodePosting(k, b.Get(k))
	if err != nil {
		return err
	}
	record.sights[len(record.sights)-1].closed = n
	if err := b.Put(k, encodePosting(k, record)); err != nil {
		return err
	}
	return bucketOpen.in(tx).Delete(k)
}
