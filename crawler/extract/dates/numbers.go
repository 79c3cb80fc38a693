package dates

import (
	"strings"
	"time"

	"dealvitals/signals"
)

// number is a run of digits at the start of text.
func number(text string) (value, size int) {
	for size < len(text) && isDigit(text[size]) && size < 15 {
		value = value*10 + int(text[size]-'0')
		size++
	}
	return value, size
}

// numberAt reads what starts with a digit: 2026-11-24, 11/24/2026, 11-24, 24 nov 2026,
// 2026年11月24日, 11月24日, 3天前, 3 days ago, 20261124, epoch seconds and milliseconds.
func (s *scanner) numberAt(rest string) (signals.Date, signals.DateBasis, int) {
	if s.i > 0 && s.insideNumber() {
		return signals.Date{}, "", 0
	}
	n, size := number(rest)
	if d, basis, k := s.ago(n, rest, size); k > 0 {
		return d, basis, k
	}
	if d, k := yearFirst(n, size, rest); k > 0 {
		return d, "", k
	}
	if d, k := compact(n, size, rest); k > 0 {
		return d, "", k
	}
	if d, k := s.dayMonthName(n, size, rest); k > 0 {
		return d, "", k
	}
	d, k := s.shortDate(n, size, rest)
	return d, "", k
}

// insideNumber tells that the digits at s.i go on a number or a code, as in 3.14 or A-12.
func (s *scanner) insideNumber() bool {
	prev := s.text[s.i-1]
	if prev >= 'a' && prev <= 'z' || isDigit(prev) || prev == '_' {
		return true
	}
	if (prev == '.' || prev == '-' || prev == '/') && s.i > 1 {
		before := s.text[s.i-2]
		return isDigit(before) || before >= 'a' && before <= 'z'
	}
	return false
}

// yearFirst reads 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日, 2026 - 11 - 24.
// 115/11/24 and 115年11月24日 are such dates too, in the years of the Republic, as Taiwan's
// authorities write them.
func yearFirst(year, size int, rest string) (signals.Date, int) {
	if size == 3 && year >= 100 && year <= 150 {
		if i, sep := separator(rest, size, "年"); sep == '年' || sep == '/' && i == size+1 {
			return yearAnd(year+1911, size, rest)
		}
	}
	if size != 4 || year < 1990 || year > 2100 {
		return signals.Date{}, 0
	}
	return yearAnd(year, size, rest)
}

// yearAnd reads the month and the day behind a year whose digits are of that size.
func yearAnd(year, size int, rest string) (signals.Date, int) {
	i, sep := separator(rest, size, "年")
	if sep == 0 {
		return signals.Date{}, 0
	}
	month, n := number(rest[i:])
	if n == 0 || n > 2 {
		return signals.Date{}, 0
	}
	i, second := separator(rest, i+n, "月")
	if second == 0 || (second != sep && !(sep == '年' || second == '月')) {
		return signals.Date{}, 0
	}
	day, n := number(rest[i:])
	if n == 0 || n > 2 {
		return signals.Date{}, 0
	}
	i += n
	for _, suffix := range []string{"日", " 日", "号"} {
		if strings.HasPrefix(rest[i:], suffix) {
			i += len(suffix)
			break
		}
	}
	d, ok := dayOf(year, month, day)
	if !ok {
		return signals.Date{}, 0
	}
	return d, i + clock(rest[i:])
}

// separator steps over one of - / . or the word, with blanks around.
func separator(rest string, i int, word string) (next int, sep rune) {
	i = blanks(rest, i)
	if strings.HasPrefix(rest[i:], word) {
		return blanks(rest, i+len(word)), []rune(word)[0]
	}
	if i < len(rest) && (rest[i] == '-' || rest[i] == '/' || rest[i] == '.') {
		return blanks(rest, i+1), rune(rest[i])
	}
	for _, wide := range []string{"－", "／", "．", "–", "‑"} {
		if strings.HasPrefix(rest[i:], wide) {
			return blanks(rest, i+len(wide)), '-'
		}
	}
	return i, 0
}

func blanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// clock steps over a time of day. The day stays as it is written, whatever zone the time
// names: that is what a reader of the page sees.
func clock(rest string) int {
	i := 0
	if i < len(rest) && (rest[i] == 't' || rest[i] == ' ') {
		i++
	}
	h, n := number(rest[i:])
	if n == 0 || n > 2 || h > 24 || i+n >= len(rest) || rest[i+n] != ':' {
		return 0
	}
	i += n + 1
	m, n := number(rest[i:])
	if n != 2 || m > 59 {
		return 0
	}
	i += n
	for _, mark := range []byte{':', '.'} {
		if i < len(rest) && rest[i] == mark {
			_, k := number(rest[i+1:])
			i += 1 + k
		}
	}
	if i < len(rest) && rest[i] == 'z' {
		return i + 1
	}
	if i+4 < len(rest) && (rest[i] == '+' || rest[i] == '-') && isDigit(rest[i+1]) {
		_, k := number(rest[i+1:])
		i += 1 + k
		if i < len(rest) && rest[i] == ':' {
			_, k = number(rest[i+1:])
			i += 1 + k
		}
	}
	return i
}

