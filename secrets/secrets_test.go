package secrets

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func newRing(t *testing.T) (*Keyring, string) {
	t.Helper()
	key, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := Parse(key)
	if err != nil {
		t.Fatal(err)
	}
	return ring, key
}

func sealed(t *testing.T, k *Keyring, purpose, secret string) string {
	t.Helper()
	text, err := k.Seal(purpose, secret)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestASecretOpensOnlyForItsPurposeAndKey(t *testing.T) {
	ring, _ := newRing(t)
	other, _ := newRing(t)
	for _, secret := range []string{"", "sid=1; token=2", "密钥\x00with a zero", strings.Repeat("long", 20_000)} {
		text := sealed(t, ring, "target a for example.com", secret)
		if secret != "" && strings.Contains(text, secret) || !Sealed(text) {
			t.Fatalf("sealed as %.40q", text)
		}
		if got, err := ring.Open("target a for example.com", text); err != nil || got != secret {
			t.Errorf("opened as %.20q, %v", got, err)
		}
		for name, try := range map[string]func() (string, error){
			"another address": func() (string, error) { return ring.Open("target a for evil.example", text) },
			"another key":     func() (string, error) { return other.Open("target a for example.com", text) },
			"damage":          func() (string, error) { return ring.Open("target a for example.com", text[:len(text)-4]) },
			"no mark":         func() (string, error) { return ring.Open("target a for example.com", text[4:]) },
		} {
			var refused *OpenError
			if got, err := try(); !errors.As(err, &refused) || got != "" {
				t.Errorf("with %s it opens as %q, %v", name, got, err)
			}
		}
	}
	if a, b := sealed(t, ring, "p", "same"), sealed(t, ring, "p", "same"); a == b {
		t.Error("equal secrets can be seen to be equal")
	}
}

func TestAKeyIsChangedWithoutLosingWhatWasSealed(t *testing.T) {
	old, oldKey := newRing(t)
	text := sealed(t, old, "p", "secret")
	fresh, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	both, err := Parse("# newest first\n" + fresh + "\n\n" + oldKey + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := both.Open("p", text); err != nil || got != "secret" {
		t.Fatalf("opened as %q, %v", got, err)
	}
	if both.Newest("p", text) {
		t.Error("what the old key sealed need not be sealed again")
	}
	again := sealed(t, both, "p", "secret")
	if !both.Newest("p", again) {
		t.Error("what the new key sealed is to be sealed again")
	}
	if _, err := old.Open("p", again); err == nil {
		t.Error("the old key opens what the new one sealed")
	}
}

func TestWithoutAKeyTheErrorSaysWhatToDo(t *testing.T) {
	var none *Keyring
	_, sealing := none.Seal("target a", "secret")
	_, opening := none.Open("target a", "age:AAAA")
	for _, err := range []error{sealing, opening} {
		var missing *NoKeyError
		if !errors.As(err, &missing) || !strings.Contains(err.Error(), "secrets.key_file") {
			t.Errorf("error %v", err)
		}
	}
	if none.Newest("p", "age:AAAA") {
		t.Error("no key is the newest")
	}
}

func TestKeysAreReadFromTextAndFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := WriteNew(file); err != nil {
		t.Fatal(err)
	}
	if err := WriteNew(file); !errors.Is(err, os.ErrExist) {
		t.Errorf("a key file is written over: %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	first, key := newRing(t)
	ring, err := Load(key, file)
	if err != nil {
		t.Fatal(err)
	}
	if !first.Newest("p", sealed(t, ring, "p", "x")) {
		t.Error("the key given as text is not the newest")
	}
	if ring, err := Load("", ""); ring != nil || err != nil {
		t.Errorf("without keys: %v, %v", ring, err)
	}
	for name, text := range map[string]string{"nonsense": "AGE-SECRET-KEY-1NONSENSE", "nothing": "# only a comment"} {
		_, err := Load(text, "")
		var bad *KeyError
		if !errors.As(err, &bad) || strings.Contains(err.Error(), "NONSENSE") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load("", file+".missing"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	key, err := Generate()
	if err != nil {
		f.Fatal(err)
	}
	ring, err := Parse(key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("age:AAAA")
	f.Add("age:")
	f.Fuzz(func(t *testing.T, text string) {
		if secret, err := ring.Open("p", text); err == nil {
			t.Errorf("%q opens as %q", text, secret)
		}
	})
}
