package storetest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"dealvitals/signals"
	"dealvitals/store"
)

func auditLog(t *testing.T, open Opener) {
	t.Run("everything that is done stands in the log, chained", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		f.must(second(f.Runs.Commit(ctx, commit(run(1), posting("J1")))))
		f.must(second(f.Verdicts.Record(ctx, []store.Verdict{verdict("D1", 2, 0), scored("D2", 2)})))
		f.must(second(f.Policies.Publish(ctx, ok(f.Policies.Get(ctx, 1))(t), 1, "anna", day(3))))
		f.must(f.Keys.Add(ctx, store.Key{ID: "K1", Name: "payroll", Role: "commission", Hash: "abc", CreatedAt: day(3)}))
		f.must(f.Keys.Revoke(ctx, "K1", day(4), "anna"))
		f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{message("m1", 1)}, nil, day(4))))
		f.reopen()

		n := ok(f.Audit.Verify(ctx))(t)
		var log bytes.Buffer
		f.must(f.Audit.Export(ctx, &log))
		actions := verifyExport(t, &log)
		if n != len(actions) {
			t.Errorf("%d entries verified, %d exported", n, len(actions))
		}
		done := make(map[string]bool)
		for _, a := range actions {
			done[a] = true
		}
		for _, want := range []string{"put customer", "put deal", "put contact", "run T1", "decision D1", "publish policy", "add_key K1", "revoke_key K1", "add_interactions wecom"} {
			if !done[want] {
				t.Errorf("the log does not tell of: %s; it has %v", want, actions)
			}
		}
	})

	t.Run("what changes nothing stands not in the log", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		before := ok(f.Audit.Verify(ctx))(t)
		f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "Huaxin")}, "crm", day(9))))
		f.must(second(f.Interactions.Add(ctx, "wecom", nil, nil, day(9))))
		if after := ok(f.Audit.Verify(ctx))(t); after != before {
			t.Errorf("the log grew from %d to %d entries", before, after)
		}
	})
}

// verifyExport checks the chain as an outsider would, from the exported lines alone, and
// lists what was done.
func verifyExport(t *testing.T, log *bytes.Buffer) []string {
	t.Helper()
	var actions []string
	prev := make([]byte, sha256.Size)
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		var entry store.AuditEntry
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			t.Fatal(err)
		}
		hash := entry.Hash
		entry.Hash = ""
		body, err := json.Marshal(entry)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(append(prev, body...))
		if hex.EncodeToString(sum[:]) != hash {
			t.Fatalf("entry %d does not hold its own hash", entry.Seq)
		}
		prev = sum[:]
		actions = append(actions, entry.Action+" "+entry.Subject)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return actions
}
