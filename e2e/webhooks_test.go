package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
	"dealvitals/store/bolt"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

const (
	toldDeals     = 20
	toldDecisions = 400
	toldKills     = 4
)

// listener is a system that is told of decisions.
type listener struct {
	*httptest.Server
	t      *testing.T
	secret string

	mu     sync.Mutex
	taken  []scorer.Decision // in the order in which they came first
	times  map[string]int    // by webhook-id
	strike int               // this many requests more, and struck is told
	struck chan struct{}
	whole  chan struct{} // closed when everything was told
}

func (l *listener) serve(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // killed in the middle
	}
	verifier, err := standardwebhooks.NewWebhook(l.secret)
	if err == nil {
		err = verifier.Verify(body, r.Header)
	}
	if err != nil {
		l.t.Errorf("a delivery does not verify: %v", err)
	}
	var document struct {
		Data struct{ Decision scorer.Decision }
	}
	if err := json.Unmarshal(body, &document); err != nil {
		l.t.Error(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	id := r.Header.Get("webhook-id")
	if l.times[id]++; l.times[id] == 1 {
		l.taken = append(l.taken, document.Data.Decision)
		if len(l.taken) == toldDecisions {
			close(l.whole)
		}
	}
	if l.strike--; l.strike == 0 {
		l.struck <- struct{}{}
	}
	rw.WriteHeader(http.StatusNoContent)
}

// TestKilledDeliveriesAreTakenUpAgain kills the program while it tells a system of
// decisions: each is told of, in order for each deal, and only those under way at a kill
// are told of twice.
func TestKilledDeliveriesAreTakenUpAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	l := &listener{t: t, times: make(map[string]int), struck: make(chan struct{}, 1), whole: make(chan struct{})}
	l.Server = httptest.NewServer(http.HandlerFunc(l.serve))
	defer l.Close()
	output(t, folder, "secrets", "keygen", "key")
	write(t, folder, "dealvitals.yaml", "webhooks: {allow_networks: [127.0.0.0/8]}\nsecrets: {key_file: key}\n")
	l.secret = strings.TrimSpace(string(output(t, folder, "webhooks", "create", "--name", "payroll", "--url", l.URL+"/hooks")))
	decideOften(t, filepath.Join(folder, "dealvitals.db"))

	for range toldKills {
		l.mu.Lock()
		l.strike = toldDecisions / (toldKills + 1)
		l.mu.Unlock()
		s := serve(t, folder)
		await(t, l.struck)
		if err := s.process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = s.process.Wait() // it was killed
	}
	s := serve(t, folder)
	await(t, l.whole)
	for _, name := range []string{"pending", "oldest_seconds", "dead_letters", "attempts_total", "events_total"} {
		if shown := get(t, s.address+"/metrics"); !strings.Contains(shown, "dealvitals_webhook_"+name+`{end`) {
			t.Errorf("/metrics has no dealvitals_webhook_%s", name)
		}
	}
	if ready := get(t, s.address+"/readyz"); ready != "ready\n" {
		t.Errorf("/readyz says %q", ready)
	}
	stop(t, s)

	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.taken) != toldDecisions {
		t.Fatalf("%d decisions were told of, want %d", len(l.taken), toldDecisions)
	}
	newest, twice := make(map[string]uint64), 0
	for _, d := range l.taken {
		if d.Seq < newest[d.DealID] {
			t.Errorf("deal %s: decision %d was told of after %d", d.DealID, d.Seq, newest[d.DealID])
		}
		newest[d.DealID] = d.Seq
	}
	for _, n := range l.times {
		twice += n - 1
	}
	if most := toldKills * 40; twice > most {
		t.Errorf("%d were told of again, after %d kills", twice, toldKills)
	}
	t.Logf("%d kills, %d told of again", toldKills, twice)
	output(t, folder, "verify")
}

func get(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func await(t *testing.T, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("nothing was told in a minute")
	}
}

// decideOften takes decisions on deals in turn.
func decideOften(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	verdicts := make([]store.Verdict, toldDecisions)
	at := time.Now().Add(-time.Hour)
	for n := range verdicts {
		deal, after := fmt.Sprintf("D-%d", n%toldDeals), uint64(max(n-toldDeals+1, 0))
		verdicts[n] = store.Verdict{DealID: deal, After: after, Decision: &scorer.Decision{
			DealID: deal, Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: at.Add(time.Duration(n) * time.Second), Actor: scorer.Machine, PolicyVersion: 1,
		}}
	}
	_, err = db.Verdicts.Record(t.Context(), verdicts)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}
