package match

import (
	"slices"

	"dealvitals/signals/fold"
)

// tailKind tells what the letters after a name make of it.
type tailKind uint8

const (
	tailNone   tailKind = iota
	tailBranch          // no legal person of its own
	tailUnit            // a body whose standing depends on what it belongs to
	tailPerson          // a legal person of its own
	tailPlace           // a place or zone
)

// tail is the rest of a longer name after a mention, up to end.
type tail struct {
	kind tailKind
	end  int
}

// maxTail is how many letters after a name are searched for the end of a longer name.
const maxTail = 22

// tailOf looks for the end of a longer organisation name in the letters after a mention.
// A branch or a person decides at once; a unit or a place only if nothing graver follows,
// for 研究所 may go on as 研究所有限公司, and 晋城市 as 晋城市分行.
func (f passage) tailOf(m mention, body bodyKind) tail {
	limit := min(len(f.Letters), m.end+maxTail)
	inside := f.openIn(m) // open brackets
	var soft tail
	for i := m.end; i < limit; i++ {
		g := f.Gaps[i]
		if g&fold.Open != 0 {
			inside++
		}
		if g&fold.Close != 0 {
			inside--
		}
		if inside < 0 || g.Hard() || f.stops(i, m.end) || f.startsAgain(m, i) {
			return soft
		}
		found := f.endsIn(m.end, i+1, body)
		switch {
		case found.kind == tailBranch:
			return found // in brackets too: 教育局（本级）
		case inside > 0 || found.kind == tailNone || f.goesOn(i+1):
		case found.kind == tailPerson:
			return found
		case soft.kind == tailNone || soft.end == i:
			soft = found
		}
	}
	return soft
}

// startsAgain tells whether the name stands a second time at letter i, as sites write that
// put the buyer before a title which begins with the buyer.
func (f passage) startsAgain(m mention, i int) bool {
	n := m.length()
	return i+n <= len(f.Letters) && slices.Equal(f.Letters[m.start:m.end], f.Letters[i:i+n])
}

// stops tells whether letter i, after a name that ended at end, cannot belong to a longer
// name any more.
func (f passage) stops(i, end int) bool {
	switch {
	case i == end && joinWords.at(f.Letters, i) > 0:
		return true
	case f.Letters[i] < 0x80, f.Letters[i] == '的':
		return true
	}
	return breakWords.at(f.Letters, i) > 0 && keepWords.at(f.Letters, i) == 0
}

// goesOn tells whether the name that seems to end before letter i goes on there:
// 同济医学院|附属协和医院, 集团|有限公司, 医院|有限公司.
func (f passage) goesOn(i int) bool {
	return i < len(f.Letters) && !f.Gaps[i].Hard() && goesOnWords.at(f.Letters, i) > 0
}

// endsIn tells what kind of name, if any, the letters [from, to) make up.
func (f passage) endsIn(from, to int, body bodyKind) tail {
	within := func(w words) bool {
		n := w.before(f.Letters, to)
		return n > 0 && to-n >= from
	}
	units := unitWords
	if body == bodyAuthority {
		units = publicUnitWords
	}
	switch {
	case within(branchWords):
		return tail{tailBranch, to}
	case within(personWords):
		return tail{tailPerson, to}
	case within(placeWords):
		return tail{tailPlace, to}
	case within(units):
		return tail{tailUnit, to}
	}
	return tail{}
}
