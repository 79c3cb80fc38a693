package api_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"dealvitals/api/gen"
	"dealvitals/scorer"
	"dealvitals/store"
	"dealvitals/webhooks"

	"github.com/getkin/kin-openapi/openapi3"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func TestWebhooksFromMakingToForgetting(t *testing.T) {
	w := newWorld(t)
	status, bodies, headers := http.StatusInternalServerError, [][]byte(nil), []http.Header(nil)
	receiver := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		bodies, headers = append(bodies, body), append(headers, r.Header.Clone())
		rw.WriteHeader(status)
	}))
	defer receiver.Close()
	deliverer := &webhooks.Deliverer{
		Events: w.db.Events, Endpoints: w.db.Endpoints, Deliveries: w.db.Deliveries, Sender: w.sender, Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
	}
	settle := func() {
		t.Helper()
		for range 100 {
			next, err := deliverer.Round(t.Context())
			w.must(err)
			if next.IsZero() {
				return
			}
			w.pass(next.Sub(w.clock()))
		}
	}
	draft := map[string]any{"name": "payroll", "kind": "webhook", "url": receiver.URL + "/hooks", "events": []string{"deal.frozen"}}

	for pointer, change := range map[string]map[string]any{
		"/url": {"url": "http://10.0.0.1/"}, "/secret": {"secret": "SEC"}, "/events/0": {"events": []string{"deal.melted"}}, "/kind": {"kind": "fax"},
	} {
		bad := map[string]any{}
		for k, v := range draft {
			bad[k] = v
		}
		for k, v := range change {
			bad[k] = v
		}
		a := w.post("admin", "/v1/webhooks", bad)
		p := read[gen.Problem](a)
		if a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest || p.Problems == nil || (*p.Problems)[0].Pointer != pointer {
			t.Errorf("a bad %s: %s", pointer, a.body)
		}
	}
	made := w.post("admin", "/v1/webhooks", draft).is(http.StatusCreated)
	created := read[gen.EndpointSecret](made)
	path := made.header.Get("Location")
	if created.Secret == nil || !strings.HasPrefix(*created.Secret, "whsec_") || path != "/v1/webhooks/"+created.Endpoint.ID {
		t.Fatalf("made: %s", made.body)
	}
	if list := w.get("admin", "/v1/webhooks").is(http.StatusOK); strings.Contains(string(list.body), "whsec_") || strings.Contains(string(list.body), "age:") {
		t.Errorf("the list shows secrets: %s", list.body)
	}

	w.deal("D-1", 100, nil)
	decided, err := w.db.Verdicts.Record(t.Context(), []store.Verdict{{DealID: "D-1", Decision: &scorer.Decision{
		DealID: "D-1", Action: scorer.ActionFreeze, State: scorer.FreezeFrozen, At: w.clock(), Actor: scorer.Machine, ReasonCode: "cold_relationship", PolicyVersion: 1,
	}}})
	w.must(err)
	settle()
	if len(bodies) != 10 {
		t.Fatalf("%d attempts were made, want 10", len(bodies))
	}
	attempts := read[gen.DeliveryAttemptList](w.get("admin", path+"/deliveries?limit=4").is(http.StatusOK))
	rest := read[gen.DeliveryAttemptList](w.get("admin", path+"/deliveries?cursor="+*attempts.Next).is(http.StatusOK))
	if len(attempts.Items) != 4 || len(rest.Items) != 6 || attempts.Items[0].End != store.Dead || rest.Items[5].End != store.Failed {
		t.Errorf("attempts: %+v, then %+v", attempts, rest)
	}
	dead := read[gen.DeadLetterList](w.get("admin", path+"/dead-letters").is(http.StatusOK))
	if len(dead.Items) != 1 || dead.Items[0].EventID != "evt_"+decided[0].ID {
		t.Errorf("dead letters: %+v", dead)
	}
	status = http.StatusNoContent
	w.post("admin", path+"/replay", map[string]any{}).isProblem(http.StatusUnprocessableEntity, "invalid")
	if a := w.post("admin", path+"/replay", map[string]any{"dead": true}).is(http.StatusOK); !strings.Contains(string(a.body), `"events":1`) {
		t.Errorf("replay: %s", a.body)
	}
	settle()
	newest := len(bodies) - 1
	verifier, err := standardwebhooks.NewWebhook(*created.Secret)
	w.must(err)
	w.must(verifier.VerifyIgnoringTimestamp(bodies[newest], headers[newest]))
	logged := read[struct {
		Events []json.RawMessage
		Last   int64
	}](w.get("admin", "/v1/events").is(http.StatusOK))
	if len(logged.Events) != 1 || logged.Last != 1 || string(logged.Events[0]) != string(bodies[newest]) {
		t.Errorf("the log has %s, sent was %s", logged.Events, bodies[newest])
	}
	fits(t, "WebhookEvent", bodies[newest])
	var document struct{ Data json.RawMessage }
	w.must(json.Unmarshal(bodies[newest], &document))
	fits(t, "DealEventData", document.Data)

	tested := read[store.Attempt](w.post("admin", path+"/test", nil).is(http.StatusOK))
	if tested.End != store.Delivered || tested.Status != http.StatusNoContent {
		t.Errorf("the test: %+v", tested)
	}
	rotated := read[gen.EndpointSecret](w.post("admin", path+"/rotate-secret", nil).is(http.StatusOK))
	if rotated.Secret == nil || *rotated.Secret == *created.Secret {
		t.Errorf("rotated: %+v", rotated)
	}
	if a := read[gen.Endpoint](w.post("admin", path+"/pause", nil).is(http.StatusOK)); a.State != "paused" || a.Reason != "paused by a admin" {
		t.Errorf("paused: %+v", a)
	}
	w.post("admin", path+"/resume", nil).is(http.StatusOK)

	put := func(tag string, body any) answer {
		return w.call(request{role: "admin", method: http.MethodPut, path: path, body: body, header: map[string]string{"If-Match": tag}})
	}
	tag := w.get("admin", path).is(http.StatusOK).header.Get("ETag")
	draft["name"] = "salaries"
	put("", draft).isProblem(http.StatusPreconditionRequired, "if-match-needed")
	if edited := read[gen.Endpoint](put(tag, draft).is(http.StatusOK)); edited.Name != "salaries" || !edited.Signed {
		t.Errorf("edited: %+v", edited)
	}
	put(tag, draft).isProblem(http.StatusPreconditionFailed, "stale")
	w.call(request{role: "admin", method: http.MethodDelete, path: path}).is(http.StatusNoContent)
	w.get("admin", path).isProblem(http.StatusNotFound, "not-found")
	w.get("admin", path+"/deliveries").isProblem(http.StatusNotFound, "not-found")
	if strings.Contains(w.log.String(), "whsec_") {
		t.Error("a secret is in the log")
	}
	_, err = w.db.Audit.Verify(t.Context())
	w.must(err)
}

