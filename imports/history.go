package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dealvitals/scorer/backtest"
	"dealvitals/signals"
)

// The order of day, month and year in the dates of a table.
const (
	DatesYMD = "ymd"
	DatesMDY = "mdy"
	DatesDMY = "dmy"
)

// HistoryOptions say how a table of deals that have ended is to be read.
type HistoryOptions struct {
	Columns  map[string]string // which heading stands for a column of ours, where it is not named as one
	Features []string          // headings of columns that a score is to be learnt from
	Dates    string            // order of the dates; DatesYMD where it is ""
}

// History is a table of deals that have ended, with what a back-test needs of each.
type History struct {
	Rows     int
	Open     int // rows whose result is none of won, lost and cancelled
	Cases    []backtest.Case
	Flagged  bool // the table says which deals were flagged
	Scored   bool // the table says how each deal was scored
	Problems []Fault
}

// historyColumns are the columns that such a table may have.
func historyColumns() []column {
	return []column{
		{"id", []string{"商机编号", "商机id", "编号", "deal_id"}, false, ""},
		{"result", []string{"结果", "商机结果", "输赢", "outcome"}, true, ""},
		{"closed_at", []string{"关闭日期", "成交日期", "结束日期"}, false, ""},
		{"scored_at", []string{"评分日期", "评分时间"}, false, ""},
		{"amount", []string{"金额", "商机金额", "预计金额"}, false, ""},
		{"final_amount", []string{"成交金额", "合同金额", "最终金额"}, false, ""},
		{"currency", []string{"币种", "货币"}, false, ""},
		{"owner", []string{"销售", "负责人"}, false, ""},
		{"region", []string{"地区", "区域"}, false, ""},
		{"product_line", []string{"产品线", "产品"}, false, ""},
		{"health", []string{"健康度"}, false, ""},
		{"probability", []string{"赢单概率", "概率"}, false, ""},
		{"flag", []string{"标记", "是否标记"}, false, ""},
	}
}

// HistoryColumns lists the columns that ReadHistory knows.
func HistoryColumns() []string {
	var keys []string
	for _, c := range historyColumns() {
		keys = append(keys, c.key+" "+c.names[0])
	}
	return keys
}

// ReadHistory reads a table of deals that have ended, from CSV or XLSX. Rows that cannot be
// read stand in Problems; its errors are *FileError and *BadTableError.
func ReadHistory(ctx context.Context, table io.Reader, o HistoryOptions) (History, error) {
	again, err := rereadable(table)
	if err != nil {
		return History{}, fmt.Errorf("reading the table: %w", err)
	}
	from, err := open(again)
	if err != nil {
		return History{}, err
	}
	history, err := readHistory(ctx, from, o)
	return history, errors.Join(err, from.close())
}

func readHistory(ctx context.Context, from source, o HistoryOptions) (History, error) {
	_, cells, err := from.next()
	if err != nil {
		return History{}, &FileError{Reason: "the heading cannot be read", Err: err}
	}
	read := &historyReader{o: o, heading: heading{at: make(map[string][]int), shown: make(map[string]string), wan: make(map[string]float64), width: len(cells)}}
	if err := read.find(cells); err != nil {
		return History{}, err
	}
	h := History{Flagged: read.has("flag"), Scored: read.has("health") || read.has("probability")}
	for {
		line, cells, err := from.next()
		var unread *lineError
		switch {
		case errors.Is(err, io.EOF):
			return h, nil
		case errors.As(err, &unread):
			h.Rows++
			h.Problems = append(h.Problems, Fault{Line: unread.line, Detail: unread.reason})
			continue
		case err != nil:
			return h, err
		case ctx.Err() != nil:
			return h, ctx.Err()
		}
		r := &row{line: line, cells: cells, heading: read.heading}
		if r.empty() {
			continue
		}
		h.Rows++
		c, ended := read.row(r)
		switch {
		case len(r.problems) > 0:
			h.Problems = append(h.Problems, r.problems...)
		case !ended:
			h.Open++
		default:
			h.Cases = append(h.Cases, c)
		}
	}
}

// historyReader reads one row after the other.
type historyReader struct {
	o        HistoryOptions
	heading  heading
	features []int
}

func (h *historyReader) has(key string) bool {
	_, there := h.heading.at[key]
	return there
}

