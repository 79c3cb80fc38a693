package webhooks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/secrets"
	"dealvitals/store"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestADecisionArrivesSignedAndAsTheAPIGivesIt(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	w.decide("D-0", scorer.ActionFreeze) // before there was an endpoint
	e, secret := w.webhook(r.URL + "/hooks")
	w.deal("D-1", "一期", "1234567.50", "CNY")
	d := w.decide("D-1", scorer.ActionFreeze)
	w.settle()
	all, _ := r.got()
	if len(all) != 1 {
		t.Fatalf("%d requests, want 1", len(all))
	}
	got := all[0]
	if !verifies(secret, got) || got.header.Get("webhook-id") != "evt_"+d.ID || got.header.Get("webhook-timestamp") != fmt.Sprint(day0.Unix()) {
		t.Errorf("the headers are %v", got.header)
	}
	var document struct {
		Timestamp time.Time
		Data      struct {
			Decision scorer.Decision
			Deal     DealFacts
		}
	}
	w.must(json.Unmarshal(got.body, &document))
	want, err := json.Marshal(d)
	w.must(err)
	have, err := json.Marshal(document.Data.Decision)
	w.must(err)
	if !bytes.Equal(have, want) || got.typ != store.DealFrozen || !document.Timestamp.Equal(d.At) {
		t.Errorf("the document is %s", got.body)
	}
	if deal := document.Data.Deal; deal.Amount != "1234567.5" || deal.Name != "一期" || deal.Owner != "李雷" {
		t.Errorf("the deal is %+v", deal)
	}
	if raw, err := os.ReadFile(w.path); err != nil || bytes.Contains(raw, []byte(secret)) {
		t.Errorf("the secret can be read in the store (%v)", err)
	}
	attempts, err := w.db.Deliveries.Attempts(t.Context(), e.ID, 0, 10)
	w.must(err)
	if len(attempts) != 1 || attempts[0].End != store.Delivered || attempts[0].Subject != "deal D-1" || attempts[0].Status != http.StatusOK {
		t.Errorf("the attempts are %+v", attempts)
	}
}

func TestOnlyTheTypesThatWereChosenAreSent(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	w.webhook(r.URL, store.DealReleased)
	w.decide("D-1", scorer.ActionFreeze)
	d := w.decide("D-1", scorer.ActionRelease)
	w.settle()
	_, taken := r.got()
	wantAll(t, taken, []scorer.Decision{d}, 0)
}

func TestADealWaitsForItsEarlierEventAndHoldsUpNoOther(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	w.webhook(r.URL)
	r.say(func(got received, n int) (int, map[string]string) {
		if got.subject == "D-1" && n < 4 {
			return []int{500, 0, 302}[n-1], map[string]string{"Location": r.URL + "/elsewhere"}
		}
		return 204, nil
	})
	var want []scorer.Decision
	for range 3 {
		for _, deal := range []string{"D-1", "D-2", "D-3"} {
			want = append(want, w.decide(deal, scorer.ActionFreeze))
		}
	}
	next := w.round()
	_, taken := r.got()
	if len(taken) != 6 {
		t.Errorf("%d events were taken at once, want the 6 of the other deals", len(taken))
	}
	if pause := next.Sub(day0); pause < 5*time.Second || pause > 6*time.Second {
		t.Errorf("the second attempt is after %v", pause)
	}
	w.settle()
	all, taken := r.got()
	wantAll(t, taken, want, 0)
	if len(all) != 18 {
		t.Errorf("%d requests, want 9 and 9 that failed", len(all))
	}
	if took := w.clock.read().Sub(day0); took < 105*time.Minute || took > 116*time.Minute {
		t.Errorf("three events after three failures each were taken at %v", took)
	}
}

func TestAReceiverThatHangsHoldsUpNoOtherDeal(t *testing.T) {
	w := newWorld(t)
	w.timeout = 1500 * time.Millisecond
	w.reopen()
	r := newReceiver(t, w.clock)
	w.webhook(r.URL)
	hang := make(chan struct{})
	defer close(hang)
	r.say(func(got received, n int) (int, map[string]string) {
		if got.subject == "D-0" && n == 1 {
			<-hang
		}
		return 200, nil
	})
	var want []scorer.Decision
	for n := range 40 {
		want = append(want, w.decide(fmt.Sprintf("D-%d", n%20), scorer.ActionFreeze))
	}
	w.round()
	_, taken := r.got()
	if len(taken) != 38 {
		t.Errorf("%d events were taken, want the 38 of the other deals", len(taken))
	}
	w.settle()
	_, taken = r.got()
	wantAll(t, taken, want, 0)
}

