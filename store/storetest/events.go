package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// Events is the log of what other systems are told.
type Events interface {
	TellAlarms(ctx context.Context, alarms []store.Alarm, at time.Time) (int, error)
	List(ctx context.Context, after uint64, limit int) ([]store.Event, error)
	Get(ctx context.Context, seqs []uint64) ([]store.Event, error)
}

// Endpoints keeps where events are sent to.
type Endpoints interface {
	List(ctx context.Context) ([]store.Endpoint, error)
	Get(ctx context.Context, id string) (store.Endpoint, error)
	Put(ctx context.Context, e store.Endpoint, was time.Time, action, actor string, at time.Time) (store.Endpoint, error)
	Delete(ctx context.Context, id, actor string, at time.Time) error
}

// Deliveries keeps what waits to be sent.
type Deliveries interface {
	TakeUp(ctx context.Context, endpointID string, limit int, sort store.Sorting) (int, error)
	Unread(ctx context.Context, endpointID string) (uint64, error)
	Due(ctx context.Context, endpointID string, now time.Time, limit int, busy func(lane string) bool) ([]store.Delivery, time.Time, error)
	Waiting(ctx context.Context, endpointID, lane string, limit int) ([]store.Delivery, error)
	Record(ctx context.Context, endpointID string, results []store.Result) error
	NoteTest(ctx context.Context, endpointID string, a store.Attempt) error
	Attempts(ctx context.Context, endpointID string, before uint64, limit int) ([]store.Attempt, error)
	Dead(ctx context.Context, endpointID string, after uint64, limit int) ([]store.Delivery, error)
	Replay(ctx context.Context, endpointID string, r store.Replay, sort store.Sorting, actor string, at time.Time) (int, error)
	Backlog(ctx context.Context) ([]store.Backlog, error)
}

// told writes the log of events, such as "deal.frozen deal D1".
func (f *fixture) told() string {
	f.t.Helper()
	var all []string
	for i, e := range ok(f.Events.List(f.t.Context(), 0, 0))(f.t) {
		if e.Seq != uint64(i+1) || !strings.HasPrefix(e.ID, "evt_") {
			f.t.Errorf("event %d is %+v", i+1, e)
		}
		all = append(all, fmt.Sprintf("%s %s", e.Type, e.Subject))
	}
	return strings.Join(all, ", ")
}

