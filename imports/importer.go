package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// Table is where one kind of record is kept.
type Table[T any] interface {
	Get(ctx context.Context, id string, asOf time.Time) (T, error)
	Put(ctx context.Context, records []T, actor string, at time.Time) (store.Changes, error)
}

// DealTable is where deals are kept.
type DealTable interface {
	Table[signals.Deal]
	ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error)
}

// InteractionLog keeps interactions and what covered them.
type InteractionLog interface {
	Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error)
}

// Policies tells which keywords are counted.
type Policies interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
}

// Importer imports tables into a store. All its fields must be set.
type Importer struct {
	Customers    Table[signals.Customer]
	Deals        DealTable
	Contacts     Table[signals.Contact]
	Targets      Table[signals.Target]
	Interactions InteractionLog
	Outcomes     Table[signals.DealOutcome]
	Policies     Policies

	CheckSchedule func(spec string) error // says what is wrong with a cron line
	Clock         func() time.Time
}

// Import reads a table of a kind and writes it, all of it or nothing unless o.Partial is
// set. Its errors are *KindError, *FileError and *BadTableError, or the store's.
func (m *Importer) Import(ctx context.Context, kind string, table io.Reader, o Options) (Report, error) {
	if columnsOf(kind) == nil {
		return Report{}, &KindError{kind}
	}
	if o.At.IsZero() {
		o.At = m.Clock()
	}
	again, err := rereadable(table)
	if err != nil {
		return Report{}, fmt.Errorf("reading the table: %w", err)
	}
	known := &references{customers: m.Customers, contacts: m.Contacts, checkSchedule: m.CheckSchedule, known: make(map[string]bool)}
	switch kind {
	case Customers:
		r, err := importRecords(ctx, kind, again, o, m.Customers, known.readCustomer, keepCustomer, func(c signals.Customer) string { return c.ID })
		r.CustomersChanged = r.written
		return r.Report, err
	case Deals:
		r, err := importRecords(ctx, kind, again, o, m.Deals, known.readDeal, keepDeal, func(d signals.Deal) string { return d.ID })
		r.DealsChanged = r.written
		return r.Report, err
	case Contacts:
		r, err := importRecords(ctx, kind, again, o, m.Contacts, known.readContact, keepContact, func(c signals.Contact) string { return c.ID })
		if err == nil {
			r.DealsChanged, err = m.dealsOf(ctx, r.written)
		}
		return r.Report, err
	case Targets:
		r, err := importRecords(ctx, kind, again, o, m.Targets, known.readTarget, keepTarget, func(t signals.Target) string { return t.ID })
		r.TargetsChanged = len(r.written) > 0
		return r.Report, err
	case Outcomes:
		outcomes := &outcomeReader{deals: m.Deals, today: signals.DateOf(o.At.In(signals.Shanghai))}
		r, err := importRecords(ctx, kind, again, o, m.Outcomes, outcomes.read, keepOutcome, func(d signals.DealOutcome) string { return d.DealID })
		r.DealsChanged = r.written
		return r.Report, err
	}
	return m.importInteractions(ctx, again, o)
}

// rereadable is a table that can be read twice: once to find every fault, once to write.
// What cannot be is held in memory, never on disk, for it may be people's messages.
func rereadable(table io.Reader) (io.ReadSeeker, error) {
	if again, ok := table.(io.ReadSeeker); ok {
		if _, err := again.Seek(0, io.SeekStart); err == nil { // a pipe says only here that it cannot
			return again, nil
		}
	}
	all, err := io.ReadAll(table)
	return bytes.NewReader(all), err
}

// dealsOf are the deals that have one of the contacts as a key person.
func (m *Importer) dealsOf(ctx context.Context, contacts []string) ([]string, error) {
	seen := make(map[string]bool)
	var ids []string
	for _, contact := range contacts {
		deals, err := m.Deals.ByContact(ctx, contact, time.Time{})
		if err != nil {
			return nil, fmt.Errorf("finding the deals of contact %s: %w", contact, err)
		}
		for _, d := range deals {
			if !seen[d.ID] {
				seen[d.ID] = true
				ids = append(ids, d.ID)
			}
		}
	}
	return ids, nil
}

// recordsReport is a report with the ids of the records that were written.
type recordsReport struct {
	Report
	written []string
}

