package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/receipts"
)

// Signer signs receipts.
type Signer interface {
	Sign(payload []byte) (receipts.Envelope, error)
	PublicKey() (receipts.PublicKey, error)
}

// receipt is what a freeze receipt holds.
type receipt struct {
	IssuedAt time.Time         `json:"issued_at"`
	IssuedTo string            `json:"issued_to"` // name of the key that asked
	Answer   desk.FreezeAnswer `json:"answer"`
}

// GetFreezeReceipt answers GET /v1/deals/{id}/freeze/receipt.
func (s *server) GetFreezeReceipt(ctx context.Context, r gen.GetFreezeReceiptRequestObject) (gen.GetFreezeReceiptResponseObject, error) {
	answers, err := s.check(ctx, []string{r.Id}, r.Params.AsOf, r.Params.Period)
	if err != nil {
		return nil, err
	}
	payload, err := json.Marshal(receipt{IssuedAt: s.Clock().UTC(), IssuedTo: callerOf(ctx).Name, Answer: answers.Answers[0]})
	if err != nil {
		return nil, fmt.Errorf("writing the receipt of deal %s: %w", r.Id, err)
	}
	envelope, err := s.Receipts.Sign(payload)
	if err != nil {
		return nil, fmt.Errorf("signing the receipt of deal %s: %w", r.Id, err)
	}
	return gen.GetFreezeReceipt200JSONResponse(envelope), nil
}

// GetReceiptKey answers GET /v1/receipt-key.
func (s *server) GetReceiptKey(context.Context, gen.GetReceiptKeyRequestObject) (gen.GetReceiptKeyResponseObject, error) {
	key, err := s.Receipts.PublicKey()
	if err != nil {
		return nil, err
	}
	return gen.GetReceiptKey200JSONResponse(key), nil
}
