package receipts

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Signer signs with the key in a file (PKCS #8, PEM). It makes the file where there is
// none, when it signs first. The key is never shown.
type Signer struct {
	path string
	mu   sync.Mutex
	key  ed25519.PrivateKey
}

// NewSigner is a signer with the key in a file.
func NewSigner(path string) *Signer { return &Signer{path: path} }

// PublicKey is what a receipt is checked with.
type PublicKey struct {
	KeyID     string `json:"key_id"`    // the first 16 bytes of the SHA-256 of the DER form, hex
	Algorithm string `json:"algorithm"` // Ed25519
	PEM       string `json:"pem"`       // SubjectPublicKeyInfo
}

// Sign makes a receipt of a payload.
func (s *Signer) Sign(payload []byte) (Envelope, error) {
	key, err := s.load()
	if err != nil {
		return Envelope{}, err
	}
	public, err := describe(key)
	if err != nil {
		return Envelope{}, err
	}
	return seal(key, public.KeyID, payload), nil
}

// PublicKey is the public half of the signer's key.
func (s *Signer) PublicKey() (PublicKey, error) {
	key, err := s.load()
	if err != nil {
		return PublicKey{}, err
	}
	return describe(key)
}

func describe(key ed25519.PrivateKey) (PublicKey, error) {
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return PublicKey{}, fmt.Errorf("writing the public key of receipts: %w", err)
	}
	sum := sha256.Sum256(der)
	text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	return PublicKey{KeyID: hex.EncodeToString(sum[:16]), Algorithm: "Ed25519", PEM: string(text)}, nil
}

// ReadPublicKey reads a public key from PEM.
func ReadPublicKey(text []byte) (ed25519.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, errors.New("it holds no public key in PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("it holds no public key: %w", err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("its key is not of Ed25519")
	}
	return public, nil
}

// load reads the key once, and makes it where there is none.
func (s *Signer) load() (ed25519.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != nil {
		return s.key, nil
	}
	key, err := readKey(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(s.path); err != nil {
			return nil, fmt.Errorf("making the key of receipts %s: %w", s.path, err)
		}
		key, err = readKey(s.path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the key of receipts %s: %w", s.path, err)
	}
	s.key = key
	return key, nil
}

func readKey(path string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, errors.New("it holds no private key in PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("it holds no private key in PKCS #8")
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("its key is not of Ed25519")
	}
	return private, nil
}

// makeKey writes a new key. It appears under its name whole, and never in the place of
// one that another process made meanwhile.
func makeKey(path string) (err error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".receipt-key-*") // 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(part.Name())) }()
	written := pem.Encode(part, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := errors.Join(written, part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Link(part.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
