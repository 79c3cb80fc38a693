package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dealvitals/crawler/robots"
	"dealvitals/signals"
)

// chain makes a list of n pages.
func chain(s *site, n int) {
	for i := 1; i <= n; i++ {
		lines := []string{fmt.Sprintf("job %d T%d", i, i)}
		if i < n {
			lines = append(lines, fmt.Sprintf("next /%d", i+1))
		}
		s.page(fmt.Sprintf("/%d", i), lines...)
	}
}

// gaps are the pauses between a site's requests, robots.txt included.
func gaps(s *site) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gaps []string
	for i := 1; i < len(s.log); i++ {
		gaps = append(gaps, s.log[i].at.Sub(s.log[i-1].at).String())
	}
	return strings.Join(gaps, " ")
}

func TestRequestsToAHostAreSpaced(t *testing.T) {
	tests := []struct {
		name     string
		settings Settings
		target   signals.Politeness
		robots   string
		want     string
	}{
		{name: "by the settings' delay", settings: Settings{Delay: time.Second}, want: "1s 1s 1s"},
		{name: "by a target's longer one", settings: Settings{Delay: time.Second}, target: signals.Politeness{Delay: signals.Duration(5 * time.Second)}, want: "5s 5s 5s"},
		{name: "a target may not be asked harder", settings: Settings{Delay: time.Second}, target: signals.Politeness{Delay: signals.Duration(time.Millisecond), Concurrency: 9}, want: "1s 1s 1s"},
		{name: "by the site's Crawl-delay, from when it is known", settings: Settings{Delay: time.Second, MaxCrawlDelay: 30 * time.Second}, robots: "user-agent: *\ncrawl-delay: 7", want: "1s 7s 7s"},
		{name: "a Crawl-delay is cut to the limit", settings: Settings{Delay: time.Second, MaxCrawlDelay: 3 * time.Second}, robots: "user-agent: *\ncrawl-delay: 700", want: "1s 3s 3s"},
		{name: "not at all where no delay is set", want: "0s 0s 0s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, test.settings)
			s := w.site()
			chain(s, 3)
			if test.robots != "" {
				s.page("/robots.txt", test.robots)
			}
			if r := w.crawl(signals.Target{URL: s.URL + "/1", Politeness: test.target}); !r.Run.Complete {
				t.Fatalf("run %+v", r.Run)
			}
			if got := gaps(s); got != test.want {
				t.Errorf("pauses %s, want %s", got, test.want)
			}
		})
	}
}

