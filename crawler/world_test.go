package crawler

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/evidence"
	"dealvitals/signals"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stopwatch is time that passes only when somebody sleeps.
type stopwatch struct {
	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func newStopwatch() *stopwatch {
	return &stopwatch{at: time.Date(2026, 11, 24, 9, 0, 0, 0, signals.Shanghai)}
}

func (s *stopwatch) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *stopwatch) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

func (s *stopwatch) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	s.slept = append(s.slept, d)
	s.at = s.at.Add(d)
	s.mu.Unlock()
	return ctx.Err()
}

// site is a loopback site that logs who asked for what, and when by the stopwatch.
type site struct {
	*httptest.Server
	watch *stopwatch

	mu       sync.Mutex
	pages    map[string]http.HandlerFunc
	log      []request
	now, top int // requests at a time
}

type request struct {
	method, path, body string
	header             http.Header
	at                 time.Time
}

func newSite(t *testing.T, watch *stopwatch) *site {
	t.Helper()
	s := &site{watch: watch, pages: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := make([]byte, 4096)
	n, _ := r.Body.Read(body)
	s.mu.Lock()
	s.log = append(s.log, request{r.Method, r.URL.RequestURI(), string(body[:n]), r.Header, s.watch.now()})
	page, ok := s.pages[r.URL.RequestURI()]
	s.now++
	s.top = max(s.top, s.now)
	s.mu.Unlock()
	if ok {
		page(w, r)
	} else {
		http.NotFound(w, r)
	}
	s.mu.Lock()
	s.now--
	s.mu.Unlock()
}

func (s *site) handle(path string, page http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

func (s *site) page(path string, lines ...string) { s.handle(path, text(lines...)) }

func text(lines ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Join(lines, "\n")) }
}

// asked lists the requests but for robots.txt.
func (s *site) asked() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var asked []request
	for _, r := range s.log {
		if r.path != "/robots.txt" {
			asked = append(asked, r)
		}
	}
	return asked
}

func (s *site) paths() string {
	var paths []string
	for _, r := range s.asked() {
		paths = append(paths, r.path)
	}
	return strings.Join(paths, " ")
}

func (s *site) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log, s.top = nil, 0
}

// recollection is a memory that keeps what runs brought, as a store does.
type recollection struct {
	mu      sync.Mutex
	pages   map[string]signals.PageState
	notices map[string]signals.Notice
	unread  map[string]signals.UnreadDetail
	runs    []signals.RunSummary
}

func newRecollection() *recollection {
	return &recollection{pages: make(map[string]signals.PageState), notices: make(map[string]signals.Notice), unread: make(map[string]signals.UnreadDetail)}
}

func (m *recollection) Page(_ context.Context, targetID, url string) (signals.PageState, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.pages[targetID+" "+url]
	return p, ok, nil
}

func (m *recollection) KnownNotices(_ context.Context, _ string, ids []string) (map[string]bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known := make(map[string]bool)
	for _, id := range ids {
		_, known[id] = m.notices[id]
	}
	return known, nil
}

func (m *recollection) Notice(_ context.Context, _, id string) (signals.Notice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.notices[id], nil
}

func (m *recollection) UnreadDetails(context.Context, string) ([]signals.UnreadDetail, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.SortedFunc(maps.Values(m.unread), func(a, b signals.UnreadDetail) int { return cmp.Compare(a.NoticeID, b.NoticeID) }), nil
}

func (m *recollection) Summaries(context.Context, string, time.Time) ([]signals.RunSummary, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runs, nil
}

func (m *recollection) commit(r Result) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range r.Pages {
		m.pages[p.TargetID+" "+p.URL] = p
	}
	for _, n := range r.Notices {
		m.notices[n.ID] = n
	}
	for _, id := range r.DetailsRead {
		delete(m.unread, id)
	}
	for _, d := range r.Unread {
		m.unread[d.NoticeID] = d
	}
	m.runs = append(m.runs, signals.RunSummary{ID: r.Run.ID, List: r.Run.List, StartedAt: r.Run.StartedAt, Outcome: r.Run.Outcome, Complete: r.Run.Complete, Items: r.Run.Items, Unread: r.Run.Unread})
}

