package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/crawler/guard"
	"dealvitals/imports"
	"dealvitals/receipts"
	"dealvitals/scorer"
	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
	"dealvitals/webhooks"
	"dealvitals/wecom/collect"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/shopspring/decimal"
)

// today is when the tests play.
var today = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// world is the API over a real store, with a clock that the test sets.
type world struct {
	t       testing.TB
	db      *bolt.DB
	server  *httptest.Server
	log     *journal
	effects *effects
	secrets map[api.Role]string
	router  routers.Router
	sender  *webhooks.Sender

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

// effects notes what was told to follow a change.
type effects struct {
	mu   sync.Mutex
	said []string

	score func(ctx context.Context, dealIDs []string) error // does it, too, where it is set
}

func (e *effects) note(text string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, text)
	return nil
}

func (e *effects) CustomersChanged(_ context.Context, ids []string) error {
	return e.note("customers " + strings.Join(ids, ","))
}
func (e *effects) DealsChanged(ctx context.Context, ids []string) error {
	if e.score != nil {
		if err := e.score(ctx, ids); err != nil {
			return err
		}
	}
	return e.note("deals " + strings.Join(ids, ","))
}
func (e *effects) TargetsChanged(context.Context) error  { return e.note("targets") }
func (e *effects) PolicyPublished(context.Context) error { return e.note("policy") }

// runner stands for the scheduler, which crawls.
type runner struct{ runs *bolt.Runs }

func (r runner) RunNow(ctx context.Context, targetID string) (string, error) {
	id := rand.Text()
	return id, r.runs.Begin(ctx, signals.Run{ID: id, TargetID: targetID, Trigger: "manual", StartedAt: today})
}

// previewer stands for the crawler.
type previewer struct{}

func (previewer) Preview(_ context.Context, kind signals.Kind, _ string, _ signals.Reading) (desk.Preview, error) {
	return desk.Preview(fmt.Sprintf(`{"outcome":"ok","kind":%q}`, kind)), nil
}

// captured is the one page in the archive.
const captured = "<html><script>alert(1)</script><p>招聘启事</p></html>"

const capturedHash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

type bodies struct{}

func (bodies) Body(context.Context, signals.Evidence) ([]byte, error) { return []byte(captured), nil }

type deps = api.Deps

func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldWith(t, func(*deps) {})
}

