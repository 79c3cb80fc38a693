package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/schedules"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
	"dealvitals/web"
	"dealvitals/wecom/collect"

	"github.com/shopspring/decimal"
)

var today = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

const capturedHash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// captured is a page in GBK that would run a script.
var captured = []byte("<html><head><meta charset=gbk><title>x</title><script>alert(1)</script></head><body><h1>\xd5\xd0\xc6\xb8</h1><p>a<b>b</b> &lt;c&gt;</p></body></html>")

type bodies struct{}

func (bodies) Body(context.Context, signals.Evidence) ([]byte, error) { return captured, nil }

// world is the dashboard over a real store, and a browser's cookies.
type world struct {
	progress signals.Progress // of the run under way
	t        *testing.T
	db       *bolt.DB
	wecom    *collect.Collector
	server   *httptest.Server
	client   *http.Client
	secrets  map[api.Role]string
	keys     map[api.Role]store.Key
	asked    []string // targets that were to be crawled now
	waits    error    // why none is

	mu  sync.Mutex
	now time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := newEmptyWorld(t)
	w.fill()
	return w
}

func newEmptyWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: today, secrets: make(map[api.Role]string), keys: make(map[api.Role]store.Key)}
	db, err := bolt.Open(filepath.Join(t.TempDir(), "test.db"), bolt.Options{Clock: w.clock, NoSync: true})
	w.must(err)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w.db = db
	for _, role := range api.Roles() {
		key, secret, err := newKey(role)
		w.must(err)
		w.must(db.Keys.Add(t.Context(), key))
		w.secrets[role], w.keys[role] = secret, key
	}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	matching := &schedules.Matching{Customers: db.Customers, Notices: db.Notices}
	rescorer := &schedules.Rescorer{Histories: db.Histories, Policies: db.Policies, Verdicts: db.Verdicts, AllDeals: db.Deals, Matching: matching, Clock: w.clock, Logger: logger}
	w.wecom = &collect.Collector{Log: db.Interactions, Memory: db.WeComState(), Days: db.WeComState(), Policies: db.Policies, Contacts: db.Contacts, Deals: db.Deals, Clock: w.clock}
	handler, err := web.New(web.Deps{
		Desk: &desk.Desk{
			Deals: db.Deals, Customers: db.Customers, Histories: db.Histories, Policies: db.Policies,
			Verdicts: db.Verdicts, Periods: db.Periods, Outcomes: db.Outcomes, Targets: db.Targets, Runs: db.Runs, Clock: w.clock, CheckSchedule: func(string) error { return nil },
			Progress: func(string) (signals.Progress, bool) { return w.progress, w.progress.RunID != "" },
		},
		Keys: db.Keys, Evidence: db.Runs, Bodies: bodies{}, Reads: db.People(), Webhooks: webhookAdmin(t, w),
		Notices: db.Notices, Policies: db.Policies, WeCom: w.wecom, Contacts: db.Contacts, DealsOf: db.Deals,
		Runner: w, Effects: &schedules.Effects{Matching: matching, Rescorer: rescorer, Deals: db.Deals, Clock: w.clock}, Clock: w.clock, Logger: logger,
	})
	w.must(err)
	w.server = httptest.NewServer(handler)
	t.Cleanup(w.server.Close)
	jar, err := cookiejar.New(nil)
	w.must(err)
	w.client = &http.Client{Jar: jar}
	return w
}

