package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

func newScore(e *env) *cobra.Command {
	var asOf, format string
	c := &cobra.Command{
		Use:   "score [DEAL…]",
		Short: "Score deals: those named, else all",
		Long: `Score deals and print their health.

Without --as-of the deals are scored now: the scores are kept, and the machine takes its
step in the freeze lifecycle. With --as-of T nothing is written: the answer is what was
known at T, under the policy that held then.`,
		Example: "  dealvitals score\n  dealvitals score D-1001 --as-of 2026-10-31T23:59:59+08:00 --format json",
	}
	formatFlag(c, &format)
	c.Flags().StringVar(&asOf, "as-of", "", "a past instant: RFC 3339, or a day (its end in Shanghai)")
	c.RunE = func(c *cobra.Command, ids []string) error {
		return e.inStore(c, func(a *app) error {
			at, err := a.scoreTime(c.Context(), asOf, ids)
			if err != nil {
				return err
			}
			healths, err := a.healths(c.Context(), ids, at)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printHealths(e.Out, healths, len(ids) == 1)
			}
			if err := printDeals(e.Out, healths); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "\nNext: %s\n", nextAfterScore(healths))
			return err
		})
	}
	return c
}

// nextAfterScore says what to look at: why a deal is held, where data is missing, why one
// stands as it does.
func nextAfterScore(healths []scorer.Health) string {
	for _, h := range healths {
		if h.Freeze.State != scorer.FreezeClear {
			return "dealvitals explain " + h.DealID + " tells why its commission is held"
		}
	}
	for _, h := range healths {
		if h.Diagnosis == scorer.Unknown {
			return "dealvitals targets list tells which pages give no data; dealvitals explain " + h.DealID + " what this deal lacks"
		}
	}
	if len(healths) > 0 {
		return "dealvitals explain " + healths[0].DealID
	}
	return "dealvitals import deals FILE"
}

// scoreTime is the instant to answer for. Without one given the deals are scored now.
func (a *app) scoreTime(ctx context.Context, asOf string, ids []string) (time.Time, error) {
	if asOf != "" {
		return parseInstant(asOf)
	}
	var err error
	if len(ids) == 0 {
		_, err = a.rescorer.All(ctx)
	} else {
		_, err = a.rescorer.Deals(ctx, ids)
	}
	return a.clock(), err
}

// parseInstant reads RFC 3339, or a day, which means its last instant in Shanghai.
func parseInstant(text string) (time.Time, error) {
	if day, err := signals.ParseDate(text); err == nil {
		return day.AddDays(1).Start().Add(-time.Nanosecond), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, &usageError{fmt.Errorf("%q is no instant: write 2026-10-31 or 2026-10-31T18:00:00+08:00", text)}
	}
	return t, nil
}

// healths reads the health of the deals named, or of all, at an instant.
func (a *app) healths(ctx context.Context, ids []string, at time.Time) ([]scorer.Health, error) {
	if len(ids) == 0 {
		deals, err := everything(ctx, a.db.Deals.List, func(d signals.Deal) string { return d.ID })
		if err != nil {
			return nil, fmt.Errorf("listing deals: %w", err)
		}
		for _, d := range deals {
			ids = append(ids, d.ID)
		}
	}
	policy, err := a.db.Policies.At(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	healths := make([]scorer.Health, 0, len(ids))
	for _, id := range ids {
		h, err := a.db.Histories.DealWithin(ctx, id, at, policy.TalkReach())
		if err != nil {
			return nil, fmt.Errorf("deal %s as of %s: %w", id, at.Format(time.RFC3339), err)
		}
		decisions, err := a.db.Verdicts.Decisions(ctx, id, at)
		if err != nil {
			return nil, fmt.Errorf("decisions on deal %s: %w", id, err)
		}
		evaluation := scorer.Assess(h, policy, at).Evaluation
		healths = append(healths, scorer.HealthOf(h.Deal, evaluation, scorer.StateAt(decisions, at)))
	}
	return healths, nil
}

// printHealths prints one document for one deal that was asked for, else a list.
func printHealths(w io.Writer, healths []scorer.Health, single bool) error {
	if single {
		return printJSON(w, healths[0])
	}
	return printJSON(w, map[string]any{"deals": healths})
}
