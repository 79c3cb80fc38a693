package dates

import (
	"strings"

	"dealvitals/crawler/extract/casing"
	"dealvitals/signals"
)

// Joined reads a date that a page sets in two texts of their own, as calendar leaves do:
// "18" above "2026-06", "06-18" above "2026", "18" beside "Jun 2026". Both texts must hold
// nothing else: the year of such a date must never be guessed while it stands beside it.
func Joined(first, second string) (signals.Date, bool) {
	if len(first) > maxLeafText+8 || len(second) > maxLeafText+8 || !hasDigit(first) && !hasDigit(second) {
		return signals.Date{}, false
	}
	a, b := leafText(first), leafText(second)
	if a == "" || b == "" {
		return signals.Date{}, false
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if d, ok := joinedDigits(pair[0], pair[1]); ok {
			return d, true
		}
		if day, size := number(pair[0]); size == len(pair[0]) && size <= 2 && day > 0 {
			if month, n := monthName(pair[1]); n > 0 {
				return joinedName(month, day, pair[1][n:])
			}
		}
	}
	return signals.Date{}, false
}

// maxLeafText is the length of the longest text of which such a date is made.
const maxLeafText = 16

func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

func leafText(s string) string {
	s = strings.Trim(casing.Lower(strings.TrimSpace(s)), " /-.,[]()")
	if len(s) > maxLeafText || s == "" {
		return ""
	}
	return s
}

// joinedDigits reads a day and a year with its month, or a month with its day and a year.
func joinedDigits(short, long string) (signals.Date, bool) {
	x, y, two := twoNumbers(long, "年", "月")
	n, size := number(short)
	rest := short[size:]
	switch {
	case size == 0 || rest != "" && rest != "日" && rest != "年":
		return signals.Date{}, false
	case two && x >= 1990 && size <= 2 && rest != "年":
		return dayOf(x, y, n)
	}
	x, y, two = twoNumbers(long, "月", "日")
	if two && size == 4 && rest != "日" && x <= 12 {
		return dayOf(n, x, y)
	}
	return signals.Date{}, false
}

// twoNumbers reads "2026-06", "2026年6月" and the like, the whole of a text.
func twoNumbers(text, between, behind string) (a, b int, ok bool) {
	a, n := number(text)
	i, sep := separator(text, n, between)
	if n == 0 || sep == 0 {
		return 0, 0, false
	}
	b, m := number(text[i:])
	return a, b, m > 0 && m <= 2 && strings.TrimSuffix(text[i+m:], behind) == ""
}

// joinedName reads the year behind a month's name.
func joinedName(month, day int, rest string) (signals.Date, bool) {
	year, n := number(strings.TrimLeft(rest, " ,./-'"))
	if n != 4 || strings.TrimLeft(rest, " ,./-'")[n:] != "" {
		return signals.Date{}, false
	}
	return dayOf(year, month, day)
}
