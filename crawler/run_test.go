package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func TestHowAListEnds(t *testing.T) {
	tests := []struct {
		name      string
		pages     map[string]string
		settings  Settings
		reading   signals.Reading
		ids       string
		outcome   signals.Outcome
		complete  bool
		truncated string
		problem   string // part of it
	}{
		{
			name:  "one page is a whole list",
			pages: map[string]string{"/": "job a A\njob b B"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "pages follow each other to the last",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /3", "/3": "job c C"},
			ids:   "a b c", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a list that says it is empty is complete",
			pages: map[string]string{"/": "empty"},
			ids:   "", outcome: signals.OutcomeEmpty, complete: true,
		},
		{
			name:  "an empty page behind the last one ends the list",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "empty"},
			ids:   "a", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a list with a control that loads the rest is not whole",
			pages: map[string]string{"/": "job a A\njob b B\nmore"},
			ids:   "a b", outcome: signals.OutcomeOK, truncated: "more", problem: `goes on behind "more"`,
		},
		{
			name:  "a list with a pager whose addresses nobody knows is not whole",
			pages: map[string]string{"/": "job a A\npager"},
			ids:   "a", outcome: signals.OutcomeOK, truncated: "more", problem: `goes on behind "1 2"`,
		},
		{
			name:  "the last of several pages has a pager too",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\npager"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a page without a list is no measurement",
			pages: map[string]string{"/": "nothing here"},
			ids:   "", outcome: signals.OutcomeNotRelevant, problem: "no list was recognised",
		},
		{
			name:  "ok without any record is not believed",
			pages: map[string]string{"/": "outcome ok"},
			ids:   "", outcome: signals.OutcomeNotRelevant,
		},
		{
			name:  "a block on a later page spoils the run, what came before is kept",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "outcome blocked"},
			ids:   "a", outcome: signals.OutcomeBlocked, problem: "keeps programs out (as told)",
		},
		{
			name:  "a missing later page spoils it too",
			pages: map[string]string{"/": "job a A\nnext /2"},
			ids:   "a", outcome: signals.OutcomeNotFound, problem: "HTTP status 404",
		},
		{
			name:  "a last page whose next link leads to itself ends the list",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /2"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a next link back to the first page is a loop",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /"},
			ids:   "a b", outcome: signals.OutcomeOK, truncated: "loop", problem: "lead back",
		},
		{
			name:  "a loop is no harm when the site's own number of records was seen",
			pages: map[string]string{"/": "job a A\ntotal 2\nnext /2", "/2": "job b B\ntotal 2\nnext /"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a site that shows its first page under every number did not show its list",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job a A\nnext /3"},
			ids:   "a", outcome: signals.OutcomeOK, truncated: "loop",
		},
		{
			name:  "a last page that comes again under the next number ends the list",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /3", "/3": "job b B\nnext /4"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "pages of records that were all seen lead in a circle",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /3", "/3": "job b B\njob a A\nnext /4"},
			ids:   "a b", outcome: signals.OutcomeOK, truncated: "loop",
		},
		{
			name:  "a calendar that goes on for ever ends at the page limit",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B\nnext /3", "/3": "job c C\nnext /4"}, settings: Settings{MaxPages: 2},
			ids: "a b", outcome: signals.OutcomeOK, truncated: "page_limit", problem: "behind page 2",
		},
		{
			name:  "a target may have a lower limit",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "job b B"}, reading: signals.Reading{MaxPages: 1},
			ids: "a", outcome: signals.OutcomeOK, truncated: "page_limit",
		},
		{
			name:  "a site that shows fewer than it says is capped",
			pages: map[string]string{"/": "job a A\ntotal 500\nnext /2", "/2": "job b B\ntotal 500"},
			ids:   "a b", outcome: signals.OutcomeOK, truncated: "cap", problem: "says that there are 500, but shows 2",
		},
		{
			name:  "a record listed twice counts for the number that the site states",
			pages: map[string]string{"/": "job a A\njob a A\njob b B\ntotal 3"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a page that only embeds a system is left for that system",
			pages: map[string]string{"/": "instead /api", "/api": "job a A\nnext /api2", "/api2": "job b B"},
			ids:   "a b", outcome: signals.OutcomeOK, complete: true,
		},
		{
			name:  "a system that embeds another one is not followed for ever",
			pages: map[string]string{"/": "instead /api", "/api": "instead /api2", "/api2": "job a A"},
			ids:   "", outcome: signals.OutcomeNotRelevant,
		},
		{
			name:  "a reader that panics harms its page only",
			pages: map[string]string{"/": "job a A\nnext /2", "/2": "panic"},
			ids:   "a", outcome: signals.OutcomeNotRelevant, problem: "the reader failed on this page",
		},
		{
			name:  "a next page on a forbidden address is refused",
			pages: map[string]string{"/": "job a A\nnext http://169.254.169.254/latest/meta-data/"},
			ids:   "a", outcome: signals.OutcomeUnsafe,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, test.settings)
			s := w.site()
			for path, body := range test.pages {
				s.page(path, body)
			}
			r := w.crawl(signals.Target{URL: s.URL, Reading: test.reading})
			if got := ids(r); got != test.ids || r.Run.Items != len(strings.Fields(test.ids)) {
				t.Errorf("records %q (%d), want %q", got, r.Run.Items, test.ids)
			}
			if r.Run.Outcome != test.outcome || r.Run.Complete != test.complete || r.Run.Truncated != test.truncated {
				t.Errorf("outcome %s, complete %v, truncated %q; want %s, %v, %q", r.Run.Outcome, r.Run.Complete, r.Run.Truncated, test.outcome, test.complete, test.truncated)
			}
			if !strings.Contains(r.Run.Problem, test.problem) || (r.Run.Problem == "") != r.Run.Complete {
				t.Errorf("problem %q, want %q in it", r.Run.Problem, test.problem)
			}
		})
	}
}

