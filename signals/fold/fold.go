// Package fold reduces texts to the letters that they are compared by, so that two
// spellings that differ in width, case, blanks, punctuation or traditional characters
// compare equal. It keeps what was taken out between the letters, for a name does not run
// across a full stop.
package fold

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Gap is what stood between two letters of a text before it was folded.
type Gap uint8

const (
	Blank Gap = 1 << iota // space, NBSP, U+3000, zero-width and the like
	Open                  // an opening bracket or quote
	Close
	Dash  // hyphen, dash, middle dot, slash, underscore
	Colon // what stands after a label
	Mark  // any other punctuation: names do not run across it
)

// Hard tells whether no name can run across the gap.
func (g Gap) Hard() bool { return g&(Mark|Colon|Dash) != 0 }

// Text is a folded text. Gaps[i] says what was taken out before Letters[i], and
// Gaps[len(Letters)] what stood at the end.
type Text struct {
	Letters []rune
	Gaps    []Gap
}

// traditionalPairs lists traditional characters with their simplified forms, derived
// from TSCharacters.txt of OpenCC (Apache-2.0): those inside GBK whose first simplified
// form is in GB 2312. Names and texts are folded alike, so a pair that is wrong in some
// word still compares equal.
//
//go:embed traditional.txt
var traditionalPairs string

// FirstIdeograph is the first of the CJK unified ideographs; every letter below it is a
// figure, or a letter of another script.
const FirstIdeograph = 0x4e00

const lastIdeograph = 0x9fff

// simplified maps an ideograph, less FirstIdeograph, to its simplified form.
var simplified = readPairs(traditionalPairs)

func readPairs(pairs string) []rune {
	table := make([]rune, lastIdeograph-FirstIdeograph+1)
	for i := range table {
		table[i] = rune(FirstIdeograph + i)
	}
	for _, line := range strings.Fields(pairs) {
		letters := []rune(line)
		for i := 0; i+1 < len(letters); i += 2 {
			table[letters[i]-FirstIdeograph] = letters[i+1]
		}
	}
	return table
}

// Of folds a text.
func Of(text string) Text {
	f := Text{Letters: make([]rune, 0, len(text)/3+8), Gaps: make([]Gap, 1, len(text)/3+9)}
	for _, r := range text {
		f.add(r)
	}
	return f
}

func (f *Text) add(r rune) {
	switch {
	case r >= FirstIdeograph && r <= lastIdeograph:
		f.letter(simplified[r-FirstIdeograph])
	case r < 0x80:
		f.plain(r)
	default:
		for _, n := range norm.NFKC.String(string(r)) {
			if n >= FirstIdeograph && n <= lastIdeograph {
				n = simplified[n-FirstIdeograph]
			}
			f.plain(n)
		}
	}
}

func (f *Text) plain(r rune) {
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		f.letter(unicode.ToLower(r))
		return
	}
	f.Gaps[len(f.Letters)] |= gapOf(r)
}

func (f *Text) letter(r rune) {
	f.Letters = append(f.Letters, r)
	f.Gaps = append(f.Gaps, 0)
}

func gapOf(r rune) Gap {
	switch r {
	case '(', '[', '{', '<', '【', '〔', '〖', '《', '〈', '「', '『', '“', '‘', '«':
		return Open
	case ')', ']', '}', '>', '】', '〕', '〗', '》', '〉', '」', '』', '”', '’', '»':
		return Close
	case ':', '=':
		return Colon
	case '-', '_', '/', '—', '–', '·', '•', '・', '~', '－', '―', '+', '&', '\\':
		return Dash
	}
	if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn) {
		return Blank
	}
	return Mark
}

// Letters is a text's letters only: two spellings of one name have the same.
func Letters(text string) string { return string(Of(text).Letters) }
