package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"dealvitals/imports"

	"github.com/spf13/cobra"
)

// importOptions is how a table is to be imported.
type importOptions struct {
	dryRun, partial        bool
	format                 string
	coversFrom, coversTo   string
	spanFrom, spanTo       *time.Time
	deal, contact          string
	columns                map[string]string
	remote                 remote
	nameOfFile, nameOfKind string
}

func newImport(e *env) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import KIND FILE",
		Short: "Import customers, contacts, deals, targets, interactions or outcomes from CSV, XLSX or JSON lines",
		Long: `Imports a table: CSV (UTF-8 or GB18030), XLSX or JSON lines, with Chinese or English
headings. Records are stored by their ids: importing a table twice changes nothing.
Nothing is written unless every row is good, or --partial is given. FILE may be - for
standard input.

While dealvitals serve runs it holds the store: let it import, with --url and a key.

A deal whose outcome is imported is scored no more. Past answers stay as they were.

A heading that is not known is named with --columns. Titles above the heading are passed
over; in cells that may be empty a dash, 无 or 待定 says nothing.

Chat logs of WeChatMsg (留痕), PyWxDump and of archives that tell sender and receiver are
known by their headings. Say with --contact and --deal whose chat an export is, where it
does not say so itself.

Of interactions, state the span in which the export shows every message (--covers-from,
--covers-to): silence counts only there. Without a span the messages are kept, and days
without any prove nothing.

KIND is ` + strings.Join(imports.Kinds(), ", ") + `.`,
		Example: "  dealvitals import template customers > customers.csv\n  dealvitals import customers customers.csv --dry-run\n" +
			"  dealvitals import deals crm.xlsx --columns id=编码,amount=签单额（万元）\n" +
			"  dealvitals import deals crm.xlsx --url http://127.0.0.1:8080 --key-file admin.key\n" +
			"  dealvitals import interactions log.csv --covers-from 2026-10-20 --covers-to 2026-11-24",
		Args: cobra.ExactArgs(2),
	}
	formatFlag(c, &o.format)
	f := c.Flags()
	f.BoolVar(&o.dryRun, "dry-run", false, "check the table, write nothing")
	f.BoolVar(&o.partial, "partial", false, "write the good rows even where others are bad")
	f.StringToStringVar(&o.columns, "columns", nil, "which heading stands for a column, as id=编码,amount=签单额（万元）; the template names the columns")
	o.remote.flags(c, "admin or ingest")
	f.StringVar(&o.coversFrom, "covers-from", "", "of interactions: the export shows every message from this day or instant on; with --covers-to")
	f.StringVar(&o.coversTo, "covers-to", "", "of interactions: the export shows every message until this day's end or instant; with --covers-from")
	f.StringVar(&o.deal, "deal", "", "of interactions: the deal of every row, where the export does not name it")
	f.StringVar(&o.contact, "contact", "", "of interactions: the contact of every row, where the export is of one chat")
	c.RunE = func(c *cobra.Command, args []string) error {
		o.nameOfKind, o.nameOfFile = args[0], args[1]
		return e.importTable(c, o)
	}
	c.AddCommand(newImportTemplate(e))
	return c
}

func newImportTemplate(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "template KIND",
		Short:   "Print a table to fill in",
		Example: "  dealvitals import template deals > deals.csv",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			table, err := imports.Template(args[0])
			if err != nil {
				return &usageError{err}
			}
			_, err = e.Out.Write(table)
			return err
		},
	}
}

func (e *env) importTable(c *cobra.Command, o importOptions) (err error) {
	if err := errors.Join(o.readSpan(time.Now()), o.remote.check()); err != nil {
		return err
	}
	if !slices.Contains(imports.Kinds(), o.nameOfKind) {
		return &usageError{&imports.KindError{Kind: o.nameOfKind}}
	}
	table, err := e.openInput(o.nameOfFile, "table")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, table.Close()) }()
	if o.remote.url != "" {
		report, err := e.importRemotely(c.Context(), o, table)
		return e.tellImport(report, err, o)
	}
	in := e.inAnyStore
	if o.dryRun {
		in = e.inStoreForTrial
	}
	return in(c, func(a *app) error {
		report, err := a.importer.Import(c.Context(), o.nameOfKind, table, imports.Options{
			DryRun: o.dryRun, Partial: o.partial, Actor: actor, CoversFrom: o.spanFrom, CoversTo: o.spanTo, Deal: o.deal, Contact: o.contact,
			Columns: o.columns, Progress: func(rows int) { fmt.Fprintf(e.Err, "%d rows read\n", rows) },
		})
		if err := e.tellImport(report, err, o); err != nil {
			return err
		}
		return a.afterImport(c.Context(), report)
	})
}

