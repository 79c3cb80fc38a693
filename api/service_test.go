package api_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

func TestServiceTellsHowItIsAndNamesNobody(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D-secret", 10, nil)
	w.get("commission", "/v1/deals/D-secret/freeze").is(http.StatusOK)
	w.get("", "/healthz").is(http.StatusOK)
	w.get("", "/readyz").is(http.StatusOK)
	metrics := string(w.get("", "/metrics").is(http.StatusOK).body)
	if !strings.Contains(metrics, `dealvitals_http_requests_total{method="GET",path="/v1/deals/:id/freeze",status="200"} 1`) {
		t.Errorf("the request is not counted: %s", metrics)
	}
	if strings.Contains(metrics, "D-secret") || strings.Contains(metrics, "a commission") {
		t.Error("the metrics hold an id or a name")
	}
	if description := w.get("", "/openapi.yaml").is(http.StatusOK); !strings.HasPrefix(string(description.body), "openapi: 3") {
		t.Errorf("the description is %.100s", description.body)
	}
	page := w.get("", "/docs/").is(http.StatusOK)
	if body := string(page.body); strings.Contains(body, "https://cdn") || strings.Contains(body, "unpkg") {
		t.Error("the documentation loads from elsewhere")
	}
	if got := page.header.Get("Content-Security-Policy"); !strings.Contains(got, "sha256-") {
		t.Errorf("the documentation's policy is %s", got)
	}
	w.get("", "/docs/swagger-ui-bundle.js").is(http.StatusOK)
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/v1/deals", "/nothing", "/healthz"} {
		a := w.get("admin", path)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "X-Frame-Options": "DENY"} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
	w.get("admin", "/nothing").isProblem(http.StatusNotFound, "no-such-path")
	w.call(request{role: "admin", method: "PATCH", path: "/v1/deals"}).isProblem(http.StatusMethodNotAllowed, "method-not-allowed")
	w.post("commission", "/v1/freeze-checks", "{").isProblem(http.StatusBadRequest, "bad-body")
	w.post("commission", "/v1/freeze-checks", `{"ids":["D1"]} {}`).isProblem(http.StatusBadRequest, "bad-body")
	w.post("commission", "/v1/freeze-checks", nil).isProblem(http.StatusBadRequest, "bad-body")
	w.call(request{role: "commission", method: "POST", path: "/v1/freeze-checks", body: "a=b", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}).isProblem(http.StatusUnsupportedMediaType, "media-type")
}

func TestHeadIsAnsweredAsGetWithoutBody(t *testing.T) {
	w := newWorld(t)
	a := w.call(request{role: "admin", method: "HEAD", path: "/v1/deals"}).is(http.StatusOK)
	if len(a.body) != 0 || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("HEAD gave %d bytes of %s", len(a.body), a.header.Get("Content-Type"))
	}
	w.call(request{role: "ingest", method: "HEAD", path: "/v1/deals"}).is(http.StatusForbidden)
}

func TestEvidenceIsSentAsADownload(t *testing.T) {
	w := newWorld(t)
	run := signals.Run{ID: "R1", TargetID: "T1", StartedAt: today}
	w.must(w.db.Runs.Begin(t.Context(), run))
	run.FinishedAt, run.Outcome, run.Complete = today, signals.OutcomeOK, true
	_, err := w.db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: today, Evidence: []signals.Evidence{{Hash: capturedHash, URL: "https://example.com/", StatusCode: 200, ContentType: "text/html", CapturedAt: today, Size: int64(len(captured))}}})
	w.must(err)
	w.get("sales_ops", "/v1/evidence/"+capturedHash).is(http.StatusOK)
	body := w.get("sales_ops", "/v1/evidence/"+capturedHash+"/body").is(http.StatusOK)
	if string(body.body) != captured || body.header.Get("Content-Type") != "application/octet-stream" ||
		!strings.HasPrefix(body.header.Get("Content-Disposition"), "attachment") || !strings.Contains(body.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the body is %s with %v", body.body, body.header)
	}
	w.get("sales_ops", "/v1/evidence/"+strings.Repeat("0", 64)).isProblem(http.StatusNotFound, "not-found")
	w.get("sales_ops", "/v1/evidence/../../etc").isProblem(http.StatusNotFound, "no-such-path")
	w.get("sales_ops", "/v1/evidence/x/body").isProblem(http.StatusBadRequest, "bad-parameter")
}

