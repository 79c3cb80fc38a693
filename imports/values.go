package imports

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dealvitals/signals"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// list splits a cell at ; and ；, and where people separate otherwise: at 、 and line ends.
func list(cell string) []string {
	var parts []string
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '；' || r == '、' || r == '\n' || r == '\r' }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

var errNoDate = errors.New("write a day as 2026-11-24")

// parseDate reads 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日, with or without a
// time behind it, and the day number of a date cell in a workbook.
func parseDate(cell string) (signals.Date, error) {
	if t, ok := serialTime(cell); ok {
		return signals.DateOf(t), nil
	}
	text := strings.NewReplacer("年", "-", "月", "-", "日", " ", "/", "-", ".", "-", "T", " ").Replace(norm.NFKC.String(cell))
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return signals.Date{}, errNoDate
	}
	t, err := time.Parse("2006-1-2", strings.TrimSuffix(fields[0], "-"))
	if err != nil {
		return signals.Date{}, errNoDate
	}
	return signals.DateOf(t), nil
}

const noon = 12 * time.Hour

var errNoTime = errors.New("write a time as 2026-11-24 10:30:00, or 2026-11-24T10:30:00+08:00")

// parseTime reads an instant. One without a zone is in Asia/Shanghai. A day alone stands for
// its noon: at midnight it would count as written at night.
func parseTime(cell string) (time.Time, error) {
	cell = strings.TrimSpace(norm.NFKC.String(cell))
	if t, err := time.Parse(time.RFC3339, cell); err == nil {
		return t, nil
	}
	if t, ok := serialTime(cell); ok {
		if !strings.Contains(cell, ".") {
			t = t.Add(noon)
		}
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, signals.Shanghai), nil
	}
	text := strings.NewReplacer("年", "-", "月", "-", "日", " ", "/", "-", "T", " ", "时", ":", "分", ":", "秒", "").Replace(cell)
	text = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ":")
	for _, layout := range []string{"2006-1-2 15:4:5", "2006-1-2 15:4:5.999", "2006-1-2 15:4"} {
		if t, err := time.ParseInLocation(layout, text, signals.Shanghai); err == nil {
			return t, nil
		}
	}
	if t, err := time.ParseInLocation("2006-1-2", text, signals.Shanghai); err == nil {
		return t.Add(noon), nil
	}
	if millis, err := strconv.ParseInt(cell, 10, 64); err == nil && len(cell) == 13 {
		return time.UnixMilli(millis), nil
	}
	return time.Time{}, errNoTime
}

// serialTime reads the day number of a workbook's date cell, from 1954 to 2119.
func serialTime(cell string) (time.Time, bool) {
	days, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
	if err != nil || days < 20_000 || days > 80_000 {
		return time.Time{}, false
	}
	t, err := excelize.ExcelDateToTime(days, false)
	return t.Round(time.Second), err == nil
}

var (
	errNoAmount = errors.New("write an amount as 3200000, 3,200,000.50 or 320万元, and a foreign currency in its own column")
	amountText  = regexp.MustCompile(`^(?:rmb|cny|人民币|¥)*(-?(?:[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,16})?)(亿元?|万元?|千元|元)?(?:整|人民币)?$`)
	// as workbooks keep large numbers; a longer exponent would be a number without end
	amountPower = regexp.MustCompile(`^[0-9](?:\.[0-9]{1,16})?e\+?[0-9]{1,2}$`)
)

// parseAmount reads an amount of money in whole units of its currency. factor is what the
// heading's unit makes of a number without one of its own.
func parseAmount(cell string, factor float64) (decimal.Decimal, error) {
	folded := strings.ToLower(strings.ReplaceAll(norm.NFKC.String(cell), " ", ""))
	m := amountText.FindStringSubmatch(folded)
	if m == nil {
		number, err := decimal.NewFromString(folded)
		if err != nil || !amountPower.MatchString(folded) {
			return decimal.Decimal{}, errNoAmount
		}
		return number.Mul(decimal.NewFromFloat(factor)), nil
	}
	number, err := decimal.NewFromString(strings.ReplaceAll(m[1], ",", ""))
	if err != nil {
		return decimal.Decimal{}, errNoAmount
	}
	if m[2] != "" {
		factor = unitOf(m[2])
	}
	return number.Mul(decimal.NewFromFloat(factor)), nil
}

// unitOf is what a unit of money is in yuan, 1 where it is none.
func unitOf(unit string) float64 {
	switch strings.TrimSuffix(unit, "元") {
	case "亿":
		return 100_000_000
	case "万":
		return 10_000
	case "千":
		return 1_000
	}
	return 1
}

var errNoDuration = errors.New("write a duration as 90s, 5m, 1:30 or seconds")

// parseDuration reads 90, 90s, 5m, 1:30, 1:02:03 and 1分30秒.
func parseDuration(cell string) (signals.Duration, error) {
	text := strings.TrimSpace(norm.NFKC.String(cell))
	if text == "" {
		return 0, nil
	}
	text = strings.NewReplacer("小时", "h", "时", "h", "分钟", "m", "分", "m", "秒", "s").Replace(text)
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return signals.Duration(time.Duration(seconds) * time.Second), nil
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return signals.Duration(d), nil
	}
	total := time.Duration(0)
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, errNoDuration
	}
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 20)
		if err != nil {
			return 0, errNoDuration
		}
		total = total*60 + time.Duration(n)*time.Second
	}
	return signals.Duration(total), nil
}