func TestAnswersOutOfOrderLoseNothing(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	w.webhook(r.URL)
	r.say(func(received, int) (int, map[string]string) {
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
		if rand.IntN(4) == 0 {
			return 500, nil
		}
		return 200, nil
	})
	var want []scorer.Decision
	for n := range 200 {
		want = append(want, w.decide(fmt.Sprintf("D-%d", n%23), scorer.ActionFreeze))
	}
	w.settle()
	_, taken := r.got()
	wantAll(t, taken, want, 0)
}

func TestAReceiverThatIsDownForDaysGetsAllInOrder(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	e, _ := w.webhook(r.URL)
	back := day0.Add(60 * time.Hour)
	r.say(func(got received, _ int) (int, map[string]string) {
		if got.at.Before(back) {
			return 0, nil
		}
		return 200, nil
	})
	var want []scorer.Decision
	for n := range 30 {
		want = append(want, w.decide(fmt.Sprintf("D-%d", n%7), scorer.ActionFreeze))
		w.clock.pass(time.Hour)
		w.round()
	}
	w.reopen()
	backlogs, err := w.db.Deliveries.Backlog(t.Context())
	w.must(err)
	if b := backlogs[0]; b.Waiting != 30 || b.Dead != 0 || !b.Oldest.Equal(day0) {
		t.Errorf("the backlog is %+v", b)
	}
	w.settle()
	_, taken := r.got()
	wantAll(t, taken, want, 0)
	dead, err := w.db.Deliveries.Dead(t.Context(), e.ID, 0, 10)
	if err != nil || len(dead) != 0 {
		t.Errorf("dead letters: %v, %v", dead, err)
	}
}

func TestWhatIsNeverTakenBecomesADeadLetterThatCanBeReplayed(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	e, _ := w.webhook(r.URL)
	r.say(func(got received, _ int) (int, map[string]string) {
		if got.subject == "D-1" {
			return 422, nil
		}
		return 200, nil
	})
	want := []scorer.Decision{w.decide("D-1", scorer.ActionFreeze), w.decide("D-1", scorer.ActionRelease), w.decide("D-2", scorer.ActionFreeze)}
	w.settle()
	all, _ := r.got()
	if len(all) != 21 {
		t.Errorf("%d requests, want ten for each of two events and one", len(all))
	}
	if took := w.clock.read().Sub(day0); took < 6*24*time.Hour || took > 8*24*time.Hour {
		t.Errorf("it took %v to give two events up one after the other", took)
	}
	dead, err := w.db.Deliveries.Dead(t.Context(), e.ID, 0, 10)
	w.must(err)
	if len(dead) != 2 || dead[0].Attempts != 10 || !strings.Contains(dead[0].Problem, "422") {
		t.Fatalf("the dead letters are %+v", dead)
	}
	r.say(nil)
	n, err := w.admin.Replay(t.Context(), e.ID, store.Replay{Dead: true}, "anna")
	if err != nil || n != 2 {
		t.Errorf("replaying the dead letters: %d, %v", n, err)
	}
	w.settle()
	_, taken := r.got()
	wantAll(t, taken[1:], want[:2], 0)
	if dead, err = w.db.Deliveries.Dead(t.Context(), e.ID, 0, 10); err != nil || len(dead) != 0 {
		t.Errorf("dead letters are left: %+v, %v", dead, err)
	}
}