// A list that was read from one page may be the first of several, where the page does not
// say how many jobs there are.
func TestARunTellsAListOfOnePageThatSaysNothingOfItsLength(t *testing.T) {
	for name, test := range map[string]struct {
		pages map[string]string
		want  bool
	}{
		"one page that says nothing":     {map[string]string{"/": "job a A\njob b B"}, true},
		"one page that states the total": {map[string]string{"/": "job a A\njob b B\ntotal 2"}, false},
		"two pages":                      {map[string]string{"/": "job a A\nnext /2", "/2": "job b B"}, false},
		"a list with a rest":             {map[string]string{"/": "job a A\nmore"}, false},
		"an empty one":                   {map[string]string{"/": "empty"}, false},
	} {
		w := newWorld(t, Settings{Contact: "ops@example.com"})
		s := w.site()
		for path, lines := range test.pages {
			s.page(path, strings.Split(lines, "\n")...)
		}
		for _, when := range []string{"new", "unchanged"} {
			if r := w.crawl(signals.Target{ID: "T", Kind: signals.KindHiring, URL: s.URL + "/"}); r.Run.OnePage != test.want {
				t.Errorf("%s, %s: one page %v, want %v", name, when, r.Run.OnePage, test.want)
			}
		}
	}
}

func TestRecordsSayWhereTheyComeFrom(t *testing.T) {
	w := newWorld(t, Settings{Version: "1.2", Contact: "ops@example.com"})
	s := w.site()
	s.page("/jobs", "job a A 2026-11-20", "job b B 2026-11-21")
	r := w.crawl(signals.Target{URL: s.URL + "/jobs"})
	p := postingsOf(r)[0]
	if p.TargetID != "target" || p.CustomerID != "customer" || p.Evidence == "" || p.Evidence != r.Run.Pages[0].Evidence {
		t.Errorf("posting %+v of page %+v", p, r.Run.Pages[0])
	}
	if len(r.Evidence) != 1 || r.Evidence[0].Hash != p.Evidence {
		t.Fatalf("evidence %+v", r.Evidence)
	}
	body, err := w.archive.Body(t.Context(), r.Evidence[0])
	if err != nil || !strings.HasPrefix(string(body), "job a A") {
		t.Errorf("the kept page is %q, %v", body, err)
	}
	if !r.Run.AllDated || r.Run.Extractor != "lines" || r.Run.FinishedAt.IsZero() {
		t.Errorf("run %+v", r.Run)
	}
	if got := s.asked()[0].header.Get("User-Agent"); got != "dealvitals/1.2 (+ops@example.com)" {
		t.Errorf("the site was told %q", got)
	}
}

