package match

import (
	"slices"

	"dealvitals/signals/fold"
)

// passage is a folded text in which names are looked for.
type passage struct{ fold.Text }

// mention is a name found in a text.
type mention struct {
	name       name
	start, end int // letters [start, end) of the text
}

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
	certain     = 0.95
	fair        = 0.9
	passable    = 0.85
	reviewLimit = 0.8
	doubtful    = 0.5
	no          = 0
)

// maxTail is how many letters after a name are searched for the end of a longer name.
const maxTail = 22

// read widens a mention to the whole organisation name and judges it.
func (f passage) read(m mention, body bodyKind) reading {
	if !f.unbroken(m) || f.crosses(m.start) {
		return reading{}
	}
	left := f.leftOf(m, body)
	if left.confidence == no {
		return left
	}
	right := f.rightOf(m, body)
	right.confidence = min(right.confidence, left.confidence)
	if left.rule != "" {
		right.rule += "，" + left.rule
	}
	return right
}

// unbroken tells whether the letters of a mention stand together in the text: blanks and
// balanced brackets may be between them, other punctuation only where the name has it.
func (f passage) unbroken(m mention) bool {
	open := 0
	for i := m.start + 1; i < m.end; i++ {
		g := f.Gaps[i]
		if g&fold.Open != 0 {
			open++
		}
		if g&fold.Close != 0 {
			open--
		}
		if open < 0 || g.Hard() && !(g&(fold.Mark|fold.Colon) == 0 && m.name.dashes != nil && m.name.dashes[i-m.start]) {
			return false
		}
	}
	return open == 0
}

// crosses tells whether a well-known word runs across the letter at start, so that a name
// cannot begin there: 国电 in 中国电信.
func (f passage) crosses(start int) bool {
	if acrossWords.before(f.Letters, start) > 0 {
		return false // 上海|南方电网: the word before is complete
	}
	for before := 1; before <= 3 && before <= start; before++ {
		if f.Gaps[start-before+1].Hard() {
			return false
		}
		n := acrossWords.at(f.Letters, start-before)
		if n > before {
			return true
		}
	}
	return false
}

// leftOf judges what stands before a mention. Confidence no means that the name is the
// tail of a longer one.
func (f passage) leftOf(m mention, body bodyKind) reading {
	if f.beginsAt(m.start) {
		return reading{confidence: 1}
	}
	at := placesBefore(f.Letters, m.start)
	if at == m.start {
		return reading{}
	}
	if !f.beginsAt(at) {
		return reading{}
	}
	place := string(f.Letters[at:m.start])
	ownPlace := placeAt(f.Letters, m.start) > 0
	switch {
	case m.name.bare: // 内蒙古 before 宜化化工有限公司, which in full is 湖北宜化化工
		return reading{}
	case ownPlace: // 山东省 before 济南市体育局
		return reading{confidence: fair, rule: "前有上级地名" + place}
	case body == bodyPublic || body == bodySchool:
		if genericStarts.at(f.Letters, m.start) == 0 && placeKinds.before(f.Letters, m.start) > 0 {
			return reading{confidence: passable, rule: "前有地名" + place}
		}
		return reading{}
	case m.name.kind == kindShort || m.name.kind == kindStem:
		return reading{confidence: passable, rule: "前有地名" + place}
	case genericStarts.at(f.Letters, m.start) > 0 && f.Letters[m.start] != '中':
		return reading{}
	}
	return reading{confidence: fair, rule: "前有地名" + place}
}

// beginsAt tells whether an organisation's name may begin at letter i: at the start of
// the text, after punctuation or figures, after a word such as 关于, or after another
// organisation.
func (f passage) beginsAt(i int) bool {
	if i == 0 || f.Gaps[i] != 0 {
		return true
	}
	last := f.Letters[i-1]
	if last < fold.FirstIdeograph {
		return true
	}
	return introWords.before(f.Letters, i) > 0 || personEnds.before(f.Letters, i) > 0
}

// rightOf judges what follows a mention: nothing that belongs to a name, a branch, or the
// rest of somebody else's name.
func (f passage) rightOf(m mention, body bodyKind) reading {
	switch m.name.kind {
	case kindStem:
		return f.afterStem(m, body)
	case kindShort:
		return f.afterShort(m, body)
	}
	return f.afterFull(m, body)
}

