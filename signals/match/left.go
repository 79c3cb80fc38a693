package match

import (
	"strings"

	"dealvitals/signals/fold"
)

// leftOf judges what stands before a mention. Confidence no means that the name is the
// tail of a longer one.
func (f passage) leftOf(m mention, c customer) reading {
	if f.beginsAt(m.start) {
		return reading{confidence: 1}
	}
	at := placesBefore(f.Letters, m.start)
	if at < m.start && f.beginsAt(at) {
		return f.afterPlace(m, c, string(f.Letters[at:m.start]))
	}
	if c.ownLegalForm(m) && m.length() >= longName && genericStarts.at(f.Letters, m.start) == 0 {
		return reading{confidence: doubtful, rule: "前面的文字可能属于另一名称"}
	}
	return reading{}
}

// longName is how many letters a registered name needs for its like to be rare.
const longName = 8

// afterPlace judges a name that follows the name of a place. A place above the one that
// the name begins with changes nothing (山东省济南市体育局); before any other name it makes
// another one (湖南|中天建设集团), unless the customer is known to sit there.
func (f passage) afterPlace(m mention, c customer, place string) reading {
	rule := "前有地名" + place
	switch {
	case m.name.bare: // 内蒙古 before 宜化化工有限公司, which in full is 湖北宜化化工
		return reading{}
	case placeAt(f.Letters, m.start) > 0 || nationalStarts.at(f.Letters, m.start) > 0:
		return reading{confidence: fair, rule: rule}
	case genericStarts.at(f.Letters, m.start) > 0:
		return reading{}
	case strings.Contains(c.evidence, trimPlace(place)):
		return reading{confidence: fair, rule: rule}
	case c.body == bodySchool && strings.HasSuffix(place, "市"): // an address: 湖北省宜昌市三峡大学
		return reading{confidence: passable, rule: rule}
	}
	return reading{confidence: doubtful, rule: rule + "，可能是另一家"}
}

// trimPlace is the last place of a run without its kind: 湖北省宜昌市 is 宜昌.
func trimPlace(place string) string {
	letters := []rune(place)
	letters = letters[:len(letters)-placeKinds.before(letters, len(letters))]
	if n := places.before(letters, len(letters)); n > 0 {
		return string(letters[len(letters)-n:])
	}
	return string(letters)
}

// beginsAt tells whether an organisation's name may begin at letter i: at the start of
// the text, after punctuation or figures, after a word such as 关于, or after another
// organisation.
func (f passage) beginsAt(i int) bool {
	if i == 0 || f.Gaps[i] != 0 || f.Letters[i-1] < fold.FirstIdeograph {
		return true
	}
	return introWords.before(f.Letters, i) > 0 || personEnds.before(f.Letters, i) > 0
}