func TestTargetsOfAHostShareItsTurns(t *testing.T) {
	for _, atOnce := range []int{1, 3} {
		t.Run(fmt.Sprint(atOnce, " at a time"), func(t *testing.T) {
			w := newWorld(t, Settings{Concurrency: atOnce})
			s := w.site()
			chain(s, 20)
			var runs sync.WaitGroup
			for i := range 8 {
				runs.Go(func() {
					_, err := w.Run(t.Context(), signals.Target{ID: fmt.Sprint(i), Kind: signals.KindHiring, URL: s.URL + "/1"}, signals.Run{})
					if err != nil {
						t.Error(err)
					}
				})
			}
			runs.Wait()
			if s.top > atOnce {
				t.Errorf("%d requests at a time", s.top)
			}
			if n := len(s.asked()); n != 160 {
				t.Errorf("%d pages asked for", n)
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			if n := len(s.log) - 160; n != 1 {
				t.Errorf("robots.txt was asked for %d times", n)
			}
		})
	}
}

func TestASlowHostHoldsUpNobodyElse(t *testing.T) {
	w := newWorld(t, Settings{})
	slow, quick := w.site(), w.site()
	started, done := make(chan struct{}), make(chan struct{})
	slow.handle("/", func(http.ResponseWriter, *http.Request) { close(started); <-done })
	quick.page("/", "job a A")
	var runs sync.WaitGroup
	runs.Go(func() {
		if _, err := w.Fetch(t.Context(), slow.URL, signals.Reading{}); err != nil {
			t.Error(err)
		}
	})
	<-started
	if _, err := w.Fetch(t.Context(), quick.URL, signals.Reading{}); err != nil {
		t.Error(err)
	}
	close(done)
	runs.Wait()
}

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	turns := newTurns(waiting{time.Now, sleep})
	leave, err := turns.wait(t.Context(), "h", manners{delay: time.Hour, atOnce: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	refused := make(chan error)
	go func() {
		_, err := turns.wait(ctx, "h", manners{atOnce: 1})
		refused <- err
	}()
	cancel()
	if err := <-refused; !errors.Is(err, context.Canceled) {
		t.Errorf("in the queue: %v", err)
	}
	leave()
	ctx, cancel = context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := turns.wait(ctx, "h", manners{atOnce: 1}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in the pause: %v", err)
	}
	if h := turns.hosts["h"]; h.running != 0 || len(h.waiting) != 0 {
		t.Errorf("turns were not given back: %+v", h)
	}
}

func TestIdleHostsAreForgotten(t *testing.T) {
	watch := newStopwatch()
	turns := newTurns(waiting{watch.now, watch.sleep})
	for i := range 10 * smallestSweep {
		leave, err := turns.wait(t.Context(), fmt.Sprint(i), manners{delay: time.Second, atOnce: 1})
		if err != nil {
			t.Fatal(err)
		}
		leave()
		watch.pass(time.Millisecond)
	}
	if n := len(turns.hosts); n > 3*smallestSweep {
		t.Errorf("%d hosts are remembered", n)
	}
}

func TestTroubleIsTriedAgain(t *testing.T) {
	after := func(seconds string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", seconds)
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	broken := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "job a A")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	good := text("job a A")
	tests := []struct {
		name    string
		answers []http.HandlerFunc
		outcome signals.Outcome
		gaps    string
	}{
		{"a server error once", []http.HandlerFunc{status(500), good}, signals.OutcomeOK, "0s 1s"},
		{"server errors, with longer pauses each time", []http.HandlerFunc{status(502), status(504), good}, signals.OutcomeOK, "0s 1s 2s"},
		{"server errors that do not end", []http.HandlerFunc{status(500), status(500), status(500), good}, signals.OutcomeUnreachable, "0s 1s 2s"},
		// net/http asks again at once where a connection that was kept turns out to be closed.
		{"a broken connection", []http.HandlerFunc{broken, broken, good}, signals.OutcomeOK, "0s 0s 1s"},
		{"half a page", []http.HandlerFunc{half, half, good}, signals.OutcomeOK, "0s 1s 2s"},
		{"half a page that does not get whole", []http.HandlerFunc{half, half, half, good}, signals.OutcomeUnreachable, "0s 1s 2s"},
		{"too many requests", []http.HandlerFunc{status(429), good}, signals.OutcomeOK, "0s 1s"},
		{"too many requests, and no end", []http.HandlerFunc{status(429), status(429), status(429)}, signals.OutcomeBlocked, "0s 1s 2s"},
		{"Retry-After in seconds", []http.HandlerFunc{after("60"), good}, signals.OutcomeOK, "0s 1m0s"},
		{"Retry-After as a date", []http.HandlerFunc{after("Tue, 24 Nov 2026 01:00:30 GMT"), good}, signals.OutcomeOK, "0s 30s"},
		{"Retry-After in the past", []http.HandlerFunc{after("Tue, 24 Nov 2020 01:00:30 GMT"), good}, signals.OutcomeOK, "0s 1s"},
		{"Retry-After that is no time", []http.HandlerFunc{after("soon"), good}, signals.OutcomeOK, "0s 1s"},
		{"Retry-After beyond patience leaves the site alone", []http.HandlerFunc{after("3600"), good}, signals.OutcomeUnreachable, "0s"},
		{"what is not implemented stays so", []http.HandlerFunc{status(501), good}, signals.OutcomeUnreachable, "0s"},
		{"a missing page is not tried again", []http.HandlerFunc{status(404), good}, signals.OutcomeNotFound, "0s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, Settings{Retries: 2})
			s := w.site()
			var asked atomic.Int64 // an answer that breaks off ends beside the next one's beginning
			s.handle("/", func(rw http.ResponseWriter, r *http.Request) {
				n := min(int(asked.Add(1)), len(test.answers))
				test.answers[n-1](rw, r)
			})
			r := w.crawl(signals.Target{URL: s.URL + "/"})
			if r.Run.Outcome != test.outcome {
				t.Errorf("outcome %s (%s), want %s", r.Run.Outcome, r.Run.Problem, test.outcome)
			}
			if got := gaps(s); got != test.gaps {
				t.Errorf("pauses %s, want %s", got, test.gaps)
			}
		})
	}
}

func TestRetryAfterHoldsBackEveryRun(t *testing.T) {
	w := newWorld(t, Settings{Retries: 1})
	s := w.site()
	s.handle("/a", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Retry-After", "90")
		rw.WriteHeader(http.StatusTooManyRequests)
	})
	s.page("/b", "job b B")
	turn := s.URL[len("http://"):]
	w.crawl(signals.Target{URL: s.URL + "/a"})
	w.transport.turns.holdBack(turn, 90*time.Second)
	before := w.watch.now()
	w.crawl(signals.Target{ID: "other", URL: s.URL + "/b"})
	if waited := w.watch.now().Sub(before); waited != 90*time.Second {
		t.Errorf("the other run waited %v", waited)
	}
}

