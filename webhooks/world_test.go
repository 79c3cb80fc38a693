package webhooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"dealvitals/crawler/guard"
	"dealvitals/scorer"
	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"

	"github.com/shopspring/decimal"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

var day0 = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

// watch is a clock that tests set.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) read() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

func (w *watch) pass(d time.Duration) { w.set(w.read().Add(d)) }

// world is a program with a real store file.
type world struct {
	t     testing.TB
	path  string
	clock *watch
	ring  *secrets.Keyring
	db    *bolt.DB
	admin *Admin
	*Deliverer
	decisions map[string]uint64 // by deal: the newest's number
	timeout   time.Duration
}

func newWorld(t testing.TB) *world {
	t.Helper()
	key, err := secrets.Generate()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := secrets.Parse(key)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, path: filepath.Join(t.TempDir(), "deals.db"), clock: &watch{now: day0}, ring: ring, decisions: make(map[string]uint64), timeout: 5 * time.Second}
	w.open()
	t.Cleanup(w.close)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) open() {
	db, err := bolt.Open(w.path, bolt.Options{Clock: w.clock.read, NoSync: true})
	w.must(err)
	sender, err := NewSender(SenderSettings{
		Guard:  guard.Rules{Section: "webhooks", Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []int{443}},
		Sealer: w.ring, Dashboard: "https://vitals.example", Version: "test", Clock: w.clock.read, Timeout: w.timeout,
	})
	w.must(err)
	w.db = db
	w.admin = &Admin{Endpoints: db.Endpoints, Mail: db.Deliveries, Log: db.Events, Sender: sender, Sealer: w.ring, Clock: w.clock.read}
	w.Deliverer = &Deliverer{
		Events: db.Events, Endpoints: db.Endpoints, Deliveries: db.Deliveries, Sender: sender, Clock: w.clock.read, Logger: slog.New(slog.DiscardHandler),
	}
}

func (w *world) close() {
	w.Sender.Close()
	w.must(w.db.Close())
}

func (w *world) reopen() {
	w.close()
	w.open()
}

func (w *world) webhook(url string, events ...store.EventType) (store.Endpoint, string) {
	w.t.Helper()
	e, secret, err := w.admin.Create(context.Background(), Draft{Name: "crm", Kind: store.KindWebhook, URL: url, Events: events}, "anna")
	w.must(err)
	return e, secret
}

func (w *world) robot(kind store.EndpointKind, url, secret string) store.Endpoint {
	w.t.Helper()
	e, _, err := w.admin.Create(context.Background(), Draft{Name: "group", Kind: kind, URL: url, Secret: secret}, "anna")
	w.must(err)
	return e
}

func (w *world) deal(id, name, amount, currency string) {
	w.t.Helper()
	_, err := w.db.Deals.Put(context.Background(), []signals.Deal{{
		ID: id, Name: name, CustomerID: "C1", Owner: "李雷", Amount: decimal.RequireFromString(amount), Currency: currency,
	}}, "crm", w.clock.read())
	w.must(err)
}

// decide takes a decision on a deal.
func (w *world) decide(dealID string, action scorer.Action) scorer.Decision {
	w.t.Helper()
	return w.decideAll([]string{dealID}, action)[0]
}

// decideAll takes a decision on each deal, in one transaction.
func (w *world) decideAll(dealIDs []string, action scorer.Action) []scorer.Decision {
	w.t.Helper()
	verdicts := make([]store.Verdict, len(dealIDs))
	for i, id := range dealIDs {
		verdicts[i] = store.Verdict{DealID: id, After: w.decisions[id], Decision: &scorer.Decision{
			DealID: id, Action: action, State: scorer.FreezeFrozen, At: w.clock.read(), Actor: scorer.Machine,
			ReasonCode: string(scorer.ColdRelationship), Diagnosis: scorer.ColdRelationship, PolicyVersion: 1,
		}}
	}
	kept, err := w.db.Verdicts.Record(context.Background(), verdicts)
	w.must(err)
	for _, d := range kept {
		w.decisions[d.DealID] = d.Seq
	}
	return kept
}

