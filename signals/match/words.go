package match

// words is a set of words that is looked up inside texts, longest first.
type words struct {
	set     map[string]bool
	longest int
}

func newWords(list []string) words {
	w := words{set: make(map[string]bool, len(list))}
	for _, word := range list {
		w.set[word] = true
		w.longest = max(w.longest, len([]rune(word)))
	}
	return w
}

// at is the length of the longest word that starts at i, 0 if none does.
func (w words) at(letters []rune, i int) int {
	for n := min(w.longest, len(letters)-i); n > 0; n-- {
		if w.set[string(letters[i:i+n])] {
			return n
		}
	}
	return 0
}

// before is the length of the longest word that ends at end, 0 if none does.
func (w words) before(letters []rune, end int) int {
	for n := min(w.longest, end); n > 0; n-- {
		if w.set[string(letters[end-n:end])] {
			return n
		}
	}
	return 0
}

// in tells whether any of the words stands in letters.
func (w words) in(letters []rune) bool {
	for i := range letters {
		if w.at(letters, i) > 0 {
			return true
		}
	}
	return false
}
