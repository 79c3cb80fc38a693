package dates

import (
	"strings"

	"dealvitals/signals"
)

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthName reads a month's name or abbreviation at the start of text.
func monthName(text string) (month, size int) {
	for i, name := range months {
		if strings.HasPrefix(text, name) {
			return i + 1, len(name)
		}
	}
	for i, name := range months {
		if !strings.HasPrefix(text, name[:3]) {
			continue
		}
		n := 3
		if strings.HasPrefix(text[3:], "t") && name[:3] == "sep" {
			n = 4
		}
		if len(text) > n && text[n] >= 'a' && text[n] <= 'z' {
			return 0, 0
		}
		if len(text) > n && text[n] == '.' {
			n++
		}
		return i + 1, n
	}
	return 0, 0
}

// dayMonthName reads 24 November 2026, 24th Nov, 2026, 24-Nov-2026, and 24 Nov.
func (s *scanner) dayMonthName(day, size int, rest string) (signals.Date, int) {
	if size > 2 || day == 0 || day > 31 {
		return signals.Date{}, 0
	}
	i := size
	for _, suffix := range []string{"st", "nd", "rd", "th", "er ", "."} {
		if strings.HasPrefix(rest[i:], suffix) {
			i += len(suffix)
			break
		}
	}
	i = skipAny(rest, i, " -/,")
	for _, of := range []string{"of ", "de "} {
		if strings.HasPrefix(rest[i:], of) {
			i += len(of)
		}
	}
	month, n := foreignMonth(rest[i:])
	if n == 0 {
		month, n = monthName(rest[i:])
	}
	if n == 0 {
		return signals.Date{}, 0
	}
	i += n
	return s.withYear(month, day, rest, i)
}

// withYear reads the year behind day and month; without one it is counted from at.
func (s *scanner) withYear(month, day int, rest string, i int) (signals.Date, int) {
	j := skipAny(rest, i, " -/,.'’")
	year, n := number(rest[j:])
	if n == 2 && j < len(rest) && i < j && rest[j-1] != ' ' {
		year, n = 2000+year, 4
		d, ok := dayOf(year, month, day)
		return sized(d, ok, j+2)
	}
	if n == 4 && year >= 1990 && year <= 2100 {
		d, ok := dayOf(year, month, day)
		if !ok {
			return signals.Date{}, 0
		}
		end := j + n
		return d, end + clock(rest[end:])
	}
	return s.monthDay(month, day, rest, i)
}

func skipAny(s string, i int, set string) int {
	for i < len(s) && strings.IndexByte(set, s[i]) >= 0 {
		i++
	}
	return i
}

// englishAt reads November 24, 2026 and Nov 24, and the words today, yesterday, just now.
func (s *scanner) englishAt(rest string) (signals.Date, signals.DateBasis, int) {
	if s.i > 0 && s.text[s.i-1] >= 'a' && s.text[s.i-1] <= 'z' {
		return signals.Date{}, "", 0
	}
	if month, n := monthName(rest); n > 0 {
		i := skipAny(rest, n, " -/.")
		day, k := number(rest[i:])
		if k == 0 || k > 2 || i == n {
			return signals.Date{}, "", 0
		}
		i += k
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			if strings.HasPrefix(rest[i:], suffix) {
				i += 2
				break
			}
		}
		d, size := s.withYear(month, day, rest, i)
		return d, "", size
	}
	if !s.known {
		return signals.Date{}, "", 0
	}
	for _, w := range englishDays {
		if !strings.HasPrefix(rest, w.word) || len(rest) > len(w.word) && rest[len(w.word)] >= 'a' && rest[len(w.word)] <= 'z' {
			continue
		}
		if !s.alone(len(w.word)) {
			return signals.Date{}, "", 0
		}
		return signals.DateOf(s.at).AddDays(-w.days), "", len(w.word)
	}
	return s.vagueAgo(rest)
}

// alone tells that a word such as "today" is a date and no part of a sentence ("apply today").
func (s *scanner) alone(size int) bool {
	if len(s.text) > 60 {
		return false
	}
	label := strings.TrimSpace(s.text[:s.i])
	if label == "" {
		return len(strings.TrimSpace(s.text[s.i+size:])) < 12
	}
	label = strings.TrimRight(label, " :：·|-–")
	return lastOf(label, publishedWords) >= 0 || lastOf(label, updatedWords) >= 0 || len(label) < 4 || strings.HasSuffix(label, "date")
}

type dayWord struct {
	word string
	days int
}

var englishDays = []dayWord{{"today", 0}, {"yesterday", 1}, {"just now", 0}, {"just posted", 0}}

