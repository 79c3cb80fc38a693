package formats

import (
	"bytes"
	"encoding/csv"
	"strings"

	"dealvitals/crawler/extract/page"
)

// readTable reads a table of notices in CSV, as crawlers and open-data portals export them.
func readTable(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatCSV && !(d.Format == page.FormatText && strings.Contains(d.ContentType, "csv")) {
		return Answer{}, false
	}
	rows := csvRows(d.Text)
	if len(rows) < 1 || !tableHead(rows[0]) {
		return Answer{}, false
	}
	head := rows[0]
	a := Answer{Form: page.FormAPI}
	hits := 0
	for _, row := range rows[1:] {
		o := object{}
		for i, cell := range row {
			if i < len(head) && strings.TrimSpace(cell) != "" {
				o[strings.TrimSpace(head[i])] = cell
			}
		}
		r := newRecord(o)
		if noticeLike(r) {
			hits++
		}
		if n, ok := recordNotice(d, r); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	if hits*2 < len(a.Notices) {
		return Answer{}, false
	}
	return a, true
}

func csvRows(text []byte) [][]string {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for _, sep := range []rune{'\t', ';', '|'} {
		if bytes.Count(first, []byte(string(sep))) > bytes.Count(first, []byte(string(r.Comma))) {
			r.Comma = sep
		}
	}
	var rows [][]string
	for len(rows) < 50_000 {
		row, err := r.Read()
		if err != nil {
			if row == nil {
				break
			}
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// tableHead tells a head of columns by the column of titles that it must have.
func tableHead(head []string) bool {
	o := object{}
	for _, cell := range head {
		o[strings.TrimSpace(cell)] = "x"
	}
	r := newRecord(o)
	_, title := r.get(fieldTitle)
	other := 0
	for _, f := range []field{fieldPublished, fieldURL, fieldType, fieldBuyer, fieldNumber, fieldDeadline, fieldBudget} {
		if _, key := r.get(f); key != "" {
			other++
		}
	}
	return title != "" && other > 0
}