// world is a crawler with what it needs.
type world struct {
	*Crawler
	t       *testing.T
	watch   *stopwatch
	memory  *recollection
	archive *evidence.Archive
}

func newWorld(t *testing.T, settings Settings) *world {
	t.Helper()
	return newWorldIn(t, t.TempDir(), settings)
}

// newWorldIn keeps its evidence in a folder.
func newWorldIn(t *testing.T, folder string, settings Settings) *world {
	t.Helper()
	w := &world{t: t, watch: newStopwatch(), memory: newRecollection()}
	var err error
	w.archive, err = evidence.Open(folder, evidence.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if settings.AllowNetworks == nil {
		settings.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}
	w.Crawler, err = newCrawler(settings, w.memory, w.archive, w.watch.now, slog.New(slog.DiscardHandler), waiting{w.watch.now, w.watch.sleep})
	if err != nil {
		t.Fatal(err)
	}
	w.read = readLines
	t.Cleanup(func() {
		w.Close()
		if err := w.archive.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) site() *site { return newSite(w.t, w.watch) }

// crawl runs a target and commits what it brought.
func (w *world) crawl(target signals.Target) Result {
	w.t.Helper()
	if target.ID == "" {
		target.ID = "target"
	}
	if target.Kind == "" {
		target.Kind, target.CustomerID = signals.KindHiring, "customer"
	}
	r, err := w.Run(w.t.Context(), target, signals.Run{ID: "run", TargetID: target.ID, StartedAt: w.watch.now()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.memory.commit(r)
	return r
}

// readLines reads the pages of the tests: one fact a line.
//
//	job ID TITLE [DATE]    notice ID TITLE [DATE or - [ADDRESS]]    buyer NAME
//	next URL    instead URL    total N    empty    outcome O    panic
func readLines(p extract.Page, _ signals.Kind, _ signals.Reading) extract.Result {
	r := extract.Result{Outcome: signals.OutcomeNotRelevant, Extractor: "lines"}
	for line := range strings.SplitSeq(string(p.Body), "\n") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		readLine(&r, p, f)
	}
	if r.Outcome == signals.OutcomeNotRelevant && len(r.Postings)+len(r.Notices) > 0 {
		r.Outcome = signals.OutcomeOK
	}
	return r
}

func readLine(r *extract.Result, p extract.Page, f []string) {
	resolve := func(ref string) string { return resolveOn(p.URL, ref) }
	switch f[0] {
	case "job":
		posting := signals.Posting{ID: f[1], Title: f[2]}
		if len(f) > 3 {
			d, _ := signals.ParseDate(f[3])
			posting.Posted, posting.Basis = &d, signals.DatePublished
		}
		r.Postings = append(r.Postings, posting)
	case "notice":
		n := signals.Notice{ID: f[1], Title: f[2]}
		if len(f) > 3 && f[3] != "-" {
			d, _ := signals.ParseDate(f[3])
			n.Published = &d
		}
		if len(f) > 4 {
			n.URL = resolve(f[4])
		}
		r.Notices = append(r.Notices, n)
	case "buyer":
		r.Notices[len(r.Notices)-1].Buyer = f[1]
	case "next":
		r.Next = &extract.Request{URL: resolve(f[1])}
	case "instead":
		r.Instead = &extract.Request{URL: resolve(f[1])}
	case "total":
		n, _ := strconv.Atoi(f[1])
		r.Total = &n
	case "more":
		r.More = "more"
	case "pager":
		r.Pager = "1 2"
	case "empty":
		r.Outcome = signals.OutcomeEmpty
	case "outcome":
		r.Outcome, r.Why = signals.Outcome(f[1]), "as told"
	case "panic":
		panic("a reader's mistake")
	}
}

func resolveOn(page, ref string) string {
	if strings.HasPrefix(ref, "/") {
		return "http://" + hostOf(page) + ref
	}
	return ref
}

func postingsOf(r Result) []signals.Posting { return slices.Collect(r.Postings.All()) }

func ids(r Result) string {
	var all []string
	for p := range r.Postings.All() {
		all = append(all, p.ID)
	}
	for _, n := range r.Notices {
		all = append(all, n.ID)
	}
	return strings.Join(all, " ")
}
