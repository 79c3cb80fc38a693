package crawler

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"dealvitals/secrets"
	"dealvitals/signals"
)

// sealedSecrets are the secrets of a target that its requests carry.
type sealedSecrets struct {
	scheme, host string            // of the target: nobody else gets them
	values       map[string]string // by name
}

// openSecrets opens what a target's requests have places for. A secret that cannot be
// opened is a door that stays closed: the target is not asked at all, for without it the
// site would show something else.
func (c *Crawler) openSecrets(t signals.Target) (*sealedSecrets, error) {
	names := t.SecretsNeeded()
	if len(names) == 0 {
		return nil, nil
	}
	open := &sealedSecrets{values: make(map[string]string, len(names))}
	if u, err := url.Parse(t.URL); err == nil {
		open.scheme, open.host = u.Scheme, u.Host
	}
	for _, name := range names {
		value := t.Reading.Secrets[name]
		if value == "" {
			return nil, closed("its requests need the secret %s, which is not given", name)
		}
		if secrets.Sealed(value) {
			var err error
			if value, err = c.settings.Secrets.Open(t.SecretPurpose(name), value); err != nil {
				return nil, closed("%s", err)
			}
		}
		open.values[name] = value
	}
	return open, nil
}

// value gives a secret to a request of the target's host. What is meant for https is not
// sent without.
func (s *sealedSecrets) value(to *url.URL) func(name string) (string, bool) {
	if s == nil || to.Host != s.host || to.Scheme != s.scheme && to.Scheme != "https" {
		return func(string) (string, bool) { return "", false }
	}
	return func(name string) (string, bool) {
		v, ok := s.values[name]
		return v, ok
	}
}

// fill puts the secrets into a request that is about to leave. Nothing but the wire sees
// it so: what is kept and logged has their places. A header whose secret is not for this
// host does not go there.
func (s *sealedSecrets) fill(out *http.Request) error {
	if s == nil {
		return nil
	}
	value := s.value(out.URL)
	for name, values := range out.Header {
		for i, v := range values {
			values[i] = signals.FillSecrets(v, value)
			if signals.HoldsSecret(values[i]) {
				out.Header.Del(name)
				break
			}
		}
	}
	if signals.HoldsSecret(out.URL.RawQuery) {
		u := *out.URL
		u.RawQuery = signals.FillSecrets(u.RawQuery, func(name string) (string, bool) {
			v, ok := value(name)
			return url.QueryEscape(v), ok
		})
		out.URL = &u
	}
	return s.fillBody(out, value)
}

func (s *sealedSecrets) fillBody(out *http.Request, value func(string) (string, bool)) error {
	if out.Body == nil || out.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(out.Body)
	if err != nil {
		return err
	}
	filled := []byte(signals.FillSecrets(string(body), value))
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(filled)), int64(len(filled))
	return nil
}

// shortestHidden is the shortest secret that is looked for in answers: a shorter one
// would be found where it is not.
const shortestHidden = 8

// hide puts the place of a secret wherever an answer repeats it: sites do, in the links
// to their next pages.
func (s *sealedSecrets) hide(got *answer) {
	if s == nil {
		return
	}
	for name, secret := range s.values {
		if len(secret) < shortestHidden {
			continue
		}
		place := signals.SecretPlace(name)
		for _, form := range []string{secret, url.QueryEscape(secret)} {
			got.body = bytes.ReplaceAll(got.body, []byte(form), []byte(place))
			for header, values := range got.header {
				if header == "Set-Cookie" {
					continue // the jar needs it; the archive leaves it out
				}
				for i, v := range values {
					values[i] = strings.ReplaceAll(v, form, place)
				}
			}
		}
	}
}
