package webhooks

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"dealvitals/scorer"
	"dealvitals/store"
)

// group is the server of a vendor: it refuses what breaks its rate, as the vendors do.
type group struct {
	*httptest.Server
	t     *testing.T
	clock *watch
	rates []rate
	tell  string // the answer; "" = success

	mu       sync.Mutex
	messages []groupMessage
}

type groupMessage struct {
	at    time.Time
	query string
	body  map[string]any
	size  int
}

func newGroup(t *testing.T, clock *watch, rates []rate) *group {
	t.Helper()
	g := &group{t: t, clock: clock, rates: rates}
	g.Server = httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(g.Close)
	return g
}

func (g *group) serve(rw http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Error(err)
	}
	m := groupMessage{at: g.clock.read(), query: r.URL.RawQuery, size: len(raw)}
	if err := json.Unmarshal(raw, &m.body); err != nil {
		g.t.Errorf("the body is %s", raw)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.messages = append(g.messages, m)
	for _, rate := range g.rates {
		within := 0
		for _, earlier := range g.messages {
			if earlier.at.After(m.at.Add(-rate.in)) {
				within++
			}
		}
		if within > rate.most {
			g.t.Errorf("%d messages within %v", within, rate.in)
		}
	}
	said := g.tell
	if said == "" {
		said = `{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}`
	}
	fmt.Fprint(rw, said)
}

func (g *group) say(answer string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.tell = answer
}

func (g *group) got() []groupMessage {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]groupMessage(nil), g.messages...)
}

// text is what the group reads.
func (m groupMessage) text() string {
	for _, path := range [][]string{{"markdown", "content"}, {"markdown", "text"}, {"content", "text"}} {
		if part, ok := m.body[path[0]].(map[string]any); ok {
			if text, ok := part[path[1]].(string); ok {
				return text
			}
		}
	}
	return ""
}

// robots lists each kind with a path and the secret that it is given.
func robots() map[store.EndpointKind]struct{ path, secret string } {
	return map[store.EndpointKind]struct{ path, secret string }{
		store.KindWeCom:    {"/cgi-bin/webhook/send?key=geheim", ""},
		store.KindDingTalk: {"/robot/send?access_token=geheim", "SECgeheim"},
		store.KindFeishu:   {"/open-apis/bot/v2/hook/geheim", "feishu-geheim"},
	}
}

func TestAGroupReadsWhatHappenedInChinese(t *testing.T) {
	for kind, robot := range robots() {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			g := newGroup(t, w.clock, speakers()[kind].rates)
			e := w.robot(kind, g.URL+robot.path, robot.secret)
			if strings.Contains(e.URL+e.Sealed, "geheim") {
				t.Errorf("the key can be read: %s %s", e.URL, e.Sealed)
			}
			w.deal("D-1", `一期 <at user_id="all"></at>[x](http://evil.example)`, "1234567.5", "CNY")
			w.decide("D-1", scorer.ActionFreeze)
			if next := w.round(); !next.Equal(day0.Add(collectFor)) {
				t.Errorf("the message is due at %v", next)
			}
			w.settle()
			messages := g.got()
			if len(messages) != 1 {
				t.Fatalf("%d messages", len(messages))
			}
			text := messages[0].text()
			for _, want := range []string{"提成冻结", "一期 ＜at", "1,234,567.5 CNY", "李雷", "冷关系", "https://vitals.example/deals/D-1"} {
				if !strings.Contains(text, want) {
					t.Errorf("the message does not say %q: %s", want, text)
				}
			}
			if strings.Contains(text, "<at") || strings.Contains(text, "](http://evil") {
				t.Errorf("the message mentions or links what a deal's name says: %s", text)
			}
			switch kind {
			case store.KindDingTalk:
				stamp := fmt.Sprint(day0.Add(collectFor).UnixMilli())
				if q := messages[0].query; !strings.Contains(q, "timestamp="+stamp) || !strings.Contains(q, "sign=") || !strings.Contains(q, "access_token=geheim") {
					t.Errorf("the query is %s", q)
				}
			case store.KindFeishu:
				stamp := fmt.Sprint(day0.Add(collectFor).Unix())
				if b := messages[0].body; b["timestamp"] != stamp || b["sign"] != feishuSign(robot.secret, stamp) {
					t.Errorf("the body is %v", b)
				}
			}
		})
	}
}

