package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/signals"
)

// dead is a page whose server hangs up.
func dead(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }

func (w *world) waitOf(base string) signals.Wait {
	w.t.Helper()
	wait, _, err := w.Waits(w.t.Context(), signals.Target{URL: base + "/"})
	if err != nil {
		w.t.Fatal(err)
	}
	return wait
}

func TestAHostThatFailsIsLeftAloneAndProbed(t *testing.T) {
	w := newWorld(t, Settings{CircuitFailures: 3})
	s := w.site()
	s.handle("/jobs", dead)
	for i := range 3 {
		if wait := w.waitOf(s.URL); wait.Reason != "" {
			t.Fatalf("after %d failures it waits: %+v", i, wait)
		}
		w.crawl(signals.Target{ID: fmt.Sprint("target", i), URL: s.URL + "/jobs"})
	}
	wait := w.waitOf(s.URL)
	if wait.Reason != signals.WaitCircuitOpen || !wait.Until.Equal(w.watch.now().Add(firstRest)) {
		t.Fatalf("after three failures: %+v", wait)
	}
	s.forget()
	r := w.crawl(signals.Target{URL: s.URL + "/jobs"})
	if r.Run.Outcome != signals.OutcomeUnreachable || r.Run.Complete || !strings.Contains(r.Run.Problem, "left alone until") || len(s.log) != 0 {
		t.Errorf("a run meanwhile: %+v, the site was asked %v", r.Run, s.log)
	}
	w.watch.pass(firstRest)
	w.crawl(signals.Target{URL: s.URL + "/jobs"})
	if wait := w.waitOf(s.URL); !wait.Until.Equal(w.watch.now().Add(2 * firstRest)) {
		t.Errorf("after a probe that failed: %+v", wait)
	}
	w.watch.pass(2 * firstRest)
	s.page("/jobs", "job 1 a")
	if r := w.crawl(signals.Target{URL: s.URL + "/jobs"}); r.Run.Outcome != signals.OutcomeOK || w.waitOf(s.URL).Reason != "" {
		t.Errorf("after a probe that went well: %+v, waits %+v", r.Run, w.waitOf(s.URL))
	}
}

func TestOneProbeGoesThroughWhileTheOthersWait(t *testing.T) {
	watch := newStopwatch()
	b := newBreaker(1, waiting{watch.now, watch.sleep}, nil, slog.New(slog.DiscardHandler))
	b.report("h", endedBadly, "x")
	watch.pass(firstRest)
	if err := b.enter(t.Context(), "h"); err != nil {
		t.Fatal("the probe:", err)
	}
	var others sync.WaitGroup
	results := make(chan error, 20)
	for range 20 {
		others.Go(func() { results <- b.enter(t.Context(), "h") })
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.enter(ended, "h"); !errors.Is(err, context.Canceled) {
		t.Errorf("one who gives up: %v", err)
	}
	b.report("h", endedWell, "")
	others.Wait()
	close(results)
	for err := range results {
		if err != nil {
			t.Error("after the probe went well:", err)
		}
	}
}

func TestAProbeThatIsGivenUpLeavesTheNextOne(t *testing.T) {
	watch := newStopwatch()
	b := newBreaker(1, waiting{watch.now, watch.sleep}, nil, slog.New(slog.DiscardHandler))
	b.report("h", endedBadly, "x")
	watch.pass(firstRest)
	for range 2 {
		if err := b.enter(t.Context(), "h"); err != nil {
			t.Fatal(err)
		}
		b.report("h", endedUnsaid, "")
	}
}

func TestTheBreakerForgetsHostsThatMayBeAskedAgain(t *testing.T) {
	watch := newStopwatch()
	b := newBreaker(1, waiting{watch.now, watch.sleep}, nil, slog.New(slog.DiscardHandler))
	for i := range 3 * mostCircuits {
		b.report(fmt.Sprint(i), endedBadly, "x")
		watch.pass(time.Second)
	}
	if len(b.hosts) > mostCircuits+1 {
		t.Errorf("%d hosts are remembered", len(b.hosts))
	}
}

func TestAHostThatAsksForADayIsLeftAlone(t *testing.T) {
	w := newWorld(t, Settings{Retries: 2, CircuitFailures: 5})
	s := w.site()
	s.handle("/jobs", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Retry-After", "7200")
		rw.WriteHeader(http.StatusServiceUnavailable)
	})
	w.crawl(signals.Target{URL: s.URL + "/jobs"})
	if wait := w.waitOf(s.URL); wait.Reason != signals.WaitHostAsked || !wait.Until.Equal(w.watch.now().Add(2*time.Hour)) {
		t.Errorf("it waits: %+v", wait)
	}
}

