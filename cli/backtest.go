package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dealvitals/api/desk"
	"dealvitals/imports"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

// backtestOptions is what a back-test is made of.
type backtestOptions struct {
	format, lang string

	policy, from, to, asOf string // over the store
	leadDays               int

	file, dates string // over a table
	columns     map[string]string
	features    []string
	below       float64
	partial     bool
}

func newBacktest(e *env) *cobra.Command {
	var o backtestOptions
	c := &cobra.Command{
		Use:   "backtest [--policy FILE] [--from DAY --to DAY] | --file TABLE",
		Short: "Hold scores against what became of the deals: is the flag better than the base rate?",
		Long: `Scores every deal with an outcome (dealvitals import outcomes) as it would have been scored
90 days before its end, from what was known then, and holds the scores against what became
of it. The newest fifth is the test. Nothing is written. docs/backtest.md says what each
figure means.

With --policy a draft is tested instead of the policy in force, and where it would have
judged otherwise in the past is listed.

With --file a table of deals is tested, without a store. It is CSV or XLSX; its columns are
  ` + strings.Join(imports.HistoryColumns(), ", ") + `.
Only the result (赢单/输单/取消, won/lost/cancelled) is needed; rows with another result are
open and left out. --columns says which headings stand for which. Without a flag column
deals are flagged below --flag-below, or below a bound that is searched in the training
part; without health and probability a score is learnt from the columns of --features,
which must have been known when the deal was open.`,
		Example: "  dealvitals backtest --from 2025-01-01\n  dealvitals backtest --policy draft.yaml --format json\n" +
			"  dealvitals backtest --file deals.csv --columns result=outcome,closed_at=closed_date --features region,source",
		Args: cobra.NoArgs,
	}
	formatFlag(c, &o.format)
	f := c.Flags()
	f.StringVar(&o.lang, "lang", "en", "language of the sentences: en or zh")
	f.StringVar(&o.policy, "policy", "", "a draft to test instead of the policy in force (- for standard input)")
	f.StringVar(&o.from, "from", "", "first day on which a deal ended that counts")
	f.StringVar(&o.to, "to", "", "last such day")
	f.StringVar(&o.asOf, "as-of", "", "outcomes and policy as known at a past instant: RFC 3339, or a day (its end in Shanghai)")
	f.IntVar(&o.leadDays, "lead-days", desk.LeadDays, "how many days before its end a deal is looked at")
	f.StringVar(&o.file, "file", "", "a table of deals that have ended, instead of the store (- for standard input)")
	f.StringToStringVar(&o.columns, "columns", nil, "of --file: which heading stands for a column, as result=outcome,amount=deal_amount")
	f.StringSliceVar(&o.features, "features", nil, "of --file: columns to learn a score from")
	f.StringVar(&o.dates, "dates", imports.DatesYMD, "of --file: order of the dates: ymd, mdy or dmy")
	f.Float64Var(&o.below, "flag-below", 0, "of --file: flag deals with less health than this")
	f.BoolVar(&o.partial, "partial", false, "of --file: leave out rows that cannot be read")
	c.MarkFlagsMutuallyExclusive("file", "policy")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := o.check(c); err != nil {
			return &usageError{err}
		}
		if o.file != "" {
			return e.backtestTable(c, o)
		}
		return e.backtestStore(c, o)
	}
	return c
}

// check refuses options that would have no effect.
func (o backtestOptions) check(c *cobra.Command) error {
	if o.lang != "en" && o.lang != "zh" {
		return fmt.Errorf("--lang %s: there are en and zh", o.lang)
	}
	if o.dates != imports.DatesYMD && o.dates != imports.DatesMDY && o.dates != imports.DatesDMY {
		return fmt.Errorf("--dates %s: there are ymd, mdy and dmy", o.dates)
	}
	others, mode := []string{"columns", "features", "dates", "flag-below", "partial"}, "needs --file"
	if o.file != "" {
		others, mode = []string{"from", "to", "as-of", "lead-days"}, "is not for --file: leave rows out of the table"
	}
	for _, name := range others {
		if c.Flags().Changed(name) {
			return fmt.Errorf("--%s %s", name, mode)
		}
	}
	return nil
}