func events(t *testing.T, open Opener) {
	t.Run("a decision and its event are there together or not at all", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		made := ok(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 2, 0), scored("D2", 2)}))(t)
		var conflict *store.ConflictError
		if _, err := f.Verdicts.Record(ctx, []store.Verdict{verdict("D2", 3, 0), verdict("D1", 3, 0)}); !errors.As(err, &conflict) {
			t.Fatalf("a decision upon an old history: %v", err)
		}
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Owner: "later"}}, "crm", day(9))))
		f.reopen()
		if told := f.told(); told != "deal.frozen deal D1" {
			t.Errorf("told: %s", told)
		}
		e := ok(f.Events.Get(ctx, []uint64{1}))(t)[0]
		same(t, "the decision", e.Decision, made[0])
		if e.ID != "evt_"+made[0].ID || e.Deal == nil || e.Deal.Owner != "" {
			t.Errorf("the event is %+v, its deal %+v, want the deal as it was known then", e, e.Deal)
		}
	})

	t.Run("a target that stops giving data is told of once, and so is that it gives some again", func(t *testing.T) {
		f, ctx := hiringWorld(t, open), t.Context()
		for n, change := range []func(*signals.Run){
			func(r *signals.Run) { r.Items = 3 },
			func(r *signals.Run) { r.Outcome, r.Complete = signals.OutcomeBlocked, false },
			func(r *signals.Run) { r.Outcome, r.Complete = signals.OutcomeBlocked, false },
			func(r *signals.Run) { r.Outcome, r.Complete = signals.OutcomeUnreachable, false },
			func(r *signals.Run) { r.Items = 3 },
			func(r *signals.Run) { r.Items = 3 },
			func(r *signals.Run) { r.Drifted = true },
			func(r *signals.Run) { r.Items = 4 },
		} {
			r := run(n + 1)
			change(&r)
			f.must(second(f.Runs.Commit(ctx, commit(r))))
		}
		f.must(second(f.Runs.Commit(ctx, commit(run(8))))) // again: nothing new
		want := "target.blocked target T1, target.failing target T1, target.recovered target T1, target.drifted target T1, target.recovered target T1"
		if told := f.told(); told != want {
			t.Errorf("told: %s\nwant: %s", told, want)
		}
		var report store.TargetReport
		f.must(json.Unmarshal(ok(f.Events.List(ctx, 0, 1))(t)[0].Data, &report))
		if report.State != signals.TargetFailing || report.Outcome != signals.OutcomeBlocked || report.RunID != "run-002" || report.CustomerID != "C1" {
			t.Errorf("the report is %+v", report)
		}
	})

	t.Run("an alert is told of once for each condition", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		stale := func(target string, of int) store.Alarm {
			at := day(of + 7)
			return store.Alarm{Type: store.TargetStaleSoon, Of: day(of), Report: store.TargetReport{TargetID: target, StaleAt: &at}}
		}
		failing := store.Alarm{Type: store.TargetFailingAgain, Of: day(1), Report: store.TargetReport{TargetID: "T1", Runs: 3}}
		for i, c := range []struct {
			alarms []store.Alarm
			want   int
		}{
			{nil, 0},
			{[]store.Alarm{stale("T1", 1), failing}, 2},
			{[]store.Alarm{stale("T1", 1), failing}, 0},
			{[]store.Alarm{stale("T1", 1), stale("T2", 1), stale("T2", 1)}, 1},
			{[]store.Alarm{stale("T1", 9)}, 1},
		} {
			if told := ok(f.Events.TellAlarms(ctx, c.alarms, day(10+i)))(t); told != c.want {
				t.Errorf("look %d: %d told, want %d", i, told, c.want)
			}
			f.reopen()
		}
		want := "target.stale_soon target T1, target.failing_again target T1, target.stale_soon target T2, target.stale_soon target T1"
		if told := f.told(); told != want {
			t.Errorf("told: %s\nwant: %s", told, want)
		}
		var report store.TargetReport
		f.must(json.Unmarshal(ok(f.Events.List(ctx, 0, 1))(t)[0].Data, &report))
		if report.StaleAt == nil || !report.StaleAt.Equal(day(8)) {
			t.Errorf("the report is %+v", report)
		}
	})

	t.Run("a locked period is told of", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		kept := ok(f.Periods.Lock(ctx, period("2026-09", "", 30), lines(3, "pay"), day(31)))(t)
		if told := f.told(); told != "period.locked period 2026-09" {
			t.Errorf("told: %s", told)
		}
		same(t, "what is told", ok(f.Events.List(ctx, 0, 0))(t)[0].Data, kept)
	})

	t.Run("an endpoint is changed upon the version that was read, and forgotten whole", func(t *testing.T) {
		f, ctx := mailWorld(t, open, 3), t.Context()
		e := ok(f.Endpoints.Get(ctx, "E1"))(t)
		renamed := e
		renamed.Name = "payroll"
		changed := ok(f.Endpoints.Put(ctx, renamed, e.Edited, "edit_endpoint", "anna", day(3)))(t)
		var conflict *store.ConflictError
		for name, was := range map[string]time.Time{"an old version": e.Edited, "as a new one": {}} {
			if _, err := f.Endpoints.Put(ctx, renamed, was, "edit_endpoint", "bert", day(4)); !errors.As(err, &conflict) {
				t.Errorf("%s: %v, want a ConflictError", name, err)
			}
		}
		same(t, "the list", ok(f.Endpoints.List(ctx))(t), []store.Endpoint{changed})
		f.must(second(f.Deliveries.TakeUp(ctx, "E1", 10, bySubject(day(2)))))
		f.must(f.Deliveries.NoteTest(ctx, "E1", store.Attempt{At: day(3), End: store.Delivered}))
		f.must(f.Endpoints.Delete(ctx, "E1", "anna", day(5)))
		f.must(f.Deliveries.Record(ctx, "E1", []store.Result{{Lane: "deal D1", Seqs: []uint64{1}, Attempt: store.Attempt{End: store.Dead}}}))
		if _, err := f.Endpoints.Get(ctx, "E1"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after it was deleted: %v", err)
		}
		if due, _, err := f.Deliveries.Due(ctx, "E1", day(9), 10, idle); len(due) > 0 || err != nil {
			t.Errorf("what waited for it: %v, %v", due, err)
		}
		if dead := ok(f.Deliveries.Dead(ctx, "E1", 0, 9))(t); len(dead) > 0 {
			t.Errorf("dead letters of it: %v", dead)
		}
	})
}

// mailWorld has an endpoint and n events of each of the deals D1 and D2, in turn.
func mailWorld(t *testing.T, open Opener, n int) *fixture {
	f, ctx := newFixture(t, open), t.Context()
	f.must(second(f.Endpoints.Put(ctx, store.Endpoint{ID: "E1", Name: "crm", Kind: store.KindWebhook, URL: "https://a.example"}, time.Time{}, "create_endpoint", "anna", day(0))))
	newest := make(map[string]uint64)
	for range n {
		for _, deal := range []string{"D1", "D2"} {
			made := ok(f.Verdicts.Record(ctx, []store.Verdict{verdict(deal, 1, newest[deal])}))(t)
			newest[deal] = made[0].Seq
		}
	}
	return f
}

