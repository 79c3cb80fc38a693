package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newVerify(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Prove that the audit log is untouched",
		Long: `Reads the audit log from its first entry to its last and checks that each holds the hash
of the one before it. Names the first entry that does not.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.inStore(c, func(a *app) error {
				n, err := a.db.Audit.Verify(c.Context())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(e.Out, "untouched: %d entries, each holds the hash of the one before it\nNext: dealvitals audit export --out audit.jsonl, for an auditor\n", n)
				return err
			})
		},
	}
}