func TestReplay(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	early := w.decide("D-0", scorer.ActionFreeze) // before there was an endpoint
	e, _ := w.webhook(r.URL)
	var made []scorer.Decision
	for n := range 10 {
		w.clock.pass(time.Hour)
		made = append(made, w.decide(fmt.Sprintf("D-%d", n%3), scorer.ActionFreeze))
	}
	w.settle()
	for name, c := range map[string]struct {
		replay store.Replay
		want   []scorer.Decision
	}{
		"one":                          {store.Replay{Event: "evt_" + made[4].ID}, made[4:5]},
		"one from before":              {store.Replay{Event: "evt_" + early.ID}, []scorer.Decision{early}},
		"a range":                      {store.Replay{From: 3, To: 6}, made[1:5]},
		"all since":                    {store.Replay{Since: made[7].At}, made[7:]},
		"all from a number to the end": {store.Replay{From: 9}, made[7:]},
	} {
		_, before := r.got()
		n, err := w.admin.Replay(t.Context(), e.ID, c.replay, "anna")
		if err != nil || n != len(c.want) {
			t.Errorf("%s: %d events, %v; want %d", name, n, err, len(c.want))
		}
		w.settle()
		_, after := r.got()
		wantAll(t, after[len(before):], c.want, 0)
	}
	for name, replay := range map[string]store.Replay{
		"nothing said": {}, "two ways": {From: 1, Dead: true}, "backwards": {From: 3, To: 2}, "unknown": {Event: "evt_no"},
	} {
		if _, err := w.admin.Replay(t.Context(), e.ID, replay, "anna"); !isInvalid(err) {
			t.Errorf("%s: %v, want an InvalidError", name, err)
		}
	}
}

func TestGoneStopsTheEndpointAndKeepsWhatWaits(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	e, _ := w.webhook(r.URL)
	r.say(func(received, int) (int, map[string]string) { return 410, nil })
	want := []scorer.Decision{w.decide("D-1", scorer.ActionFreeze)}
	w.settle()
	want = append(want, w.decide("D-1", scorer.ActionRelease))
	w.settle()
	if all, _ := r.got(); len(all) != 1 {
		t.Errorf("%d requests, want 1", len(all))
	}
	stopped, err := w.db.Endpoints.Get(t.Context(), e.ID)
	w.must(err)
	if !stopped.Paused || !strings.Contains(stopped.Reason, "410") {
		t.Errorf("the endpoint is %+v", stopped)
	}
	r.say(nil)
	_, err = w.admin.Pause(t.Context(), e.ID, false, "anna")
	w.must(err)
	w.settle()
	_, taken := r.got()
	wantAll(t, taken, want, 0)
}

func TestRetryAfterIsObeyed(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		after  string
		want   time.Duration // until the next request of any deal
	}{
		"seconds":                     {503, "600", 10 * time.Minute},
		"a date":                      {503, day0.Add(2 * time.Hour).Format(http.TimeFormat), 2 * time.Hour},
		"too many, nothing said":      {429, "", 5 * time.Second},
		"more than a day":             {503, "9999999", 24 * time.Hour},
		"less than the schedule says": {429, "1", 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := newReceiver(t, w.clock)
			w.webhook(r.URL)
			r.say(func(got received, n int) (int, map[string]string) {
				if n == 1 && got.subject == "D-1" {
					return c.status, map[string]string{"Retry-After": c.after}
				}
				return 200, nil
			})
			want := []scorer.Decision{w.decide("D-1", scorer.ActionFreeze)}
			w.round()
			want = append(want, w.decide("D-2", scorer.ActionFreeze))
			w.settle()
			all, taken := r.got()
			wantAll(t, taken, want, 0)
			if pause := all[1].at.Sub(day0); pause < c.want || pause > c.want+c.want/5 {
				t.Errorf("the next request came after %v, want %v", pause, c.want)
			}
		})
	}
}

func TestAnAnswerThatDripsIsNotWaitedForLong(t *testing.T) {
	w := newWorld(t)
	w.timeout = 200 * time.Millisecond
	w.reopen()
	dripping := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.WriteHeader(http.StatusOK)
		for r.Context().Err() == nil {
			if _, err := rw.Write([]byte("x")); err != nil || http.NewResponseController(rw).Flush() != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}))
	defer dripping.Close()
	endless := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := rw.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	}))
	defer endless.Close()
	w.webhook(dripping.URL)
	w.webhook(endless.URL)
	w.decide("D-1", scorer.ActionFreeze)
	w.settle()
	backlogs, err := w.db.Deliveries.Backlog(t.Context())
	w.must(err)
	for _, b := range backlogs {
		if b.Waiting != 0 || b.Dead != 0 {
			t.Errorf("what was answered with 200 waits: %+v", b)
		}
	}
}

