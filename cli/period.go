package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/desk/payroll"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

func newPeriod(e *env) *cobra.Command {
	c := &cobra.Command{Use: "period", Short: "Commission periods: list, lock, export, compare", Args: cobra.NoArgs}
	c.AddCommand(newPeriodList(e), newPeriodLock(e), newPeriodExport(e), newPeriodCompare(e))
	return c
}

// desk is the counter at which the API and these commands ask.
func (a *app) desk() *desk.Desk {
	return &desk.Desk{
		Deals: a.db.Deals, Customers: a.db.Customers, Histories: a.db.Histories, Policies: a.db.Policies,
		Verdicts: a.db.Verdicts, Periods: a.db.Periods, Outcomes: a.db.Outcomes, Targets: a.db.Targets, Runs: a.db.Runs, Clock: a.clock, CheckSchedule: checkSchedule,
		Waits: a.crawler.Waits, Rests: a.runner.Rests, Progress: a.crawler.Progress, ClockTrusted: a.db.ClockTrusted,
	}
}

func newPeriodList(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{Use: "list", Short: "List the periods, locked and open, newest first", Args: cobra.NoArgs}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			periods, err := a.desk().ListPeriods(c.Context())
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"periods": periods})
			}
			t := newTable("period 期间", "state 状态", "cut-off 截止", "locked by 锁定人", "deals 商机", "pay 发放", "hold 暂缓", "adjustments 调整")
			for _, p := range periods {
				if p.Summary == nil {
					t.add(p.ID, p.State, "–", "–", "–", "–", "–", "–")
					continue
				}
				t.add(p.ID, p.State, shanghaiTime(p.CutOff), p.LockedBy, p.Summary.Deals, p.Summary.Pay, p.Summary.Hold, p.Summary.Adjustments)
			}
			return t.print(e.Out)
		})
	}
	return c
}

func shanghaiTime(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return t.In(signals.Shanghai).Format(time.RFC3339)
}

func newPeriodLock(e *env) *cobra.Command {
	var cutOff string
	var yes bool
	c := &cobra.Command{
		Use:   "lock YYYY-MM [--cut-off T] [--yes]",
		Short: "Show what locking a period would fix, and with --yes fix it for ever",
		Long: `Counts what is to be paid on every deal as of the cut-off, the end of the month in Shanghai
unless another instant is given. Without --yes nothing is written. With --yes these answers
are kept and never change; what is learnt later shows as an adjustment in the next period.`,
		Example: "  dealvitals period lock 2026-10\n  dealvitals period lock 2026-10 --cut-off 2026-11-03T18:00:00+08:00 --yes",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&cutOff, "cut-off", "", "RFC 3339, or a day (its end in Shanghai)")
	c.Flags().BoolVar(&yes, "yes", false, "lock; without it only the figures are shown")
	c.RunE = func(c *cobra.Command, args []string) error {
		at, err := optionalInstant(cutOff)
		if err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			p, err := a.desk().LockPeriod(c.Context(), args[0], desk.PeriodLocking{CutOff: at, DryRun: !yes}, actor)
			if err != nil {
				return refusedPeriod(err)
			}
			return printLock(e.Out, p)
		})
	}
	return c
}

// optionalInstant reads an instant; none where the text is empty.
func optionalInstant(text string) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	at, err := parseInstant(text)
	return &at, err
}

// refusedPeriod tells what is wrong in words of the command line.
func refusedPeriod(err error) error {
	var invalid *desk.InvalidError
	var text *desk.PeriodError
	switch {
	case errors.As(err, &text):
		return &usageError{err}
	case errors.As(err, &invalid) && len(invalid.Faults) > 0:
		return &usageError{fmt.Errorf("%s: %s", invalid.What, invalid.Faults[0].Detail)}
	}
	return err
}

func printLock(w io.Writer, p desk.Period) error {
	s := p.Summary
	fmt.Fprintf(w, "period %s, cut off at %s: %d deals, %d to pay, %d to hold (%d frozen), %d lost, %d adjustments\n\n",
		p.ID, shanghaiTime(p.CutOff), s.Deals, s.Pay, s.Hold, s.Frozen, s.Lost, s.Adjustments)
	t := newTable("currency 币种", "pay 发放", "hold 暂缓", "released 补发", "withheld 追扣")
	for _, c := range s.Amounts {
		t.add(c.Currency, c.Pay, c.Hold, c.Released, c.Withheld)
	}
	if err := t.orSay("no deal has an amount in it").print(w); err != nil {
		return err
	}
	if p.State == desk.PeriodOpen {
		_, err := fmt.Fprintln(w, "\nDry run: nothing was written. Lock it with --yes; that cannot be undone.")
		return err
	}
	_, err := fmt.Fprintf(w, "\nLocked. Digest of its lines: %s\nNext: dealvitals period export %s --format xlsx --out %s.xlsx\n", p.Digest, p.ID, p.ID)
	return err
}