func TestOneUndatedPostingMakesARunUndated(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/", "job a A 2026-11-20", "job b B")
	if r := w.crawl(signals.Target{URL: s.URL}); r.Run.AllDated {
		t.Error("b states no date")
	}
	s.page("/", "empty")
	if r := w.crawl(signals.Target{URL: s.URL}); r.Run.AllDated {
		t.Error("an empty list says nothing about dates")
	}
}

func TestUnchangedPagesAreNotReadAgain(t *testing.T) {
	conditional := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 01:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			text(body)(w, r)
		}
	}
	tests := map[string]func(string) http.HandlerFunc{
		"told by validators":              conditional,
		"told by the same bytes only":     func(body string) http.HandlerFunc { return text(body) },
		"told by the date of change only": lastModified,
	}
	for name, page := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{})
			s := w.site()
			s.handle("/", page("job a A 2026-11-20\ntotal 2\nnext /2"))
			s.handle("/2", page("job b B 2026-11-20"))
			first := w.crawl(signals.Target{URL: s.URL})
			w.watch.pass(24 * time.Hour)
			second := w.crawl(signals.Target{URL: s.URL})
			if got := strings.Join(second.Sighted, " "); got != "a b" || len(postingsOf(second)) != 0 || len(second.Evidence) != 0 {
				t.Fatalf("sighted %q, %d postings, %d evidence", got, len(postingsOf(second)), len(second.Evidence))
			}
			if !second.Run.Complete || second.Run.Items != 2 || !second.Run.AllDated || second.Run.Extractor != "lines" {
				t.Errorf("run %+v", second.Run)
			}
			if p := second.Run.Pages[0]; !p.Unchanged || p.Evidence != first.Run.Pages[0].Evidence || p.Items != 1 {
				t.Errorf("page %+v", p)
			}
			if state := second.Pages[0]; state.CheckedAt.Equal(state.ChangedAt) || !state.ChangedAt.Equal(first.Pages[0].ChangedAt) {
				t.Errorf("checked %v, changed %v", state.CheckedAt, state.ChangedAt)
			}
		})
	}
}

func lastModified(body string) http.HandlerFunc {
	const changed = "Tue, 24 Nov 2026 01:00:00 GMT"
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", changed)
		if r.Header.Get("If-Modified-Since") == changed {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		text(body)(w, r)
	}
}

func TestOtherSettingsReadAnUnchangedPageAgain(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/", lastModified("job a A"))
	w.crawl(signals.Target{URL: s.URL})
	r := w.crawl(signals.Target{URL: s.URL, Reading: signals.Reading{Extractor: "css"}})
	if ids(r) != "a" || len(r.Sighted) != 0 {
		t.Errorf("read %q, sighted %q", ids(r), r.Sighted)
	}
}

func TestAPageInTroubleLeavesWhatIsKnownOfIt(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/", lastModified("job a A"))
	w.crawl(signals.Target{URL: s.URL})
	s.page("/", "outcome blocked")
	if r := w.crawl(signals.Target{URL: s.URL}); len(r.Pages) != 0 || r.Run.Complete {
		t.Errorf("states %+v, complete %v", r.Pages, r.Run.Complete)
	}
	s.handle("/", lastModified("job a A"))
	if r := w.crawl(signals.Target{URL: s.URL}); strings.Join(r.Sighted, " ") != "a" {
		t.Errorf("sighted %q", r.Sighted)
	}
}

