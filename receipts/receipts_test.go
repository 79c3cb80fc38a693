package receipts

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func sign(t *testing.T, s *Signer, payload string) []byte {
	t.Helper()
	e, err := s.Sign([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func open(t *testing.T, s *Signer, receipt []byte) (string, error) {
	t.Helper()
	public, err := s.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ReadPublicKey([]byte(public.PEM))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := Open(receipt, key)
	return string(payload), err
}

func TestAReceiptProvesWhatWasSaidAndNothingElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	s := NewSigner(path)
	receipt := sign(t, s, `{"state":"clear"}`)
	if got, err := open(t, NewSigner(path), receipt); err != nil || got != `{"state":"clear"}` {
		t.Errorf("after a restart: %s, %v", got, err)
	}
	other := NewSigner(filepath.Join(t.TempDir(), "other.pem"))
	if _, err := open(t, other, receipt); !errors.Is(err, ErrForged) {
		t.Errorf("with another key: %v", err)
	}
	var e Envelope
	if err := json.Unmarshal(receipt, &e); err != nil {
		t.Fatal(err)
	}
	e.Payload = []byte(`{"state":"frozen"}`)
	changed, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, s, changed); !errors.Is(err, ErrForged) {
		t.Errorf("with another payload: %v", err)
	}
	for _, text := range []string{"", "{}", `{"payloadType":"text/plain","payload":"","signatures":[]}`, "[1]"} {
		if _, err := open(t, s, []byte(text)); !errors.Is(err, ErrNoReceipt) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info, err)
	}
}

// The example of the DSSE specification, protocol.md.
func TestSignedBytesAreThoseOfTheSpecification(t *testing.T) {
	if got := signedBytes("http://example.com/HelloWorld", []byte("hello world")); string(got) != "DSSEv1 29 http://example.com/HelloWorld 11 hello world" {
		t.Errorf("%s", got)
	}
}

func TestManyFirstSignersMakeOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	receipts := make([][]byte, 8)
	var all sync.WaitGroup
	for i := range receipts {
		all.Go(func() { receipts[i] = sign(t, NewSigner(path), "{}") })
	}
	all.Wait()
	for _, r := range receipts {
		if !bytes.Equal(r, receipts[0]) {
			t.Fatal("two keys were made")
		}
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
}

func TestAFileThatIsNoKeyIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, []byte("my notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := NewSigner(path).Sign(nil); err == nil {
		t.Error("signed with notes")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "my notes" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}