// newDesk is a world without the API on it: the store, and what stands at its desk.
func newDesk(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: today, log: &journal{}, effects: &effects{}, secrets: make(map[api.Role]string)}
	db, err := bolt.Open(filepath.Join(t.TempDir(), "test.db"), bolt.Options{Clock: w.clock, NoSync: true, Secrets: keyring(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w.db = db
	return w
}

// newWorldWith is a world of which a test changes a part.
func newWorldWith(t testing.TB, change func(*deps)) *world {
	t.Helper()
	w := newDesk(t)
	for _, role := range api.Roles() {
		key, secret, err := newKey(role)
		w.must(err)
		w.must(w.db.Keys.Add(t.Context(), key))
		w.secrets[role] = secret
	}
	logger := slog.New(slog.NewTextHandler(w.log, nil))
	parts := w.deps(logger)
	change(&parts)
	handler, err := api.New(parts)
	w.must(err)
	w.server = httptest.NewServer(handler)
	t.Cleanup(w.server.Close)
	w.router = contract(t)
	return w
}

// keyring seals with a key made for the test.
func keyring(t testing.TB) *secrets.Keyring {
	t.Helper()
	key, err := secrets.Generate()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := secrets.Parse(key)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// journal is a log that handlers write and a test reads at the same time.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (w *world) desk() *desk.Desk {
	return &desk.Desk{
		Deals: w.db.Deals, Customers: w.db.Customers, Histories: w.db.Histories, Policies: w.db.Policies,
		Verdicts: w.db.Verdicts, Periods: w.db.Periods, Outcomes: w.db.Outcomes, Targets: w.db.Targets, Runs: w.db.Runs, Clock: w.clock,
		CheckSchedule: func(spec string) error {
			if spec == "bad" {
				return fmt.Errorf("%q is no schedule", spec)
			}
			return nil
		},
	}
}

func (w *world) importer() *imports.Importer {
	return &imports.Importer{
		Customers: w.db.Customers, Deals: w.db.Deals, Contacts: w.db.Contacts, Targets: w.db.Targets,
		Interactions: w.db.Interactions, Outcomes: w.db.Outcomes, Policies: w.db.Policies,
		CheckSchedule: func(string) error { return nil }, Clock: w.clock,
	}
}

func (w *world) collector() *collect.Collector {
	return &collect.Collector{
		Log: w.db.Interactions, Memory: w.db.WeComState(), Days: w.db.WeComState(), Policies: w.db.Policies, Contacts: w.db.Contacts, Deals: w.db.Deals, Clock: w.clock,
	}
}

// webhooks lets endpoints on this machine be reached.
func (w *world) webhooks() *webhooks.Admin {
	ring := keyring(w.t)
	sender, err := webhooks.NewSender(webhooks.SenderSettings{
		Guard:  guard.Rules{Section: "webhooks", Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []int{443}},
		Sealer: ring, Version: "test", Clock: w.clock,
	})
	w.must(err)
	w.t.Cleanup(sender.Close)
	w.sender = sender
	return &webhooks.Admin{Endpoints: w.db.Endpoints, Mail: w.db.Deliveries, Log: w.db.Events, Sender: sender, Sealer: ring, Clock: w.clock}
}

func (w *world) deps(logger *slog.Logger) api.Deps {
	return api.Deps{
		Desk:   w.desk(),
		Intake: &desk.Intake{Log: w.db.Interactions, Deals: w.db.Deals, Policies: w.db.Policies, Clock: w.clock}, Customers: w.db.Customers,
		Contacts: w.db.Contacts, Deals: w.db.Deals, Targets: w.db.Targets, DealsOfContact: w.db.Deals, Runs: w.db.Runs, Notices: w.db.Notices,
		Policies: w.db.Policies, Log: w.db.Verdicts, Keys: w.db.Keys, Replies: w.db.Replies,
		Importer: w.importer(), Effects: w.effects, Runner: runner{w.db.Runs}, Previewer: previewer{}, Bodies: bodies{}, Backup: w.db.Backup,
		WeCom: w.collector(), Reads: w.db.People(), Receipts: receipts.NewSigner(filepath.Join(w.t.TempDir(), "key.pem")), Ready: w.db.Ready, Clock: w.clock, Logger: logger,
		Webhooks: w.webhooks(),
	}
}

// contract is api/openapi.yaml as a router that knows every answer's schema.
func contract(t testing.TB) routers.Router {
	t.Helper()
	description, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// answer is what a request got.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   []byte
}

// request is one call; its zero fields are left out.
type request struct {
	role   api.Role
	secret string // instead of a role's
	method string
	path   string
	body   any // string and []byte as they are, anything else as JSON
	header map[string]string
}

// call sends a request and holds the answer against the description.
func (w *world) call(q request) answer {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), q.method, w.server.URL+q.path, bodyOf(w.t, q.body))
	w.must(err)
	secret := q.secret
	if secret == "" {
		secret = w.secrets[q.role]
	}
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	response, err := w.server.Client().Do(r)
	w.must(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	w.must(err)
	a := answer{t: w.t, status: response.StatusCode, header: response.Header, body: body}
	w.keepsContract(q, a)
	return a
}

func bodyOf(t testing.TB, body any) io.Reader {
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case []byte:
		return bytes.NewReader(b)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

// keepsContract fails the test where an answer is not as openapi.yaml says.
func (w *world) keepsContract(q request, a answer) {
	w.t.Helper()
	asked := httptest.NewRequest(q.method, q.path, nil)
	route, params, err := w.router.FindRoute(asked)
	if err != nil || q.method == http.MethodHead || len(a.body) > 1<<20 {
		return
	}
	err = openapi3filter.ValidateResponse(w.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: asked, PathParams: params, Route: route},
		Status:                 a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.body)),
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: a.header.Get("Content-Type") == "image/svg+xml",
		},
	})
	if err != nil {
		w.t.Errorf("%s %s answered against its contract: %v\n%.2000s", q.method, q.path, err, a.body)
	}
}

func (w *world) get(role api.Role, path string) answer {
	w.t.Helper()
	return w.call(request{role: role, method: http.MethodGet, path: path})
}

func (w *world) post(role api.Role, path string, body any) answer {
	w.t.Helper()
	return w.call(request{role: role, method: http.MethodPost, path: path, body: body})
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("answered %d, want %d: %.2000s", a.status, status, a.body)
	}
	return a
}