func TestListsPagedByNumber(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/api", func(rw http.ResponseWriter, r *http.Request) {
		switch asked := s.asked(); asked[len(asked)-1].body {
		case `{"page":1,"from":0}`:
			text("job a A", "job b B")(rw, r)
		case `{"page":2,"from":2}`:
			text("job c C")(rw, r)
		default:
			text("empty")(rw, r)
		}
	})
	r := w.crawl(signals.Target{URL: s.URL + "/api", Reading: signals.Reading{
		Method: "post", Body: `{"page":{page},"from":{offset}}`, Headers: map[string]string{"X-Api-Key": "secret", "User-Agent": "Mozilla"},
	}})
	if ids(r) != "a b c" || !r.Run.Complete {
		t.Errorf("records %q, complete %v, problem %q", ids(r), r.Run.Complete, r.Run.Problem)
	}
	asked := s.asked()
	if len(asked) != 3 || asked[0].method != "POST" || asked[2].body != `{"page":3,"from":3}` {
		t.Errorf("asked %+v", asked)
	}
	h := asked[0].header
	if h.Get("Content-Type") != "application/json" || h.Get("X-Api-Key") != "secret" || !strings.HasPrefix(h.Get("User-Agent"), "dealvitals/") {
		t.Errorf("headers %v", h)
	}
	w.watch.pass(time.Hour)
	if again := w.crawl(signals.Target{URL: s.URL + "/api", Reading: signals.Reading{
		Method: "post", Body: `{"page":{page},"from":{offset}}`, Headers: map[string]string{"X-Api-Key": "secret", "User-Agent": "Mozilla"},
	}}); strings.Join(again.Sighted, " ") != "a b c" || !again.Run.Complete {
		t.Errorf("sighted %q, run %+v", again.Sighted, again.Run)
	}
}

func TestATotalEndsAListPagedByNumber(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/jobs?p=1", "job a A", "total 2")
	s.page("/jobs?p=2", "job b B", "total 2")
	r := w.crawl(signals.Target{URL: s.URL + "/jobs?p={page}"})
	if ids(r) != "a b" || !r.Run.Complete || s.paths() != "/jobs?p=1 /jobs?p=2" {
		t.Errorf("records %q, complete %v, asked %q", ids(r), r.Run.Complete, s.paths())
	}
}

func TestSecretsStayWithTheTargetsHost(t *testing.T) {
	w := newWorld(t, Settings{})
	s, other := w.site(), w.site()
	s.page("/", "job a A", "next "+other.URL+"/2")
	other.handle("/2", func(rw http.ResponseWriter, r *http.Request) { text("job b B")(rw, r) })
	target := signals.Target{URL: s.URL, Reading: signals.Reading{Headers: map[string]string{"X-Api-Key": "secret", "Cookie": "sid=secret"}}}
	w.crawl(target)
	s.handle("/", func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, other.URL+"/2", http.StatusFound) })
	w.crawl(target)
	for _, r := range s.asked() {
		if r.header.Get("X-Api-Key") != "secret" || r.header.Get("Cookie") != "sid=secret" {
			t.Errorf("the target's host was asked without its headers: %v", r.header)
		}
	}
	if len(other.asked()) != 2 {
		t.Fatalf("the other host was asked %d times", len(other.asked()))
	}
	for _, r := range other.asked() {
		text, _ := json.Marshal(r.header)
		if strings.Contains(string(text), "secret") {
			t.Errorf("another host was told the secret: %v", r.header)
		}
	}
}

