package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"dealvitals/scorer"
	"dealvitals/store"
)

// draft posts a policy as made upon a version.
func (w *world) draft(secret string, p scorer.Policy, tag string) answer {
	return w.call(request{secret: secret, method: "POST", path: "/v1/policy-drafts", body: p, header: map[string]string{"If-Match": tag}})
}

// admin makes a key of an administrator.
func (w *world) admin(name string) string {
	made := read[struct{ Secret string }](w.post("admin", "/v1/keys", map[string]string{"name": name, "role": "admin"}).is(http.StatusCreated))
	return made.Secret
}

func TestAPolicyIsDraftedByOneAndPublishedByAnother(t *testing.T) {
	w := newWorld(t)
	anna, bert := w.admin("anna"), w.admin("bert")
	post := func(secret, path string) answer { return w.call(request{secret: secret, method: "POST", path: path}) }
	p := scorer.DefaultPolicy()
	p.Comment, p.Approval.SecondPerson = "from now on two", true
	first := w.draft(anna, p, `"1"`).is(http.StatusCreated)
	draft := read[store.PolicyDraft](first)
	if first.header.Get("Location") != "/v1/policy-drafts/"+draft.ID || draft.ProposedBy != "anna" || draft.State != store.DraftOpen {
		t.Errorf("drafted as %+v at %s", draft, first.header.Get("Location"))
	}
	path := "/v1/policy-drafts/" + draft.ID
	w.get("admin", path+"/simulation").is(http.StatusOK)
	published := read[scorer.Policy](post(anna, path+"/publish").is(http.StatusCreated)) // one is enough still
	if published.Version != 2 || published.ProposedBy != "anna" {
		t.Errorf("published as %+v", published)
	}

	p.Comment = "stricter"
	w.call(request{secret: anna, method: "POST", path: "/v1/policies", body: p, header: map[string]string{"If-Match": `"2"`}}).isProblem(http.StatusConflict, "second-person-needed")
	w.draft(anna, p, `"1"`).isProblem(http.StatusPreconditionFailed, "stale")
	path = "/v1/policy-drafts/" + read[store.PolicyDraft](w.draft(anna, p, `"2"`).is(http.StatusCreated)).ID
	late := "/v1/policy-drafts/" + read[store.PolicyDraft](w.draft(bert, p, `"2"`).is(http.StatusCreated)).ID
	gone := "/v1/policy-drafts/" + read[store.PolicyDraft](w.draft(bert, p, `"2"`).is(http.StatusCreated)).ID
	w.call(request{secret: bert, method: "DELETE", path: gone}).is(http.StatusNoContent)
	post(anna, path+"/publish").isProblem(http.StatusConflict, "second-person-needed")
	if got := read[scorer.Policy](post(bert, path+"/publish").is(http.StatusCreated)); got.Version != 3 || got.ProposedBy != "anna" || got.PublishedBy != "bert" {
		t.Errorf("published as %+v", got)
	}
	post(anna, gone+"/publish").isProblem(http.StatusConflict, "draft-ended")
	post(anna, late+"/publish").isProblem(http.StatusPreconditionFailed, "stale")
	post(anna, "/v1/policy-drafts/none/publish").isProblem(http.StatusNotFound, "not-found")
	list := read[struct{ Items []store.PolicyDraft }](w.get("admin", "/v1/policy-drafts").is(http.StatusOK))
	if len(list.Items) != 4 || read[store.PolicyDraft](w.get("admin", gone).is(http.StatusOK)).State != store.DraftWithdrawn {
		t.Errorf("the drafts are %+v", list.Items)
	}
}

func TestABadPolicyIsRefusedWithPathsOverHTTP(t *testing.T) {
	w := newWorld(t)
	body := func(change func(map[string]any)) answer {
		encoded, err := json.Marshal(scorer.DefaultPolicy())
		if err != nil {
			t.Fatal(err)
		}
		var p map[string]any
		if err := json.Unmarshal(encoded, &p); err != nil {
			t.Fatal(err)
		}
		change(p)
		return w.call(request{role: "admin", method: "POST", path: "/v1/policy-drafts", body: p, header: map[string]string{"If-Match": `"1"`}})
	}
	unknown := body(func(p map[string]any) { p["freeze"].(map[string]any)["moed"] = "propose" })
	unknown.isProblem(http.StatusBadRequest, "bad-body")
	if !strings.Contains(string(unknown.body), "/freeze") {
		t.Errorf("an unknown setting is told as %s", unknown.body)
	}
	wrong := body(func(p map[string]any) {
		p["segments"] = []any{map[string]any{"name": "x", "match": map[string]any{}, "factors": map[string]any{"hiring": map[string]any{"low": 99}}}}
	})
	wrong.isProblem(http.StatusUnprocessableEntity, "invalid")
	for _, path := range []string{"/segments/0/match", "/segments/0/factors/hiring/low"} {
		if !strings.Contains(string(wrong.body), path) {
			t.Errorf("%s is not told in %s", path, wrong.body)
		}
	}
	body(func(p map[string]any) { p["comment"] = "" }).isProblem(http.StatusUnprocessableEntity, "invalid")
	schema := w.call(request{method: "GET", path: "/policy.schema.json"}).is(http.StatusOK)
	if string(schema.body) != string(scorer.PolicySchema()) {
		t.Error("the schema is not the one of the scorer")
	}
}
