package bolt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Runs keeps crawl runs and what they brought.
type Runs struct{ db *DB }

// runRecord is what is kept of a run.
type runRecord struct {
	Run       signals.Run     `json:"run"`
	Ended     bool            `json:"ended,omitempty"`  // kept: committed or given up
	Number    uint64          `json:"number,omitempty"` // among the target's committed runs, from 1; 0 where it was given up
	Committed store.Committed `json:"committed,omitzero"`
}

func readRun(tx *bbolt.Tx, runID string) (runRecord, bool, error) {
	var record runRecord
	value := bucketRuns.in(tx).Get(key{}.text(runID))
	if value == nil {
		return record, false, nil
	}
	if err := unpackJSON(value, &record); err != nil {
		return record, false, fmt.Errorf("reading run %s: %w", runID, err)
	}
	return record, true, nil
}

func writeRun(tx *bbolt.Tx, record runRecord) error {
	run := record.Run
	if err := putPacked(tx, bucketRuns, key{}.text(run.ID), record); err != nil {
		return fmt.Errorf("keeping run %s: %w", run.ID, err)
	}
	return link(bucketRunsByTarget.in(tx), startKey(run))
}

// startKey is a run's place among the runs of its target.
func startKey(run signals.Run) key {
	return key{}.text(run.TargetID).instant(instantOf(run.StartedAt)).text(run.ID)
}

// Begin writes a run into the journal of those in progress. It fails with
// store.RunInProgressError while another run of the target is there.
func (r *Runs) Begin(ctx context.Context, run signals.Run) error {
	return r.db.write(ctx, run.StartedAt, func(tx *bbolt.Tx, _ time.Time) error {
		if run.ID == "" || run.TargetID == "" {
			return &store.InvalidError{What: "a run", Why: "it needs an id and a target"}
		}
		target := key{}.text(run.TargetID)
		journal := bucketJournal.in(tx)
		if holder := journal.Get(target); holder != nil && string(holder) != run.ID {
			return &store.RunInProgressError{TargetID: run.TargetID, RunID: string(holder)}
		}
		known, ok, err := readRun(tx, run.ID)
		if err != nil {
			return err
		}
		if ok && known.Ended {
			return &store.ConflictError{What: "run " + run.ID}
		}
		if err := journal.Put(target, []byte(run.ID)); err != nil {
			return err
		}
		return writeRun(tx, runRecord{Run: run})
	})
}

// Abandon ends a run that brings nothing. A run that ended already stays as it is.
func (r *Runs) Abandon(ctx context.Context, runID, why string) error {
	return r.db.write(ctx, time.Time{}, func(tx *bbolt.Tx, at time.Time) error {
		record, ok, err := readRun(tx, runID)
		if err != nil {
			return err
		}
		if !ok {
			return store.ErrNotFound
		}
		if record.Ended {
			return nil
		}
		record.Ended, record.Run.FinishedAt, record.Run.Problem = true, at, why
		if err := writeRun(tx, record); err != nil {
			return err
		}
		if err := bucketJournal.in(tx).Delete(key{}.text(record.Run.TargetID)); err != nil {
			return err
		}
		return appendAudit(tx, at, machine, "abandon_run", record.Run.TargetID, map[string]string{"run": runID, "why": why})
	})
}

// machine is the actor of what the program does by itself.
const machine = "machine"

// Unfinished lists the runs in the journal.
func (r *Runs) Unfinished(ctx context.Context) ([]signals.Run, error) {
	var runs []signals.Run
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		return scan(bucketJournal.in(tx), nil, func(_, v []byte) error {
			record, ok, err := readRun(tx, string(v))
			if err == nil && !ok {
				err = fmt.Errorf("run %s is in the journal, but not kept", v)
			}
			runs = append(runs, record.Run)
			return err
		})
	})
	return runs, err
}

// Get reads a run.
func (r *Runs) Get(ctx context.Context, runID string) (signals.Run, error) {
	var record runRecord
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		found, ok, err := readRun(tx, runID)
		if err == nil && !ok {
			err = store.ErrNotFound
		}
		record = found
		return err
	})
	return record.Run, err
}

// List reads up to limit runs of a target, those in progress and given up too, newest
// first, from the one before the run given. A limit of 0 or less means all.
func (r *Runs) List(ctx context.Context, targetID, beforeRun string, limit int) ([]signals.Run, error) {
	var runs []signals.Run
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		target := key{}.text(targetID)
		end := target.after()
		if beforeRun != "" {
			from, ok, err := readRun(tx, beforeRun)
			if err != nil {
				return err
			}
			if !ok || from.Run.TargetID != targetID {
				return store.ErrNotFound
			}
			end = startKey(from.Run)
		}
		c := bucketRunsByTarget.in(tx).Cursor()
		for k, _ := before(c, end, target); hasPrefix(k, target) && (limit <= 0 || len(runs) < limit); k, _ = c.Prev() {
			record, _, err := readRun(tx, lastText(k, k[:len(target)+8]))
			if err != nil {
				return err
			}
			runs = append(runs, record.Run)
		}
		return nil
	})
	return runs, err
}

// Summaries reads a target's committed runs that were known at an instant, oldest first.
func (r *Runs) Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error) {
	var runs runTable
	err := r.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		var err error
		runs, err = readRunTable(tx, targetID, asOfInstant(asOf))
		return err
	})
	return runs.summaries, err
}

// Page reads what is remembered of a page of a target.
func (r *Runs) Page(ctx context.Context, targetID, url string) (signals.PageState, bool, error) {
	page, err := get[signals.PageState](ctx, r.db, bucketPages, key{}.text(targetID).text(url))
	if errors.Is(err, store.ErrNotFound) {
		return page, false, nil
	}
	return page, err == nil, err
}

// KnownNotices tells which notices of a target are kept.
func (r *Runs) KnownNotices(ctx context.Context, targetID string, ids []string) (map[string]bool, error) {
	known := make(map[string]bool)
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		notices := bucketNotices.in(tx)
		for _, id := range ids {
			if notices.Get(noticeKey(targetID, id)) != nil {
				known[id] = true
			}
		}
		return nil
	})
	return known, err
}

// Evidence reads where a captured page is kept.
func (r *Runs) Evidence(ctx context.Context, hash string) (signals.Evidence, error) {
	var evidence signals.Evidence
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		value := bucketEvidence.in(tx).Get(key{}.text(hash))
		if value == nil {
			return store.ErrNotFound
		}
		var err error
		evidence, err = decodeEvidence(hash, value)
		return err
	})
	return evidence, err
}
