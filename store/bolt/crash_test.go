package bolt_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// crashFile tells a child process of the test below which file to write.
const crashFile = "DEALVITALS_CRASH_FILE"

func TestKillLosesNothingThatWasAcknowledged(t *testing.T) {
	if path := os.Getenv(crashFile); path != "" {
		writeUntilKilled(t, path)
	}
	path := filepath.Join(t.TempDir(), "deals.db")
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKillLosesNothingThatWasAcknowledged$")
	child.Env = append(os.Environ(), crashFile+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	for lines := bufio.NewScanner(out); acknowledged < 40 && lines.Scan(); {
		acknowledged++
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}

	db := open(t, path, bolt.Options{LockWait: time.Second})
	all, err := db.Customers.List(t.Context(), time.Time{}, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	log, err := db.Verdicts.Log(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if acknowledged < 40 || len(all)%100 != 0 || len(all) < acknowledged*100 || len(log) < acknowledged-1 {
		t.Errorf("%d batches of 100 were acknowledged; %d customers and %d decisions are there", acknowledged, len(all), len(log))
	}
	if _, err := db.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// writeUntilKilled writes batches and prints a line after each that is acknowledged.
func writeUntilKilled(t *testing.T, path string) {
	db := open(t, path, bolt.Options{})
	for n := 0; ; n++ {
		batch := make([]signals.Customer, 100)
		for i := range batch {
			batch[i] = signals.Customer{ID: fmt.Sprintf("C-%d-%d", n, i)}
		}
		if _, err := db.Customers.Put(t.Context(), batch, "crm", start); err != nil {
			t.Fatal(err)
		}
		fmt.Println("kept", n)
		if _, err := db.Verdicts.Record(t.Context(), []store.Verdict{verdictOf(fmt.Sprint("D", n), start)}); err != nil {
			t.Fatal(err)
		}
	}
}
