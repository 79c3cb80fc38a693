package words

import (
	"strings"
)

func latinTitle(text string) Likeness {
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "r.") || strings.ContainsAny(text, "?!;") || strings.Contains(text, "…") || strings.Contains(text, ". ") && len(text) > 60 {
		return NotTitle
	}
	if hasMark(text) {
		return Title
	}
	s := scanWords(text, letter)
	switch {
	case s.words == 0 || s.words > maxTitleWords || s.sentence:
		return NotTitle
	case s.nouns > 0:
		return Title
	case s.fields > 0 && s.words >= 2 && s.small == 0:
		return WeakTitle
	}
	return NotTitle
}

// scan is what the words of a Latin text tell.
type scan struct {
	words, nouns, fields, small int
	sentence                    bool
}

func scanWords(text string, letter func(byte) bool) scan {
	var s scan
	var buffer [32]byte
	for i := 0; i < len(text); {
		c := text[i]
		if !letter(c) {
			i++
			continue
		}
		n, j := 0, i
		for j < len(text) && (letter(text[j]) || text[j] == '\'' || isDigit(text[j])) {
			if n < len(buffer) {
				buffer[n] = lower(text[j])
				n++
			}
			j++
		}
		s.word(buffer[:n], i > 0 && text[i-1] == '(')
		i = j
	}
	return s
}

func (s *scan) word(w []byte, bracketed bool) {
	s.words++
	switch latin[string(w)] {
	case noun:
		s.nouns++
	case field:
		s.fields++
	case speech:
		s.sentence = true
	case opening:
		if s.words == 1 {
			s.sentence = true
		}
	case small:
		s.small++
	case follower:
		if s.words == 2 {
			s.sentence = true
		}
	case none:
		if len(w) > 4 && w[len(w)-1] == 's' && latin[string(w[:len(w)-1])] == noun {
			s.nouns++
		} else if len(w) >= 9 && compound(string(w)) {
			s.nouns++
		}
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// compound tells German compounds: softwareentwickler, vertriebsmitarbeiterin.
func compound(w string) bool {
	for _, end := range compoundEnds {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
