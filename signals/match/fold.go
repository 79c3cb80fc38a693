package match

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// gap is what stood between two letters of a text before it was folded.
type gap uint8

const (
	gapBlank gap = 1 << iota // space, NBSP, U+3000, zero-width and the like
	gapOpen                  // an opening bracket or quote
	gapClose
	gapDash  // hyphen, dash, middle dot, slash, underscore
	gapColon // what stands after a label
	gapMark  // any other punctuation: names do not run across it
)

// hard tells whether no name can run across the gap.
func (g gap) hard() bool { return g&(gapMark|gapColon|gapDash) != 0 }

// folded is a text reduced to the letters that names are compared by: width, case and
// traditional forms folded, blanks and punctuation taken out. gaps[i] says what was taken
// out before letters[i], and gaps[len(letters)] what stood at the end.
type folded struct {
	letters []rune
	gaps    []gap
}

// traditionalPairs lists traditional characters with their simplified forms, derived
// from TSCharacters.txt of OpenCC (Apache-2.0): those inside GBK whose first simplified
// form is in GB 2312. Names and texts are folded alike, so a pair that is wrong in some
// word still compares equal.
//
//go:embed traditional.txt
var traditionalPairs string

const (
	firstIdeograph = 0x4e00
	lastIdeograph  = 0x9fff
)

// simplified maps an ideograph, less firstIdeograph, to its simplified form.
var simplified = readPairs(traditionalPairs)

func readPairs(pairs string) []rune {
	table := make([]rune, lastIdeograph-firstIdeograph+1)
	for i := range table {
		table[i] = rune(firstIdeograph + i)
	}
	for _, line := range strings.Fields(pairs) {
		letters := []rune(line)
		for i := 0; i+1 < len(letters); i += 2 {
			table[letters[i]-firstIdeograph] = letters[i+1]
		}
	}
	return table
}

// fold reduces a text to comparable letters.
func fold(text string) folded {
	f := folded{letters: make([]rune, 0, len(text)/3+8), gaps: make([]gap, 1, len(text)/3+9)}
	for _, r := range text {
		f.add(r)
	}
	return f
}

func (f *folded) add(r rune) {
	switch {
	case r >= firstIdeograph && r <= lastIdeograph:
		f.letter(simplified[r-firstIdeograph])
	case r < 0x80:
		f.plain(r)
	default:
		for _, n := range norm.NFKC.String(string(r)) {
			if n >= firstIdeograph && n <= lastIdeograph {
				n = simplified[n-firstIdeograph]
			}
			f.plain(n)
		}
	}
}

func (f *folded) plain(r rune) {
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		f.letter(unicode.ToLower(r))
		return
	}
	f.gaps[len(f.letters)] |= gapOf(r)
}

func (f *folded) letter(r rune) {
	f.letters = append(f.letters, r)
	f.gaps = append(f.gaps, 0)
}

func gapOf(r rune) gap {
	switch r {
	case '(', '[', '{', '<', '【', '〔', '〖', '《', '〈', '「', '『', '“', '‘', '«':
		return gapOpen
	case ')', ']', '}', '>', '】', '〕', '〗', '》', '〉', '」', '』', '”', '’', '»':
		return gapClose
	case ':', '=':
		return gapColon
	case '-', '_', '/', '—', '–', '·', '•', '・', '~', '－', '―', '+', '&', '\\':
		return gapDash
	}
	if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn) {
		return gapBlank
	}
	return gapMark
}

// Fold is the form in which names are compared: two spellings of one name that differ
// in width, case, blanks, brackets or traditional characters fold alike.
func Fold(name string) string { return string(fold(name).letters) }
