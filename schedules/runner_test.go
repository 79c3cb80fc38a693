package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// scripted is a crawler that does what the test says for each target, so that these
// tests are about what happens around a crawl.
type scripted map[string]func(ctx context.Context, run signals.Run) (crawler.Result, error)

func (s scripted) Run(ctx context.Context, t signals.Target, run signals.Run) (crawler.Result, error) {
	return s[t.ID](ctx, run)
}

// shows is a complete crawl that finds these jobs.
func shows(at func() time.Time, titles ...string) func(context.Context, signals.Run) (crawler.Result, error) {
	return func(_ context.Context, run signals.Run) (crawler.Result, error) {
		run.FinishedAt, run.Outcome, run.Complete, run.Items = at(), signals.OutcomeOK, true, len(titles)
		var postings []signals.Posting
		for _, title := range titles {
			postings = append(postings, signals.Posting{TargetID: run.TargetID, CustomerID: "C1", ID: title, Title: title})
		}
		return crawler.Result{Run: run, Postings: signals.PostingsOf(postings...)}, nil
	}
}

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// office is everything that a run needs, on a real store.
type office struct {
	db      *bolt.DB
	clock   *clock
	crawler scripted
	runner  *Runner
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{clock: &clock{now: time.Date(2026, 11, 2, 8, 0, 0, 0, signals.Shanghai)}, crawler: scripted{}}
	db, err := bolt.Open(filepath.Join(t.TempDir(), "test.db"), bolt.Options{Clock: o.clock.Now, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	o.db = db
	logger := slog.New(slog.DiscardHandler)
	matching := &Matching{Customers: db.Customers, Notices: db.Notices}
	o.runner = &Runner{
		Targets: db.Targets, Runs: db.Runs, Deals: db.Deals, Crawler: o.crawler,
		Matching: matching,
		Rescorer: &Rescorer{Histories: db.Histories, Policies: db.Policies, Verdicts: db.Verdicts, AllDeals: db.Deals, Matching: matching, Clock: o.clock.Now, Logger: logger},
		Clock:    o.clock.Now, Logger: logger,
	}
	o.people(t)
	return o
}

// people stores two customers with a deal and a hiring target each.
func (o *office) people(t *testing.T) {
	t.Helper()
	at := o.clock.Now()
	for _, n := range []string{"1", "2"} {
		_, err := o.db.Customers.Put(t.Context(), []signals.Customer{{ID: "C" + n, Name: "客户" + n + "有限公司"}}, "test", at)
		must(t, err)
		_, err = o.db.Deals.Put(t.Context(), []signals.Deal{{ID: "D" + n, CustomerID: "C" + n, Name: "商机", Owner: "李四", Amount: decimal.NewFromInt(1), Currency: "CNY"}}, "test", at)
		must(t, err)
		_, err = o.db.Targets.Put(t.Context(), []signals.Target{{ID: "T" + n, Kind: signals.KindHiring, CustomerID: "C" + n, URL: "http://127.0.0.1/" + n}}, "test", at)
		must(t, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) evaluations(t *testing.T, deal string) int {
	t.Helper()
	all, err := o.db.Verdicts.Recent(t.Context(), deal, 100)
	must(t, err)
	return len(all)
}

func TestRunKeepsWhatItBringsAndScoresOnlyTheDealsItTouches(t *testing.T) {
	o := newOffice(t)
	o.crawler["T1"] = shows(o.clock.Now, "机械工程师", "会计")
	run, err := o.runner.Run(t.Context(), "T1", "manual")
	must(t, err)
	if run.New != 2 || run.Items != 2 || !run.Complete {
		t.Errorf("got run %+v, want 2 items, both new", run)
	}
	if n := o.evaluations(t, "D1"); n != 1 {
		t.Errorf("the deal of the crawled customer was scored %d times, want once", n)
	}
	if n := o.evaluations(t, "D2"); n != 0 {
		t.Errorf("a deal of another customer was scored %d times, want not at all", n)
	}
}

func TestListThatVanishesIsDriftNotEmptiness(t *testing.T) {
	o := newOffice(t)
	o.crawler["T1"] = shows(o.clock.Now, "机械工程师", "会计")
	_, err := o.runner.Run(t.Context(), "T1", "manual")
	must(t, err)
	o.clock.advance(24 * time.Hour)
	o.crawler["T1"] = func(_ context.Context, run signals.Run) (crawler.Result, error) {
		run.FinishedAt, run.Outcome = o.clock.Now(), signals.OutcomeNotRelevant
		return crawler.Result{Run: run}, nil
	}
	run, err := o.runner.Run(t.Context(), "T1", "manual")
	must(t, err)
	if !run.Drifted {
		t.Errorf("a target that gave items and now gives none has not drifted: %+v", run)
	}
}

func TestPanicInOneRunHarmsNoOther(t *testing.T) {
	o := newOffice(t)
	o.crawler["T1"] = func(context.Context, signals.Run) (crawler.Result, error) { panic("a page nobody foresaw") }
	o.crawler["T2"] = shows(o.clock.Now, "会计")
	_, err := o.runner.Run(t.Context(), "T1", "manual")
	var panicked *PanicError
	if !errors.As(err, &panicked) {
		t.Fatalf("got %v, want the panic as an error", err)
	}
	_, err = o.runner.Run(t.Context(), "T2", "manual")
	must(t, err)
	o.crawler["T1"] = shows(o.clock.Now, "会计")
	if _, err := o.runner.Run(t.Context(), "T1", "manual"); err != nil {
		t.Errorf("the target of the panic cannot be crawled again: %v", err)
	}
}

func TestOneRunOfATargetAtATime(t *testing.T) {
	o := newOffice(t)
	inside, release := make(chan struct{}), make(chan struct{})
	o.crawler["T1"] = func(ctx context.Context, run signals.Run) (crawler.Result, error) {
		close(inside)
		<-release
		return shows(o.clock.Now, "会计")(ctx, run)
	}
	done := make(chan error, 1)
	go func() {
		_, err := o.runner.Run(t.Context(), "T1", "manual")
		done <- err
	}()
	<-inside
	_, err := o.runner.Run(t.Context(), "T1", "manual")
	var inProgress *store.RunInProgressError
	if !errors.As(err, &inProgress) {
		t.Errorf("a second run of the target gave %v, want RunInProgressError", err)
	}
	close(release)
	must(t, <-done)
}

func TestRunCutOffByTheEndStaysJournaled(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(t.Context())
	o.crawler["T1"] = func(ctx context.Context, _ signals.Run) (crawler.Result, error) {
		cancel()
		return crawler.Result{}, fmt.Errorf("fetching: %w", ctx.Err())
	}
	if _, err := o.runner.Run(ctx, "T1", "schedule"); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the end of the context", err)
	}
	cut, err := o.db.Runs.Unfinished(t.Context())
	must(t, err)
	if len(cut) != 1 || cut[0].TargetID != "T1" {
		t.Errorf("the journal holds %+v, want the run of T1 that was cut off", cut)
	}
}