func importRecords[T any](ctx context.Context, kind string, table io.ReadSeeker, o Options, to Table[T], read func(context.Context, *row) (T, error), keep func(r *row, old T, record *T), id func(T) string) (recordsReport, error) {
	report := recordsReport{Report: Report{Kind: kind, DryRun: o.DryRun, Problems: []Fault{}}}
	var records []T
	firstLine := make(map[string]int)
	err := eachRow(ctx, kind, table, &report.Report, o, func(r *row) error {
		record, err := read(ctx, r)
		if err != nil {
			return err
		}
		if line, twice := firstLine[id(record)]; twice && id(record) != "" {
			r.problem("id", fmt.Sprintf("%s stands in line %d already: leave one of them out", id(record), line))
		}
		firstLine[id(record)] = r.line
		if len(r.problems) > 0 {
			return nil
		}
		old, err := to.Get(ctx, id(record), time.Time{})
		switch {
		case err == nil:
			keep(r, old, &record)
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
		records = append(records, record)
		return nil
	})
	if err != nil {
		return report, err
	}
	if len(report.Problems) > 0 && !o.Partial {
		return report, &BadTableError{Problems: report.Problems}
	}
	var changes store.Changes
	if o.DryRun {
		changes, err = wouldChange(ctx, to, records, id)
	} else {
		changes, err = to.Put(ctx, records, o.Actor, o.At)
	}
	if err != nil {
		return report, fmt.Errorf("writing %d %s: %w", len(records), kind, err)
	}
	report.Created, report.Updated, report.Unchanged = len(changes.Created), len(changes.Updated), len(changes.Unchanged)
	if !o.DryRun {
		report.written = append(changes.Created, changes.Updated...)
	}
	return report, nil
}

// take adds what is wrong in a row, up to a limit: a table with more has one cause.
func (r *Report) take(problems, warnings []Fault) {
	r.Problems = append(r.Problems, problems[:min(len(problems), max(0, maxFaults-len(r.Problems)))]...)
	r.Warnings = append(r.Warnings, warnings[:min(len(warnings), max(0, maxFaults-len(r.Warnings)))]...)
}

// wouldChange tells what writing the records would do.
func wouldChange[T any](ctx context.Context, to Table[T], records []T, id func(T) string) (store.Changes, error) {
	var c store.Changes
	for _, record := range records {
		old, err := to.Get(ctx, id(record), time.Time{})
		switch {
		case errors.Is(err, store.ErrNotFound):
			c.Created = append(c.Created, id(record))
		case err != nil:
			return c, err
		case same(old, record):
			c.Unchanged = append(c.Unchanged, id(record))
		default:
			c.Updated = append(c.Updated, id(record))
		}
	}
	return c, nil
}

// same tells whether two versions of a record say the same, whenever they were recorded.
func same(a, b any) bool {
	var x, y map[string]any
	for _, v := range []struct {
		from any
		to   *map[string]any
	}{{a, &x}, {b, &y}} {
		data, err := json.Marshal(v.from)
		if err != nil || json.Unmarshal(data, v.to) != nil {
			return false
		}
		delete(*v.to, "recorded_at")
	}
	left, errLeft := json.Marshal(x)
	right, errRight := json.Marshal(y)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

// eachRow reads a table to its end and gathers what is wrong. use is called for each row
// below the heading that has any text.
func eachRow(ctx context.Context, kind string, table io.ReadSeeker, report *Report, o Options, use func(*row) error) (err error) {
	from, err := open(table)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.close()) }()
	h, warnings, err := findHeading(kind, from, o)
	if err != nil {
		return err
	}
	report.Warnings = append(report.Warnings, warnings...)
	var unread *lineError
	for {
		line, cells, err := from.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		unread = nil
		if err != nil && !errors.As(err, &unread) {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r := &row{line: line, cells: cells, heading: h}
		if unread != nil {
			report.Rows++
			report.take([]Fault{{Line: unread.line, Detail: unread.reason}}, nil)
			continue
		}
		if r.empty() {
			continue
		}
		report.Rows++
		r.checkWidth()
		if err := use(r); err != nil {
			return err
		}
		report.take(r.problems, r.warnings)
		o.progress(report.Rows)
	}
}
