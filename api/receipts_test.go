package api_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/receipts"
)

func TestAReceiptIsCheckedWithTheKeyThatIsServed(t *testing.T) {
	w := newWorld(t)
	w.customer()
	w.deal("D1", 100, nil)
	frozen := w.freeze("D1")
	w.pass(time.Minute)
	receipt := w.get("commission", "/v1/deals/D1/freeze/receipt").is(http.StatusOK)
	served := read[receipts.PublicKey](w.call(request{method: http.MethodGet, path: "/v1/receipt-key"}).is(http.StatusOK))
	key, err := receipts.ReadPublicKey([]byte(served.PEM))
	w.must(err)
	payload, err := receipts.Open(receipt.body, key)
	w.must(err)
	var said struct {
		IssuedAt time.Time `json:"issued_at"`
		IssuedTo string    `json:"issued_to"`
		Answer   desk.FreezeAnswer
	}
	w.must(json.Unmarshal(payload, &said))
	if said.Answer.State != desk.CheckFrozen || said.Answer.DecisionID != frozen.ID || said.IssuedTo != "a commission" || !said.IssuedAt.Equal(w.clock()) {
		t.Errorf("signed: %s", payload)
	}
	if e := read[receipts.Envelope](receipt); e.Signatures[0].KeyID != served.KeyID {
		t.Errorf("signed with key %s, served is %s", e.Signatures[0].KeyID, served.KeyID)
	}
	w.get("commission", "/v1/deals/D1/freeze/receipt?period=2026-11").isProblem(http.StatusBadRequest, "not-yet")
	w.get("ingest", "/v1/deals/D1/freeze/receipt").is(http.StatusForbidden)
}