// vagueAgo reads "a day ago", "an hour ago", "over a month ago", "more than 30 days ago".
func (s *scanner) vagueAgo(rest string) (signals.Date, signals.DateBasis, int) {
	bound := false
	i := 0
	for _, w := range []string{"over ", "more than ", "about "} {
		if strings.HasPrefix(rest, w) {
			bound = w != "about "
			i = len(w)
		}
	}
	n, size := 0, 0
	for _, w := range []string{"a ", "an ", "one "} {
		if strings.HasPrefix(rest[i:], w) {
			n, size = 1, len(w)
		}
	}
	if size == 0 && i > 0 {
		n, size = number(rest[i:])
	}
	if size == 0 {
		return signals.Date{}, "", 0
	}
	d, basis, k := s.ago(n, rest[i:], size)
	if k == 0 {
		return signals.Date{}, "", 0
	}
	if bound {
		basis = signals.DateBound
	}
	return d, basis, i + k
}

// chineseAt reads 今天, 昨天, 前天, 刚刚 and numbers in words: 三天前, 半个月前.
func (s *scanner) chineseAt(rest string) (signals.Date, signals.DateBasis, int) {
	if !s.known {
		return signals.Date{}, "", 0
	}
	for _, w := range chineseDays {
		if strings.HasPrefix(rest, w.word) && len(s.text) <= 120 {
			return signals.DateOf(s.at).AddDays(-w.days), "", len(w.word)
		}
	}
	for i, digit := range []string{"一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "半"} {
		if !strings.HasPrefix(rest, digit) {
			continue
		}
		value := []int{1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1}[i]
		return s.ago(value, rest, len(digit))
	}
	return signals.Date{}, "", 0
}

var chineseDays = []dayWord{{"今天", 0}, {"今日", 0}, {"昨天", 1}, {"昨日", 1}, {"前天", 2}, {"刚刚", 0}, {"剛剛", 0}, {"刚才", 0}}

// unit is a length of time; a month and more says only how long ago at least.
type unit struct {
	word  string
	days  int
	bound bool
}

var units = []unit{
	{"分钟", 0, false}, {"分鐘", 0, false}, {"小时", 0, false}, {"小時", 0, false}, {"个小时", 0, false}, {"秒", 0, false}, {"天", 1, false}, {"日", 1, false},
	{"周", 7, false}, {"星期", 7, false}, {"个星期", 7, false}, {"个月", 30, true}, {"個月", 30, true}, {"月", 30, true}, {"年", 365, true},
	{"seconds", 0, false}, {"second", 0, false}, {"minutes", 0, false}, {"minute", 0, false}, {"mins", 0, false}, {"min", 0, false}, {"hours", 0, false}, {"hour", 0, false}, {"hrs", 0, false}, {"hr", 0, false},
	{"days", 1, false}, {"day", 1, false}, {"weeks", 7, false}, {"week", 7, false}, {"wks", 7, false}, {"months", 30, true}, {"month", 30, true}, {"mos", 30, true}, {"mo", 30, true}, {"years", 365, true}, {"year", 365, true},
	{"h", 0, false}, {"m", 0, false}, {"d", 1, false}, {"w", 7, false},
}

// ago reads what follows a number: "天前", " days ago", "+ days ago", "d ago".
func (s *scanner) ago(n int, rest string, i int) (signals.Date, signals.DateBasis, int) {
	if !s.known || n > 3000 {
		return signals.Date{}, "", 0
	}
	plus := false
	if i < len(rest) && rest[i] == '+' {
		plus = true
		i++
	}
	i = blanks(rest, i)
	for _, u := range units {
		if !strings.HasPrefix(rest[i:], u.word) {
			continue
		}
		j := blanks(rest, i+len(u.word))
		if j < len(rest) && rest[j] == '+' {
			plus = true
			j = blanks(rest, j+1)
		}
		size := agoWord(rest[j:])
		if size == 0 {
			continue
		}
		if strings.HasPrefix(rest[j:], "以前") || strings.HasPrefix(rest[j:], "之前") {
			plus = plus || u.days >= 30
		}
		at := s.at
		if u.days == 0 {
			at = s.hoursAgo(n, u.word)
		}
		basis := signals.DateBasis("")
		if plus || u.bound {
			basis = signals.DateBound
		}
		return signals.DateOf(at).AddDays(-n * u.days), basis, j + size
	}
	return signals.Date{}, "", 0
}

func agoWord(text string) int {
	for _, w := range []string{"前", "以前", "之前", "ago", "old"} {
		if strings.HasPrefix(text, w) {
			return len(w)
		}
	}
	return 0
}
