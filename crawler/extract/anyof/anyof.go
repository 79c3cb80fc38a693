// Package anyof looks for any of many words in a text in one pass over it.
package anyof

import "strings"

// Words are the words looked for, each of two bytes or more.
type Words struct {
	lists [][]string           // words whose first two bytes have the same hash
	list  [1 << hashBits]uint8 // of the hash: which of lists, from 1 on; 0 is none
}

const hashBits = 10

// Of makes the set of some words. It panics where one is too short: they are part of the
// program.
func Of(words ...string) *Words {
	w := &Words{}
	for _, word := range words {
		h := hashOf(word[0], word[1])
		if w.list[h] == 0 {
			w.lists = append(w.lists, nil)
			w.list[h] = uint8(len(w.lists))
		}
		w.lists[w.list[h]-1] = append(w.lists[w.list[h]-1], word)
	}
	if len(w.lists) > 255 {
		panic("anyof: too many words that begin differently")
	}
	return w
}

func hashOf(a, b byte) uint32 {
	return (uint32(a) | uint32(b)<<8) * 2654435761 >> (32 - hashBits)
}

// In tells whether any of the words stands in a text.
func (w *Words) In(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		if w.begin(text[i:]) {
			return true
		}
	}
	return false
}

// Last is where the last of the words in a text begins, -1 where there is none.
func (w *Words) Last(text string) int {
	for i := len(text) - 2; i >= 0; i-- {
		if w.begin(text[i:]) {
			return i
		}
	}
	return -1
}

// begin tells whether a text of two bytes or more begins with one of the words.
func (w *Words) begin(text string) bool {
	n := w.list[hashOf(text[0], text[1])]
	if n == 0 {
		return false
	}
	for _, word := range w.lists[n-1] {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}
