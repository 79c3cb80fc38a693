package cli

import (
	"fmt"
	"os"

	"dealvitals/receipts"

	"github.com/spf13/cobra"
)

func newReceipt(e *env) *cobra.Command {
	c := &cobra.Command{Use: "receipt", Short: "Freeze receipts: check one, show the public key", Args: cobra.NoArgs}
	c.AddCommand(newReceiptVerify(e), newReceiptKey(e))
	return c
}

func newReceiptVerify(e *env) *cobra.Command {
	var keyFile string
	c := &cobra.Command{
		Use:   "verify FILE --key PUB",
		Short: "Prove offline that a receipt is as this program signed it, and print what it says",
		Long: `Checks a receipt of GET /v1/deals/{id}/freeze/receipt (- for standard input) with the public
key that /v1/receipt-key and "dealvitals receipt key" show, and prints what was signed.
Neither store nor server is asked.`,
		Example: "  dealvitals receipt key > receipt-key.pem\n  dealvitals receipt verify receipt.json --key receipt-key.pem",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&keyFile, "key", "", "file of the public key, PEM (needed)")
	c.RunE = func(_ *cobra.Command, args []string) error {
		if keyFile == "" {
			return &usageError{fmt.Errorf("--key is missing: name the file of the public key")}
		}
		text, err := os.ReadFile(keyFile)
		if err != nil {
			return fmt.Errorf("reading the public key: %w", err)
		}
		key, err := receipts.ReadPublicKey(text)
		if err != nil {
			return fmt.Errorf("reading the public key %s: %w", keyFile, err)
		}
		receipt, err := e.readDocument(args[0])
		if err != nil {
			return err
		}
		payload, err := receipts.Open(receipt, key)
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		fmt.Fprintln(e.Err, "genuine: signed with this key, unchanged since. It says:")
		return printJSON(e.Out, payload)
	}
	return c
}

func newReceiptKey(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "key", Short: "Print the public key (PEM) that receipts are checked with", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := e.settings(c)
			if err != nil {
				return err
			}
			key, err := newSigner(cfg).PublicKey()
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(e.Out, key.PEM)
			return err
		},
	}
}
