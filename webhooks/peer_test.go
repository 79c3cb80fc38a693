package webhooks

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"dealvitals/e2e/peertest"
	"dealvitals/scorer"
)

// peerScript lets npm's standardwebhooks verify deliveries, and refuse what was changed.
const peerScript = `
const { Webhook } = require('standardwebhooks');
const q = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const out = q.map(({ secret, headers, body }) => {
  try { return { payload: new Webhook(secret).verify(body, headers) }; } catch (e) { return { refused: e.message }; }
});
process.stdout.write(JSON.stringify(out));
`

func TestTheOfficialPackageVerifiesOurDeliveries(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	modules := peertest.Modules(t, "standardwebhooks")
	w := newWorld(t)
	w.clock.set(time.Now()) // the package refuses what is not of now
	r := newReceiver(t, w.clock)
	e, first := w.webhook(r.URL)
	r.say(func(_ received, n int) (int, map[string]string) {
		return map[bool]int{true: 503, false: 200}[n == 1], nil
	})
	w.deal("D-1", "一期 “引号” & <b>", "100", "CNY")
	d := w.decide("D-1", scorer.ActionFreeze)
	w.round()
	_, second, err := w.admin.Rotate(t.Context(), e.ID, "anna")
	w.must(err)
	w.settle() // the clock goes on by five seconds
	all, _ := r.got()
	if len(all) != 2 || all[0].id != all[1].id || all[0].header.Get("webhook-timestamp") == all[1].header.Get("webhook-timestamp") {
		t.Fatalf("the attempts are %+v", all)
	}

	type question struct {
		Secret  string            `json:"secret"`
		Headers map[string]string `json:"headers"`
		Body    string            `json:"body"`
	}
	ask := func(secret string, got received, body string) question {
		headers := make(map[string]string)
		for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
			headers[name] = got.header.Get(name)
		}
		return question{secret, headers, body}
	}
	_, other := w.webhook(r.URL + "/other")
	questions := []question{
		ask(first, all[0], string(all[0].body)),
		ask(first, all[1], string(all[1].body)), // the old secret signs along
		ask(second, all[1], string(all[1].body)),
		ask(other, all[1], string(all[1].body)),
		ask(second, all[1], string(all[1].body)+" "),
	}
	in, err := json.Marshal(questions)
	w.must(err)
	script := exec.CommandContext(t.Context(), node, "-e", peerScript)
	script.Env = append(os.Environ(), "NODE_PATH="+modules)
	stdin, err := script.StdinPipe()
	w.must(err)
	go func() {
		defer stdin.Close()
		if _, err := stdin.Write(in); err != nil {
			t.Error(err)
		}
	}()
	out, err := script.Output()
	w.must(err)
	var answers []struct {
		Payload *Document
		Refused string
	}
	w.must(json.Unmarshal(out, &answers))
	for i, a := range answers {
		if wanted := i < 3; wanted != (a.Payload != nil) {
			t.Errorf("question %d: %s", i, a.Refused)
		}
	}
	if answers[0].Payload == nil || answers[0].Payload.ID != "evt_"+d.ID {
		t.Errorf("it read %+v", answers[0].Payload)
	}
}
