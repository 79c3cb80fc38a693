package bolt

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Commit keeps a finished run and all that it brought, and ends its journal entry. A run
// that was committed already changes nothing and is answered as the first time.
func (r *Runs) Commit(ctx context.Context, c store.RunCommit) (store.Committed, error) {
	var committed store.Committed
	err := r.db.write(ctx, c.At, func(tx *bbolt.Tx, at time.Time) error {
		known, err := mayCommit(tx, c.Run)
		if err != nil {
			return err
		}
		if known != nil {
			committed = known.Committed
			return nil
		}
		committing, err := startCommit(tx, c, at)
		if err != nil {
			return err
		}
		if err := committing.all(); err != nil {
			return fmt.Errorf("keeping run %s: %w", c.Run.ID, err)
		}
		committed = committing.result
		return nil
	})
	if err != nil {
		return store.Committed{}, err
	}
	r.db.letGo()
	return committed, nil
}

// mayCommit refuses a run that was given up, or whose target is being crawled by another
// one. It returns the record of a run that was committed before.
func mayCommit(tx *bbolt.Tx, run signals.Run) (*runRecord, error) {
	if run.ID == "" || run.TargetID == "" {
		return nil, &store.InvalidError{What: "a run", Why: "it needs an id and a target"}
	}
	record, ok, err := readRun(tx, run.ID)
	if err != nil {
		return nil, err
	}
	if ok && record.Ended {
		if record.Number == 0 {
			return nil, &store.RunEndedError{RunID: run.ID, Why: record.Run.Problem}
		}
		return &record, nil
	}
	holder := bucketJournal.in(tx).Get(key{}.text(run.TargetID))
	if holder != nil && string(holder) != run.ID {
		return nil, &store.RunInProgressError{TargetID: run.TargetID, RunID: string(holder)}
	}
	return nil, nil
}

// committing is a commit under way.
type committing struct {
	tx      *bbolt.Tx
	c       store.RunCommit
	at      time.Time // from when on it is known
	number  uint64    // of the run among those of its target
	closing bool
	closed  int
	target  signals.Target // as it is now; zero where there is none
	result  store.Committed
}

// fill is how full pages are made of which a run writes many side by side. By bbolt's own
// half, the file of a crawl is twice as large.
const fill = 0.9

func startCommit(tx *bbolt.Tx, c store.RunCommit, at time.Time) (*committing, error) {
	for _, b := range []bucket{bucketPostings, bucketOpen, bucketPages} {
		b.in(tx).FillPercent = fill
	}
	target, _, err := targetTable(nil).at(tx, key{}.text(c.Run.TargetID), never)
	if err != nil {
		return nil, err
	}
	number, err := appendSummary(tx, c.Run, instantOf(at))
	if err != nil {
		return nil, err
	}
	return &committing{
		tx: tx, c: c, at: at, number: number, target: target,
		closing: closes(c.Run.Complete, c.Run.Drifted),
	}, nil
}