func TestCookiesLastForARun(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/", func(rw http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(rw, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(rw, r, "/", http.StatusFound) // as sites do that want cookies
			return
		}
		text("job a A")(rw, r)
	})
	if r := w.crawl(signals.Target{URL: s.URL}); ids(r) != "a" {
		t.Errorf("records %q, problem %q", ids(r), r.Run.Problem)
	}
	w.crawl(signals.Target{URL: s.URL})
	if asked := s.asked(); len(asked) != 4 || asked[2].header.Get("Cookie") != "" {
		t.Errorf("a new run begins without the last one's cookies; asked %d times", len(asked))
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	ctx, cancel := context.WithCancel(t.Context())
	s.handle("/", func(rw http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := w.Run(ctx, signals.Target{ID: "t", Kind: signals.KindHiring, URL: s.URL}, signals.Run{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestARunThatTakesTooLongKeepsWhatItHas(t *testing.T) {
	w := newWorld(t, Settings{RunTimeout: 300 * time.Millisecond})
	s := w.site()
	s.page("/", "job a A", "next /2")
	s.handle("/2", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r := w.crawl(signals.Target{URL: s.URL})
	if ids(r) != "a" || r.Run.Complete || r.Run.Truncated != "time_limit" || !strings.Contains(r.Run.Problem, "300ms") {
		t.Errorf("records %q, run %+v", ids(r), r.Run)
	}
}

type fullDisk struct{ Archive }

var errNoSpace = errors.New("no space left on device")

func (fullDisk) Sync(context.Context, []signals.Evidence) error { return errNoSpace }

func TestARunWithoutEvidenceIsNoRun(t *testing.T) {
	w := newWorld(t, Settings{})
	w.Crawler.archive = fullDisk{w.archive}
	s := w.site()
	s.page("/", "job a A")
	_, err := w.Run(t.Context(), signals.Target{ID: "t", Kind: signals.KindHiring, URL: s.URL}, signals.Run{})
	if !errors.Is(err, errNoSpace) {
		t.Errorf("got %v", err)
	}
}

func TestProgressIsTold(t *testing.T) {
	var told []signals.Progress
	w := newWorld(t, Settings{Progress: func(_ string, p signals.Progress) { told = append(told, p) }})
	s := w.site()
	s.page("/", "job a A", "next /2")
	var meanwhile signals.Progress
	s.handle("/2", func(rw http.ResponseWriter, r *http.Request) {
		meanwhile, _ = w.Crawler.Progress("target")
		text("job b B")(rw, r)
	})
	w.crawl(signals.Target{URL: s.URL + "/"})
	since := w.watch.now()
	want := []signals.Progress{
		{RunID: "run", Next: s.URL + "/", Since: since},
		{RunID: "run", Pages: 1, Items: 1, URL: s.URL + "/", Outcome: signals.OutcomeOK, Since: since},
		{RunID: "run", Pages: 1, Items: 1, URL: s.URL + "/", Outcome: signals.OutcomeOK, Next: s.URL + "/2", Since: since},
		{RunID: "run", Pages: 2, Items: 2, URL: s.URL + "/2", Outcome: signals.OutcomeOK, Since: since},
	}
	if !slices.Equal(told, want) || meanwhile != want[2] {
		t.Errorf("told %+v, meanwhile %+v", told, meanwhile)
	}
	if p, ok := w.Crawler.Progress("target"); ok {
		t.Errorf("after the run it still shows %+v", p)
	}
}

func TestFetchGetsOnePage(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/old", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "/new", http.StatusMovedPermanently)
	})
	s.page("/new", "job a A")
	p, err := w.Fetch(t.Context(), s.URL+"/old", signals.Reading{})
	if err != nil || p.URL != s.URL+"/new" || p.StatusCode != 200 || string(p.Body) != "job a A" || !p.At.Equal(w.watch.now()) {
		t.Errorf("page %+v, %v", p, err)
	}
	if p, err := w.Fetch(t.Context(), s.URL+"/gone", signals.Reading{}); err != nil || p.StatusCode != 404 {
		t.Errorf("an error page is a page: %+v, %v", p, err)
	}
	var failed *PageError
	if _, err := w.Fetch(t.Context(), "http://10.0.0.1/", signals.Reading{}); !errors.As(err, &failed) || failed.Outcome != signals.OutcomeUnsafe {
		t.Errorf("got %v", err)
	}
}

func TestACrawlerForSinglePagesSaysThatItCannotRun(t *testing.T) {
	c, err := New(Settings{}, nil, nil, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	var wrong *SettingError
	if _, err := c.Run(t.Context(), signals.Target{}, signals.Run{}); !errors.As(err, &wrong) {
		t.Errorf("got %v", err)
	}
	if _, err := New(Settings{Proxy: "nonsense"}, nil, nil, time.Now, nil); !errors.As(err, &wrong) || wrong.Setting != "proxy" {
		t.Errorf("got %v", err)
	}
}