func TestAFloodOfDecisionsIsOneDigest(t *testing.T) {
	for kind, robot := range robots() {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			g := newGroup(t, w.clock, speakers()[kind].rates)
			e := w.robot(kind, g.URL+robot.path, robot.secret)
			var deals []string
			for n := range 1000 {
				id := fmt.Sprintf("D-%04d", n)
				deals = append(deals, id)
				w.deal(id, "商机"+id, fmt.Sprint(1000+n), "CNY")
			}
			w.decideAll(deals[:700], scorer.ActionFreeze)
			w.round()
			w.clock.pass(20 * time.Second)
			w.decideAll(deals[700:], scorer.ActionPropose)
			w.settle()
			messages := g.got()
			if len(messages) != 1 {
				t.Fatalf("%d messages for 1 000 decisions", len(messages))
			}
			text := messages[0].text()
			for _, want := range []string{"1,000 条新动态", "提成冻结 700", "待确认 300", "1,000 个商机", "合计 1,499,500 CNY", "1. ", "商机D-0999", "5. "} {
				if !strings.Contains(text, want) {
					t.Errorf("the digest does not say %q: %s", want, text)
				}
			}
			if strings.Contains(text, "6. ") || strings.Contains(text, "D-0001") {
				t.Errorf("the digest lists too much: %s", text)
			}
			backlogs, err := w.db.Deliveries.Backlog(t.Context())
			w.must(err)
			attempts, err := w.db.Deliveries.Attempts(t.Context(), e.ID, 0, 10)
			w.must(err)
			if backlogs[0].Waiting != 0 || len(attempts) != 1 || attempts[0].Events != 1000 {
				t.Errorf("waiting %d, attempts %+v", backlogs[0].Waiting, attempts)
			}
		})
	}
}

func TestTestsOfARobotKeepToItsRate(t *testing.T) {
	for kind, robot := range robots() {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			rates := speakers()[kind].rates
			g := newGroup(t, w.clock, rates)
			one, two := w.robot(kind, g.URL+robot.path, robot.secret), w.robot(kind, g.URL+robot.path, robot.secret)
			for n := range 120 {
				for _, e := range []store.Endpoint{one, two} {
					_, err := w.admin.Test(t.Context(), e.ID)
					w.must(err)
				}
				w.decide(fmt.Sprintf("D-%d", n), scorer.ActionFreeze)
				w.round()
				w.clock.pass(time.Duration(200+n) * time.Millisecond)
			}
			w.settle()
			if n := len(g.got()); n < 20 {
				t.Errorf("only %d messages were sent", n)
			}
			backlogs, err := w.db.Deliveries.Backlog(t.Context())
			w.must(err)
			if backlogs[0].Waiting+backlogs[1].Waiting+backlogs[0].Dead+backlogs[1].Dead != 0 {
				t.Errorf("the backlog is %+v", backlogs)
			}
		})
	}
}

func TestWhatRobotsAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		kind  store.EndpointKind
		say   string
		pause time.Duration // until the next attempt, at least
		gone  bool
	}{
		"WeCom: too fast":           {store.KindWeCom, `{"errcode":45009,"errmsg":"api freq out of limit"}`, time.Minute, false},
		"WeCom: no such robot":      {store.KindWeCom, `{"errcode":93000,"errmsg":"invalid webhook url"}`, 0, true},
		"DingTalk: too fast":        {store.KindDingTalk, `{"errcode":130101,"errmsg":"send too fast"}`, 10 * time.Minute, false},
		"DingTalk: wrong signature": {store.KindDingTalk, `{"errcode":310000,"errmsg":"sign not match"}`, 5 * time.Second, false},
		"Feishu: too fast":          {store.KindFeishu, `{"code":11232,"msg":"frequency limited"}`, time.Minute, false},
		"Feishu: wrong signature":   {store.KindFeishu, `{"code":19021,"msg":"sign match fail"}`, 5 * time.Second, false},
		"a page of something else":  {store.KindFeishu, `<html>maintenance</html>`, 5 * time.Second, false},
		"an answer without a code":  {store.KindWeCom, `{}`, 5 * time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			g := newGroup(t, w.clock, speakers()[c.kind].rates)
			robot := robots()[c.kind]
			e := w.robot(c.kind, g.URL+robot.path, robot.secret)
			w.decide("D-1", scorer.ActionFreeze)
			g.say(c.say)
			w.round()
			w.clock.pass(collectFor)
			next := w.round()
			if pause := next.Sub(w.clock.read()); !c.gone && (pause < c.pause || pause > c.pause+c.pause/5) {
				t.Errorf("it is tried again after %v, want %v", pause, c.pause)
			}
			stored, err := w.db.Endpoints.Get(t.Context(), e.ID)
			w.must(err)
			if stored.Paused != c.gone {
				t.Errorf("paused is %v: %s", stored.Paused, stored.Reason)
			}
			g.say(`{"StatusCode":0,"StatusMessage":"success","errcode":0}`)
			_, err = w.admin.Pause(t.Context(), e.ID, false, "anna")
			w.must(err)
			w.settle()
			if n := len(g.got()); n != 2 {
				t.Errorf("%d messages, want the one that failed and the one that was taken", n)
			}
		})
	}
}

func TestNewEventsOutliveADigestThatIsGivenUp(t *testing.T) {
	w := newWorld(t)
	g := newGroup(t, w.clock, nil)
	e := w.robot(store.KindWeCom, g.URL+robots()[store.KindWeCom].path, "")
	g.say(`{"errcode":-1,"errmsg":"system busy"}`)
	w.decide("D-1", scorer.ActionFreeze)
	for next := w.round(); w.clock.read().Before(day0.Add(60 * time.Hour)); next = w.round() {
		w.clock.set(next)
	}
	w.decide("D-2", scorer.ActionFreeze)
	for range 3 {
		w.clock.set(w.round())
	}
	g.say("")
	w.settle()
	dead, err := w.db.Deliveries.Dead(t.Context(), e.ID, 0, 10)
	w.must(err)
	messages := g.got()
	if len(dead) != 1 || dead[0].Seq != 1 || !strings.Contains(messages[len(messages)-1].text(), "D-2") {
		t.Errorf("dead letters %+v, the last message is %s", dead, messages[len(messages)-1].text())
	}
}

func TestSignatures(t *testing.T) {
	// Feishu's is the published example's scheme; DingTalk's was computed apart with OpenSSL.
	if got := dingTalkSign("SEC000", "1577262236757"); got != "0mUoy51oaZiRp9zSbtu3Gh7pbwvH33YBGob4MsxeXA4=" {
		t.Errorf("DingTalk: %s", got)
	}
	if got := feishuSign("demo", "1599360473"); got != "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=" {
		t.Errorf("Feishu: %s", got)
	}
}

func TestALineSaysWhoDecidedAndLinksToAnyDeal(t *testing.T) {
	m := write([]store.Event{{Type: store.DealReleased, Decision: &scorer.Decision{DealID: "D(1)/é", Actor: "王芳", ReasonCode: "客户换了微信"}}}, "https://vitals.example", markdown, weComMost)
	for _, want := range []string{"解除冻结", "(https://vitals.example/deals/D%281%29%2F%C3%A9)", "客户换了微信", "由 王芳"} {
		if !strings.Contains(m.text, want) {
			t.Errorf("the message does not say %q: %s", want, m.text)
		}
	}
}

func TestMessagesFit(t *testing.T) {
	var events []store.Event
	for n := range listed {
		events = append(events, store.Event{
			Type: store.DealFrozen, Subject: fmt.Sprint(n),
			Decision: &scorer.Decision{DealID: strings.Repeat("很长的编号", 200), ReasonCode: strings.Repeat("原因", 500)},
		})
	}
	m := write(events, "https://vitals.example", markdown, weComMost)
	if len(m.text) > weComMost || !utf8.ValidString(m.text) || !strings.Contains(m.text, "……") || !strings.HasSuffix(m.text, "(https://vitals.example/)") {
		t.Errorf("%d bytes: %s", len(m.text), m.text)
	}
}
