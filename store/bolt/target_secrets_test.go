package bolt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

func ringOf(t *testing.T, keys ...string) *secrets.Keyring {
	t.Helper()
	text := ""
	for _, key := range keys {
		text += key + "\n"
	}
	ring, err := secrets.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func newKey(t *testing.T) string {
	t.Helper()
	key, err := secrets.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// portal is a target with a cookie.
func portal(cookie string) signals.Target {
	return signals.Target{ID: "portal", Kind: signals.KindTender, URL: "https://portal.example/list", Reading: signals.Reading{Headers: map[string]string{"Cookie": cookie, "Accept": "a"}}}
}

func mustPut(t *testing.T, db *bolt.DB, target signals.Target, at time.Time) signals.Target {
	t.Helper()
	if _, err := db.Targets.Put(t.Context(), []signals.Target{target}, "me", at); err != nil {
		t.Fatal(err)
	}
	kept, err := db.Targets.Get(t.Context(), target.ID, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func wantNowhere(t *testing.T, path, secret string) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(body, []byte(secret)) {
		t.Errorf("%s holds %q", path, secret)
	}
}

func TestSecretsOfTargetsAreSealedAsTheyComeIn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	ring := ringOf(t, newKey(t))
	db := open(t, path, bolt.Options{Secrets: ring})
	kept := mustPut(t, db, portal("sid=very-private"), start)
	sealed := kept.Reading.Secrets["Cookie"]
	if got, err := ring.Open(kept.SecretPurpose("Cookie"), sealed); err != nil || got != "sid=very-private" {
		t.Fatalf("kept %+v, which opens as %q, %v", kept.Reading, got, err)
	}
	same := mustPut(t, db, portal("sid=very-private"), start.Add(time.Hour))
	if !same.RecordedAt.Equal(kept.RecordedAt) {
		t.Error("the same secret made a new version")
	}
	edited := kept
	edited.Paused, edited.Reading.Secrets = true, map[string]string{"Cookie": secrets.Kept}
	edited = mustPut(t, db, edited, start.Add(2*time.Hour))
	if !edited.Paused || edited.Reading.Secrets["Cookie"] != sealed {
		t.Errorf("a secret that was to be kept is %q", edited.Reading.Secrets)
	}
	changed := mustPut(t, db, portal("sid=another"), start.Add(3*time.Hour))
	if got, err := ring.Open(changed.SecretPurpose("Cookie"), changed.Reading.Secrets["Cookie"]); err != nil || got != "sid=another" {
		t.Errorf("the new secret opens as %q, %v", got, err)
	}
	wantNowhere(t, path, "very-private")
	wantNowhere(t, path, "sid=another")
}

func TestSecretsThatCannotBeKeptAreRefused(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "deals.db"), bolt.Options{Secrets: ringOf(t, newKey(t))})
	kept := mustPut(t, db, portal("sid=1"), start)
	for name, change := range map[string]func(*signals.Target){
		"a secret to keep that is not there": func(x *signals.Target) { x.Reading.Secrets["other"] = secrets.Kept },
		"another host":                       func(x *signals.Target) { x.URL = "https://evil.example/" },
		"a sealed text of somebody else":     func(x *signals.Target) { x.Reading.Secrets["other"] = x.Reading.Secrets["Cookie"] },
		"a bad name":                         func(x *signals.Target) { x.Reading.Secrets["a b"] = "x" },
	} {
		x := kept
		x.Reading.Secrets = map[string]string{"Cookie": kept.Reading.Secrets["Cookie"]}
		change(&x)
		_, err := db.Targets.Put(t.Context(), []signals.Target{x}, "me", start)
		var invalid *store.InvalidError
		var closed *secrets.OpenError
		if !errors.As(err, &invalid) && !errors.As(err, &closed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWithoutAKeyNewSecretsAreRefusedAndOldOnesStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	db := open(t, path, bolt.Options{})
	_, err := db.Targets.Put(t.Context(), []signals.Target{portal("sid=1")}, "me", start)
	var missing *secrets.NoKeyError
	if !errors.As(err, &missing) {
		t.Fatalf("without a key: %v", err)
	}
	old := bolt.OldTarget(t, db, portal("sid=old-program"), start.Add(time.Hour))
	old.Paused = true
	if paused := mustPut(t, db, old, start.Add(2*time.Hour)); !paused.Paused || paused.Reading.Headers["Cookie"] != "sid=old-program" {
		t.Errorf("paused: %+v", paused)
	}
	if report, err := db.Targets.Secrets(t.Context()); err != nil || report.Plain != 2 {
		t.Errorf("report %+v, %v", report, err)
	}
}

func TestPlainSecretsOfEveryVersionAreSealedAndTheKeyIsChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	plain, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	old := bolt.OldTarget(t, plain, portal("sid=old-program"), start)
	old.Paused = true
	mustPut(t, plain, old, start.Add(time.Hour))
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	first, second := newKey(t), newKey(t)
	reseal := func(want int, keys ...string) {
		t.Helper()
		db, err := bolt.Open(path, bolt.Options{Secrets: ringOf(t, keys...)})
		if err != nil {
			t.Fatal(err)
		}
		n, err := db.Targets.Reseal(t.Context(), "me", start.Add(2*time.Hour))
		if err := errors.Join(err, db.Close(), bolt.Rewrite(path, time.Second)); err != nil || n != want {
			t.Fatalf("sealed %d, want %d: %v", n, want, err)
		}
	}
	reseal(2, first)
	wantNowhere(t, path, "old-program")
	reseal(0, first)
	reseal(2, second, first)
	db := open(t, path, bolt.Options{Secrets: ringOf(t, second)})
	for _, at := range []time.Time{start.Add(time.Minute), {}} {
		kept, err := db.Targets.Get(t.Context(), "portal", at)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ringOf(t, second).Open(kept.SecretPurpose("Cookie"), kept.Reading.Secrets["Cookie"])
		if err != nil || got != "sid=old-program" || kept.Paused != at.IsZero() {
			t.Errorf("as of %v: %+v opens as %q, %v", at, kept, got, err)
		}
	}
	if report, err := db.Targets.Secrets(t.Context()); err != nil || report != (bolt.SecretsReport{Sealed: 2}) {
		t.Errorf("report %+v, %v", report, err)
	}
	if _, err := db.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
