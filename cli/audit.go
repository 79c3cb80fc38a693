package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func newAudit(e *env) *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "The audit log: export it", Args: cobra.NoArgs}
	c.AddCommand(newAuditExport(e))
	return c
}

func newAuditExport(e *env) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "export [--out FILE]",
		Short: "Write the audit log as JSON lines, each with the hash that chains it to the one before",
		Long: `Writes every entry of the audit log, oldest first, one JSON object a line. "hash" is the
SHA-256 of the previous entry's hash (32 bytes, zeros before the first) followed by the
line without its "hash": an auditor can check the chain without this program.`,
		Example: "  dealvitals verify && dealvitals audit export --out audit.jsonl",
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&out, "out", "", "file to write, which must not be there yet; standard output unless given")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			if err := writeTo(e.Out, out, func(w io.Writer) error { return a.db.Audit.Export(c.Context(), w) }); err != nil || out == "" {
				return err
			}
			_, err := fmt.Fprintf(e.Out, "the audit log is in %s\nNext: dealvitals verify, which proves it untouched here; an auditor checks the chain of hashes without this program\n", out)
			return err
		})
	}
	return c
}