func newPeriodExport(e *env) *cobra.Command {
	var format, out, by string
	c := &cobra.Command{
		Use:     "export YYYY-MM [--format csv|xlsx|json] [--by deal|payee] [--out FILE]",
		Short:   "Write a period as a table for the payroll; an open one as it would be now",
		Example: "  dealvitals period export 2026-10 --format xlsx --out october.xlsx",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&format, "format", string(payroll.CSV), "csv, xlsx or json")
	c.Flags().StringVar(&by, "by", string(payroll.ByDeal), "a row for each deal, or for each payee of a deal")
	c.Flags().StringVar(&out, "out", "", "file to write; standard output unless given")
	c.RunE = func(c *cobra.Command, args []string) error {
		f, err := payrollFormat(format)
		if err != nil {
			return err
		}
		rows := payroll.Rows(by)
		if rows != payroll.ByDeal && rows != payroll.ByPayee {
			return &usageError{fmt.Errorf("--by %s: there are deal and payee", by)}
		}
		return e.inStore(c, func(a *app) error {
			return refusedPeriod(writeTo(e.Out, out, func(w io.Writer) error { return a.exportPeriod(c.Context(), w, args[0], f, rows) }))
		})
	}
	return c
}

func payrollFormat(text string) (payroll.Format, error) {
	for _, f := range payroll.Formats() {
		if string(f) == text {
			return f, nil
		}
	}
	return "", &usageError{fmt.Errorf("--format %s: there are csv, xlsx and json", text)}
}

func (a *app) exportPeriod(ctx context.Context, w io.Writer, id string, f payroll.Format, rows payroll.Rows) error {
	counter := a.desk()
	period, err := counter.GetPeriod(ctx, id)
	if err != nil {
		return err
	}
	return payroll.Write(w, f, rows, period, func(fn func(desk.PeriodLine) error) error { return counter.Lines(ctx, id, "", fn) })
}

// writeTo writes to a new file, or to out where none is named. A file that could not be
// written whole is removed.
func writeTo(out io.Writer, file string, write func(io.Writer) error) (err error) {
	if file == "" {
		body := bufio.NewWriter(out)
		return errors.Join(write(body), body.Flush())
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: name another file", file)
	}
	if err != nil {
		return fmt.Errorf("making %s: %w", file, err)
	}
	body := bufio.NewWriter(f)
	if err := errors.Join(write(body), body.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

func newPeriodCompare(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "compare YYYY-MM YYYY-MM",
		Short:   "Tell how the second period differs from the first",
		Example: "  dealvitals period compare 2026-09 2026-10",
		Args:    cobra.ExactArgs(2),
	}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.inStore(c, func(a *app) error {
			comparison, err := a.desk().ComparePeriods(c.Context(), args[0], args[1])
			if err != nil {
				return refusedPeriod(err)
			}
			if format == formatJSON {
				return printJSON(e.Out, comparison)
			}
			return printComparison(e.Out, comparison)
		})
	}
	return c
}

func printComparison(w io.Writer, c desk.PeriodComparison) error {
	t := newTable("deal 商机", "change 变化", c.From.ID, c.To.ID, "owner 销售", "amount 金额").orSay("no deal differs")
	for _, change := range c.Changes {
		newest := change.To
		if newest == nil {
			newest = change.From
		}
		t.add(change.DealID, change.Kind, aspectText(change.From), aspectText(change.To), newest.Owner, newest.Amount.String()+" "+newest.Currency)
	}
	if err := t.print(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d deals differ, %d say the same in %s (%s) and %s (%s)\n", len(c.Changes), c.Same, c.From.ID, c.From.State, c.To.ID, c.To.State)
	return err
}

func aspectText(a *desk.PeriodAspect) string {
	if a == nil {
		return "–"
	}
	return a.Pay + " (" + a.PayReason + ")"
}
