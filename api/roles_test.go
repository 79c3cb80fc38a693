package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"dealvitals/api"

	"github.com/getkin/kin-openapi/openapi3"
)

// described is one operation of openapi.yaml, read here again and apart from the server.
type described struct {
	method, path string
	roles        []string
}

func operations(t *testing.T) []described {
	t.Helper()
	raw, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	var list []described
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			var roles []string
			encoded, err := json.Marshal(op.Extensions["x-roles"])
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(encoded, &roles); err != nil {
				t.Fatalf("%s %s: %v", method, path, err)
			}
			path = strings.NewReplacer("{kind}", "customers", "{version}", "1", "{period}", "2026-10", "{hash}", capturedHash, "{id}", "nothing").Replace(path)
			list = append(list, described{method, path, roles})
		}
	}
	return list
}

func TestDescriptionIsValid(t *testing.T) {
	raw, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(loader.Context); err != nil {
		t.Fatal(err)
	}
}

func TestEachRoleMayDoWhatTheDescriptionSaysAndNothingElse(t *testing.T) {
	w := newWorld(t)
	for _, o := range operations(t) {
		public := slices.Contains(o.roles, "public")
		for _, role := range api.Roles() {
			a := w.call(request{role: role, method: o.method, path: o.path})
			allowed := public || slices.Contains(o.roles, string(role))
			if refused := a.status == http.StatusForbidden; refused == allowed {
				t.Errorf("%s %s as %s: %d, x-roles are %v", o.method, o.path, role, a.status, o.roles)
			}
			if a.status >= http.StatusInternalServerError {
				t.Errorf("%s %s as %s: %d %s", o.method, o.path, role, a.status, a.body)
			}
		}
		for name, secret := range map[string]string{"no key": "", "an unknown key": "dv_unknown", "another word": "hello"} {
			a := w.call(request{secret: secret, method: o.method, path: o.path})
			if refused := a.status == http.StatusUnauthorized; refused == public {
				t.Errorf("%s %s with %s: %d", o.method, o.path, name, a.status)
			}
		}
	}
}

func TestRevokedKeyIsRefusedAtOnce(t *testing.T) {
	w := newWorld(t)
	made := read[struct {
		Key    struct{ ID, Name string }
		Secret string
	}](w.post("admin", "/v1/keys", map[string]string{"name": "payroll", "role": "commission"}).is(http.StatusCreated))
	w.call(request{secret: made.Secret, method: "GET", path: "/v1/deals"}).is(http.StatusOK)
	w.call(request{role: "admin", method: "DELETE", path: "/v1/keys/" + made.Key.ID}).is(http.StatusNoContent)
	w.call(request{secret: made.Secret, method: "GET", path: "/v1/deals"}).isProblem(http.StatusUnauthorized, "unauthorized")

	list := w.get("admin", "/v1/keys").is(http.StatusOK)
	if strings.Contains(string(list.body), "hash") || strings.Contains(string(list.body), made.Secret) {
		t.Errorf("the list of keys tells too much: %s", list.body)
	}
	if strings.Contains(w.log.String(), made.Secret) {
		t.Error("a secret is in the log")
	}
}

func TestKeysAreLongAndNamed(t *testing.T) {
	key, secret, err := api.NewKey(" payroll ", "commission", today)
	if err != nil {
		t.Fatal(err)
	}
	if len(secret) != len("dv_")+32 || key.Name != "payroll" || key.Hash != api.HashOf(secret) || strings.Contains(key.Hash, secret) {
		t.Errorf("key %+v with secret of %d characters", key, len(secret))
	}
	for name, role := range map[string]api.Role{"": "admin", "machine": "admin", strings.Repeat("x", 101): "admin", "x": "root"} {
		if _, _, err := api.NewKey(name, role, today); err == nil {
			t.Errorf("a key named %q with the role %q was made", name, role)
		}
	}
}