// tellImport prints what an import did, or what is wrong with the table.
func (e *env) tellImport(report imports.Report, err error, o importOptions) error {
	var bad *imports.BadTableError
	if errors.As(err, &bad) {
		return e.printBad(report, bad, o)
	}
	if err != nil {
		return fmt.Errorf("importing %s: %w", o.nameOfFile, err)
	}
	return e.printImport(report, o)
}

// readSpan reads the span that an export covers. A day that is not over ends now.
func (o *importOptions) readSpan(now time.Time) error {
	if o.coversFrom != "" {
		from, err := parseSince(o.coversFrom)
		if err != nil {
			return err
		}
		o.spanFrom = &from
	}
	if o.coversTo != "" {
		to, err := parseInstant(o.coversTo)
		if err != nil {
			return err
		}
		if to.After(now) && to.Sub(now) < 24*time.Hour {
			to = now
		}
		o.spanTo = &to
	}
	return nil
}

// printBad names every bad row. The error that follows it makes the command fail.
func (e *env) printBad(r imports.Report, bad *imports.BadTableError, o importOptions) error {
	if o.format == formatJSON {
		r.Kind, r.DryRun, r.Problems = o.nameOfKind, o.dryRun, bad.Problems
		return errors.Join(printJSON(e.Out, r), bad)
	}
	if err := printFaults(e.Err, bad.Problems); err != nil {
		return err
	}
	n, others := fmt.Sprintf("%d problems", len(bad.Problems)), ", or write the good rows with --partial"
	if len(bad.Problems) == 1 {
		n = "a problem"
	}
	if bad.Heading {
		others = ""
	}
	return fmt.Errorf("the table has %s and nothing was written: correct %s and import it again%s", n, o.nameOfFile, others)
}

func printFaults(w io.Writer, faults []imports.Fault) error {
	for _, f := range faults {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	return nil
}

func (e *env) printImport(r imports.Report, o importOptions) error {
	if o.format == formatJSON {
		return printJSON(e.Out, r)
	}
	for _, faults := range [][]imports.Fault{r.Problems, r.Warnings} {
		if err := printFaults(e.Err, faults); err != nil {
			return err
		}
	}
	verb := "wrote"
	if r.DryRun {
		verb = "would write"
	}
	line := fmt.Sprintf("%s: %s; %s %d new, %d changed, %d as they were", r.Kind, counted(r.Rows, "row", "rows"), verb, r.Created, r.Updated, r.Unchanged)
	if r.Unmapped > 0 {
		line += fmt.Sprintf("; %d interactions of deals or contacts that are not there yet are kept until they are", r.Unmapped)
	}
	if r.Covered > 0 {
		line += fmt.Sprintf("; in the span stated, silence is proven of %s", counted(r.Covered, "pair of deal and contact", "pairs of deal and contact"))
	}
	_, err := fmt.Fprintf(e.Out, "%s\nNext: %s\n", line, nextStep(r, o))
	return err
}

// again is the command that imports what was tried.
func (o importOptions) again() string {
	line := "dealvitals import " + o.nameOfKind + " " + o.nameOfFile
	for _, key := range slices.Sorted(maps.Keys(o.columns)) {
		line += " --columns " + key + "=" + o.columns[key]
	}
	for _, flag := range []struct{ name, value string }{{"covers-from", o.coversFrom}, {"covers-to", o.coversTo}, {"deal", o.deal}, {"contact", o.contact}} {
		if flag.value != "" {
			line += " --" + flag.name + " " + flag.value
		}
	}
	if o.partial {
		line += " --partial"
	}
	return line + o.remote.shown()
}

func nextStep(r imports.Report, o importOptions) string {
	if r.DryRun {
		return o.again()
	}
	switch r.Kind {
	case imports.Customers:
		return "dealvitals import contacts FILE, then deals and targets"
	case imports.Contacts:
		return "dealvitals import deals FILE"
	case imports.Deals:
		return "dealvitals import targets FILE"
	case imports.Targets:
		return "dealvitals crawl, or dealvitals serve to crawl on schedule"
	case imports.Outcomes:
		return "dealvitals backtest"
	}
	return "dealvitals score"
}
