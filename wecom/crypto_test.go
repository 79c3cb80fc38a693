package wecom

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const (
	ownToken    = "own-token"
	ownKey      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
	ownReceiver = "ww0123456789abcdef"
)

func own(t testing.TB) *Crypto {
	t.Helper()
	c, err := NewCrypto(ownToken, ownKey, ownReceiver)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type vector struct {
	Name      string `json:"name"`
	Key       string `json:"encoding_aes_key"`
	Token     string `json:"token"`
	Timestamp string `json:"timestamp"`
	Nonce     string `json:"nonce"`
	Encrypt   string `json:"encrypt"`
	Signature string `json:"msg_signature"`
	Receiver  string `json:"receive_id"`
	Plain     string `json:"plaintext"`
	Prefix    string `json:"random_prefix"`
	Encoding  string `json:"random_prefix_encoding"`
}

func published(t *testing.T) []vector {
	t.Helper()
	raw, err := os.ReadFile("../../shared/corpus/wecom/vectors.json")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the published vectors (../shared/corpus/wecom) are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []vector `json:"callback_vectors"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	return file.Vectors
}

func (v vector) prefix(t *testing.T) [prefixLength]byte {
	t.Helper()
	raw := []byte(v.Prefix)
	if v.Encoding == "hex" {
		decoded, err := hex.DecodeString(v.Prefix)
		if err != nil {
			t.Fatal(err)
		}
		raw = decoded
	}
	return [prefixLength]byte(raw)
}

func TestPublishedVectorsHold(t *testing.T) {
	for _, v := range published(t) {
		t.Run(v.Name, func(t *testing.T) {
			c, err := NewCrypto(v.Token, v.Key, v.Receiver)
			if err != nil {
				t.Fatal(err)
			}
			plain, err := c.Open(v.Signature, v.Timestamp, v.Nonce, v.Encrypt)
			if err != nil || string(plain) != v.Plain {
				t.Errorf("opened as %q, %v", plain, err)
			}
			if got := c.encrypt(v.prefix(t), []byte(v.Plain)); got != v.Encrypt {
				t.Errorf("encrypted as %s", got)
			}
			if _, err := c.Open(v.Signature, v.Timestamp, v.Nonce+"4", v.Encrypt); !errors.Is(err, ErrSignature) {
				t.Errorf("with another nonce: %v", err)
			}
			other, err := NewCrypto(v.Token, v.Key, "wxOTHER")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := other.Open(v.Signature, v.Timestamp, v.Nonce, v.Encrypt); !errors.Is(err, ErrReceiver) {
				t.Errorf("for another receiver: %v", err)
			}
			broken := v.Encrypt[:len(v.Encrypt)-8] + "AAAAAAA="
			if _, err := c.Open(c.Sign(v.Timestamp, v.Nonce, broken), v.Timestamp, v.Nonce, broken); err == nil {
				t.Error("an altered message is opened")
			}
		})
	}
}

// TestOwnVectorHolds keeps the form: what was written once must always be read.
func TestOwnVectorHolds(t *testing.T) {
	const sealed = "ZJXHA5gAQfb1Q8BriIjaQwNIM97MkhK1kniwtnkV+EE5eTElPlps6ZWxlqY7+npC7amvvYLOsmZ+MsbSaWgNdw=="
	c := own(t)
	if got := c.encrypt([prefixLength]byte([]byte("0123456789abcdef")), []byte("<xml>你好</xml>")); got != sealed {
		t.Errorf("encrypted as %s", got)
	}
	if got := c.Sign("1790000000", "n", sealed); got != "0eb34933edfaa3c3145c2eeef62dd6bef36cde96" {
		t.Errorf("signed as %s", got)
	}
	plain, err := c.Open(c.Sign("1", "n", sealed), "1", "n", sealed)
	if err != nil || string(plain) != "<xml>你好</xml>" {
		t.Errorf("opened as %q, %v", plain, err)
	}
}

func TestWhatIsEncryptedIsDecrypted(t *testing.T) {
	c := own(t)
	rapid.Check(t, func(t *rapid.T) {
		message := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "message")
		sealed, err := c.Encrypt(message)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Decrypt(sealed); err != nil || string(got) != string(message) {
			t.Fatalf("read back %q, %v", got, err)
		}
	})
}

func TestBadKeysAreRefused(t *testing.T) {
	for _, key := range []string{"", "short", strings.Repeat("A", 44), strings.Repeat("!", 43)} {
		var bad *KeyError
		if _, err := NewCrypto("t", key, "r"); !errors.As(err, &bad) {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func FuzzDecrypt(f *testing.F) {
	c := own(f)
	sealed, err := c.Encrypt([]byte("hello"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		plain, err := c.Decrypt(text)
		if err != nil {
			return
		}
		again := own(t)
		sealed, err := again.Encrypt(plain)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := again.Decrypt(sealed); err != nil || string(back) != string(plain) {
			t.Fatalf("what was decrypted does not survive: %v", err)
		}
	})
}

// FuzzPlain lets the fuzzer past the cipher, to the parser behind it.
func FuzzPlain(f *testing.F) {
	f.Add([]byte("0123456789abcdef\x00\x00\x00\x05hello" + ownReceiver))
	f.Add([]byte("0123456789abcdef\xff\xff\xff\xffhello"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		padded := pad(append([]byte(nil), plain...))
		if body, ok := unpad(padded); !ok || string(body) != string(plain) {
			t.Fatal("padding does not come off as it went on")
		}
		if _, ok := unpad(plain); ok && len(plain) == 0 {
			t.Fatal("nothing has no padding")
		}
	})
}

func TestGuardTakesAMessageOnce(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	g := NewGuard(5*time.Minute, 3, func() time.Time { return now })
	steps := []struct {
		name, signature, stamp string
		pass                   time.Duration
		release                bool
		want                   error
	}{
		{"a message of now", "a", "1790000000", 0, false, nil},
		{"the same again", "a", "1790000000", time.Minute, false, ErrReplayed},
		{"one of the future", "b", "1790009999", 0, false, ErrStale},
		{"one without a time", "b", "soon", 0, false, ErrStale},
		{"one that fails", "c", "1790000060", 0, true, nil},
		{"its second attempt", "c", "1790000060", 0, false, nil},
		{"more than are remembered", "d", "1790000060", 0, false, ErrReplayed},
		{"the first, when it is too old", "a", "1790000000", 5 * time.Minute, false, ErrStale},
		{"a new one, when the old are forgotten", "e", "1790000960", 10 * time.Minute, false, nil},
	}
	for _, s := range steps {
		now = now.Add(s.pass)
		if err := g.Claim(s.signature, s.stamp); !errors.Is(err, s.want) {
			t.Errorf("%s: %v, want %v", s.name, err, s.want)
		}
		if s.release {
			g.Release(s.signature)
		}
	}
}

func TestEventsTellConsent(t *testing.T) {
	event := func(change string) string {
		return "<xml><CreateTime>1790000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event>" +
			"<ChangeType><![CDATA[" + change + "]]></ChangeType><UserID>lilei</UserID><ExternalUserID>wmAAAA</ExternalUserID></xml>"
	}
	for change, want := range map[string]struct{ tells, agreed bool }{
		"msg_audit_approved": {true, true}, "del_follow_user": {true, false}, "del_external_contact": {true, false}, "add_external_contact": {},
	} {
		e, err := ReadEvent([]byte(event(change)))
		if err != nil {
			t.Fatal(err)
		}
		c, tells := e.Consent()
		if tells != want.tells || c.Agreed != want.agreed || tells && (c.With != "lilei" || c.Since.Unix() != 1790000000) {
			t.Errorf("%s: %+v, %v", change, c, tells)
		}
	}
	for _, bad := range []string{"", "{}", "<xml></xml>", "<xml><CreateTime>x</CreateTime></xml>"} {
		if _, err := ReadEvent([]byte(bad)); !errors.Is(err, ErrEnvelope) {
			t.Errorf("%q: %v", bad, err)
		}
		if _, err := ReadEnvelope([]byte(bad)); !errors.Is(err, ErrEnvelope) {
			t.Errorf("envelope %q: %v", bad, err)
		}
	}
}