func TestTheKeyInARobotsAddressIsNeverShown(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, `{"errcode":0}`) }))
	defer server.Close()
	a := w.post("admin", "/v1/webhooks", map[string]any{"name": "群", "kind": "wecom", "url": server.URL + "/send?key=geheim"}).is(http.StatusCreated)
	made := read[gen.EndpointSecret](a)
	path := "/v1/webhooks/" + made.Endpoint.ID
	for _, answered := range []answer{a, w.get("admin", path), w.post("admin", path+"/test", nil), w.get("admin", path+"/deliveries")} {
		if strings.Contains(string(answered.body), "geheim") {
			t.Errorf("the key is shown: %s", answered.body)
		}
	}
	tag := a.header.Get("ETag")
	edited := w.call(request{role: "admin", method: http.MethodPut, path: path, header: map[string]string{"If-Match": tag}, body: map[string]any{
		"name": "销售运营群", "kind": "wecom", "url": made.Endpoint.URL,
	}}).is(http.StatusOK)
	if e := read[gen.Endpoint](edited); e.URL != server.URL+"/send?key=(kept)" {
		t.Errorf("edited: %s", edited.body)
	}
	if attempt := read[store.Attempt](w.post("admin", path+"/test", nil).is(http.StatusOK)); attempt.End != store.Delivered {
		t.Errorf("after the edit the address is lost: %+v", attempt)
	}
}

// fits holds a document against a schema of the description.
func fits(t *testing.T, schema string, document []byte) {
	t.Helper()
	raw, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		t.Fatal(err)
	}
	if err := doc.Components.Schemas[schema].Value.VisitJSON(value); err != nil {
		t.Errorf("%s does not fit %s: %v", document, schema, err)
	}
}
