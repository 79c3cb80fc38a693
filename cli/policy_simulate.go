package cli

import (
	"fmt"
	"io"

	"dealvitals/scorer"

	"github.com/spf13/cobra"
)

func newPolicySimulate(e *env) *cobra.Command {
	var asOf, format string
	c := &cobra.Command{
		Use:   "simulate FILE [--as-of T]",
		Short: "Tell which deals a draft would freeze, release, flag or unflag, and how much amount that is",
		Long: `Puts every deal through the draft and through the policy in force, with the same data, and
shows where they differ: where each deal's freeze would settle if its data stays as it is
and nobody decides. Nothing is written.`,
		Example: "  dealvitals policy simulate policy.yaml\n  dealvitals policy simulate policy.yaml --as-of 2026-10-31 --format json",
		Args:    cobra.ExactArgs(1),
	}
	formatFlag(c, &format)
	c.Flags().StringVar(&asOf, "as-of", "", "a past instant: RFC 3339, or a day (its end in Shanghai)")
	c.RunE = func(c *cobra.Command, args []string) error {
		at, err := optionalInstant(asOf)
		if err != nil {
			return err
		}
		draft, err := e.readPolicy(args[0])
		if err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			counter := a.desk()
			instant, err := counter.Instant(at)
			if err != nil {
				return &usageError{err}
			}
			s, err := counter.Simulate(c.Context(), draft, instant)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, s)
			}
			return printSimulation(e.Out, s)
		})
	}
	return c
}

func printSimulation(w io.Writer, s *scorer.Simulation) error {
	if len(s.Changes) > 0 {
		t := newTable("deal 商机", "owner 销售", "region 地区", "amount 金额", "in force 现行", "draft 草案")
		for _, c := range s.Changes {
			t.add(c.DealID, c.Owner, orDash(c.Region), c.Amount.String()+" "+c.Currency, simulatedText(c.Base), simulatedText(c.Draft))
		}
		if err := t.print(w); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	for _, group := range []struct {
		heading string
		rows    []scorer.Affected
	}{{"all 全部", s.ByCurrency}, {"owner 销售", s.ByOwner}, {"region 地区", s.ByRegion}} {
		if err := printAffected(w, group.heading, group.rows); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%d deals: %d would be treated otherwise than by policy %d, %d alike. Nothing was written.\n", s.Deals, len(s.Changes), s.BaseVersion, s.Same)
	return err
}

func simulatedText(s scorer.Simulated) string {
	flag := ""
	if s.Flagged {
		flag = ", flagged"
	}
	return fmt.Sprintf("%s (%s%s)", s.State, s.Diagnosis, flag)
}

func printAffected(w io.Writer, heading string, rows []scorer.Affected) error {
	if len(rows) == 0 {
		return nil
	}
	t := newTable(heading, "currency 币种", "frozen 冻结", "proposed 提议", "released 解除", "flagged 标记", "unflagged 取消标记")
	for _, r := range rows {
		t.add(orDash(r.Name), r.Currency, tallyText(r.Frozen), tallyText(r.Proposed), tallyText(r.Released), tallyText(r.Flagged), tallyText(r.Unflagged))
	}
	if err := t.print(w); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

func tallyText(t scorer.Tally) string {
	if t.Deals == 0 {
		return "–"
	}
	return fmt.Sprintf("%d: %s", t.Deals, t.Amount)
}
