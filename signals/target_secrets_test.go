package signals

import (
	"maps"
	"slices"
	"testing"
)

func TestHeadersThatCarrySecretsAreHidden(t *testing.T) {
	r := Reading{Headers: map[string]string{"Cookie": "sid=1", "X-Api-Key": "k", "Accept": "text/html", "Authorization": "Bearer {secret:api}"}, Secrets: map[string]string{"api": "a"}}
	got := r.WithHeadersHidden()
	wantHeaders := map[string]string{"Cookie": "{secret:Cookie}", "X-Api-Key": "{secret:X-Api-Key}", "Accept": "text/html", "Authorization": "Bearer {secret:api}"}
	wantSecrets := map[string]string{"api": "a", "Cookie": "sid=1", "X-Api-Key": "k"}
	if !maps.Equal(got.Headers, wantHeaders) || !maps.Equal(got.Secrets, wantSecrets) {
		t.Errorf("got %v, %v", got.Headers, got.Secrets)
	}
	if r.Headers["Cookie"] != "sid=1" || len(r.Secrets) != 1 {
		t.Error("the reading that was given changed")
	}
	again := got.WithHeadersHidden()
	if !maps.Equal(again.Headers, wantHeaders) || !maps.Equal(again.Secrets, wantSecrets) {
		t.Errorf("hidden twice: %v, %v", again.Headers, again.Secrets)
	}
}

func TestSecretsStandInHeadersBodyAndQuery(t *testing.T) {
	target := Target{ID: "t", URL: "https://api.example.com/v1/{secret:path}?key={secret:key}&page={page}", Reading: Reading{
		Body: `{"token":"{secret:token}"}`, Headers: map[string]string{"Cookie": "{secret:Cookie}"},
	}}
	if got, want := target.SecretsNeeded(), []string{"Cookie", "key", "token"}; !slices.Equal(got, want) {
		t.Errorf("needed %v, want %v", got, want)
	}
	if got, want := target.SecretPurpose("key"), "target t, key, for https://api.example.com"; got != want {
		t.Errorf("purpose %q, want %q", got, want)
	}
	value := func(name string) (string, bool) { return "<" + name + ">", name != "unknown" }
	for text, want := range map[string]string{
		"a={secret:key}&b={secret:unknown}": "a=<key>&b={secret:unknown}",
		"a=%7Bsecret:key%7d&b=%7Bx%7D":      "a=<key>&b=%7Bx%7D",
		"{secret:}{secret:a b}{secretkey}":  "{secret:}{secret:a b}{secretkey}",
	} {
		if got := FillSecrets(text, value); got != want {
			t.Errorf("%q is filled as %q, want %q", text, got, want)
		}
	}
	for name, want := range map[string]bool{"X-Api-Key": true, "a.b_c": true, "": false, "a b": false, "a}": false} {
		if SecretName(name) != want {
			t.Errorf("name %q: %v", name, !want)
		}
	}
}
