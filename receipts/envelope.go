// Package receipts signs answers so that whoever keeps one can prove later, without
// asking anybody, what this program said. A receipt is a DSSE envelope
// (github.com/secure-systems-lab/dsse, version 1) with an Ed25519 signature.
package receipts

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// PayloadType names what is inside a freeze receipt.
const PayloadType = "application/vnd.dealvitals.freeze-receipt.v1+json"

// Envelope is a signed receipt.
type Envelope struct {
	PayloadType string      `json:"payloadType"`
	Payload     []byte      `json:"payload"` // base64 in JSON
	Signatures  []Signature `json:"signatures"`
}

// Signature is one signature over an envelope's payload.
type Signature struct {
	KeyID string `json:"keyid"`
	Sig   []byte `json:"sig"` // base64 in JSON
}

// seal signs a payload.
func seal(key ed25519.PrivateKey, keyID string, payload []byte) Envelope {
	sig := ed25519.Sign(key, signedBytes(PayloadType, payload))
	return Envelope{PayloadType: PayloadType, Payload: payload, Signatures: []Signature{{KeyID: keyID, Sig: sig}}}
}

// signedBytes is DSSE's pre-authentication encoding: the type is signed with the payload,
// so that neither can be taken for something else.
func signedBytes(payloadType string, payload []byte) []byte {
	return fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
}

// The ways in which a receipt is none.
var (
	ErrNoReceipt = errors.New("this is no freeze receipt")
	ErrForged    = errors.New("the receipt was not signed with this key, or was changed since")
)

// Open checks a receipt, as JSON, with a public key and returns what was signed.
func Open(receipt []byte, key ed25519.PublicKey) (json.RawMessage, error) {
	var e Envelope
	if err := json.Unmarshal(receipt, &e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoReceipt, err)
	}
	if e.PayloadType != PayloadType {
		return nil, fmt.Errorf("%w: it holds %q", ErrNoReceipt, e.PayloadType)
	}
	signed := signedBytes(e.PayloadType, e.Payload)
	if !slices.ContainsFunc(e.Signatures, func(s Signature) bool { return ed25519.Verify(key, signed, s.Sig) }) {
		return nil, ErrForged
	}
	return e.Payload, nil
}
