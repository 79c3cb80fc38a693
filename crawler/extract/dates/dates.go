// Package dates reads the dates that pages state, in Chinese and English, and tells what
// they mean: a publication, an update, or only a bound.
package dates

import (
	"strings"
	"time"

	"dealvitals/crawler/extract/casing"
	"dealvitals/signals"
)

// Found is a date with its meaning.
type Found struct {
	Date  signals.Date
	Basis signals.DateBasis
}

// Order tells how a page writes dates such as 03/04/2026.
type Order int

const (
	OrderUnknown Order = iota
	MonthFirst         // 11/24/2026, as in the United States
	DayFirst           // 24/11/2026, as in most of the world
)

// maxText is how much of a text is looked at: what is longer states no single date.
const maxText = 400

// Parse finds the date that a text states. Deadlines are no dates of a posting and are
// passed over. at is when the text was captured; where it is zero, texts that count from it
// ("3 days ago", "11-24") are not read.
func Parse(text string, at time.Time) (Found, bool) {
	return ParseIn(text, at, OrderUnknown)
}

// ParseIn is Parse for a page whose order of day and month is known.
func ParseIn(text string, at time.Time, order Order) (Found, bool) {
	if !mayHoldDate(text) {
		return Found{}, false
	}
	if len(text) > maxText {
		text = text[:maxText]
	}
	s := scanner{text: casing.Lower(text), at: at.In(signals.Shanghai), order: order, known: !at.IsZero()}
	return s.find()
}

// ParsePast is ParseIn for a day that cannot lie ahead of at: where it would by the order
// given, which may be a guess, and not by the other one, the other one is right.
func ParsePast(text string, at time.Time, order Order) (Found, bool) {
	found, ok := ParseIn(text, at, order)
	if !ok || at.IsZero() {
		return found, ok
	}
	today := signals.DateOf(at.In(signals.Shanghai)).AddDays(1)
	if !today.Before(found.Date) {
		return found, true
	}
	other := MonthFirst
	if order == MonthFirst {
		other = DayFirst
	}
	if turned, ok := ParseIn(text, at, other); ok && !today.Before(turned.Date) {
		return turned, true
	}
	return found, true
}

// mayHoldDate is a cheap test that leaves out most texts.
func mayHoldDate(text string) bool {
	for i := 0; i < len(text) && i < maxText; i++ {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	for _, word := range []string{"今", "昨", "前", "刚", "剛", "oday", "sterday", "ust ", "ODAY", "STERDAY", "ago", "AGO"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// scanner walks a lower-case text from left to right.
type scanner struct {
	text  string
	at    time.Time
	known bool // at is known
	order Order
	i     int
}

// find returns the first date that is no deadline.
func (s *scanner) find() (Found, bool) {
	from := 0
	for s.i = 0; s.i < len(s.text); {
		start := s.i
		date, basis, size := s.dateAt()
		if size == 0 {
			s.i += step(s.text[s.i:])
			continue
		}
		label := s.text[from:start]
		s.i = start + size
		after := s.text[s.i:]
		from = s.i
		if deadline(label, after) {
			continue
		}
		if basis == "" {
			basis = basisOf(label, after)
		}
		return Found{date, basis}, true
	}
	return Found{}, false
}

// step is the size of the token at the start of text: a number or a word as a whole, so
// that no date is read out of the middle of one.
func step(text string) int {
	c := text[0]
	switch {
	case isDigit(c):
		n := 1
		for n < len(text) && isDigit(text[n]) {
			n++
		}
		return n
	case c >= 'a' && c <= 'z':
		n := 1
		for n < len(text) && text[n] >= 'a' && text[n] <= 'z' {
			n++
		}
		return n
	case c < 0x80:
		return 1
	}
	n := 1
	for n < len(text) && text[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// dateAt reads a date that starts at s.i; size is 0 where none does. basis is "" where the
// words around decide.
func (s *scanner) dateAt() (signals.Date, signals.DateBasis, int) {
	rest := s.text[s.i:]
	c := rest[0]
	if isDigit(c) {
		return s.numberAt(rest)
	}
	if c < 0x80 {
		return s.englishAt(rest)
	}
	return s.chineseAt(rest)
}

func basisOf(label, after string) signals.DateBasis {
	label, after = tail(label, 60), head(after, 20)
	if lastOf(label, updatedWords) > lastOf(label, publishedWords) {
		return signals.DateUpdated
	}
	if lastOf(label, publishedWords) < 0 && firstOf(trimPunct(after), updatedAfter) {
		return signals.DateUpdated
	}
	return signals.DatePublished
}

func deadline(label, after string) bool {
	label = tail(label, 60)
	at := lastOf(label, deadlineWords)
	if at >= 0 && at > lastOf(label, publishedWords) && at > lastOf(label, updatedWords) {
		return true
	}
	after = trimPunct(head(after, 24))
	for _, next := range []string{"截止日", "截止时", "截止:", "截止："} { // the label of another date
		if strings.HasPrefix(after, next) {
			return false
		}
	}
	return firstOf(after, deadlineAfter)
}

var (
	publishedWords = []string{"发布", "發布", "发表", "posted", "published", "date posted", "创建", "上线", "opened", "刊登", "created", "publish", "公布", "挂网", "veröffentlicht", "publié", "publicado", "publicada", "pubblicat", "geplaatst", "опубликован", "размещено", "掲載", "공고일", "등록일"}
	updatedWords   = []string{"更新", "刷新", "修改", "updated", "modified", "refreshed", "last update", "aktualisiert", "mis à jour", "actualizado", "aggiornat", "bijgewerkt", "uppdaterad", "обновлено"}
	updatedAfter   = []string{"更新", "刷新", "修改", "updated"}
	deadlineWords  = []string{"截止", "截至", "截稿", "有效期", "deadline", "valid through", "valid until", "expires", "expiry", "closing", "closes", "close date", "apply by", "apply before",
		"end date", "ends", "到期", "结束", "until", "due", "报名时间", "笔试时间", "面试时间", "失效", "入职", "到岗", "start date", "starting", "成立", "founded", "established", "since", "生日", "出生", "毕业", "©", "copyright", "版权",
		"frist", "bewerbungsschluss", "date limite", "clôture", "fecha límite", "cierre", "prazo", "scadenza", "sluitingsdatum", "sista ansökningsdag", "sök senast", "締切", "締め切り", "마감", "окончан", "срок", "termin składania"}
	deadlineAfter = []string{"截止", "마감", "까지", "締切", "必着", "まで", "前有效", "到期", "止", "前投递", "前报名", "成立", "届", "级", "年以上"}
)

func lastOf(text string, words []string) int {
	best := -1
	for _, w := range words {
		if i := strings.LastIndex(text, w); i > best {
			best = i
		}
	}
	return best
}

func firstOf(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func trimPunct(s string) string { return strings.TrimLeft(s, " \t\n\u00a0)）]】,，:") }

// tail is at most n bytes from the end of s, cut at a character.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && s[0]&0xC0 == 0x80 {
		s = s[1:]
	}
	return s
}

// head is at most n bytes from the start of s.
func head(s string, n int) string { return s[:min(len(s), n)] }
