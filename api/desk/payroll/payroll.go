// Package payroll writes the lines of a commission period as the tables that payrolls
// read: CSV, XLSX and JSON.
package payroll

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dealvitals/api/desk"
	"dealvitals/signals"

	"github.com/xuri/excelize/v2"
)

// Format is how a period is written.
type Format string

const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// Formats is every format, in the order in which they are offered.
func Formats() []Format { return []Format{CSV, XLSX, JSON} }

// Type is the media type of a format.
func (f Format) Type() string {
	switch f {
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/json"
}

// Rows says what a row of a table is about.
type Rows string

const (
	ByDeal  Rows = "deal"
	ByPayee Rows = "payee" // a row for each who shares a deal, the owner where nobody is named
)

// Lines calls a function for each line of a period.
type Lines func(fn func(desk.PeriodLine) error) error

// Write writes a period and its lines. JSON has the payees inside the lines, whatever rows are.
func Write(w io.Writer, f Format, rows Rows, period desk.Period, lines Lines) error {
	switch f {
	case CSV:
		return writeCSV(w, rows, period, lines)
	case XLSX:
		return writeXLSX(w, rows, period, lines)
	case JSON:
		return writeJSON(w, period, lines)
	}
	return fmt.Errorf("there is no format %q: there are csv, xlsx and json", f)
}

// column is one column of the tables.
type column struct {
	heading string
	cell    func(p desk.Period, l desk.PeriodLine) string
}

func columns() []column {
	return []column{
		{"period 提成期间", func(p desk.Period, _ desk.PeriodLine) string { return p.ID }},
		{"period_state 期间状态", func(p desk.Period, _ desk.PeriodLine) string { return string(p.State) }},
		{"deal_id 商机编号", func(_ desk.Period, l desk.PeriodLine) string { return l.DealID }},
		{"customer_id 客户编号", func(_ desk.Period, l desk.PeriodLine) string { return l.CustomerID }},
		{"owner 销售", func(_ desk.Period, l desk.PeriodLine) string { return l.Owner }},
		{"team 团队", func(_ desk.Period, l desk.PeriodLine) string { return l.Team }},
		{"region 地区", func(_ desk.Period, l desk.PeriodLine) string { return l.Region }},
		{"product_line 产品线", func(_ desk.Period, l desk.PeriodLine) string { return l.ProductLine }},
		{"amount 金额", func(_ desk.Period, l desk.PeriodLine) string { return l.Amount.String() }},
		{"currency 币种", func(_ desk.Period, l desk.PeriodLine) string { return l.Currency }},
		{"pay 发放", func(_ desk.Period, l desk.PeriodLine) string { return l.Pay }},
		{"pay_reason 发放依据", func(_ desk.Period, l desk.PeriodLine) string { return l.PayReason }},
		{"state 冻结状态", func(_ desk.Period, l desk.PeriodLine) string { return string(l.State) }},
		{"disputed 申诉中", func(_ desk.Period, l desk.PeriodLine) string { return yesNo(l.Disputed) }},
		{"reason 原因代码", func(_ desk.Period, l desk.PeriodLine) string { return l.Reason }},
		{"since 冻结起始", func(_ desk.Period, l desk.PeriodLine) string { return shown(l.Since) }},
		{"until 冻结截止", func(_ desk.Period, l desk.PeriodLine) string { return shown(l.Until) }},
		{"adjustment 调整", func(_ desk.Period, l desk.PeriodLine) string { return adjustment(l).kind }},
		{"adjusts_period 调整期间", func(_ desk.Period, l desk.PeriodLine) string { return adjustment(l).period }},
		{"decision_id 决定编号", func(_ desk.Period, l desk.PeriodLine) string { return l.DecisionID }},
		{"decision_seq 决定序号", func(_ desk.Period, l desk.PeriodLine) string { return fmt.Sprint(l.DecisionSeq) }},
		{"policy_version 规则版本", func(_ desk.Period, l desk.PeriodLine) string { return fmt.Sprint(l.PolicyVersion) }},
		{"as_of 截止时点", func(_ desk.Period, l desk.PeriodLine) string { return shown(&l.AsOf) }},
	}
}

type adjusted struct{ kind, period string }

func adjustment(l desk.PeriodLine) adjusted {
	if l.Adjustment == nil {
		return adjusted{}
	}
	return adjusted{string(l.Adjustment.Kind), l.Adjustment.Period}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// shown is an instant in Shanghai, nothing where there is none.
func shown(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(signals.Shanghai).Format(time.RFC3339)
}

func headings(rows Rows) []string {
	var list []string
	for _, c := range columns() {
		list = append(list, c.heading)
	}
	if rows == ByPayee {
		return append(list, "payee_id 收款人编号", "payee 收款人", "share 分成比例(%)", "payee_amount 分成金额")
	}
	return append(list, "payees 分成")
}

// table is the rows that a line makes.
func table(rows Rows, p desk.Period, l desk.PeriodLine) [][]string {
	var line []string
	for _, c := range columns() {
		line = append(line, c.cell(p, l))
	}
	if rows != ByPayee {
		return [][]string{append(line, split(l.Payees))}
	}
	var list [][]string
	for _, part := range paid(l) {
		list = append(list, append(slices.Clip(line), part.ID, part.Name, part.Share.String(), part.Amount.String()))
	}
	return list
}

// paid is who is paid of a line: its payees, or the owner with all of it.
func paid(l desk.PeriodLine) []signals.Part {
	if len(l.Payees) > 0 {
		return l.Payees
	}
	deal := signals.Deal{Owner: l.Owner}
	return signals.Split(l.Amount, l.Currency, deal.PayeesOrOwner())
}

// split is the payees as an import reads them.
func split(parts []signals.Part) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part.ID + "/" + part.Name + ":" + part.Share.String() + "%"
	}
	return strings.Join(texts, ";")
}

// byteOrderMark tells Excel that a CSV file is UTF-8; without it Chinese is garbled there.
const byteOrderMark = "\ufeff"

func writeCSV(w io.Writer, rows Rows, p desk.Period, lines Lines) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(headings(rows)); err != nil {
		return err
	}
	err := lines(func(l desk.PeriodLine) error {
		list := table(rows, p, l)
		for _, row := range list {
			for i := range row {
				row[i] = harmless(row[i])
			}
		}
		return out.WriteAll(list)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// harmless marks a cell as text that a spreadsheet would run as a formula
// (owasp.org/www-community/attacks/CSV_Injection). Numbers stay as they are.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || number(cell) {
		return cell
	}
	return "'" + cell
}

func number(cell string) bool {
	return strings.Trim(cell, "-0123456789.") == "" && strings.LastIndexByte(cell, '-') <= 0
}

func writeXLSX(w io.Writer, rows Rows, p desk.Period, lines Lines) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	n := 0
	write := func(texts []string) error {
		n++
		row := make([]any, len(texts))
		for i, text := range texts {
			row[i] = text
		}
		return sheet.SetRow(fmt.Sprintf("A%d", n), row)
	}
	if err := write(headings(rows)); err != nil {
		return err
	}
	err = lines(func(l desk.PeriodLine) error {
		for _, row := range table(rows, p, l) {
			if err := write(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

// writeJSON writes {"period":…,"lines":[…]}, line by line.
func writeJSON(w io.Writer, p desk.Period, lines Lines) error {
	head, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "{\"period\":%s,\"lines\":[", head); err != nil {
		return err
	}
	between := "\n"
	err = lines(func(l desk.PeriodLine) error {
		body, err := json.Marshal(l)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, between+string(body))
		between = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}
