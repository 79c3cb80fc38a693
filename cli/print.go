package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// printJSON writes a document for machines.
func printJSON(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

// tableWriter prints rows with columns that line up, wide characters too.
type tableWriter struct {
	table table.Writer
	none  string // what is printed where there are no rows
}

func newTable(headings ...any) *tableWriter {
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft = ""
	style.Box.PaddingRight = "  "
	t.SetStyle(style)
	t.AppendHeader(table.Row(headings))
	return &tableWriter{table: t}
}

func (t *tableWriter) add(cells ...any) { t.table.AppendRow(table.Row(cells)) }

// orSay tells what to print instead where there are no rows: a bare heading leaves open
// whether something is missing, and what to do.
func (t *tableWriter) orSay(text string) *tableWriter {
	t.none = text
	return t
}

func (t *tableWriter) print(w io.Writer) error {
	if t.none != "" && t.table.Length() == 0 {
		_, err := fmt.Fprintln(w, t.none)
		return err
	}
	_, err := fmt.Fprintln(w, t.table.Render())
	return err
}

// counted is a number with what it counts.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// everything pages through a list of the store to its end.
func everything[T any](ctx context.Context, list func(context.Context, time.Time, string, int) ([]T, error), id func(T) string) ([]T, error) {
	var all []T
	for after := ""; ; {
		page, err := list(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return all, nil
		}
		all = append(all, page...)
		after = id(page[len(page)-1])
	}
}