// RunNow stands for the scheduler, which nothing here runs: it only says what it was asked.
func (w *world) RunNow(_ context.Context, id string) (string, error) {
	if w.waits != nil {
		return "", w.waits
	}
	w.asked = append(w.asked, id)
	return "R9", nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// fill stores a frozen deal, one whose data is missing, and a target that is blocked.
func (w *world) fill() {
	w.t.Helper()
	ctx := w.t.Context()
	_, err := w.db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "宏图机械有限公司"}}, "crm", today)
	w.must(err)
	_, err = w.db.Deals.Put(ctx, []signals.Deal{
		{ID: "D-1", CustomerID: "C1", Name: "<b>一期</b>", Owner: "李雷", Region: "华东", Amount: decimal.RequireFromString("12345678.9"), Currency: "CNY"},
		{ID: "D-2", CustomerID: "C1", Name: "数据中台", Owner: "韩梅梅", Region: "华南", Amount: decimal.NewFromInt(410_000), Currency: "EUR"},
	}, "crm", today)
	w.must(err)
	_, err = w.db.Targets.Put(ctx, []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://example.com/jobs"}}, "crm", today)
	w.must(err)
	run := signals.Run{ID: "R1", TargetID: "T1", StartedAt: today}
	w.must(w.db.Runs.Begin(ctx, run))
	run.FinishedAt, run.Outcome, run.Problem = today, signals.OutcomeBlocked, "captcha"
	_, err = w.db.Runs.Commit(ctx, store.RunCommit{Run: run, At: today, Evidence: []signals.Evidence{{Hash: capturedHash, URL: "https://example.com/jobs", StatusCode: 200, ContentType: "text/html", CapturedAt: today, Size: int64(len(captured))}}})
	w.must(err)

	score := func(value, previous, points float64, band scorer.Band) scorer.FactorScore {
		return scorer.FactorScore{Status: signals.StatusOK, Value: &value, Previous: &previous, Score: &points, Band: &band, MeasuredAt: &today, Reason: "measured"}
	}
	health := 53.3
	frozen := scorer.Evaluation{
		DealID: "D-1", AsOf: today, PolicyVersion: 1, Health: &health, Coverage: 1, Diagnosis: scorer.ColdRelationship, Flagged: true, Freezes: true,
		Factors: scorer.FactorScores{Hiring: score(8, 5, 80, scorer.BandHigh), Tender: score(3, 3, 75, scorer.BandHigh), WeChat: score(0.3, 4, 5, scorer.BandLow)},
	}
	decision, ok := scorer.Decide(nil, []scorer.Evaluation{frozen}, scorer.Turn{}, scorer.DefaultPolicy(), today)
	if !ok {
		w.t.Fatal("two high and one low did not freeze")
	}
	unknown := frozen
	unknown.DealID, unknown.Diagnosis, unknown.Flagged, unknown.Freezes = "D-2", scorer.Unknown, false, false
	unknown.Factors.Hiring = scorer.FactorScore{Status: signals.StatusUnknown, Reason: string(signals.OutcomeBlocked)}
	_, err = w.db.Verdicts.Record(ctx, []store.Verdict{{Evaluation: &frozen, Decision: decision, DealID: "D-1"}, {Evaluation: &unknown, DealID: "D-2"}})
	w.must(err)
	w.pass(time.Hour)
}

// page is what a request got.
type page struct {
	t      *testing.T
	status int
	header http.Header
	at     string // path, after redirects
	html   string
}

func (w *world) get(path string) page {
	w.t.Helper()
	response, err := w.client.Get(w.server.URL + path)
	w.must(err)
	return w.page(response)
}

func (w *world) post(path string, form url.Values) page {
	w.t.Helper()
	response, err := w.client.PostForm(w.server.URL+path, form)
	w.must(err)
	return w.page(response)
}

func (w *world) page(response *http.Response) page {
	w.t.Helper()
	defer response.Body.Close()
	var body bytes.Buffer
	_, err := body.ReadFrom(response.Body)
	w.must(err)
	return page{t: w.t, status: response.StatusCode, header: response.Header, at: response.Request.URL.Path, html: body.String()}
}

func (w *world) login(role api.Role) page {
	w.t.Helper()
	return w.post("/login", url.Values{"key": {w.secrets[role]}, "next": {"/"}})
}

func (p page) is(status int, at string) page {
	p.t.Helper()
	if p.status != status || p.at != at {
		p.t.Fatalf("got %d at %s, want %d at %s: %.3000s", p.status, p.at, status, at, p.html)
	}
	return p
}

func (p page) says(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.html, text) {
			p.t.Errorf("%s does not say %q: %s", p.at, text, p.html)
		}
	}
	return p
}

func (p page) doesNotSay(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.html, text) {
			p.t.Errorf("%s says %q", p.at, text)
		}
	}
}

// newKey makes the key of a role; the payee is 李雷.
func newKey(role api.Role) (store.Key, string, error) {
	if role == "payee" {
		return api.NewPayeeKey("a payee", "李雷", today)
	}
	return api.NewKey("a "+string(role), role, today)
}