// failing are policies that cannot be read.
type failing struct{ panics bool }

func (f failing) Log(context.Context, uint64, int) ([]scorer.Decision, error) {
	if f.panics {
		panic("broken")
	}
	return nil, errors.New("disk /dev/sdb1 is on fire")
}

func TestFailureOfTheServerIsLoggedAndNotTold(t *testing.T) {
	for name, log := range map[string]failing{"an error": {}, "a panic": {panics: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var logged bytes.Buffer
			deps := w.deps(slog.New(slog.NewTextHandler(&logged, nil)))
			deps.Log = log
			handler, err := api.New(deps)
			w.must(err)
			r := httptest.NewRequest(http.MethodGet, "/v1/decisions", nil)
			r.Header.Set("Authorization", "Bearer "+w.secrets["admin"])
			r.Header.Set("X-Forwarded-For", "6.6.6.6")
			r.Header.Set("X-Request-Id", "forged")
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			a := answer{t: t, status: recorded.Code, header: recorded.Header(), body: recorded.Body.Bytes()}
			problem := a.isProblem(http.StatusInternalServerError, "internal")
			if strings.Contains(string(a.body), "fire") || strings.Contains(string(a.body), "broken") {
				t.Errorf("the answer tells the cause: %s", a.body)
			}
			text := logged.String()
			if !strings.Contains(text, problem.RequestId) || !strings.Contains(text, "fire") && !strings.Contains(text, "broken") {
				t.Errorf("the log does not tell the cause: %s", text)
			}
			if strings.Contains(text, "6.6.6.6") || strings.Contains(text, "forged") || strings.Contains(text, w.secrets["admin"]) {
				t.Errorf("the log holds what a caller wrote, or a secret: %s", text)
			}
		})
	}
}

func TestHealthAndExplanationAreOfTheSameInstant(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 1_200_000, nil)
	w.freeze("D1")
	w.pass(time.Hour)
	at := escaped(w.clock())
	health := w.get("sales_ops", "/v1/deals/D1/health?as_of="+at).is(http.StatusOK)
	w.pass(time.Hour)
	if again := w.get("sales_ops", "/v1/deals/D1/health?as_of="+at).is(http.StatusOK); string(again.body) != string(health.body) {
		t.Errorf("the same instant gave:\n%s%s", health.body, again.body)
	}
	shanghai := escaped(w.clock().Add(-time.Hour).In(signals.Shanghai))
	if again := w.get("sales_ops", "/v1/deals/D1/health?as_of="+shanghai).is(http.StatusOK); string(again.body) != string(health.body) {
		t.Errorf("the same instant in another zone gave:\n%s%s", health.body, again.body)
	}
	if !strings.Contains(string(health.body), `"amount":"1200000"`) || !strings.Contains(string(health.body), `"score":null`) {
		t.Errorf("the health of a deal without data is %s", health.body)
	}
	zh := string(w.get("sales_ops", "/v1/deals/D1/explanation").is(http.StatusOK).body)
	en := string(w.get("sales_ops", "/v1/deals/D1/explanation?lang=en").is(http.StatusOK).body)
	if !strings.Contains(zh, `"lang":"zh"`) || !strings.Contains(en, `"lang":"en"`) || !strings.Contains(en, `"freeze":{`) {
		t.Errorf("the explanations are %s and %s", zh, en)
	}
	w.get("sales_ops", "/v1/deals/D1/explanation?lang=fr").isProblem(http.StatusBadRequest, "bad-parameter")
	w.get("sales_ops", "/v1/deals/ghost/health").isProblem(http.StatusNotFound, "not-found")
	w.get("sales_ops", "/v1/deals/D1?as_of=2020-01-01T00:00:00Z").isProblem(http.StatusNotFound, "not-found")
	w.get("sales_ops", "/v1/deals/D1").is(http.StatusOK)
}