// all does every step of a commit.
func (m *committing) all() error {
	for _, step := range []func() error{m.postings, m.notices, m.matches, m.evidence, m.pages, m.unread, m.searched, m.finish} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (m *committing) postings() error {
	seen := make(map[string]bool)
	for p := range m.c.Postings.All() {
		p.TargetID = m.c.Run.TargetID
		if p.CustomerID == "" {
			p.CustomerID = m.target.CustomerID
		}
		seen[string(postingKey(p.TargetID, p.ID))] = true
		isNew, err := seePosting(m.tx, p, m.number, m.closing)
		if err != nil {
			return err
		}
		if isNew {
			m.result.NewPostings = append(m.result.NewPostings, p.ID)
		}
	}
	if err := m.sighted(seen); err != nil {
		return err
	}
	if !m.closing {
		return nil
	}
	var err error
	m.closed, err = closePostings(m.tx, m.c.Run.TargetID, seen, m.number)
	return err
}

// sighted notes the records on pages that did not change.
func (m *committing) sighted(seen map[string]bool) error {
	target := m.c.Run.TargetID
	for _, id := range m.c.Sighted {
		k := postingKey(target, id)
		if bucketPostings.in(m.tx).Get(k) == nil {
			if err := sightNotice(m.tx, noticeKey(target, id), m.number); err != nil {
				return err
			}
			continue
		}
		seen[string(k)] = true
		if _, err := seePosting(m.tx, signals.Posting{TargetID: target, ID: id}, m.number, m.closing); err != nil {
			return err
		}
	}
	return nil
}

func (m *committing) notices() error {
	for _, n := range m.c.Notices {
		n.TargetID = m.c.Run.TargetID
		isNew, changed, err := seeNotice(m.tx, n, m.number, m.c.Run.StartedAt, m.at)
		if err != nil {
			return err
		}
		if isNew {
			m.result.NewNotices = append(m.result.NewNotices, n.ID)
		} else if changed {
			customers, err := customersOfNotice(m.tx, n.TargetID, n.ID)
			if err != nil {
				return err
			}
			m.result.Customers = append(m.result.Customers, customers...)
		}
	}
	return nil
}

func (m *committing) matches() error {
	for _, match := range m.c.Matches {
		changed, err := putMatch(m.tx, match, m.at)
		if err != nil {
			return err
		}
		if changed {
			m.result.Customers = append(m.result.Customers, match.CustomerID)
		}
	}
	return nil
}

// evidence keeps where the captured pages are. The first capture of the same bytes stays,
// unless it was removed for its age.
func (m *committing) evidence() error {
	for _, e := range m.c.Evidence {
		k := key{}.text(e.Hash)
		if known := bucketEvidence.in(m.tx).Get(k); known != nil {
			was, err := decodeEvidence(e.Hash, known)
			if err != nil {
				return err
			}
			if was.File != "" {
				continue
			}
		}
		if err := bucketEvidence.in(m.tx).Put(k, encodeEvidence(e)); err != nil {
			return err
		}
	}
	return nil
}

func (m *committing) pages() error {
	for _, p := range m.c.Pages {
		p.TargetID = m.c.Run.TargetID
		if err := putPacked(m.tx, bucketPages, key{}.text(p.TargetID).text(p.URL), p); err != nil {
			return err
		}
	}
	return nil
}

// finish keeps the run itself, ends its journal entry and tells the audit log.
func (m *committing) finish() error {
	if m.target.CustomerID != "" {
		m.result.Customers = append(m.result.Customers, m.target.CustomerID)
	}
	slices.Sort(m.result.Customers)
	m.result.Customers = slices.Compact(m.result.Customers)
	run := m.c.Run
	run.New = len(m.result.NewPostings) + len(m.result.NewNotices)
	if err := writeRun(m.tx, runRecord{Run: run, Ended: true, Number: m.number, Committed: m.result}); err != nil {
		return err
	}
	if err := bucketJournal.in(m.tx).Delete(key{}.text(run.TargetID)); err != nil {
		return err
	}
	if err := m.tellOfTarget(); err != nil {
		return err
	}
	return appendAudit(m.tx, m.at, machine, "run", run.TargetID, runTold{
		Run: run.ID, Trigger: run.Trigger, Outcome: run.Outcome, Complete: run.Complete, Drifted: run.Drifted,
		Items: run.Items, New: run.New, Closed: m.closed,
	})
}

// runTold is what the audit log tells of a run.
type runTold struct {
	Run      string          `json:"run"`
	Trigger  string          `json:"trigger"`
	Outcome  signals.Outcome `json:"outcome"`
	Complete bool            `json:"complete"`
	Drifted  bool            `json:"drifted,omitempty"`
	Items    int             `json:"items"`
	New      int             `json:"new"`
	Closed   int             `json:"closed,omitempty"`
}
