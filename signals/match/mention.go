package match

import (
	"dealvitals/signals/fold"
)

// passage is a folded text in which names are looked for.
type passage struct{ fold.Text }

// mention is a name found in a passage.
type mention struct {
	name       name
	start, end int // letters [start, end) of the passage
}

func (m mention) length() int { return m.end - m.start }

// reading is what a mention turned out to be once the whole organisation name around it
// was looked at.
type reading struct {
	confidence float64 // 0: somebody else, or no name at all
	rule       string  // in words, for people
	end        int     // where the organisation's name ends, branch included
	branch     bool    // a branch or unit follows
	site       bool    // the name is part of a place's name
}

// Confidence of a reading. A match below reviewLimit does not count before a person
// accepted it.
const (
	sure        = 0.99
	branched    = 0.98
	certain     = 0.95
	fair        = 0.9
	passable    = 0.85
	reviewLimit = 0.8
	unclear     = 0.6
	doubtful    = 0.5
	no          = 0
)

// read widens a mention to the whole organisation name and judges it.
func (f passage) read(m mention, c customer) reading {
	if !f.unbroken(m) || f.crosses(m.start) {
		return reading{}
	}
	left := f.leftOf(m, c)
	if left.confidence == no {
		return reading{}
	}
	right := f.rightOf(m, c)
	right.confidence = min(right.confidence, left.confidence)
	if left.rule != "" {
		right.rule += "，" + left.rule
	}
	return right
}

// unbroken tells whether the letters of a mention stand together in the text: blanks and
// balanced brackets may be between them, other punctuation only where the name has it.
func (f passage) unbroken(m mention) bool {
	for i := m.start + 1; i < m.end; i++ {
		if g := f.Gaps[i]; g&(fold.Mark|fold.Colon) != 0 || g&fold.Dash != 0 && !m.name.dashAt(i-m.start) {
			return false
		}
	}
	open := f.openIn(m)
	return open == 0 || open == 1 && f.Gaps[m.end]&fold.Close != 0
}

// openIn is how many brackets are open at the end of a mention: one in 中国石油大学（华东,
// which ends inside its own; -1 where one is closed that was not opened.
func (f passage) openIn(m mention) int {
	open := 0
	for i := m.start + 1; i < m.end && open >= 0; i++ {
		if f.Gaps[i]&fold.Open != 0 {
			open++
		}
		if f.Gaps[i]&fold.Close != 0 {
			open--
		}
	}
	return open
}

func (n name) dashAt(i int) bool { return n.dashes != nil && n.dashes[i] }

// crosses tells whether a well-known word runs across the letter at start, so that a name
// cannot begin there: 国电 in 中国电信, 京东 in 南京东路.
func (f passage) crosses(start int) bool {
	if acrossWords.before(f.Letters, start) > 0 {
		return false // 上海|南方电网: the word before is complete
	}
	for before := 1; before < acrossWords.longest && before <= start; before++ {
		if f.Gaps[start-before+1].Hard() {
			return false
		}
		if acrossWords.at(f.Letters, start-before) > before {
			return true
		}
	}
	return false
}