// ledger is one in memory.
type ledger struct {
	mu     sync.Mutex
	days   map[string]int
	writes int
	err    error
}

func (l *ledger) Granted(_ context.Context, host, day string) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.days[host+day], nil
}

func (l *ledger) Grant(_ context.Context, host, day string, n int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes++
	l.days[host+day] += n
	return l.err
}

func TestAHostIsAskedNoMoreThanItsBudget(t *testing.T) {
	l := &ledger{days: make(map[string]int)}
	w := newWorld(t, Settings{HostBudget: 5, Ledger: l})
	s := w.site()
	chain(s, 10)
	r := w.crawl(signals.Target{URL: s.URL + "/1"})
	if n := len(s.log); n != 5 {
		t.Errorf("it was asked %d times: %s", n, s.paths())
	}
	if r.Run.Complete || r.Run.Outcome != signals.OutcomeUnreachable || !strings.Contains(r.Run.Problem, "crawler.host_budget") {
		t.Errorf("the run: %+v", r.Run)
	}
	wait := w.waitOf(s.URL)
	if want := time.Date(2026, 11, 25, 0, 0, 0, 0, signals.Shanghai); wait.Reason != signals.WaitHostBudget || !wait.Until.Equal(want) {
		t.Errorf("it waits: %+v", wait)
	}
	again := newWorld(t, Settings{HostBudget: 5, Ledger: l}) // the program was started again
	if wait := again.waitOf(s.URL); wait.Reason != signals.WaitHostBudget {
		t.Errorf("after a restart it waits: %+v", wait)
	}
	w.watch.pass(24 * time.Hour)
	if wait := w.waitOf(s.URL); wait.Reason != "" {
		t.Errorf("the next day it waits: %+v", wait)
	}
}

func TestABudgetIsNotedInBlocksAndNeverPassed(t *testing.T) {
	l := &ledger{days: make(map[string]int)}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, signals.Shanghai)
	b := newBudget(1000, l, func() time.Time { return now })
	var all sync.WaitGroup
	taken := make(chan bool, 2000)
	for range 20 {
		all.Go(func() {
			for range 100 {
				taken <- b.take(t.Context(), "h") == nil
			}
		})
	}
	all.Wait()
	close(taken)
	n := 0
	for ok := range taken {
		if ok {
			n++
		}
	}
	if n != 1000 || l.writes != 20 {
		t.Errorf("%d requests in %d writes", n, l.writes)
	}
	l.err = errors.New("disk full")
	if err := b.take(t.Context(), "other"); !errors.Is(err, l.err) {
		t.Errorf("with a ledger that fails: %v", err)
	}
}

func TestHostsThatShareAnAddressShareTurns(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 0, 1: 3 * time.Second, 2: 3 * time.Second / 2} {
		w := newWorld(t, Settings{Delay: time.Second, HostsPerAddress: n})
		w.transport.addresses.lookup = func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("192.0.2.9"), netip.MustParseAddr("192.0.2.1")}, nil
		}
		began := w.watch.now()
		for i := range 4 {
			u := &url.URL{Scheme: "http", Host: fmt.Sprintf("h%d.example", i)}
			leave, err := w.transport.turn(t.Context(), u, manners{delay: time.Second, atOnce: 1})
			if err != nil {
				t.Fatal(err)
			}
			leave()
		}
		if took := w.watch.now().Sub(began); took != want {
			t.Errorf("four hosts as if they were %d: %v, want %v", n, took, want)
		}
	}
}

func TestAHostIsOneHoweverItIsSpelled(t *testing.T) {
	for text, want := range map[string]string{
		"https://Example.COM./a": "example.com", "http://example.com:80/": "example.com", "https://example.com:443": "example.com", "https://example.com:8443/": "example.com:8443",
	} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostKey(u); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestQuietHoursKeepATargetWaitingAndEndItsRun(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	target := signals.Target{URL: s.URL + "/jobs", Politeness: signals.Politeness{QuietHours: []string{"08:30-18:00"}}}
	wait, waits, err := w.Waits(t.Context(), target)
	if err != nil || !waits || wait.Reason != signals.WaitQuietHours || wait.Until.In(signals.Shanghai).Hour() != 18 {
		t.Errorf("it waits: %+v %v %v", wait, waits, err)
	}
	target.Politeness.QuietHours = []string{"09:01-18:00"}
	w.watch.pass(time.Minute - 50*time.Millisecond)
	s.handle("/jobs", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r := w.crawl(target)
	if r.Run.Complete || r.Run.Truncated != truncatedTime || !strings.Contains(r.Run.Problem, "quiet hours began") {
		t.Errorf("the run: %+v", r.Run)
	}
}
