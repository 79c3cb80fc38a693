package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"
)

// Events is the log of what other systems are told: the outbox. An entry is written in the
// transaction of what it tells of, so that neither is there without the other.
type Events struct{ db *DB }

// eventRow is an entry as it is kept. A decision is not kept twice: its number is.
type eventRow struct {
	ID       string          `json:"id"`
	Type     store.EventType `json:"type"`
	At       time.Time       `json:"at"`
	Subject  string          `json:"subject"`
	Decision uint64          `json:"decision,omitempty"`
	Data     json.RawMessage `json:"data,omitempty"`
}

func eventBuckets() []bucket {
	return []bucket{bucketEvents, bucketEndpoints, bucketCursors, bucketDeliveries, bucketDue, bucketDead, bucketAttempts}
}

// createEvents is schema version 6: the log of events, with all decisions so far, and the
// endpoints that it is sent to.
func createEvents(tx *bbolt.Tx) error {
	for _, b := range eventBuckets() {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return scan(bucketDecisions.in(tx), nil, func(_, v []byte) error {
		d, err := readDecision(v)
		if err != nil {
			return err
		}
		return appendDecisionEvent(tx, d)
	})
}

func appendDecisionEvent(tx *bbolt.Tx, d scorer.Decision) error {
	return appendEvent(tx, eventRow{
		ID: "evt_" + d.ID, Type: store.DecisionEvent(d.Action), At: d.At, Subject: "deal " + d.DealID, Decision: d.Seq,
	})
}

// appendOther adds an event that is no decision.
func appendOther(tx *bbolt.Tx, t store.EventType, at time.Time, subject string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("keeping the event %s of %s: %w", t, subject, err)
	}
	sum := sha256.Sum256(key{}.text(string(t)).text(subject).instant(instantOf(at)))
	id, err := ulid.New(ulid.Timestamp(at), bytes.NewReader(sum[:]))
	if err != nil {
		return fmt.Errorf("making the id of the event %s of %s: %w", t, subject, err)
	}
	return appendEvent(tx, eventRow{ID: "evt_" + id.String(), Type: t, At: at, Subject: subject, Data: body})
}

func appendEvent(tx *bbolt.Tx, row eventRow) error {
	body, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("keeping the event %s of %s: %w", row.Type, row.Subject, err)
	}
	b := bucketEvents.in(tx)
	b.FillPercent = 1
	return b.Put(key{}.number(newestEvent(tx)+1), body)
}

// newestEvent is the number of the newest event, 0 where there is none.
func newestEvent(tx *bbolt.Tx) uint64 {
	k, _ := bucketEvents.in(tx).Cursor().Last()
	if k == nil {
		return 0
	}
	return readNumber(k)
}

// Written tells of each transaction that was committed since it was last received from: a
// new event may be there. It has one reader.
func (e *Events) Written() <-chan struct{} { return e.db.written }

// List reads up to limit events from the one after the number given. A limit of 0 or less
// means all.
func (e *Events) List(ctx context.Context, after uint64, limit int) ([]store.Event, error) {
	var events []store.Event
	err := e.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		c := bucketEvents.in(tx).Cursor()
		for k, v := c.Seek(key{}.number(after + 1)); k != nil && (limit <= 0 || len(events) < limit); k, v = c.Next() {
			event, err := readEvent(tx, k, v)
			if err != nil {
				return err
			}
			events = append(events, event)
		}
		return nil
	})
	return events, err
}

// Get reads events by their numbers, in the order given.
func (e *Events) Get(ctx context.Context, seqs []uint64) ([]store.Event, error) {
	events := make([]store.Event, 0, len(seqs))
	err := e.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		for _, seq := range seqs {
			k := key{}.number(seq)
			v := bucketEvents.in(tx).Get(k)
			if v == nil {
				return store.ErrNotFound
			}
			event, err := readEvent(tx, k, v)
			if err != nil {
				return err
			}
			events = append(events, event)
		}
		return nil
	})
	return events, err
}

func readEventRow(k, v []byte) (eventRow, error) {
	var row eventRow
	if err := json.Unmarshal(v, &row); err != nil {
		return row, fmt.Errorf("reading event %d: %w", readNumber(k), err)
	}
	return row, nil
}

// readEvent reads an event with its decision, and the deal as it was known then.
func readEvent(tx *bbolt.Tx, k, v []byte) (store.Event, error) {
	row, err := readEventRow(k, v)
	if err != nil {
		return store.Event{}, err
	}
	event := store.Event{Seq: readNumber(k), ID: row.ID, Type: row.Type, At: row.At, Subject: row.Subject, Data: row.Data}
	if row.Decision == 0 {
		return event, nil
	}
	kept := bucketDecisions.in(tx).Get(key{}.number(row.Decision))
	if kept == nil {
		return event, fmt.Errorf("event %d tells of decision %d, which is not kept", event.Seq, row.Decision)
	}
	decision, err := readDecision(kept)
	if err != nil {
		return event, err
	}
	event.Decision = &decision
	deal, known, err := dealTable(nil).at(tx, key{}.text(decision.DealID), readInstant(kept))
	if known {
		event.Deal = &deal
	}
	return event, err
}

// tellOfTarget adds an event where a run changed what an administrator has to know of its
// target: that it stopped giving data, that it stopped for another reason, that it gives
// data again.
func (m *committing) tellOfTarget() error {
	if m.target.ID == "" {
		return nil // a run of what is no target any more
	}
	runs, err := readRunTable(m.tx, m.target.ID, never)
	if err != nil {
		return err
	}
	before, _ := trouble(m.target, runs, len(runs.summaries)-1)
	now, state := trouble(m.target, runs, len(runs.summaries))
	if before == now {
		return nil
	}
	if now == "" {
		now = store.TargetRecovered
	}
	run := m.c.Run
	return appendOther(m.tx, now, m.at, "target "+m.target.ID, store.TargetReport{
		TargetID: m.target.ID, Kind: m.target.Kind, CustomerID: m.target.CustomerID, URL: m.target.URL, State: state,
		Outcome: run.Outcome, RunID: run.ID, Items: run.Items, Problem: run.Problem, FinishedAt: run.FinishedAt,
	})
}

// trouble is the event that a target's first n runs call for, "" where it gives data.
func trouble(t signals.Target, runs runTable, n int) (store.EventType, signals.TargetState) {
	first := runs.summaries[:n]
	if n == 0 {
		return "", signals.TargetWarming
	}
	newest := first[0].FinishedAt
	for _, r := range first {
		if r.FinishedAt.After(newest) {
			newest = r.FinishedAt
		}
	}
	state := signals.StateOf(t, first, newest)
	return store.TargetEvent(state, first[n-1].Outcome), state
}
