package cli

import (
	"dealvitals/config"
	"dealvitals/receipts"
)

// newSigner signs receipts with the key that the settings name, else with one beside the
// store. It stays out of backups: a copy of the store must not be able to sign.
func newSigner(cfg config.Config) *receipts.Signer {
	if cfg.Server.ReceiptKey != "" {
		return receipts.NewSigner(cfg.Server.ReceiptKey)
	}
	return receipts.NewSigner(cfg.DB + ".receipt-key")
}