// afterFull judges what follows a full name.
func (f passage) afterFull(m mention, body bodyKind) reading {
	rule := map[nameKind]string{kindFull: "全称", kindFormer: "曾用名", kindVariant: "全称的异写"}[m.name.kind]
	confidence := map[nameKind]float64{kindFull: sure, kindFormer: sure, kindVariant: fair}[m.name.kind]
	if body == bodySchool && schoolStops.at(f.Letters, m.end) > 0 && schoolGoes.at(f.Letters, m.end) == 0 && f.Gaps[m.end] == 0 {
		return reading{}
	}
	tail := f.tailOf(m, body)
	whole := reading{confidence: confidence, rule: rule, end: m.end}
	switch tail.kind {
	case tailNone:
		return whole
	case tailBranch:
		return reading{confidence: min(confidence, 0.98), rule: rule + "+分支机构", end: tail.end, branch: true}
	}
	switch body {
	case bodyCompany, bodyBank:
		if tail.kind == tailUnit {
			return reading{confidence: min(confidence, certain), rule: rule + "+内设机构", end: tail.end, branch: true}
		}
		if tail.kind == tailPerson && f.hasFormBefore(m.end) {
			return whole // two names in a row: the first one is complete by its legal form
		}
		return reading{}
	case bodyGroup:
		if tail.kind == tailUnit && !f.institute(m.end, tail.end) {
			return reading{confidence: min(confidence, fair), rule: rule + "+内设机构", end: tail.end, branch: true}
		}
		return reading{}
	case bodySchool:
		return f.afterSchool(m, tail, whole)
	}
	if tail.kind == tailPlace {
		return whole
	}
	return reading{}
}

func (f passage) hasFormBefore(end int) bool { return legalForms.before(f.Letters, end) > 0 }

// institute tells whether [from, to) is the name of an institute of a group, which is a
// legal person of its own: 第二十八研究所.
func (f passage) institute(from, to int) bool {
	text := f.Letters[from:to]
	return instituteWords.in(text)
}

// afterSchool judges what follows the name of a university: its hospitals, affiliated
// schools, companies and presses are legal persons of their own, its faculties are not.
func (f passage) afterSchool(m mention, tail tail, whole reading) reading {
	text := string(f.Letters[m.end:tail.end])
	switch {
	case tail.kind == tailPlace:
		return whole
	case tail.kind == tailUnit && instituteWords.in(f.Letters[m.end:tail.end]):
		return reading{confidence: doubtful, rule: whole.rule + "，其后的" + text + "可能是独立法人", end: tail.end}
	case tail.kind == tailUnit:
		return reading{confidence: certain, rule: whole.rule + "+内设机构", end: tail.end, branch: true}
	case tail.kind == tailPerson && len(f.Letters[m.end:tail.end]) <= 8 && slices.Equal(f.Letters[tail.end-2:tail.end], []rune("学院")) && f.Letters[m.end] != '附':
		return reading{confidence: fair, rule: whole.rule + "+院系", end: tail.end, branch: true}
	}
	return reading{}
}

// afterStem judges what follows a registered name without its legal form.
func (f passage) afterStem(m mention, body bodyKind) reading {
	n := 0
	if !f.Gaps[m.end].Hard() {
		n = legalForms.at(f.Letters, m.end)
	}
	if n == 0 {
		return f.afterShort(m, body)
	}
	form := string(f.Letters[m.end : m.end+n])
	m.end += n
	m.name.kind = kindFull
	full := f.afterFull(m, body)
	if full.confidence == no || form == m.name.form {
		return full
	}
	full.confidence = min(full.confidence, sameForm(form, m.name.form))
	full.rule += "，组织形式写作" + form
	return full
}

// sameForm is how sure two legal forms after one stem mean one company. The register
// does not admit two of the same region, 字号 and trade, so 有限公司 beside 股份有限公司 is
// as a rule the same company before or after its conversion.
func sameForm(a, b string) float64 {
	limited := func(s string) bool { return s == "有限公司" || s == "有限责任公司" }
	stock := func(s string) bool { return s == "股份有限公司" || s == "股份公司" }
	switch {
	case limited(a) && limited(b), stock(a) && stock(b):
		return certain
	case a == "公司" || b == "公司":
		return fair
	}
	return passable
}

