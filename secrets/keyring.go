package secrets

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Kept stands where a secret is: in answers, and in what people send to say that the
// secret stays as it is.
const Kept = "(kept)"

// mark begins every sealed text; behind it stands the age file in base64.
const mark = "age:"

// Keyring seals with its newest key and opens with all of them. It is safe for concurrent
// use. The nil Keyring has no key.
type Keyring struct{ keys []*age.X25519Identity } // newest first

// Parse reads keys, one a line, the newest first. Empty lines and lines that begin with #
// are passed over.
func Parse(text string) (*Keyring, error) {
	var ring Keyring
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, err := age.ParseX25519Identity(line)
		if err != nil {
			return nil, &KeyError{Line: number + 1} // age's own error may quote the key
		}
		ring.keys = append(ring.keys, key)
	}
	if len(ring.keys) == 0 {
		return nil, &KeyError{}
	}
	return &ring, nil
}

// Generate makes a new key: a line for Parse.
func Generate() (string, error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	return key.String(), nil
}

// Sealed tells whether a text is one that Seal made.
func Sealed(text string) bool { return strings.HasPrefix(text, mark) }

// Seal makes a text that only Open with the same purpose reads.
func (k *Keyring) Seal(purpose, secret string) (string, error) {
	if k == nil {
		return "", &NoKeyError{Purpose: purpose}
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, k.keys[0].Recipient())
	if err != nil {
		return "", fmt.Errorf("sealing the secret of %s: %w", purpose, err)
	}
	if _, err := io.WriteString(w, purpose+"\x00"+secret); err != nil {
		return "", fmt.Errorf("sealing the secret of %s: %w", purpose, err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("sealing the secret of %s: %w", purpose, err)
	}
	return mark + base64.RawStdEncoding.EncodeToString(out.Bytes()), nil
}

// Open reads a text that Seal made for a purpose.
func (k *Keyring) Open(purpose, sealed string) (string, error) {
	if k == nil {
		return "", &NoKeyError{Purpose: purpose}
	}
	return open(purpose, sealed, k.keys)
}

// Newest tells whether a sealed text was sealed with the newest key, and need not be
// sealed again.
func (k *Keyring) Newest(purpose, sealed string) bool {
	if k == nil {
		return false
	}
	_, err := open(purpose, sealed, k.keys[:1])
	return err == nil
}

func open(purpose, sealed string, keys []*age.X25519Identity) (string, error) {
	packed, err := base64.RawStdEncoding.DecodeString(strings.TrimPrefix(sealed, mark))
	if err != nil || !Sealed(sealed) {
		return "", &OpenError{Purpose: purpose, Why: "it is damaged"}
	}
	identities := make([]age.Identity, len(keys))
	for i, key := range keys {
		identities[i] = key
	}
	r, err := age.Decrypt(bytes.NewReader(packed), identities...)
	var noMatch *age.NoIdentityMatchError
	if errors.As(err, &noMatch) {
		return "", &OpenError{Purpose: purpose, Why: "it was sealed with another key than those in secrets.key and secrets.key_file: add the old key, or give the secret again"}
	}
	if err != nil {
		return "", &OpenError{Purpose: purpose, Why: "it is damaged"}
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return "", &OpenError{Purpose: purpose, Why: "it is damaged"}
	}
	meant, secret, ok := strings.Cut(string(plain), "\x00")
	if !ok || meant != purpose {
		return "", &OpenError{Purpose: purpose, Why: "it was given for something else: give it again"}
	}
	return secret, nil
}
