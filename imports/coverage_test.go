package imports_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/imports"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// watched is an interaction log that looks at each batch before it is kept.
type watched struct {
	imports.InteractionLog
	see func(in []signals.Interaction, cov []signals.Coverage) error
}

func (w watched) Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error) {
	if err := w.see(in, cov); err != nil {
		return store.Added{}, err
	}
	return w.InteractionLog.Add(ctx, source, in, cov, at)
}

// A score between two batches must not take the messages to come for silence.
func TestCoverageIsNeverKnownBeforeTheMessages(t *testing.T) {
	w := newWorld(t)
	const rows = 25_000
	kept, coveredAt := 0, -1
	w.importer.Interactions = watched{w.db.Interactions, func(in []signals.Interaction, cov []signals.Coverage) error {
		kept += len(in)
		if len(cov) > 0 {
			coveredAt = kept
		}
		return nil
	}}
	var table strings.Builder
	table.WriteString("time,deal_id,contact_id,direction\n")
	for n := range rows {
		fmt.Fprintf(&table, "%s,D1,K1,in\n", now.Add(-time.Duration(n)*time.Minute).Format(time.RFC3339))
	}
	w.covered(table.String())
	if coveredAt != rows {
		t.Errorf("the span was kept with message %d, want it with the last of %d", coveredAt, rows)
	}
}

func TestAnImportThatFailsInTheMiddleIsFinishedByTheNext(t *testing.T) {
	w := newWorld(t)
	full := errors.New("no space left on device")
	batches := 0
	w.importer.Interactions = watched{w.db.Interactions, func([]signals.Interaction, []signals.Coverage) error {
		if batches++; batches == 2 {
			return full
		}
		return nil
	}}
	var table strings.Builder
	table.WriteString("time,deal_id,contact_id,direction\n")
	for n := range 12_000 {
		fmt.Fprintf(&table, "%s,D1,K1,in\n", now.Add(-time.Duration(n)*time.Minute).Format(time.RFC3339))
	}
	if _, err := w.take("interactions", strings.NewReader(table.String()), spanned(imports.Options{})); !errors.Is(err, full) {
		t.Fatalf("the import ended with %v, want the full disk", err)
	}
	h, err := w.db.Histories.Deal(t.Context(), "D1", now)
	if err != nil || len(h.WeChat.Coverage) != 0 {
		t.Errorf("half an import covers %+v, %v", h.WeChat.Coverage, err)
	}
	if r := w.covered(table.String()); r.Created != 2_000 || r.Unchanged != 10_000 {
		t.Errorf("the second import reports %+v", r)
	}
}

func TestSpansThatAnExportCovers(t *testing.T) {
	at := func(text string) *time.Time {
		if text == "" {
			return nil
		}
		instant, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return &instant
	}
	table := "time,deal_id,contact_id,direction\n2026-11-10 09:00:00,D1,K1,in\n2026-11-12 18:00:00,D1,K1,out\n"
	for _, c := range []struct{ name, from, to, want string }{
		{"both said", "2026-10-20T00:00:00Z", "2026-11-24T00:00:00Z", "2026-10-20T00:00:00Z 2026-11-24T00:00:00Z"},
		{"only the beginning said", "2026-10-20T00:00:00Z", "", ""},
		{"only the end said", "", "2026-11-24T00:00:00Z", ""},
		{"it ends before it begins", "2026-11-24T00:00:00Z", "2026-11-23T00:00:00Z", ""},
		{"it ends where it begins", "2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z", ""},
		{"it ends in the future", "2026-10-20T00:00:00Z", "2026-11-25T00:00:00Z", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.take("interactions", strings.NewReader(table), imports.Options{CoversFrom: at(c.from), CoversTo: at(c.to)})
			var span *imports.SpanError
			if c.want == "" {
				if !errors.As(err, &span) {
					t.Errorf("it ends with %v, want a SpanError", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			h, err := w.db.Histories.Deal(t.Context(), "D1", now)
			if err != nil || len(h.WeChat.Coverage) != 1 {
				t.Fatalf("covered: %+v, %v", h.WeChat.Coverage, err)
			}
			got := h.WeChat.Coverage[0].From.UTC().Format(time.RFC3339) + " " + h.WeChat.Coverage[0].To.UTC().Format(time.RFC3339)
			if got != c.want {
				t.Errorf("covered is %s, want %s", got, c.want)
			}
		})
	}
}

// spanned states that an export shows all of the last two months.
func spanned(o imports.Options) imports.Options {
	from := now.AddDate(0, -2, 0)
	o.CoversFrom, o.CoversTo = &from, &now
	return o
}

// covered imports a chat log that shows all of the last two months.
func (w *world) covered(table string) imports.Report {
	w.Helper()
	r, err := w.take("interactions", strings.NewReader(table), spanned(imports.Options{}))
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// Silence that nobody has proven would be taken for a cold relationship, and freeze pay.
func TestSilenceIsNotProvenBy(t *testing.T) {
	talk := "time,deal_id,contact_id,direction\n2026-10-18 09:00:00,D1,K1,in\n2026-11-23 18:00:00,D1,K1,out\n"
	full := talk + strings.Repeat("2026-11-23 18:00:00,D1,K1,out\n", 1<<16-3)
	for _, c := range []struct {
		name, table string
		options     imports.Options
		says        string
	}{
		{"the first and last message of an export alone", talk, imports.Options{}, "--covers-from"},
		{"an export of which rows were left out", talk + "yesterday,D1,K1,in\n", spanned(imports.Options{Partial: true}), "rows were left out"},
		{"an export that ends where a worksheet is full", full, spanned(imports.Options{}), "a worksheet is full"},
		{"messages that name no deal of a contact with deals of two sales people", strings.ReplaceAll(talk, "D1", ""), spanned(imports.Options{}), "several sales people"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.good("deals", "id,customer_id,name,owner,amount,contacts\nD2,C1,MES三期,王强,10万元,K1\n")
			r, err := w.take("interactions", strings.NewReader(c.table), c.options)
			if err != nil || r.Covered != 0 || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Detail, c.says) {
				t.Errorf("the report is %+v, %v", r, err)
			}
			h, err := w.db.Histories.Deal(t.Context(), "D1", now)
			if err != nil || len(h.WeChat.Interactions) < 2 || len(h.WeChat.Coverage) != 0 {
				t.Errorf("%d messages, covered: %+v, %v", len(h.WeChat.Interactions), h.WeChat.Coverage, err)
			}
			if m := scorer.Assess(h, scorer.DefaultPolicy(), now).Measures[signals.FactorWeChat]; m.Status == signals.StatusOK {
				t.Errorf("the factor is %s", m.Status)
			}
		})
	}
}

func TestMessagesWithoutADealCoverTheDealsOfOneSalesPerson(t *testing.T) {
	w := newWorld(t)
	w.good("deals", "id,customer_id,name,owner,amount,contacts\nD2,C1,MES三期,李娜,10万元,K1\n")
	if r := w.covered("time,contact_id,direction\n2026-11-10 09:00:00,K1,in\n"); r.Covered != 2 || len(r.Warnings) != 0 {
		t.Errorf("the report is %+v", r)
	}
}

func TestATableWithOnlyAHeadingWritesNothing(t *testing.T) {
	w := emptyWorld(t)
	for kind, heading := range map[string]string{"customers": "id,name\n", "interactions": "time,contact_id,direction"} {
		if r := w.good(kind, heading); r.Rows != 0 || r.Created != 0 {
			t.Errorf("%s: the report is %+v", kind, r)
		}
	}
}