func TestAKillInTheMiddleLosesNothing(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	w.webhook(r.URL)
	var want []scorer.Decision
	for n := range 60 {
		want = append(want, w.decide(fmt.Sprintf("D-%d", n%11), scorer.ActionFreeze))
	}
	// The store as a kill leaves it: copied while a request is under way.
	var copied bytes.Buffer
	var requests atomic.Int32
	answered := 0 // at least; others are answered while the store is copied
	r.say(func(received, int) (int, map[string]string) {
		if requests.Add(1) == 30 {
			if err := w.db.Backup(context.Background(), &copied); err != nil {
				t.Error(err)
			}
			_, taken := r.got()
			answered = len(taken)
		}
		return 200, nil
	})
	w.settle()
	_, taken := r.got()
	wantAll(t, taken, want, 0)

	w.close()
	w.path = filepath.Join(t.TempDir(), "killed.db")
	w.must(os.WriteFile(w.path, copied.Bytes(), 0o600))
	w.open()
	r.mu.Lock()
	r.taken = r.taken[:answered]
	r.mu.Unlock()
	w.settle()
	_, taken = r.got()
	wantAll(t, taken, want, answered)
}

// TestWhateverHappensNothingIsLost plays random histories: decisions, receivers that fail
// in every way, time that passes, and kills.
func TestWhateverHappensNothingIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		r := newReceiver(t, w.clock)
		e, _ := w.webhook(r.URL)
		var faults atomic.Int32 // of ten requests, how many fail
		var number atomic.Int32
		// A kill leaves the store as it is while a request is under way.
		var killing atomic.Bool
		var copied bytes.Buffer
		r.say(func(received, int) (int, map[string]string) {
			if killing.Swap(false) {
				copied.Reset()
				if err := w.db.Backup(context.Background(), &copied); err != nil {
					t.Error(err)
				}
			}
			n := number.Add(1)
			if n%10 < faults.Load() {
				return []int{500, 0, 429, 302, 404}[n%5], nil
			}
			return 202, nil
		})
		var want []scorer.Decision
		twice := 0 // events that may be sent again, for they were under way at a kill
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"decide", "decide", "decide", "send", "wait", "kill", "faults", "pause"}).Draw(rt, "step") {
			case "decide":
				want = append(want, w.decide(fmt.Sprintf("D-%d", rapid.IntRange(1, 3).Draw(rt, "deal")), scorer.ActionFreeze))
			case "send":
				w.round()
			case "wait":
				w.clock.pass(time.Duration(rapid.IntRange(1, 3600).Draw(rt, "seconds")) * time.Second)
			case "kill":
				_, before := r.got()
				killing.Store(true)
				w.round()
				if killing.Swap(false) {
					w.reopen() // nothing was under way
					continue
				}
				w.close()
				w.path = filepath.Join(t.TempDir(), "killed.db")
				w.must(os.WriteFile(w.path, copied.Bytes(), 0o600))
				w.open()
				_, after := r.got()
				twice += len(after) - len(before)
			case "faults":
				faults.Store(int32(rapid.IntRange(0, 10).Draw(rt, "of ten")))
			case "pause":
				_, err := w.admin.Pause(context.Background(), e.ID, rapid.Bool().Draw(rt, "paused"), "anna")
				w.must(err)
			}
		}
		faults.Store(0)
		_, err := w.admin.Pause(context.Background(), e.ID, false, "anna")
		w.must(err)
		w.settle()
		_, taken := r.got()
		wantAll(t, taken, want, twice)
	})
}