// afterShort judges what follows a short name, which needs a second sign: a branch, an
// ending that only organisations have, brackets or a field all to itself, or the place
// in a title where the buyer stands.
func (f passage) afterShort(m mention, body bodyKind) reading {
	tail := f.tailOf(m, body)
	r := reading{rule: "简称", end: m.end}
	if m.name.kind == kindStem {
		r.rule = "全称去掉组织形式"
	}
	long := m.end-m.start >= minStem
	ownEnd := long && shortEnds.before(f.Letters, m.end) > 0
	switch {
	case tail.kind == tailBranch:
		return reading{confidence: certain, rule: r.rule + "+分支机构", end: tail.end, branch: true}
	case tail.kind == tailUnit && long && body != bodyPublic && body != bodySchool:
		return reading{confidence: passable, rule: r.rule + "+内设机构", end: tail.end, branch: true}
	case tail.kind == tailUnit, tail.kind == tailPerson:
		return reading{}
	case tail.kind == tailPlace && ownEnd:
		r.confidence, r.site = passable, true
		return r
	case tail.kind == tailPlace:
		return reading{}
	case f.alone(m):
		r.confidence, r.rule = fair, r.rule+"独占一栏"
		return r
	case ownEnd:
		r.confidence = fair
		return r
	case !long:
		r.confidence, r.rule = doubtful, r.rule+"太短，别无佐证"
		return r
	case f.Gaps[m.end] != 0 || f.Letters[m.end] < fold.FirstIdeograph || followers.at(f.Letters, m.end) > 0 || breakWords.at(f.Letters, m.end) > 0 || joinWords.at(f.Letters, m.end) > 0:
		r.confidence = passable
		return r
	}
	r.confidence, r.rule = 0.6, r.rule+"，其后文字不明"
	return r
}

// alone tells whether a mention fills a field or a pair of brackets.
func (f passage) alone(m mention) bool {
	const edge = fold.Open | fold.Close | fold.Mark | fold.Colon
	before := m.start == 0 || f.Gaps[m.start]&edge != 0
	after := m.end == len(f.Letters) || f.Gaps[m.end]&edge != 0
	return before && after
}

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

// tailOf looks for the end of a longer organisation name in the letters after end.
func (f passage) tailOf(m mention, body bodyKind) tail {
	end := m.end
	if f.repeats(m) {
		return tail{}
	}
	limit := min(len(f.Letters), end+maxTail)
	inside := 0 // open brackets
	var unit tail
	for i := end; i < limit; i++ {
		g := f.Gaps[i]
		if g&fold.Open != 0 {
			inside++
		}
		if g&fold.Close != 0 {
			inside--
		}
		if inside < 0 || g.Hard() || f.stops(i, end) {
			return unit
		}
		if t := f.endsIn(end, i+1, body); t.kind != tailNone && inside == 0 {
			if t.kind != tailUnit {
				return t
			}
			if unit.kind == tailNone || unit.end == i {
				unit = t
			}
		}
	}
	return unit
}

// repeats tells whether the name stands twice in a row, as sites that put the buyer before
// the title write it.
func (f passage) repeats(m mention) bool {
	n := m.end - m.start
	return m.end+n <= len(f.Letters) && slices.Equal(f.Letters[m.start:m.end], f.Letters[m.end:m.end+n])
}

// stops tells whether letter i, after a name that ended at end, cannot belong to a longer
// name any more.
func (f passage) stops(i, end int) bool {
	if i == end && joinWords.at(f.Letters, i) > 0 {
		return true
	}
	if f.Letters[i] < 0x80 {
		return true
	}
	return f.Letters[i] == '的' || breakWords.at(f.Letters, i) > 0 && keepWords.at(f.Letters, i) == 0
}

// endsIn tells what kind of name, if any, the letters [from, to) make up.
func (f passage) endsIn(from, to int, body bodyKind) tail {
	text := f.Letters[:to]
	within := func(n int) bool { return n > 0 && to-n >= from }
	units := unitWords
	if body == bodyPublic {
		units = publicUnitWords
	}
	switch {
	case within(branchWords.before(text, to)):
		return tail{tailBranch, to}
	case within(personWords.before(text, to)):
		return tail{tailPerson, to}
	case within(placeWords.before(text, to)):
		return tail{tailPlace, to}
	case within(units.before(text, to)):
		return tail{tailUnit, to}
	}
	return tail{}
}
