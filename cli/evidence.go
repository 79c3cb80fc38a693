package cli

import (
	"context"
	"fmt"

	"dealvitals/schedules"

	"github.com/spf13/cobra"
)

func newEvidence(e *env) *cobra.Command {
	c := &cobra.Command{Use: "evidence", Short: "The captured pages behind the signals", Args: cobra.NoArgs}
	c.AddCommand(newEvidencePurge(e))
	return c
}

func newEvidencePurge(e *env) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "purge", Short: "Remove captured pages older than retention.evidence_days on which nothing rests; without --yes only count them", Args: cobra.NoArgs,
		Long: `What a posting, a notice, a decision or a page that is crawled refers to is never removed: so
every freeze, explanation and locked period keeps its evidence. The audit log keeps the
hashes of what was removed. serve does this as it starts, and daily between
runs.`,
	}
	c.Flags().BoolVar(&yes, "yes", false, "remove, and not only count")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error { return a.tellPurge(c.Context(), e, yes) })
	}
	return c
}

func (a *app) tellPurge(ctx context.Context, e *env, yes bool) error {
	if a.cfg.Retention.EvidenceDays == 0 {
		_, err := fmt.Fprintln(e.Out, "captured pages are kept for ever: retention.evidence_days is 0")
		return err
	}
	done, err := a.purgeEvidence(ctx, !yes, actor)
	if err != nil {
		return err
	}
	verb := "removed"
	if !yes {
		verb = "would remove"
	}
	_, err = fmt.Fprintf(e.Out, "%s %d pages on which nothing rests, rewriting %d files of %d MiB; %d pages that are needed move to another file\n", verb, done.Removed, done.Files, done.Bytes>>20, done.Moved)
	return err
}

// purgeEvidence removes what the settings say; nothing may be crawled meanwhile.
func (a *app) purgeEvidence(ctx context.Context, dry bool, actor string) (schedules.EvidencePurged, error) {
	days := a.cfg.Retention.EvidenceDays
	if days == 0 {
		return schedules.EvidencePurged{}, nil
	}
	r := &schedules.Retention{Files: a.archive, Records: a.db.Runs, Clock: a.clock}
	return r.Purge(ctx, a.clock().AddDate(0, 0, -days), dry, actor)
}
