package api

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"dealvitals/api/gen"
	"dealvitals/scorer"
	"dealvitals/store"

	"github.com/oklog/ulid/v2"
)

// Role is what a key may do.
type Role = gen.Role

// Roles lists every role.
func Roles() []Role { return []Role{gen.Admin, gen.SalesOps, gen.Commission, gen.Ingest, gen.Payee} }

// secretPrefix lets people and secret scanners recognise a key.
const secretPrefix = "dv_"

// secretBytes is 160 bits: too many to guess, so that a plain hash keeps a key safe.
const secretBytes = 20

// maxKeyName is the longest name of a key, in characters.
const maxKeyName = 100

// maxSubject is the longest subject of a payee's key, in bytes: as an id.
const maxSubject = 200

// NewPayeeKey makes a key with which one payee sees their own deals: those whose owner, or
// one of whose payees, the subject is.
func NewPayeeKey(name, subject string, at time.Time) (store.Key, string, error) {
	subject = strings.TrimSpace(subject)
	if subject == "" || len(subject) > maxSubject {
		return store.Key{}, "", fmt.Errorf("a payee's key needs a subject of at most %d bytes: the owner of the deals, or the payee's id in them", maxSubject)
	}
	key, secret, err := newKey(name, gen.Payee, at)
	key.Subject = subject
	return key, secret, err
}

// NewKey makes a key. The secret is returned this once; the key holds only its hash.
func NewKey(name string, role Role, at time.Time) (store.Key, string, error) {
	if role == gen.Payee {
		return store.Key{}, "", errors.New("a payee's key needs a subject: whose deals it shows")
	}
	return newKey(name, role, at)
}

func newKey(name string, role Role, at time.Time) (store.Key, string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > maxKeyName {
		return store.Key{}, "", fmt.Errorf("a key needs a name of 1 to %d characters that says who or what uses it", maxKeyName)
	}
	if name == scorer.Machine {
		return store.Key{}, "", fmt.Errorf("the name %q stands for the program itself in the log of decisions: choose another", name)
	}
	if !role.Valid() {
		return store.Key{}, "", fmt.Errorf("%q is no role: there are %s", role, strings.Trim(fmt.Sprint(Roles()), "[]"))
	}
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return store.Key{}, "", fmt.Errorf("making a key: %w", err)
	}
	secret := secretPrefix + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw))
	id, err := ulid.New(ulid.Timestamp(at), rand.Reader)
	if err != nil {
		return store.Key{}, "", fmt.Errorf("making a key: %w", err)
	}
	return store.Key{ID: id.String(), Name: name, Role: string(role), Hash: HashOf(secret), CreatedAt: at}, secret, nil
}

// HashOf is what the store keeps of a key's secret.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