// round sends what is due, and returns when the next delivery falls due.
func (w *world) round() time.Time {
	w.t.Helper()
	next, err := w.Round(context.Background())
	w.must(err)
	return next
}

// settle sends until nothing waits, and lets the clock go to each time that something
// falls due.
func (w *world) settle() {
	w.t.Helper()
	for range 10_000 {
		next := w.round()
		if next.IsZero() {
			return
		}
		if next.After(w.clock.read()) {
			w.clock.set(next)
		}
	}
	w.t.Fatal("it never comes to rest")
}

// received is a request that a receiver got.
type received struct {
	id, subject string
	typ         store.EventType
	seq         uint64
	header      http.Header
	body        []byte
	at          time.Time
}

// receiver is an endpoint's server.
type receiver struct {
	*httptest.Server
	t     testing.TB
	clock *watch

	mu     sync.Mutex
	answer func(r received, n int) (status int, header map[string]string) // n counts requests with the same id, from 1
	all    []received
	taken  []received // answered with 2xx
	times  map[string]int
}

func newReceiver(t testing.TB, clock *watch) *receiver {
	t.Helper()
	r := &receiver{t: t, clock: clock, times: make(map[string]int)}
	r.Server = httptest.NewServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) serve(rw http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return
	}
	var document struct {
		ID   string          `json:"id"`
		Type store.EventType `json:"type"`
		Seq  uint64          `json:"seq"`
		Data struct {
			Decision struct {
				DealID string `json:"deal_id"`
			} `json:"decision"`
			TargetID string `json:"target_id"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &document); err != nil {
		r.t.Errorf("the body is no document: %s", body)
	}
	got := received{
		id: document.ID, subject: document.Data.Decision.DealID + document.Data.TargetID, typ: document.Type, seq: document.Seq,
		header: request.Header.Clone(), body: body, at: r.clock.read(),
	}
	r.mu.Lock()
	r.all = append(r.all, got)
	r.times[got.id]++
	n, answer := r.times[got.id], r.answer
	r.mu.Unlock()
	status, header := http.StatusOK, map[string]string(nil)
	if answer != nil {
		status, header = answer(got, n)
	}
	if status == 0 {
		panic(http.ErrAbortHandler) // the connection breaks
	}
	if status < 300 {
		r.mu.Lock()
		r.taken = append(r.taken, got)
		r.mu.Unlock()
	}
	for name, value := range header {
		rw.Header().Set(name, value)
	}
	rw.WriteHeader(status)
	fmt.Fprintln(rw, "said so")
}

func (r *receiver) say(answer func(r received, n int) (int, map[string]string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

func (r *receiver) got() (all, taken []received) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]received(nil), r.all...), append([]received(nil), r.taken...)
}

// wantAll wants every decision taken, in their order deal by deal, and none more often
// than allowed.
func wantAll(t testing.TB, taken []received, want []scorer.Decision, duplicates int) {
	t.Helper()
	seen := make(map[string]bool)
	newest := make(map[string]uint64)
	twice := 0
	for _, r := range taken {
		if seen[r.id] {
			twice++
			continue
		}
		seen[r.id] = true
		if r.seq < newest[r.subject] {
			t.Errorf("deal %s: event %d was taken after event %d", r.subject, r.seq, newest[r.subject])
		}
		newest[r.subject] = r.seq
	}
	for _, d := range want {
		if !seen["evt_"+d.ID] {
			t.Errorf("decision %d on deal %s was lost", d.Seq, d.DealID)
		}
	}
	if len(seen) != len(want) {
		t.Errorf("%d events were taken, want %d", len(seen), len(want))
	}
	if twice > duplicates {
		t.Errorf("%d events were taken twice, at most %d may be", twice, duplicates)
	}
}

func verifies(secret string, r received) bool {
	key, err := standardwebhooks.NewWebhook(secret)
	return err == nil && key.VerifyIgnoringTimestamp(r.body, r.header) == nil
}

func isInvalid(err error) bool {
	var invalid *InvalidError
	return errors.As(err, &invalid)
}

// lookup resolves every name to one address.
func lookup(address string) func(context.Context, string) ([]netip.Addr, error) {
	return func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr(address)}, nil
	}
}
