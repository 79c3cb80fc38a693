package signals

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// KeywordCounter counts keywords in many messages. It is safe for concurrent use.
type KeywordCounter struct {
	byFirst map[rune][]chatWord // longest first
}

type chatWord struct {
	folded string
	word   string
}

// NewKeywordCounter prepares the words of the groups.
func NewKeywordCounter(groups []KeywordGroup) *KeywordCounter {
	c := &KeywordCounter{byFirst: make(map[rune][]chatWord)}
	for _, g := range groups {
		for _, word := range g.Words {
			folded := foldText(word)
			if folded == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(folded)
			c.byFirst[first] = append(c.byFirst[first], chatWord{folded, word})
		}
	}
	for _, words := range c.byFirst {
		sort.SliceStable(words, func(i, j int) bool { return len(words[i].folded) > len(words[j].folded) })
	}
	return c
}

// Count counts how often each word of the groups occurs in a message, by the word as it
// stands in its group; nil where there is none. Width and case do not matter. Where words
// overlap the longest one counts, and Latin words count only where they stand alone: "PO" is
// not in "report". It is called where a message comes in, and only its counts are kept.
func (c *KeywordCounter) Count(text string) map[string]int {
	if len(c.byFirst) == 0 {
		return nil
	}
	var counts map[string]int
	text = foldText(text)
	for at := 0; at < len(text); {
		first, size := utf8.DecodeRuneInString(text[at:])
		k, found := c.longestAt(text, at, first)
		if !found {
			at += size
			continue
		}
		if counts == nil {
			counts = make(map[string]int)
		}
		counts[k.word]++
		at += len(k.folded)
	}
	return counts
}

func (c *KeywordCounter) longestAt(text string, at int, first rune) (chatWord, bool) {
	for _, k := range c.byFirst[first] {
		if strings.HasPrefix(text[at:], k.folded) && wordStandsAlone(text, at, at+len(k.folded)) {
			return k, true
		}
	}
	return chatWord{}, false
}

// wordStandsAlone tells whether text[from:to] is not a part of a longer Latin word or number.
func wordStandsAlone(text string, from, to int) bool {
	if from > 0 && latinByte(text[from]) && latinByte(text[from-1]) {
		return false
	}
	return to >= len(text) || !latinByte(text[to-1]) || !latinByte(text[to])
}

func latinByte(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

// foldText makes texts comparable: full and half width, case, and runs of blanks.
func foldText(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(text))), " ")
}
