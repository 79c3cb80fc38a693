package signals

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// secretHeaders are what the names of headers are made of that carry secrets: Cookie,
// Authorization, X-Api-Key, X-CSRF-Token, …
var secretHeaders = []string{"cookie", "auth", "key", "token", "secret", "session", "password", "signature"}

// secretHeader tells whether a header carries a secret, by its name.
func secretHeader(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(secretHeaders, func(part string) bool { return strings.Contains(name, part) })
}

// secretPlace is where a secret stands in a request; in an address it may be escaped.
var secretPlace = regexp.MustCompile(`(?i)(?:\{|%7B)secret(?::|%3A)([A-Za-z0-9_.-]+)(?:\}|%7D)`)

// SecretPlace is what stands for a secret in a request.
func SecretPlace(name string) string { return "{secret:" + name + "}" }

// SecretName tells whether a secret may be called so.
func SecretName(name string) bool {
	found := secretPlace.FindStringSubmatch(SecretPlace(name))
	return len(found) == 2 && found[1] == name
}

// FillSecrets puts values where the places of secrets are. What there is no value for
// stays as it is.
func FillSecrets(text string, value func(name string) (string, bool)) string {
	return secretPlace.ReplaceAllStringFunc(text, func(place string) string {
		if v, ok := value(secretPlace.FindStringSubmatch(place)[1]); ok {
			return v
		}
		return place
	})
}

// HoldsSecret tells whether a text has a place for a secret.
func HoldsSecret(text string) bool { return secretPlace.MatchString(text) }

// SecretsNeeded are the names of the secrets that a target's requests have places for,
// sorted.
func (t Target) SecretsNeeded() []string {
	text := t.Reading.Body
	if u, err := url.Parse(t.URL); err == nil {
		text += " " + u.RawQuery
	}
	for _, value := range t.Reading.Headers {
		text += " " + value
	}
	var names []string
	for _, found := range secretPlace.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// SecretPurpose is what a target's secret is for: it must not open for another target, nor
// after the target's address was changed to another host.
func (t Target) SecretPurpose(name string) string {
	host := ""
	if u, err := url.Parse(t.URL); err == nil {
		host = u.Scheme + "://" + u.Host
	}
	return "target " + t.ID + ", " + name + ", for " + host
}

// WithHeadersHidden moves the values of headers that carry secrets to Secrets.
func (r Reading) WithHeadersHidden() Reading {
	var headers, hidden map[string]string
	for name, value := range r.Headers {
		if !secretHeader(name) || HoldsSecret(value) || !SecretName(name) {
			continue
		}
		if hidden == nil {
			headers, hidden = maps.Clone(r.Headers), maps.Clone(r.Secrets)
			if hidden == nil {
				hidden = make(map[string]string)
			}
		}
		headers[name], hidden[name] = SecretPlace(name), value
	}
	if hidden != nil {
		r.Headers, r.Secrets = headers, hidden
	}
	return r
}
