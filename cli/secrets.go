package cli

import (
	"fmt"

	"dealvitals/secrets"

	"github.com/spf13/cobra"
)

func newSecrets(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "secrets", Short: "The key that seals cookies and API keys in the store", Args: cobra.NoArgs,
		Long: `Targets may need secrets: cookies, API keys. The store and its backups hold them sealed; the
key that opens them is given in secrets.key_file or DEALVITALS_SECRETS_KEY, and lies nowhere
else. To change it, put a new line in front of the old one in the key file.`,
	}
	c.AddCommand(newSecretsKeygen(e))
	return c
}

func newSecretsKeygen(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "keygen FILE", Short: "Make a key file, which must not be there yet", Args: cobra.ExactArgs(1),
		Example: "  dealvitals secrets keygen /etc/dealvitals.key\n  export DEALVITALS_SECRETS_KEY_FILE=/etc/dealvitals.key",
		RunE: func(_ *cobra.Command, args []string) error {
			if err := secrets.WriteNew(args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(e.Out, "made %s; keep a copy apart from the backups: without it the secrets in the store are lost\nNext: set secrets.key_file, or DEALVITALS_SECRETS_KEY_FILE=%s\n", args[0], args[0])
			return err
		},
	}
}