// backtestStore tests over what the store knows.
func (e *env) backtestStore(c *cobra.Command, o backtestOptions) error {
	q := desk.BacktestRequest{LeadDays: o.leadDays}
	var err error
	if q.From, err = optionalDay(o.from); err != nil {
		return err
	}
	if q.To, err = optionalDay(o.to); err != nil {
		return err
	}
	if q.AsOf, err = optionalInstant(o.asOf); err != nil {
		return err
	}
	if o.policy != "" {
		draft, err := e.readPolicy(o.policy)
		if err != nil {
			return err
		}
		q.Policy = &draft
	}
	return e.inStore(c, func(a *app) error {
		b, err := a.desk().Backtest(c.Context(), q)
		if err != nil {
			return fmt.Errorf("the back-test: %w", err)
		}
		if o.format == formatJSON {
			return printJSON(e.Out, b)
		}
		return printStoreBacktest(e.Out, b, o.lang)
	})
}

func optionalDay(text string) (*signals.Date, error) {
	if text == "" {
		return nil, nil
	}
	day, err := signals.ParseDate(text)
	if err != nil {
		return nil, &usageError{err}
	}
	return &day, nil
}

// tableBacktest is the answer of a back-test over a table.
type tableBacktest struct {
	Rows int `json:"rows"`
	Open int `json:"open"` // rows whose result is none that ends a deal
	Bad  int `json:"bad"`  // rows, or cells of them, that could not be read
	backtest.Report
}

// backtestTable tests over a table.
func (e *env) backtestTable(c *cobra.Command, o backtestOptions) (err error) {
	table, err := e.openInput(o.file, "table")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, table.Close()) }()
	h, err := imports.ReadHistory(c.Context(), table, imports.HistoryOptions{Columns: o.columns, Features: o.features, Dates: o.dates})
	if err == nil && len(h.Problems) > 0 && !o.partial {
		err = &imports.BadTableError{Problems: h.Problems}
	}
	if err != nil {
		return e.refusedTable(err, o.file)
	}
	if len(h.Cases) == 0 {
		return fmt.Errorf("%s: none of its %d rows says 赢单 (won), 输单 (lost) or 取消 (cancelled) as result: name the column with --columns result=HEADING", o.file, h.Rows)
	}
	options, err := o.measuring(h)
	if err != nil {
		return err
	}
	b := tableBacktest{Rows: h.Rows, Open: h.Open, Bad: len(h.Problems), Report: backtest.Run(h.Cases, options)}
	if o.format == formatJSON {
		return printJSON(e.Out, b)
	}
	if _, err := fmt.Fprintf(e.Out, "%s: %d rows, %d of them open, %d not readable\n", o.file, b.Rows, b.Open, b.Bad); err != nil {
		return err
	}
	return printReport(e.Out, b.Report, o.lang)
}

// measuring says what there is to measure in a table.
func (o backtestOptions) measuring(h imports.History) (backtest.Options, error) {
	options := backtest.Options{Features: o.features, Searched: !h.Flagged}
	if o.below > 0 {
		rule := backtest.Below(o.below)
		options.Rule = &rule
	}
	switch {
	case h.Scored && len(o.features) > 0:
		return options, &usageError{errors.New("the table has a score: --features would learn another one, leave it out")}
	case !h.Scored && len(o.features) == 0 && !h.Flagged:
		return options, &usageError{errors.New("the table has neither a flag nor a score: name columns to learn one from with --features, or its columns with --columns")}
	}
	return options, nil
}

// refusedTable names every bad row.
func (e *env) refusedTable(err error, name string) error {
	var bad *imports.BadTableError
	if !errors.As(err, &bad) {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	const shown = 20
	if err := printFaults(e.Err, bad.Problems[:min(shown, len(bad.Problems))]); err != nil {
		return err
	}
	return fmt.Errorf("%s has %d problems: correct them, or leave those rows out with --partial", name, len(bad.Problems))
}

// printStoreBacktest prints what a store's history says.
func printStoreBacktest(w io.Writer, b desk.Backtest, lang string) error {
	what := fmt.Sprintf("policy %d", b.PolicyVersion)
	if b.Draft {
		what = "the draft"
	}
	if _, err := fmt.Fprintf(w, "%s on %d deals that have ended, as scored %d days before\n", what, b.Ended, b.LeadDays); err != nil {
		return err
	}
	if b.NoOutcome > 0 {
		if _, err := fmt.Fprintf(w, "%d more deals are won or lost in the CRM, of which no outcome was imported (dealvitals import outcomes): without them the figures may be bent\n", b.NoOutcome); err != nil {
			return err
		}
	}
	if b.Ended == 0 {
		_, err := fmt.Fprintln(w, "There is nothing to test: no deal with an outcome ended in the days asked for.\nNext: dealvitals import template outcomes > outcomes.csv; fill it in; dealvitals import outcomes outcomes.csv")
		return err
	}
	if err := printReport(w, b.Report, lang); err != nil {
		return err
	}
	if b.Past == nil {
		return nil
	}
	return printPast(w, *b.Past)
}
