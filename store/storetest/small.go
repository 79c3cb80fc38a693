package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func smallThings(t *testing.T, open Opener) {
	t.Run("keys are found by the hash of their secret", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		k := store.Key{ID: "K1", Name: "payroll", Role: "commission", Hash: "abc", CreatedAt: day(0)}
		f.must(f.Keys.Add(ctx, k))
		var conflict *store.ConflictError
		if err := f.Keys.Add(ctx, k); !errors.As(err, &conflict) {
			t.Errorf("adding it again: %v, want a ConflictError", err)
		}
		same(t, "by hash", ok(f.Keys.ByHash(ctx, "abc"))(t), k)
		f.must(f.Keys.Revoke(ctx, "K1", day(1), "anna"))
		f.must(f.Keys.Revoke(ctx, "K1", day(2), "anna"))
		k.RevokedAt = day(1)
		same(t, "the list", ok(f.Keys.List(ctx))(t), []store.Key{k})
		payee := store.Key{ID: "K3", Name: "李雷", Role: "payee", Subject: "E101", Hash: "def", CreatedAt: day(0)}
		f.must(f.Keys.Add(ctx, payee))
		same(t, "a payee's key", ok(f.Keys.ByHash(ctx, "def"))(t), payee)
		if _, err := f.Keys.ByHash(ctx, "abcd"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("an unknown hash: %v, want ErrNotFound", err)
		}
		if err := f.Keys.Revoke(ctx, "K2", day(1), "anna"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("revoking an unknown key: %v, want ErrNotFound", err)
		}
	})

	t.Run("marks outlive the program", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		if _, found, err := f.Marks.Due(ctx, "T1"); found || err != nil {
			t.Errorf("a new store has a mark: %v, %v", found, err)
		}
		f.must(f.Marks.SetDue(ctx, "T1", day(3)))
		f.reopen()
		due, found, err := f.Marks.Due(ctx, "T1")
		if err != nil || !found || !due.Equal(day(3)) {
			t.Errorf("the mark is %v, %v, %v; want %v", due, found, err, day(3))
		}
	})

	t.Run("hosts in trouble outlive the program until their trouble is over", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		rests := signals.Circuit{
			Host: "a.example:8080", Failures: 5, Rest: signals.Duration(time.Hour), At: day(1),
			Wait: &signals.Wait{Reason: signals.WaitCircuitOpen, Host: "a.example:8080", Until: day(2), Why: "it answers with HTTP 500"},
		}
		fails := signals.Circuit{Host: "b.example", Failures: 1, At: day(1)}
		f.must(f.Circuits.KeepCircuit(ctx, fails))
		f.must(f.Circuits.KeepCircuit(ctx, signals.Circuit{Host: rests.Host, Failures: 1, At: day(0)}))
		f.must(f.Circuits.KeepCircuit(ctx, rests))
		f.reopen()
		same(t, "what is known of them", ok(f.Circuits.Circuits(ctx))(t), []signals.Circuit{rests, fails})
		f.must(f.Circuits.DropCircuit(ctx, "b.example"))
		f.must(f.Circuits.DropCircuit(ctx, "never.example"))
		same(t, "after one's trouble was over", ok(f.Circuits.Circuits(ctx))(t), []signals.Circuit{rests})
	})

	t.Run("replies are kept for a day", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		reply := store.Reply{Status: 201, Header: map[string]string{"ETag": `"1"`}, Body: []byte("{}"), RequestHash: "h", At: day(0)}
		f.must(f.Replies.Put(ctx, "k1", reply))
		f.clock.now = day(1)
		got, found, err := f.Replies.Get(ctx, "k1")
		if err != nil || !found {
			t.Fatalf("after a day: %v, %v", found, err)
		}
		same(t, "the reply", got, reply)
		f.clock.now = day(1).Add(time.Second)
		if _, found, err = f.Replies.Get(ctx, "k1"); found || err != nil {
			t.Errorf("a day and a second later it is still there: %v, %v", found, err)
		}
		reply.At = f.clock.now
		f.must(f.Replies.Put(ctx, "k2", reply))
		f.clock.now = day(0)
		if _, found, err = f.Replies.Get(ctx, "k1"); found || err != nil {
			t.Errorf("the old reply was not dropped: %v, %v", found, err)
		}
	})
}

func whole(t *testing.T, open Opener) {
	t.Run("a copy restored elsewhere gives the same answers", func(t *testing.T) {
		f, ctx := hiringWorld(t, open), t.Context()
		f.must(second(f.Runs.Commit(ctx, commit(run(1), posting("J1")))))
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 2, 0)})))
		var copied bytes.Buffer
		f.must(f.Whole.Backup(ctx, &copied))
		want := f.answer("D1", day(3))
		f.must(second(f.Runs.Commit(ctx, commit(run(4)))))

		restored := newFixtureFrom(t, open, copied.Bytes())
		if got := restored.answer("D1", day(3)); got != want {
			t.Errorf("the copy answers\n%s, want\n%s", got, want)
		}
		if s := ok(restored.Runs.Summaries(ctx, "T1", time.Time{}))(t); len(s) != 1 {
			t.Errorf("the copy has %d runs, want 1", len(s))
		}
		f.must(second(restored.Audit.Verify(ctx)))
	})

	t.Run("a call whose context ended does nothing", func(t *testing.T) {
		f := newFixture(t, open)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Customers.Put(ctx, []signals.Customer{customer("C1", "a")}, "crm", day(0)); !errors.Is(err, context.Canceled) {
			t.Errorf("writing: %v, want context.Canceled", err)
		}
		if _, err := f.Customers.List(ctx, time.Time{}, "", 0); !errors.Is(err, context.Canceled) {
			t.Errorf("reading: %v, want context.Canceled", err)
		}
		if left := ok(f.Customers.List(t.Context(), time.Time{}, "", 0))(t); len(left) != 0 {
			t.Errorf("it was written all the same: %v", left)
		}
	})

	t.Run("a store at work is ready", func(t *testing.T) {
		f := newFixture(t, open)
		f.must(f.Whole.Ready(t.Context()))
	})
}
