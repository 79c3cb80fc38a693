package bolt

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// TestOfEachLaneTheFirstIsDueAndNoOther plays random deliveries, failures, dead letters and
// replays, and looks into the buckets after each step.
func TestOfEachLaneTheFirstIsDueAndNoOther(t *testing.T) {
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	rapid.Check(t, func(rt *rapid.T) {
		db, err := Open(filepath.Join(t.TempDir(), "deals.db"), Options{NoSync: true, Clock: func() time.Time { return start }})
		must := func(err error) {
			if err != nil {
				rt.Fatal(err)
			}
		}
		must(err)
		defer func() { must(db.Close()) }()
		ctx := t.Context()
		_, err = db.Endpoints.Put(ctx, store.Endpoint{ID: "E"}, time.Time{}, "create_endpoint", "anna", start)
		must(err)
		newest, total := make(map[string]uint64), uint64(0)
		sort := func(e store.Event) (string, time.Time, bool) { return e.Subject, start, true }
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			deal := fmt.Sprintf("D%d", rapid.IntRange(1, 3).Draw(rt, "deal"))
			switch rapid.SampledFrom([]string{"decide", "decide", "take up", "end", "end", "replay"}).Draw(rt, "step") {
			case "decide":
				made, err := db.Verdicts.Record(ctx, []store.Verdict{{DealID: deal, After: newest[deal], Decision: &scorer.Decision{DealID: deal, Action: scorer.ActionFreeze, At: start}}})
				must(err)
				newest[deal], total = made[0].Seq, total+1
			case "take up":
				_, err := db.Deliveries.TakeUp(ctx, "E", rapid.IntRange(1, 5).Draw(rt, "events"), sort)
				must(err)
			case "end":
				if total == 0 {
					continue
				}
				// Any event, waiting or not, first of its lane or not: an answer may come late.
				seq := rapid.Uint64Range(1, total).Draw(rt, "event")
				end := rapid.SampledFrom([]store.DeliveryEnd{store.Delivered, store.Failed, store.Dead}).Draw(rt, "end")
				events, err := db.Events.Get(ctx, []uint64{seq})
				must(err)
				next := start.Add(time.Duration(rapid.IntRange(0, 99).Draw(rt, "pause")) * time.Second)
				must(db.Deliveries.Record(ctx, "E", []store.Result{{Lane: events[0].Subject, Seqs: []uint64{seq}, Next: next, Attempt: store.Attempt{End: end}}}))
			case "replay":
				_, err := db.Deliveries.Replay(ctx, "E", store.Replay{From: rapid.Uint64Range(1, total+1).Draw(rt, "from")}, sort, "anna", start)
				must(err)
			}
			must(db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error { return firstsAreDue(tx) }))
		}
	})
}

// firstsAreDue compares what is due with the first delivery of each lane.
func firstsAreDue(tx *bbolt.Tx) error {
	want := make(map[string]string) // lane: the key among those due
	endpoint := key{}.text("E")
	err := scan(bucketDeliveries.in(tx), endpoint, func(k, v []byte) error {
		row, _, err := readDelivery(v)
		if err != nil {
			return err
		}
		l := lane{tx, endpoint, row.Lane}
		_, later := want[row.Lane]
		if row.Queued == later || string(k) != string(l.prefix().number(row.Seq)) {
			return fmt.Errorf("delivery %d of lane %s is queued: %v", row.Seq, row.Lane, row.Queued)
		}
		if !later {
			want[row.Lane] = string(l.due(row))
		}
		return nil
	})
	if err != nil {
		return err
	}
	found := 0
	err = scan(bucketDue.in(tx), endpoint, func(k, v []byte) error {
		found++
		if want[string(v)] != string(k) {
			return fmt.Errorf("lane %s has something else due than its first", v)
		}
		return nil
	})
	if err == nil && found != len(want) {
		err = fmt.Errorf("%d are due, there are %d lanes", found, len(want))
	}
	return err
}
