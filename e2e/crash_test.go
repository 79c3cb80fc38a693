package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dealvitals/demo"
	"dealvitals/imports"
)

const (
	// crashRounds is how many kills there are unless DEALVITALS_CRASH_ROUNDS says otherwise.
	crashRounds = 10
	// The rows that are added to the demo's tables, so that an import takes long enough to
	// be killed in the middle.
	bulkCustomers = 2_000
	bulkMessages  = 15_000
)

// step is one command of a company's first day.
type step struct {
	args []string
	took time.Duration // the least that it was seen to need
}

func (s step) crawls() bool { return s.args[0] == "crawl" }

// TestKilledCommandsLoseNothingAndDoubleNothing lives through a company's first day
// twice on the same sites: once undisturbed, once with each command killed at random
// moments, the store verified, the deals scored as a schedule may do it, and the command
// given again until it ends by itself. Both must end with the same records, signals,
// evidence and decisions.
func TestKilledCommandsLoseNothingAndDoubleNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	t.Parallel()
	rounds := crashRounds
	if text := os.Getenv("DEALVITALS_CRASH_ROUNDS"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatalf("DEALVITALS_CRASH_ROUNDS: %v", err)
		}
	}
	world := startWorld(t)
	calm, rough := t.TempDir(), t.TempDir()
	steps := firstDay(t, world, calm, rough)

	for i := range steps {
		began := time.Now()
		output(t, calm, steps[i].args...)
		steps[i].took = time.Since(began)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", rounds, seed)
	k := &killer{T: t, folder: rough, random: rand.New(rand.NewPCG(seed, 0)), committed: make(map[string]int)}
	for i, s := range steps {
		k.killOften(&s, (rounds+len(steps)-1-i)/len(steps))
		output(t, rough, s.args...)
		k.begun = true
	}
	t.Logf("%d kills struck a command at work", k.struck)
	compare(t, contentsOf(t, calm), contentsOf(t, rough))
	for target, n := range k.committed {
		if kept := runsOf(t, rough, target); kept < n {
			t.Errorf("target %s: the program said %d times that a run is kept, there are %d", target, n, kept)
		}
	}
	for _, s := range steps {
		if s.args[0] == "import" {
			again := decode[imports.Report](t, output(t, rough, append(slices.Clone(s.args), "--format", "json")...))
			if again.Created != 0 || again.Updated != 0 {
				t.Errorf("%v once more brings %d new rows and changes %d, want none", s.args, again.Created, again.Updated)
			}
		}
	}
}

// startWorld opens the demo's sites at the moment that is now.
func startWorld(t *testing.T) *demo.World {
	t.Helper()
	world, err := demo.Start(time.Now().Truncate(time.Second))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := world.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if err := world.MoveOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	return world
}

// firstDay writes the tables into folders and lists the commands. Notices come before the
// customers whose they are, so that a new customer has to be matched afterwards.
func firstDay(t *testing.T, world *demo.World, folders ...string) []step {
	t.Helper()
	tables := make(map[string]string)
	for _, table := range world.Tables() {
		tables[table.Kind] = string(table.CSV)
	}
	messages, from := world.Messages()
	tables["customers"] += bulk(bulkCustomers, func(n int) string { return fmt.Sprintf("B%d,批发第%d商贸有限公司,,,,", n, n) })
	heading, log, _ := strings.Cut(string(messages.CSV), "\n")
	at := world.Now().Format(time.RFC3339)
	tables["messages"] = heading + "\n" + bulk(bulkMessages, func(n int) string { return fmt.Sprintf("%s,B-%d,K-%d,收,text,好,", at, n, n) }) + log
	tables["tenders"], tables["sites"] = splitTargets(tables["targets"])
	for name, text := range tables {
		for _, folder := range folders {
			write(t, folder, name+".csv", text)
		}
	}
	crawl := func(kind string) step {
		return step{args: []string{"crawl", "--kind", kind, "--allow-network", "127.0.0.0/8", "--contact", "test@dealvitals.example", "--delay", "0s"}}
	}
	load := func(kind, name string, flags ...string) step {
		return step{args: append([]string{"import", kind, name + ".csv"}, flags...)}
	}
	return []step{
		load("targets", "tenders"), crawl("tender"), load("customers", "customers"), crawl("tender"), load("contacts", "contacts"), load("deals", "deals"),
		load("targets", "sites"), crawl("hiring"),
		load("interactions", "messages", "--covers-from", from.Format(time.RFC3339), "--covers-to", at), {args: []string{"score"}},
	}
}

func bulk(n int, line func(n int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i) + "\n")
	}
	return b.String()
}

// splitTargets divides a table of targets into tender sites and hiring sites.
func splitTargets(table string) (tenders, sites string) {
	for line := range strings.Lines(table) {
		if !strings.Contains(line, "招聘") {
			tenders += line
		}
		if !strings.Contains(line, "采购") {
			sites += line
		}
	}
	return tenders, sites
}

// killer kills commands at random moments and remembers what they acknowledged.
type killer struct {
	*testing.T
	folder    string
	random    *rand.Rand
	begun     bool           // a command has ended by itself, so that there is a store
	struck    int            // kills of a command that had not ended
	committed map[string]int // target → runs that the program said are kept
}

// killOften kills a command so many times, and on until it was once struck at work: else
// nothing is shown of it.
func (k *killer) killOften(s *step, times int) {
	k.Helper()
	struck := k.struck
	for n := 0; n < times || k.struck == struck; n++ {
		if n > times+50 {
			k.Fatalf("no kill struck %v at work", s.args)
		}
		k.kill(s)
	}
}

// kill starts a command, kills it somewhere in the time that it needs, and checks what is
// left. A schedule would go on with that, so the deals are scored. A command that ended
// sooner than it was known to is killed sooner the next time.
func (k *killer) kill(s *step) {
	k.Helper()
	c := command(k.Context(), k.folder, s.args...)
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		k.Fatal(err)
	}
	began := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err := <-ended:
		s.took = min(s.took, time.Since(began))
		if err != nil {
			k.Errorf("dealvitals %v, given again after a kill: %v\n%s", s.args, err, said.String())
		}
	case <-time.After(time.Duration(k.random.Int64N(int64(s.took)))):
		k.strike(c, ended)
	}
	if s.crawls() {
		k.count(said.String())
	}
	if _, err := os.Stat(filepath.Join(k.folder, "dealvitals.db")); errors.Is(err, fs.ErrNotExist) && !k.begun {
		return // killed before the first command made a store
	}
	output(k.T, k.folder, "verify")
	output(k.T, k.folder, "score")
}

func (k *killer) strike(c *exec.Cmd, ended <-chan error) {
	k.Helper()
	if err := c.Process.Kill(); err != nil {
		k.Logf("the command ended just before it was killed: %v", err)
	}
	if err := <-ended; err != nil && c.ProcessState.ExitCode() >= 0 {
		k.Errorf("the command failed before it was killed: %v", err)
	}
	if c.ProcessState.ExitCode() < 0 {
		k.struck++
	}
}

// count reads what a crawl says of each run when it is kept, as "[3/15] T-C01: ok, …".
func (k *killer) count(said string) {
	for lines := bufio.NewScanner(strings.NewReader(said)); lines.Scan(); {
		line := lines.Text()
		if _, rest, ok := strings.Cut(line, "] "); ok && strings.HasPrefix(line, "[") {
			target, _, _ := strings.Cut(rest, ": ")
			k.committed[target]++
		}
	}
}
