package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/secrets"
	"dealvitals/signals"
)

const apiKey, cookie = "s3cret/key+1", "sid=very-private"

// newRing is a keyring of a key made for the test.
func newRing(t *testing.T) *secrets.Keyring {
	t.Helper()
	key, err := secrets.Generate()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := secrets.Parse(key)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// secretTarget is a target whose request carries a secret in each place.
func secretTarget(t *testing.T, ring *secrets.Keyring, base string) signals.Target {
	t.Helper()
	target := signals.Target{ID: "target", Kind: signals.KindHiring, CustomerID: "customer", URL: base + "/jobs?key={secret:key}&page=1", Reading: signals.Reading{
		Body: `{"key":"{secret:key}"}`, Headers: map[string]string{"Cookie": "{secret:Cookie}", "Accept": "text/plain"},
	}}
	target.Reading.Secrets = make(map[string]string)
	for name, value := range map[string]string{"key": apiKey, "Cookie": cookie} {
		sealed, err := ring.Seal(target.SecretPurpose(name), value)
		if err != nil {
			t.Fatal(err)
		}
		target.Reading.Secrets[name] = sealed
	}
	return target
}

func TestASecretIsSentAndNowhereKept(t *testing.T) {
	ring := newRing(t)
	w := newWorld(t, Settings{Secrets: ring, Contact: "ops@example.com"})
	s := w.site()
	s.handle("/jobs?key=s3cret%2Fkey%2B1&page=1", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("X-Echo", apiKey)
		fmt.Fprintf(rw, "job 1 a\nnext /next?key=%s", "s3cret%2Fkey%2B1")
	})
	s.page("/next?key=s3cret%2Fkey%2B1", "job 2 b", apiKey)
	r := w.crawl(secretTarget(t, ring, s.URL))
	if ids(r) != "1 2" || !r.Run.Complete {
		t.Fatalf("run %+v brought %s, the site was asked %s", r.Run, ids(r), s.paths())
	}
	first := s.asked()[0]
	if first.header.Get("Cookie") != cookie || first.body != `{"key":"`+apiKey+`"}` {
		t.Errorf("sent %q with %q", first.body, first.header)
	}
	if err := w.archive.Close(); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprintf("%+v", r), evidenceOf(t, w, r)} {
		for _, secret := range []string{apiKey, "s3cret%2Fkey%2B1", cookie} {
			if strings.Contains(text, secret) {
				t.Errorf("%q is kept in\n%.2000s", secret, text)
			}
		}
	}
}

// evidenceOf is all that was kept of a run's pages, as plain text.
func evidenceOf(t *testing.T, w *world, r Result) string {
	t.Helper()
	var all strings.Builder
	for _, e := range r.Evidence {
		body, err := w.archive.Body(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(body)
		all.WriteString(e.URL)
	}
	return all.String()
}

func TestASecretGoesToItsOwnHostOnly(t *testing.T) {
	ring := newRing(t)
	w := newWorld(t, Settings{Secrets: ring})
	s, other := w.site(), w.site()
	moved := http.RedirectHandler(other.URL+"/jobs?key={secret:key}", http.StatusTemporaryRedirect)
	s.handle("/jobs?key=s3cret%2Fkey%2B1&page=1", moved.ServeHTTP)
	w.crawl(secretTarget(t, ring, s.URL))
	if len(other.asked()) != 1 {
		t.Fatalf("asked %s", other.paths())
	}
	got := other.asked()[0]
	if text := fmt.Sprint(got); strings.Contains(text, "s3cret") || strings.Contains(text, "very-private") || got.header.Get("Cookie") != "" {
		t.Errorf("another host got %s", text)
	}
}

func TestATargetWhoseSecretsCannotBeOpenedIsNotAsked(t *testing.T) {
	ring := newRing(t)
	for name, c := range map[string]struct {
		ring   *secrets.Keyring
		change func(*signals.Target)
		want   string
	}{
		"no key":           {nil, func(*signals.Target) {}, "dealvitals secrets keygen"},
		"another key":      {newRing(t), func(*signals.Target) {}, "sealed with another key"},
		"another target":   {ring, func(t *signals.Target) { t.ID = "other" }, "given for something else"},
		"another host":     {ring, func(t *signals.Target) { t.URL = strings.Replace(t.URL, "127.0.0.1", "127.0.0.2", 1) }, "given for something else"},
		"a secret missing": {ring, func(t *signals.Target) { t.Reading.Secrets = nil }, "need the secret"},
	} {
		w := newWorld(t, Settings{Secrets: c.ring})
		s := w.site()
		target := secretTarget(t, ring, s.URL)
		c.change(&target)
		r := w.crawl(target)
		if r.Run.Outcome != signals.OutcomeLogin || r.Run.Complete || !strings.Contains(r.Run.Problem, c.want) || len(s.asked()) != 0 {
			t.Errorf("with %s the run is %+v, the site was asked %q", name, r.Run, s.paths())
		}
	}
}

func TestSecretsAreNotInTheFilesOfTheArchive(t *testing.T) {
	ring := newRing(t)
	folder := t.TempDir()
	w := newWorldIn(t, folder, Settings{Secrets: ring})
	s := w.site()
	s.page("/jobs?key=s3cret%2Fkey%2B1&page=1", "job 1 a")
	w.crawl(secretTarget(t, ring, s.URL))
	if err := w.archive.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text := unzipped(t, name)
		if strings.Contains(text, "s3cret") || strings.Contains(text, "very-private") {
			t.Errorf("%s holds a secret:\n%s", name, text)
		}
	}
}

// unzipped is a file as it reads, whether it is compressed or not.
func unzipped(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return string(body)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}
