package imports

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
)

// talk is a deal and a contact that a table has messages of. The deal may be empty.
type talk struct{ deal, contact string }

// chatLog is what the first reading of a table of interactions finds.
type chatLog struct {
	talks map[talk]bool
	good  int // rows without a fault

	rising, falling bool // in time: no row stands before, or after, the one above it
	last            time.Time
	begun           bool
}

// follow notes the time of the next row, whether or not it has a fault.
func (l *chatLog) follow(at time.Time) {
	if l.begun {
		l.rising, l.falling = l.rising && !at.Before(l.last), l.falling && !at.After(l.last)
	}
	l.last, l.begun = at, true
}

func (l *chatLog) add(x signals.Interaction) {
	l.good++
	l.talks[talk{x.DealID, x.ContactID}] = true
}

// SpanError is a span of an export that cannot be.
type SpanError struct{ From, To time.Time }

func (e *SpanError) Error() string {
	if e.From.IsZero() || e.To.IsZero() {
		return "a span has two ends: state both from when and until when the export shows every message, or neither"
	}
	return fmt.Sprintf("an export cannot cover the span from %s to %s: it must end after it begins, and not in the future",
		e.From.Format(time.RFC3339), e.To.Format(time.RFC3339))
}

// checkSpan refuses a span that cannot be before anything is read or written.
func (o Options) checkSpan() error {
	if o.CoversFrom == nil && o.CoversTo == nil {
		return nil
	}
	var span SpanError
	if o.CoversFrom != nil {
		span.From = *o.CoversFrom
	}
	if o.CoversTo != nil {
		span.To = *o.CoversTo
	}
	if span.From.IsZero() || span.To.IsZero() || !span.From.Before(span.To) || span.To.After(o.At.Add(clockSkew)) {
		return &span
	}
	return nil
}

// Why the messages of a table are kept, and silence between them proves nothing.
const (
	noSpan = "silence is not proven: the messages are kept, but days without any count for nothing, until you state the span in which " +
		"this export shows every message: import it again with --covers-from and --covers-to (over HTTP covers_from and covers_to)"
	rowsLeftOut = "silence is not proven: rows were left out that may hold anybody's messages, so that the span is not taken; correct them and import the table again"
	sheetIsFull = "silence is not proven: the table ends where a worksheet is full, so that the span is not taken; export it in parts or as CSV"
)

// sheetRows are how many rows fit below the heading of a worksheet, of .xls and of .xlsx.
// A program that exports more drops the rest, mostly without a word.
var sheetRows = []int{1<<16 - 1, 1<<20 - 1}

// coverage is in which spans each talk of the table was covered: the one that is stated,
// for from its messages alone nobody knows what an export leaves out. Where something may be
// missing nothing is covered, and the report says so.
func (m *Importer) coverage(ctx context.Context, found chatLog, report *Report, o Options) ([]signals.Coverage, error) {
	if len(found.talks) == 0 {
		return nil, nil
	}
	unproven := ""
	switch {
	case o.CoversFrom == nil:
		unproven = noSpan
	case len(report.Problems) > 0:
		unproven = rowsLeftOut
	case slices.Contains(sheetRows, report.Rows):
		unproven = sheetIsFull
	}
	if unproven != "" {
		report.Warnings = append(report.Warnings, Fault{Detail: unproven})
		return nil, nil
	}
	talks, err := m.covered(ctx, found, report)
	if err != nil {
		return nil, err
	}
	var spans []signals.Coverage
	for _, t := range talks {
		spans = append(spans, signals.Coverage{
			Source: interactionSource, DealID: t.deal, ContactID: t.contact, From: *o.CoversFrom, To: *o.CoversTo, RecordedAt: o.At,
		})
	}
	report.Covered = len(spans)
	return spans, nil
}

// covered are the talks of a table whose silence a span proves, in order. Messages that name
// no deal are those of one sales person: of a contact's deals of another they prove nothing.
func (m *Importer) covered(ctx context.Context, found chatLog, report *Report) ([]talk, error) {
	covered := make(map[talk]bool)
	for t := range found.talks {
		if t.deal != "" {
			covered[t] = true
			continue
		}
		deals, err := m.Deals.ByContact(ctx, t.contact, time.Time{})
		if err != nil {
			return nil, fmt.Errorf("finding the deals of contact %s: %w", t.contact, err)
		}
		if len(deals) == 0 || slices.ContainsFunc(deals, func(d signals.Deal) bool { return d.Owner != deals[0].Owner || d.OwnerID != deals[0].OwnerID }) {
			report.take(nil, []Fault{{Detail: fmt.Sprintf("silence of contact %s is not proven: its messages name no deal, and it has none or those of several sales people; add a column deal_id (商机编号)", t.contact)}})
			continue
		}
		for _, d := range deals {
			covered[talk{d.ID, t.contact}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(covered), func(a, b talk) int {
		return cmp.Or(cmp.Compare(a.deal, b.deal), cmp.Compare(a.contact, b.contact))
	}), nil
}
