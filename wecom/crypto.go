package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
)

// What can be wrong with a callback. None of them says more, for whoever sends a forged
// message must not learn from the answer how near it came.
var (
	ErrSignature = errors.New("the signature is not that of the message")
	ErrCipher    = errors.New("the message cannot be decrypted")
	ErrReceiver  = errors.New("the message is for another receiver")
)

// KeyError is an EncodingAESKey that cannot be one.
type KeyError struct{ Why string }

func (e *KeyError) Error() string { return "the EncodingAESKey " + e.Why }

const (
	keyLength    = 43 // characters of an EncodingAESKey
	prefixLength = 16 // random bytes before a message
	headLength   = prefixLength + 4
)

// Crypto signs, checks, encrypts and decrypts what goes through a callback. It is safe
// for concurrent use.
type Crypto struct {
	token    string
	receiver string
	block    cipher.Block
	iv       []byte
}

// NewCrypto makes the Crypto of one callback: its token, its EncodingAESKey, and the id
// of the receiver, which is the corp id for a company's own application.
func NewCrypto(token, encodingAESKey, receiver string) (*Crypto, error) {
	if len(encodingAESKey) != keyLength {
		return nil, &KeyError{fmt.Sprintf("has %d characters instead of %d", len(encodingAESKey), keyLength)}
	}
	key, err := base64.StdEncoding.DecodeString(encodingAESKey + "=")
	if err != nil {
		return nil, &KeyError{"is not base64"}
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("making the cipher: %w", err)
	}
	return &Crypto{token: token, receiver: receiver, block: block, iv: key[:aes.BlockSize]}, nil
}

// Sign is the signature of an encrypted message that we send.
func (c *Crypto) Sign(timestamp, nonce, encrypted string) string {
	return Signature(c.token, timestamp, nonce, encrypted)
}

// Open checks the signature of an encrypted message or echostr and decrypts it.
func (c *Crypto) Open(signature, timestamp, nonce, encrypted string) ([]byte, error) {
	if !signedBy(c.Sign(timestamp, nonce, encrypted), signature) {
		return nil, ErrSignature
	}
	return c.Decrypt(encrypted)
}

// Decrypt reads base64(AES-256-CBC(16 random bytes, length, message, receiver)).
func (c *Crypto) Decrypt(encrypted string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, ErrCipher
	}
	cipher.NewCBCDecrypter(c.block, c.iv).CryptBlocks(sealed, sealed)
	plain, ok := unpad(sealed)
	if !ok || len(plain) < headLength {
		return nil, ErrCipher
	}
	length, rest := binary.BigEndian.Uint32(plain[prefixLength:headLength]), plain[headLength:]
	if uint64(length) > uint64(len(rest)) {
		return nil, ErrCipher
	}
	message, receiver := rest[:length:length], rest[length:]
	if subtle.ConstantTimeCompare(receiver, []byte(c.receiver)) != 1 {
		return nil, ErrReceiver
	}
	return message, nil
}

// Encrypt is the reverse of Decrypt.
func (c *Crypto) Encrypt(message []byte) (string, error) {
	var prefix [prefixLength]byte
	if _, err := rand.Read(prefix[:]); err != nil {
		return "", fmt.Errorf("drawing the random prefix: %w", err)
	}
	return c.encrypt(prefix, message), nil
}

func (c *Crypto) encrypt(prefix [prefixLength]byte, message []byte) string {
	plain := make([]byte, 0, headLength+len(message)+len(c.receiver)+padBlock)
	plain = append(plain, prefix[:]...)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(message)))
	plain = append(append(plain, message...), c.receiver...)
	plain = pad(plain)
	cipher.NewCBCEncrypter(c.block, c.iv).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}