// compact reads 20261124 and time stamps of ten or thirteen digits.
func compact(n, size int, rest string) (signals.Date, int) {
	if len(rest) > size && (rest[size] == '-' || rest[size] == '.' && size != 10 || rest[size] >= 'a' && rest[size] <= 'z') {
		return signals.Date{}, 0
	}
	switch {
	case size == 8 && n > 19900101 && n < 21001231:
		d, ok := dayOf(n/10000, n/100%100, n%100)
		if ok {
			return d, size
		}
	case size == 10 && n > 946_684_800 && n < 4_000_000_000:
		return signals.DateOf(time.Unix(int64(n), 0).In(signals.Shanghai)), size
	case size == 13 && n > 946_684_800_000 && n < 4_000_000_000_000:
		return signals.DateOf(time.UnixMilli(int64(n)).In(signals.Shanghai)), size
	}
	return signals.Date{}, 0
}

// shortDate reads 11-24, 11/24, 11月24日, 11/24/2026, 24/11/2026, 24.11.2026, 26-11-24.
func (s *scanner) shortDate(a, size int, rest string) (signals.Date, int) {
	if size > 2 {
		return signals.Date{}, 0
	}
	i, sep := separator(rest, size, "月")
	if sep == 0 {
		return signals.Date{}, 0
	}
	b, n := number(rest[i:])
	if n == 0 || n > 2 {
		return signals.Date{}, 0
	}
	i += n
	if sep == '月' {
		return s.monthDay(a, b, rest, i, "日", "号")
	}
	j, second := separator(rest, i, "\x00")
	if second == sep {
		year, k := number(rest[j:])
		switch k {
		case 4:
			d, ok := s.inOrder(a, b, year, sep)
			return sized(d, ok, j+k)
		case 1, 2:
			// 26-11-24: a year of two digits in front, as some Chinese systems write.
			if size == 2 && a >= 20 && a <= 60 && sep == '-' {
				d, ok := dayOf(2000+a, b, year)
				return sized(d, ok, j+k)
			}
			if d, ok := s.inOrder(a, b, 2000+year, sep); ok && k == 2 && year >= 15 {
				return d, j + k
			}
		}
		return signals.Date{}, 0
	}
	if sep == '.' || size == 1 && n == 1 || !endsClean(rest, i) || s.rangeOrRatio(i, rest) {
		return signals.Date{}, 0
	}
	if sep == '/' && s.order == DayFirst {
		a, b = b, a
	}
	return s.monthDay(a, b, rest, i)
}

// endsClean tells that nothing follows the date that would make it a range or an amount.
func endsClean(rest string, i int) bool {
	after := strings.TrimLeft(rest[i:], " ")
	for _, unit := range []string{"k", "千", "万", "元", "人", "年", "岁", "薪", "天", "名", "%", "个", "周", "位", "小时", "month", "year", "day", "people", "hours", "yrs", ":", "/", "-"} {
		if strings.HasPrefix(after, unit) {
			return false
		}
	}
	return true
}

// rangeOrRatio tells 1-3, 08-12 and the like behind a word that makes it no date.
func (s *scanner) rangeOrRatio(int, string) bool {
	label := strings.TrimRight(tail(s.text[:s.i], 24), " :：")
	for _, w := range []string{"经验", "薪资", "月薪", "工资", "salary", "￥", "¥", "$", "€", "£", "人数", "年龄", "#", "no.", "规模"} {
		if strings.HasSuffix(label, w) {
			return true
		}
	}
	return false
}

// monthDay is a day without a year: the newest that is not more than a day after at.
func (s *scanner) monthDay(month, day int, rest string, i int, suffixes ...string) (signals.Date, int) {
	if !s.known {
		return signals.Date{}, 0
	}
	for _, suffix := range suffixes {
		if strings.HasPrefix(rest[blanks(rest, i):], suffix) {
			i = blanks(rest, i) + len(suffix)
			break
		}
	}
	for year := s.at.Year(); year > s.at.Year()-5; year-- {
		d, ok := dayOf(year, month, day)
		if ok && !signals.DateOf(s.at).AddDays(1).Before(d) {
			return d, i
		}
	}
	return signals.Date{}, 0
}

// inOrder decides between day and month. Dots are day first wherever they are used so.
func (s *scanner) inOrder(a, b, year int, sep rune) (signals.Date, bool) {
	switch {
	case a > 12 || sep == '.':
		return dayOf(year, b, a)
	case b > 12:
		return dayOf(year, a, b)
	case s.order == MonthFirst || a == b:
		return dayOf(year, a, b)
	case s.order == DayFirst:
		return dayOf(year, b, a)
	}
	return signals.Date{}, false
}

func sized(d signals.Date, ok bool, size int) (signals.Date, int) {
	if !ok {
		return signals.Date{}, 0
	}
	return d, size
}

// dayOf is the day, false where it does not exist.
func dayOf(year, month, day int) (signals.Date, bool) {
	if year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31 {
		return signals.Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return signals.Date{}, false
	}
	return signals.DateOf(t), true
}