// isProblem holds an answer against a status and the kind of its problem.
func (a answer) isProblem(status int, kind string) gen.Problem {
	a.t.Helper()
	a.is(status)
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Errorf("a problem of type %q", got)
	}
	problem := read[gen.Problem](a)
	if problem.Type != "/problems/"+kind || problem.Status != status || problem.NextStep == "" || problem.RequestId == "" {
		a.t.Errorf("not the problem %s: %s", kind, a.body)
	}
	return problem
}

func read[T any](a answer) T {
	a.t.Helper()
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.t.Fatalf("%v in %.2000s", err, a.body)
	}
	return v
}

// deal stores a deal of customer C1.
func (w *world) deal(id string, amount int64, change func(*signals.Deal)) signals.Deal {
	w.t.Helper()
	d := signals.Deal{ID: id, CustomerID: "C1", Name: "商机 " + id, Owner: "李雷", Region: "华东", Amount: decimal.NewFromInt(amount), Currency: "CNY"}
	if change != nil {
		change(&d)
	}
	_, err := w.db.Deals.Put(w.t.Context(), []signals.Deal{d}, "crm", w.clock())
	w.must(err)
	return d
}

func (w *world) customer() {
	w.t.Helper()
	_, err := w.db.Customers.Put(w.t.Context(), []signals.Customer{{ID: "C1", Name: "宏图机械有限公司"}}, "crm", w.clock())
	w.must(err)
}

// evaluation is a score with two factors high and one low.
func evaluation(dealID string, asOf time.Time, flagged bool) scorer.Evaluation {
	measured := asOf.Add(-time.Hour)
	score := func(value, score float64, band scorer.Band) scorer.FactorScore {
		return scorer.FactorScore{Status: signals.StatusOK, Value: &value, Score: &score, Band: &band, MeasuredAt: &measured, Reason: "measured"}
	}
	health := 53.3
	e := scorer.Evaluation{
		DealID: dealID, AsOf: asOf, PolicyVersion: 1, Health: &health, Coverage: 1, Diagnosis: scorer.Mixed, Flagged: flagged, Freezes: flagged,
		Factors: scorer.FactorScores{Hiring: score(8, 80, scorer.BandHigh), Tender: score(3, 75, scorer.BandHigh), WeChat: score(0.3, 5, scorer.BandLow)},
	}
	if flagged {
		e.Diagnosis = scorer.ColdRelationship
	}
	return e
}

// freeze freezes a deal now, as the machine does.
func (w *world) freeze(dealID string) scorer.Decision {
	w.t.Helper()
	now := w.clock()
	earlier, err := w.db.Verdicts.Decisions(w.t.Context(), dealID, now)
	w.must(err)
	e := evaluation(dealID, now, true)
	policy := scorer.DefaultPolicy()
	d, ok := scorer.Decide(earlier, []scorer.Evaluation{e}, scorer.Turn{}, policy, now)
	if !ok {
		w.t.Fatalf("deal %s was not frozen", dealID)
	}
	kept, err := w.db.Verdicts.Record(w.t.Context(), []store.Verdict{{Evaluation: &e, Decision: d, DealID: dealID, After: desk.NewestSeq(earlier)}})
	w.must(err)
	return kept[0]
}

// keep records an evaluation with its decision.
func (w *world) keep(e *scorer.Evaluation, d *scorer.Decision, after uint64) {
	w.t.Helper()
	_, err := w.db.Verdicts.Record(w.t.Context(), []store.Verdict{{Evaluation: e, Decision: d, DealID: e.DealID, After: after}})
	w.must(err)
}

// score keeps a score without a decision.
func (w *world) score(e scorer.Evaluation) {
	w.t.Helper()
	_, err := w.db.Verdicts.Record(w.t.Context(), []store.Verdict{{Evaluation: &e, DealID: e.DealID}})
	w.must(err)
}

func escaped(t time.Time) string { return url.QueryEscape(t.Format(time.RFC3339Nano)) }

// newKey makes the key of a role; the payee is 李雷.
func newKey(role api.Role) (store.Key, string, error) {
	if role == "payee" {
		return api.NewPayeeKey("a payee", "李雷", today)
	}
	return api.NewKey("a "+string(role), role, today)
}