func TestRunSendsAtOnceAndEndsCleanly(t *testing.T) {
	w := newWorld(t)
	w.clock.set(time.Now())
	w.Clock = time.Now
	w.Sender.clock = time.Now
	r := newReceiver(t, w.clock)
	w.webhook(r.URL)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	arrived := make(chan struct{}, 100)
	r.say(func(got received, n int) (int, map[string]string) {
		if n == 1 && got.subject == "D-3" {
			return 500, nil // tried again after five seconds: not in this test
		}
		arrived <- struct{}{}
		return 200, nil
	})
	for n := range 10 {
		w.decide(fmt.Sprintf("D-%d", n), scorer.ActionFreeze)
	}
	late, _ := w.webhook(r.URL + "/late")
	for range 9 {
		<-arrived
	}
	w.must(w.admin.Delete(t.Context(), late.ID, "anna"))
	w.decide("D-1", scorer.ActionRelease)
	<-arrived
	stop()
	if err := <-done; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestAddressesThatMayNotBeReached(t *testing.T) {
	w := newWorld(t)
	for address, want := range map[string]string{
		"http://10.0.0.1/hook":                             "private or reserved",
		"https://169.254.169.254/latest":                   "private or reserved",
		"https://[::1]/":                                   "private or reserved",
		"http://example.com/hook":                          "https",
		"https://user:secret@example.com/":                 "user name",
		"https://8.8.8.8:25/":                              "port 25",
		"ftp://example.com/":                               "no address",
		"nonsense":                                         "no address",
		"https://example.com/#part":                        "#",
		"https://example.com/" + strings.Repeat("x", 2000): "too long",
	} {
		_, _, err := w.admin.Create(t.Context(), Draft{Name: "x", Kind: store.KindWebhook, URL: address}, "anna")
		if !isInvalid(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want it to say %q", address, err, want)
		}
	}
	// A name that leads inside is refused when it is dialled.
	e, _ := w.webhook("https://inside.example/hook")
	w.Sender.guard.Lookup = lookup("10.0.0.7")
	a, err := w.admin.Test(t.Context(), e.ID)
	if err != nil || a.End != store.Failed || !strings.Contains(a.Problem, "webhooks.allow_networks") {
		t.Errorf("the test says %+v, %v", a, err)
	}
}

func TestAnEndpointThatDoesNotListenIsToldOf(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	e, _ := w.webhook("http://" + address + "/hook?token=geheim")
	if e.URL != "http://"+address+"/hook?token=(kept)" {
		t.Errorf("it is shown as %s", e.URL)
	}
	a, err := w.admin.Test(t.Context(), e.ID)
	if err != nil || a.End != store.Failed || !strings.Contains(a.Problem, "connection failed") || strings.Contains(a.Problem, "geheim") {
		t.Errorf("the test says %+v, %v", a, err)
	}
}

func TestEndpointsOutliveAChangeOfTheKey(t *testing.T) {
	w := newWorld(t)
	r := newReceiver(t, w.clock)
	hook, secret := w.webhook(r.URL)
	robot := w.robot(store.KindDingTalk, r.URL+"/robot/send?access_token=x", "SECx")
	key, err := secrets.Generate()
	w.must(err)
	older := w.ring
	w.ring, err = secrets.Parse(key)
	w.must(err)
	w.reopen() // the old key is not given
	if n, err := w.admin.CountSealed(t.Context(), w.ring); err != nil || n.All != 3 || n.Closed != 3 {
		t.Errorf("without the old key: %+v, %v", n, err)
	}
	d := w.decide("D-1", scorer.ActionFreeze)
	if _, err := w.Round(t.Context()); err == nil || !strings.Contains(err.Error(), "secrets.key_file") {
		t.Errorf("sending without the key: %v", err)
	}
	both := twoRings{newest: w.ring, older: older}
	w.admin.Sealer = both
	if n, err := w.admin.Reseal(t.Context(), both, "anna"); err != nil || n != 3 {
		t.Errorf("resealed %d, %v", n, err)
	}
	if n, err := w.admin.Reseal(t.Context(), both, "anna"); err != nil || n != 0 {
		t.Errorf("again: %d, %v", n, err)
	}
	w.must(w.admin.Delete(t.Context(), robot.ID, "anna"))
	w.settle()
	all, taken := r.got()
	wantAll(t, taken, []scorer.Decision{d}, 0)
	if !verifies(secret, all[0]) {
		t.Errorf("endpoint %s signs with another secret", hook.ID)
	}
}

// twoRings opens with both keys, as a key file with two lines does.
type twoRings struct{ newest, older *secrets.Keyring }

func (r twoRings) Seal(purpose, secret string) (string, error) { return r.newest.Seal(purpose, secret) }

func (r twoRings) Open(purpose, sealed string) (string, error) {
	if secret, err := r.newest.Open(purpose, sealed); err == nil {
		return secret, nil
	}
	return r.older.Open(purpose, sealed)
}

func (r twoRings) Newest(purpose, sealed string) bool { return r.newest.Newest(purpose, sealed) }