func idle(string) bool { return false }

// bySubject sorts as a webhook's endpoint does.
func bySubject(notBefore time.Time) store.Sorting {
	return func(e store.Event) (string, time.Time, bool) { return e.Subject, notBefore, true }
}

// due writes the numbers of what is due, and when the next falls due, in days.
func (f *fixture) due(n int, busy func(string) bool) string {
	f.t.Helper()
	due, next, err := f.Deliveries.Due(f.t.Context(), "E1", day(n), 10, busy)
	f.must(err)
	text := ""
	for _, d := range due {
		text += fmt.Sprintf("%d ", d.Seq)
	}
	if !next.IsZero() {
		text += fmt.Sprintf("then day %d", int(next.Sub(day0).Hours()/24))
	}
	return strings.TrimSpace(text)
}

func ended(lane string, end store.DeliveryEnd, next time.Time, seqs ...uint64) []store.Result {
	return []store.Result{{Lane: lane, Seqs: seqs, Next: next, Attempt: store.Attempt{Seq: seqs[0], End: end, Problem: "said no"}}}
}

func deliveries(t *testing.T, open Opener) {
	t.Run("a deal's later event waits for its earlier one and no other deal does", func(t *testing.T) {
		f, ctx := mailWorld(t, open, 3), t.Context()
		if n := ok(f.Deliveries.Unread(ctx, "E1"))(t); n != 6 {
			t.Errorf("%d are unread", n)
		}
		for _, want := range []int{4, 2, 0} {
			if n := ok(f.Deliveries.TakeUp(ctx, "E1", 4, bySubject(day(2))))(t); n != want {
				t.Errorf("%d were looked at, want %d", n, want)
			}
		}
		expect := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		expect("before its time", f.due(1, idle), "then day 2")
		expect("in its time", f.due(2, idle), "1 2")
		expect("while D1 is busy", f.due(2, func(lane string) bool { return lane == "deal D1" }), "2")
		f.must(f.Deliveries.Record(ctx, "E1", ended("deal D1", store.Failed, day(5), 1)))
		expect("after one failed", f.due(2, idle), "2 then day 5")
		f.must(f.Deliveries.Record(ctx, "E1", ended("deal D2", store.Delivered, time.Time{}, 2)))
		f.reopen()
		expect("after one was delivered", f.due(2, idle), "4 then day 5")
		f.must(f.Deliveries.Record(ctx, "E1", ended("deal D1", store.Dead, time.Time{}, 1)))
		expect("after one was given up", f.due(2, idle), "3 4")
		dead := ok(f.Deliveries.Dead(ctx, "E1", 0, 9))(t)
		if len(dead) != 1 || dead[0].Seq != 1 || dead[0].Attempts != 2 || dead[0].Problem != "said no" {
			t.Errorf("dead letters: %+v", dead)
		}
		// An earlier event is replayed: it goes first.
		if n := ok(f.Deliveries.Replay(ctx, "E1", store.Replay{Dead: true}, bySubject(day(2)), "anna", day(3)))(t); n != 1 {
			t.Errorf("%d are replayed", n)
		}
		expect("after the replay", f.due(3, idle), "1 4")
		f.must(f.Deliveries.Record(ctx, "E1", ended("deal D1", store.Delivered, time.Time{}, 3))) // was under way
		expect("the later one was under way", f.due(3, idle), "1 4")
		f.must(f.Deliveries.Record(ctx, "E1", ended("deal D1", store.Delivered, time.Time{}, 1)))
		expect("the earlier one is done", f.due(3, idle), "4 5")
		backlog := ok(f.Deliveries.Backlog(ctx))(t)
		if len(backlog) != 1 || backlog[0].Waiting != 3 || backlog[0].Dead != 0 || !backlog[0].Oldest.Equal(day(1)) {
			t.Errorf("the backlog is %+v", backlog)
		}
		f.must(second(f.Audit.Verify(ctx)))
	})

	t.Run("the newest attempts are kept", func(t *testing.T) {
		f, ctx := mailWorld(t, open, 0), t.Context()
		for range 600 {
			f.must(f.Deliveries.NoteTest(ctx, "E1", store.Attempt{End: store.Delivered}))
		}
		first := ok(f.Deliveries.Attempts(ctx, "E1", 0, 200))(t)
		rest := ok(f.Deliveries.Attempts(ctx, "E1", first[199].Number, 1000))(t)
		if first[0].Number != 600 || len(rest) != 300 || rest[299].Number != 101 {
			t.Errorf("from %d, then %d up to %d", first[0].Number, len(rest), rest[len(rest)-1].Number)
		}
		if err := f.Deliveries.NoteTest(ctx, "E9", store.Attempt{}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("of an unknown endpoint: %v", err)
		}
	})
}
