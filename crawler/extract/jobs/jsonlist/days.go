package jsonlist

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"dealvitals/crawler/extract/dates"
	"dealvitals/signals"
)

// Epochs outside these bounds (2000 to 2100) are no days but ids or counts.
const (
	firstEpoch = 946_684_800
	lastEpoch  = 4_102_444_800
)

// epoch is the instant that a number of seconds, milliseconds, microseconds or
// nanoseconds since 1970 means; false when it lies outside the years 2000 to 2100.
func epoch(n int64) (time.Time, bool) {
	for _, unit := range []int64{1, 1e3, 1e6, 1e9} {
		if s := n / unit; s >= firstEpoch && s < lastEpoch {
			return time.Unix(s, 0).UTC(), true
		}
	}
	return time.Time{}, false
}

// Day is the day that a JSON value states: an epoch, an ISO date or time (the day as it
// is written, whatever its zone), 2026/11/24, 20261124, 2026年11月24日. Epochs are days
// in zone. Anything in words ("3 days ago") is left to package dates.
func Day(v any, zone *time.Location) (signals.Date, bool) {
	switch v := v.(type) {
	case json.Number:
		return dayOfNumber(v.String(), zone)
	case float64:
		return dayOfNumber(strconv.FormatFloat(v, 'f', -1, 64), zone)
	case string:
		return dayOfText(strings.TrimSpace(v), zone)
	case map[string]any: // {"$date": …} of MongoDB, {"date": "2026-11-24 10:00:00.000000"} of PHP
		for _, k := range []string{"$date", "date", "time", "iso", "$numberLong", "seconds", "_seconds", "value"} {
			if d, ok := Day(v[k], zone); ok {
				return d, true
			}
		}
	case []any: // [2026, 11, 24, …] of Java's LocalDateTime
		return dayOfParts(v)
	}
	return signals.Date{}, false
}

func dayOfNumber(digits string, zone *time.Location) (signals.Date, bool) {
	digits, _, _ = strings.Cut(digits, ".")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return signals.Date{}, false
	}
	if len(digits) == 8 && n > 19900101 && n < 21000101 {
		return valid(int(n/10000), int(n/100%100), int(n%100))
	}
	t, ok := epoch(n)
	if !ok {
		return signals.Date{}, false
	}
	if zone == time.UTC && easternMidnight(n, t) {
		return signals.DateOf(t).AddDays(1), true
	}
	return signals.DateOf(t.In(zone)), true
}

// easternMidnight tells an instant that is midnight to the second in China, Japan or
// central Europe: a day that such a system wrote as an instant.
func easternMidnight(n int64, t time.Time) bool {
	if t.Minute() != 0 || t.Second() != 0 || n%1000 != 0 {
		return false
	}
	switch t.Hour() {
	case 15, 16, 22, 23:
		return true
	}
	return false
}

func dayOfParts(v []any) (signals.Date, bool) {
	if len(v) < 3 || len(v) > 7 {
		return signals.Date{}, false
	}
	var n [3]int
	for i := range n {
		number, ok := v[i].(json.Number)
		if !ok {
			return signals.Date{}, false
		}
		x, err := strconv.Atoi(number.String())
		if err != nil {
			return signals.Date{}, false
		}
		n[i] = x
	}
	return valid(n[0], n[1], n[2])
}

// OrderIn is the order of day and month in dates such as 03/04/2026, told by the other
// dates of the records.
func OrderIn(records []map[string]any) dates.Order {
	var texts []string
	for _, r := range records {
		texts = slashedIn(r, texts, 0)
	}
	return dates.OrderOf(texts, "")
}

// slashedIn gathers the short texts with two slashes among the fields of a record.
func slashedIn(m map[string]any, texts []string, depth int) []string {
	for _, v := range m {
		switch v := v.(type) {
		case string:
			if len(v) >= 8 && len(v) <= 24 && strings.Count(v, "/") == 2 {
				texts = append(texts, v)
			}
		case map[string]any:
			if depth < 2 {
				texts = slashedIn(v, texts, depth+1)
			}
		}
	}
	return texts
}

// dayOfText reads texts that begin with a year, or are all digits.
func dayOfText(s string, zone *time.Location) (signals.Date, bool) {
	if rest, ok := strings.CutPrefix(s, "/Date("); ok { // ASP.NET: /Date(1764000000000+0800)/
		digits, _, _ := strings.Cut(strings.TrimLeft(rest, "-"), ")")
		if i := strings.IndexAny(digits, "+-"); i >= 0 {
			digits = digits[:i]
		}
		return dayOfNumber(digits, zone)
	}
	if len(s) >= 8 && allDigits(s) {
		return dayOfNumber(s, zone)
	}
	year, rest := number(s, 4)
	if len(s)-len(rest) != 4 {
		return signals.Date{}, false
	}
	rest, ok := cutOne(rest, "-", "/", ".", "年")
	if !ok {
		return signals.Date{}, false
	}
	month, rest := number(rest, 2)
	rest, ok = cutOne(rest, "-", "/", ".", "月")
	if !ok {
		return signals.Date{}, false
	}
	day, rest := number(rest, 2)
	if rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return signals.Date{}, false
	}
	return valid(year, month, day)
}

func number(s string, most int) (int, string) {
	n, i := 0, 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}

func cutOne(s string, seps ...string) (string, bool) {
	s = strings.TrimLeft(s, " ")
	for _, sep := range seps {
		if rest, ok := strings.CutPrefix(s, sep); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func valid(year, month, day int) (signals.Date, bool) {
	if year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31 {
		return signals.Date{}, false
	}
	d := signals.Date{Year: year, Month: time.Month(month), Day: day}
	return d, signals.DateOf(d.Start()) == d
}
