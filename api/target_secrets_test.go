package api_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store/bolt"
)

func portal(secret string) map[string]any {
	return map[string]any{
		"id": "portal", "kind": "tender", "url": "https://portal.example/list?key={secret:key}",
		"reading": map[string]any{"headers": map[string]string{"Cookie": secret}, "secrets": map[string]string{"key": secret}},
	}
}

func TestASecretIsNeverShownAgain(t *testing.T) {
	w := newWorld(t)
	const secret = "sid=very-private"
	made := w.call(request{role: "admin", method: "POST", path: "/v1/targets", body: portal(secret), header: map[string]string{"Idempotency-Key": "k1"}}).is(http.StatusCreated)
	again := w.call(request{role: "admin", method: "POST", path: "/v1/targets", body: portal(secret), header: map[string]string{"Idempotency-Key": "k1"}}).is(http.StatusCreated)
	one := w.get("admin", "/v1/targets/portal").is(http.StatusOK)
	for name, body := range map[string]string{
		"made": string(made.body), "again": string(again.body), "read": string(one.body), "log": w.log.String(),
		"listed": string(w.get("admin", "/v1/targets").is(http.StatusOK).body), "paused": string(w.post("admin", "/v1/targets/portal/pause", nil).is(http.StatusOK).body),
	} {
		if strings.Contains(body, "very-private") || strings.Contains(body, "age:") {
			t.Errorf("%s shows a secret: %s", name, body)
		}
	}
	target := read[desk.TargetView](w.get("admin", "/v1/targets/portal")).Target
	if target.Reading.Secrets["Cookie"] != secrets.Kept || target.Reading.Secrets["key"] != secrets.Kept {
		t.Fatalf("shown as %+v", target.Reading)
	}
	target.Schedule = "0 7 * * *"
	tag := w.get("admin", "/v1/targets/portal").header.Get("ETag")
	put := func(target signals.Target) answer {
		return w.call(request{role: "admin", method: "PUT", path: "/v1/targets/portal", body: target, header: map[string]string{"If-Match": tag}})
	}
	moved := target
	moved.URL = "https://evil.example/?key={secret:key}"
	put(moved).isProblem(http.StatusUnprocessableEntity, "invalid")
	put(target).is(http.StatusOK)
	kept, err := w.db.Targets.Get(t.Context(), "portal", time.Time{})
	w.must(err)
	if kept.Schedule != "0 7 * * *" || !secrets.Sealed(kept.Reading.Secrets["Cookie"]) {
		t.Errorf("what was sent back is kept as %+v", kept)
	}
}

func TestASecretThatIsMissingOrCannotBeSealedIsRefused(t *testing.T) {
	w := newWorld(t)
	lacking := portal("x")
	lacking["reading"] = map[string]any{}
	if p := w.post("admin", "/v1/targets", lacking).isProblem(http.StatusUnprocessableEntity, "invalid"); (*p.Problems)[0].Pointer != "/reading/secrets" {
		t.Errorf("refused with %+v", p)
	}
	keyless := newWorldWith(t, func(d *deps) {
		db, err := bolt.Open(filepath.Join(t.TempDir(), "keyless.db"), bolt.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		d.Targets = db.Targets
	})
	if p := keyless.post("admin", "/v1/targets", portal("x")).isProblem(http.StatusConflict, "no-secret-key"); !strings.Contains(p.NextStep, "keygen") {
		t.Errorf("refused with %+v", p)
	}
}