func TestRobotsIsObeyedOnEveryHop(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	to := func(where string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, http.StatusFound) }
	}
	tests := []struct {
		name    string
		robots  http.HandlerFunc
		page    http.HandlerFunc
		outcome signals.Outcome
		problem string
	}{
		{"no robots.txt allows everything", http.NotFound, text("job a A"), signals.OutcomeOK, ""},
		{"a forbidden robots.txt allows everything", status(403), text("job a A"), signals.OutcomeOK, ""},
		{"a server in trouble allows nothing", status(503), text("job a A"), signals.OutcomeRobotsDenied, "cannot be had now (HTTP 503)"},
		{"a rule denies", text("user-agent: *\ndisallow: /jobs"), text("job a A"), signals.OutcomeRobotsDenied, "does not allow"},
		{"a rule for us goes before that for all", text("user-agent: *\ndisallow: /\nuser-agent: dealvitals\nallow: /"), text("job a A"), signals.OutcomeOK, ""},
		{"a redirect to a denied address is not followed", text("user-agent: *\ndisallow: /private"), to("/private/list"), signals.OutcomeRobotsDenied, "does not allow"},
		{"a robots.txt that moved is followed", to("/other-robots.txt"), text("job a A"), signals.OutcomeRobotsDenied, "does not allow"},
		{"a robots.txt that redirects for ever is none", to("/robots.txt"), text("job a A"), signals.OutcomeOK, ""},
		{"a robots.txt on a forbidden address is refused", to("http://169.254.169.254/robots.txt"), text("job a A"), signals.OutcomeUnsafe, "private or reserved"},
		{"a robots.txt that breaks off allows nothing", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, text("job a A"), signals.OutcomeRobotsDenied, "cannot be had now"},
		{"an endless robots.txt is read to its limit", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "user-agent: *\ndisallow: /jobs\n")
			for range 100_000 {
				if _, err := fmt.Fprintln(w, "# nothing to see here"); err != nil {
					return
				}
			}
		}, text("job a A"), signals.OutcomeRobotsDenied, "does not allow"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, Settings{Contact: "ops@example.com"})
			s := w.site()
			s.handle("/robots.txt", test.robots)
			s.page("/other-robots.txt", "user-agent: *\ndisallow: /jobs")
			s.handle("/jobs", test.page)
			s.page("/private/list", "job secret S")
			r := w.crawl(signals.Target{URL: s.URL + "/jobs"})
			if r.Run.Outcome != test.outcome || !strings.Contains(r.Run.Problem, test.problem) {
				t.Errorf("outcome %s (%s), want %s (%s)", r.Run.Outcome, r.Run.Problem, test.outcome, test.problem)
			}
			if strings.Contains(s.paths(), "private") {
				t.Error("a denied address was asked for")
			}
		})
	}
}

func TestRobotsIsKeptForADay(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/", "job a A")
	s.page("/robots.txt", "user-agent: *\nallow: /")
	count := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.log) - strings.Count(fmt.Sprint(s.log), " / ")
	}
	w.crawl(signals.Target{URL: s.URL})
	w.watch.pass(23 * time.Hour)
	w.crawl(signals.Target{URL: s.URL})
	if n := count(); n != 1 {
		t.Errorf("asked for %d times within a day", n)
	}
	w.watch.pass(2 * time.Hour)
	w.crawl(signals.Target{URL: s.URL})
	if n := count(); n != 2 {
		t.Errorf("asked for %d times in two days", n)
	}
	w.watch.pass(-48 * time.Hour)
	w.crawl(signals.Target{URL: s.URL})
	if n := count(); n != 3 {
		t.Errorf("a clock that was set back must not keep it longer: asked for %d times", n)
	}
}

func TestARobotsDenialEndsWithTheTrouble(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/", "job a A")
	s.handle("/robots.txt", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(500) })
	w.crawl(signals.Target{URL: s.URL})
	s.handle("/robots.txt", http.NotFound)
	if r := w.crawl(signals.Target{URL: s.URL}); r.Run.Outcome != signals.OutcomeRobotsDenied {
		t.Errorf("the host is left alone for a while, got %s", r.Run.Outcome)
	}
	w.watch.pass(robotsDeniedFor)
	if r := w.crawl(signals.Target{URL: s.URL}); r.Run.Outcome != signals.OutcomeOK {
		t.Errorf("got %s: %s", r.Run.Outcome, r.Run.Problem)
	}
}

func TestRobotsMemoryIsBounded(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/robots.txt", "user-agent: *\n"+strings.Repeat("disallow: /"+strings.Repeat("x", 40)+"\n", 9000))
	cache := w.transport.robots
	for i := range 60 {
		cache.add(&robotsEntry{origin: fmt.Sprint(i), rules: mustRules(t, w, s)})
	}
	if cache.size > robotsMemory || len(cache.entries) != cache.order.Len() || len(cache.entries) < 2 {
		t.Errorf("%d bytes in %d entries", cache.size, len(cache.entries))
	}
}

func mustRules(t *testing.T, w *world, s *site) robots.Rules {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := w.transport.readRobots(t.Context(), u, manners{atOnce: 1})
	if err != nil {
		t.Fatal(err)
	}
	return rules
}
