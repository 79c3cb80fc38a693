package crawler

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"dealvitals/signals"
)

// notebook keeps circuits over the lives of several crawlers.
type notebook struct {
	mu   sync.Mutex
	kept map[string]signals.Circuit
	fail error
}

func newNotebook() *notebook { return &notebook{kept: make(map[string]signals.Circuit)} }

func (n *notebook) Circuits(context.Context) ([]signals.Circuit, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Collect(maps.Values(n.kept)), n.fail
}

func (n *notebook) KeepCircuit(ctx context.Context, c signals.Circuit) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kept[c.Host] = c
	return n.fail
}

func (n *notebook) DropCircuit(_ context.Context, host string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.kept, host)
	return n.fail
}

func TestAProgramStartedAgainAndAgainDoesNotHammerAHost(t *testing.T) {
	kept, watch := newNotebook(), newStopwatch()
	s := newSite(t, watch)
	s.handle("/jobs", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusInternalServerError) })
	for i := range 30 {
		w := newWorld(t, Settings{CircuitFailures: 3, Circuits: kept})
		w.watch.pass(watch.now().Sub(w.watch.now()))
		w.crawl(signals.Target{ID: fmt.Sprint("target", i), URL: s.URL + "/jobs"})
		watch.pass(10 * time.Second)
	}
	if n := len(s.asked()); n != 3 {
		t.Errorf("in five minutes of starts it was asked %d times, want 3", n)
	}

	s.forget()
	watch.pass(firstRest)
	for range 5 {
		w := newWorld(t, Settings{CircuitFailures: 3, Circuits: kept})
		w.watch.pass(watch.now().Sub(w.watch.now()))
		w.crawl(signals.Target{URL: s.URL + "/jobs"})
	}
	if n := len(s.asked()); n != 1 {
		t.Errorf("after its rest it was asked %d times, want one probe", n)
	}

	watch.pass(2 * firstRest)
	s.page("/jobs", "job 1 a")
	w := newWorld(t, Settings{CircuitFailures: 3, Circuits: kept})
	w.watch.pass(watch.now().Sub(w.watch.now()))
	if r := w.crawl(signals.Target{URL: s.URL + "/jobs"}); r.Run.Outcome != signals.OutcomeOK || len(kept.kept) != 0 {
		t.Errorf("after a probe that went well: %+v, kept %+v", r.Run, kept.kept)
	}
}

func TestAHostThatAskedToBeLeftAloneIsSoAfterARestart(t *testing.T) {
	kept := newNotebook()
	first := newWorld(t, Settings{Retries: 1, Circuits: kept})
	s := first.site()
	s.handle("/jobs", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Retry-After", "7200")
		rw.WriteHeader(http.StatusServiceUnavailable)
	})
	first.crawl(signals.Target{URL: s.URL + "/jobs"})
	again := newWorld(t, Settings{Circuits: kept})
	if wait := again.waitOf(s.URL); wait.Reason != signals.WaitHostAsked || !wait.Until.Equal(first.waitOf(s.URL).Until) {
		t.Errorf("after a restart it waits: %+v, before: %+v", wait, first.waitOf(s.URL))
	}
}

func TestWhatWasKeptOfHostsIsBounded(t *testing.T) {
	kept, now := newNotebook(), newStopwatch().now()
	for host, c := range map[string]signals.Circuit{
		"long ago":    {Failures: 4, At: now.Add(-circuitsFor - time.Hour)},
		"wrong clock": {Failures: 5, Rest: signals.Duration(time.Hour * 1e5), At: now, Wait: &signals.Wait{Reason: signals.WaitCircuitOpen, Until: now.AddDate(9, 0, 0)}},
		"asked":       {At: now, Wait: &signals.Wait{Reason: signals.WaitHostAsked, Until: now.AddDate(9, 0, 0)}},
	} {
		c.Host = host
		kept.kept[host] = c
	}
	w := newWorld(t, Settings{CircuitFailures: 5, Circuits: kept})
	b := w.transport.breaker
	if len(b.hosts) != 2 || len(kept.kept) != 2 {
		t.Errorf("known are %v, kept %v", b.hosts, kept.kept)
	}
	for host, most := range map[string]time.Duration{"wrong clock": longestRest, "asked": longestAsked} {
		if c := b.hosts[host]; !c.wait.Until.Equal(now.Add(most)) || c.rest > longestRest {
			t.Errorf("%s: %+v", host, c)
		}
	}
}

func TestARunGoesOnWhereHostsInTroubleCannotBeKept(t *testing.T) {
	kept := newNotebook()
	w := newWorld(t, Settings{CircuitFailures: 1, Circuits: kept})
	kept.fail = context.DeadlineExceeded
	s := w.site()
	s.handle("/jobs", dead)
	if r := w.crawl(signals.Target{URL: s.URL + "/jobs"}); r.Run.Outcome != signals.OutcomeUnreachable {
		t.Errorf("got %+v", r.Run)
	}
	if w.waitOf(s.URL).Reason != signals.WaitCircuitOpen {
		t.Error("it is not left alone")
	}
}