// find looks the columns up in the heading.
func (h *historyReader) find(cells []string) error {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = strings.Trim(c, " \t\r\n\u3000\uFEFF")
	}
	missing := func(name string) error {
		return &BadTableError{Problems: []Fault{{Line: 1, Column: name, Detail: fmt.Sprintf("the column %s is missing; the heading has %s", name, strings.Join(names, ", "))}}}
	}
	for _, key := range slices.Sorted(maps.Keys(h.o.Columns)) {
		if !slices.ContainsFunc(historyColumns(), func(c column) bool { return c.key == key }) {
			return &BadTableError{Problems: []Fault{{Line: 1, Column: key, Detail: "this is none of the columns of a back-test: " + strings.Join(HistoryColumns(), ", ")}}}
		}
	}
	for _, c := range historyColumns() {
		wanted, named := h.o.Columns[c.key]
		i := slices.IndexFunc(names, func(name string) bool {
			folded, _ := headingName(name)
			return named && name == wanted || !named && c.is(folded)
		})
		switch {
		case i >= 0:
			_, h.heading.wan[c.key] = headingName(names[i])
			h.heading.at[c.key], h.heading.shown[c.key] = []int{i}, names[i]
		case named:
			return missing(wanted)
		case c.required:
			return missing(c.key + " (" + c.names[0] + ")")
		}
	}
	for _, name := range h.o.Features {
		i := slices.Index(names, name)
		if i < 0 {
			return missing(name)
		}
		h.features = append(h.features, i)
	}
	return nil
}

// row reads one deal; false where it has not ended.
func (h *historyReader) row(r *row) (backtest.Case, bool) {
	result, ended := parseResult(r.cell("result"))
	c := backtest.Case{
		ID: r.cell("id"), Owner: r.cell("owner"), Region: r.cell("region"), ProductLine: r.cell("product_line"), Won: result.Won(),
		ClosedAt: h.day(r, "closed_at"), ScoredAt: h.day(r, "scored_at"),
	}
	if !ended {
		r.problems = nil // what is open is not read further
		return c, false
	}
	if c.ID == "" {
		c.ID = fmt.Sprintf("line %d", r.line)
	}
	h.money(r, &c)
	c.Health = h.health(r)
	h.flag(r, &c)
	for _, i := range h.features {
		value := ""
		if i < len(r.cells) {
			value = strings.TrimSpace(r.cells[i])
		}
		c.Features = append(c.Features, value)
	}
	return c, true
}

func (h *historyReader) day(r *row, key string) time.Time {
	text := r.cell(key)
	if text == "" {
		return time.Time{}
	}
	day, err := dateIn(text, h.o.Dates)
	if err != nil {
		r.problem(key, fmt.Sprintf("%q is no day in the order %s: %v", text, h.o.Dates, err))
		return time.Time{}
	}
	return day.Start()
}

// dateIn reads a date whose parts stand in an order.
func dateIn(text, order string) (signals.Date, error) {
	layout := map[string]string{DatesMDY: "1-2-2006", DatesDMY: "2-1-2006"}[order]
	if layout == "" {
		return parseDate(text)
	}
	fields := strings.Fields(strings.NewReplacer("/", "-", ".", "-").Replace(text))
	if len(fields) == 0 {
		return signals.Date{}, errNoDate
	}
	t, err := time.Parse(layout, fields[0])
	if err != nil {
		return signals.Date{}, fmt.Errorf("write it as %s", layout)
	}
	return signals.DateOf(t), nil
}

// money reads what was forecast and what came.
func (h *historyReader) money(r *row, c *backtest.Case) {
	if h.has("currency") {
		c.Currency = currencyOf(r.cell("currency"))
	}
	for _, key := range []string{"amount", "final_amount"} {
		text := r.cell(key)
		if text == "" {
			continue
		}
		amount, err := parseAmount(text, max(r.heading.wan[key], 1))
		if err != nil || amount.IsNegative() {
			r.problem(key, fmt.Sprintf("%q is no amount: %v", text, errNoAmount))
			return
		}
		if key == "amount" {
			c.Open = &amount
		}
		if c.Won {
			c.Final = amount
		}
	}
}

// health reads a score of 0–100, or a probability of 0–1.
func (h *historyReader) health(r *row) *float64 {
	key, factor := "health", 1.0
	if !h.has(key) {
		key, factor = "probability", 100
	}
	text := r.cell(key)
	if text == "" {
		return nil
	}
	x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if strings.HasSuffix(text, "%") {
		factor = 1
	}
	if x *= factor; err != nil || !(x >= 0 && x <= 100) {
		r.problem(key, fmt.Sprintf("%q is out of range: write health as 0–100, probability as 0–1", text))
		return nil
	}
	return &x
}

func (h *historyReader) flag(r *row, c *backtest.Case) {
	c.Assessed = r.cell("flag") != ""
	c.Flagged = r.yes("flag")
}
