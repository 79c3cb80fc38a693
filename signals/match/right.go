package match

import (
	"dealvitals/signals/fold"
)

// rightOf judges what follows a mention: nothing that belongs to a name, a branch, or the
// rest of somebody else's name.
func (f passage) rightOf(m mention, c customer) reading {
	switch m.name.kind {
	case kindStem:
		return f.afterStem(m, c)
	case kindShort:
		return f.afterShort(m, c)
	}
	return f.afterFull(m, c)
}

// fullRules says, for people, what kind of full name was found, and what it proves.
var fullRules = map[nameKind]reading{
	kindFull:    {confidence: sure, rule: "全称"},
	kindFormer:  {confidence: sure, rule: "曾用名或全称式别名"},
	kindVariant: {confidence: fair, rule: "全称的异写"},
}

// afterFull judges what follows a full name.
func (f passage) afterFull(m mention, c customer) reading {
	whole := fullRules[m.name.kind]
	whole.end = m.end
	if c.body == bodySchool && f.Gaps[m.end] == 0 && schoolStops.at(f.Letters, m.end) > 0 && schoolGoes.at(f.Letters, m.end) == 0 {
		return reading{} // 北京大学|生
	}
	tail := f.tailOf(m, c.body)
	switch tail.kind {
	case tailNone:
		return whole
	case tailBranch:
		if c.body == bodyAuthority && ownOffices.before(f.Letters, tail.end) == 0 {
			return reading{} // 区政府|街道办事处
		}
		return whole.with(tail.end, branched, "+分支机构")
	}
	switch c.body {
	case bodyCompany, bodyGroup, bodyBank:
		return f.afterCompany(m, c, tail, whole)
	case bodySchool:
		return f.afterSchool(m, tail, whole)
	case bodyHospital, bodyInstitution:
		return f.afterInstitution(m, c, tail, whole)
	}
	return f.afterAuthority(m, c, tail, whole)
}

// with is a reading of a longer name that is still the same entity.
func (r reading) with(end int, confidence float64, rule string) reading {
	r.end, r.branch = end, true
	r.confidence = min(r.confidence, confidence)
	r.rule += rule
	return r
}

// doubt is a reading that a person has to settle.
func (r reading) doubt(rule string) reading {
	r.confidence = doubtful
	r.rule += "，" + rule
	return r
}

// afterCompany judges what follows the full name of a company. Its units are its own,
// but the institutes of a group are legal persons; a further company's name after a
// complete one is another's, and takes nothing away from the first, except below the head
// of a group, where 某某集团有限公司某某公司 is a subsidiary.
func (f passage) afterCompany(m mention, c customer, tail tail, whole reading) reading {
	switch {
	case tail.kind == tailPlace:
		return whole
	case tail.kind == tailUnit && c.body == bodyGroup && instituteWords.in(f.Letters[m.end:tail.end]):
		return reading{}
	case tail.kind == tailUnit:
		return whole.with(tail.end, certain, "+内设机构")
	case c.body == bodyGroup && legalForms.before(f.Letters, tail.end) > 0:
		return reading{}
	case legalForms.before(f.Letters, m.end) > 0:
		return whole
	}
	return reading{}
}

// afterSchool judges what follows the name of a university: its hospitals, affiliated
// schools, companies and presses are legal persons of their own, its faculties are not.
func (f passage) afterSchool(m mention, tail tail, whole reading) reading {
	rest := f.Letters[m.end:tail.end]
	switch {
	case tail.kind == tailPlace:
		return whole
	case tail.kind == tailUnit && instituteWords.in(rest) && placeAt(rest, 0) > 0: // 浙江大学温州研究院
		return whole.doubt("其后的" + string(rest) + "可能是独立法人")
	case tail.kind == tailUnit:
		return whole.with(tail.end, certain, "+内设机构")
	case facultyWords.before(f.Letters, tail.end) > 0 && len(rest) <= 10 && affiliated.at(rest, 0) == 0:
		return whole.with(tail.end, fair, "+院系")
	}
	return reading{}
}

// afterInstitution judges what follows the name of a hospital or another public
// institution. Departments are its own; an academy's institutes are not.
func (f passage) afterInstitution(m mention, c customer, tail tail, whole reading) reading {
	rest := f.Letters[m.end:tail.end]
	switch {
	case tail.kind == tailPlace:
		return whole
	case tail.kind == tailUnit && c.body == bodyInstitution && instituteWords.in(rest):
		return reading{}
	case tail.kind == tailUnit:
		return whole.with(tail.end, fair, "+内设机构")
	}
	return reading{}
}

// afterAuthority judges what follows the name of an authority. Its offices are its own;
// centres, stations, brigades and schools below it buy for themselves.
func (f passage) afterAuthority(m mention, c customer, tail tail, whole reading) reading {
	switch {
	case tail.kind == tailPlace:
		return whole
	case tail.kind == tailUnit && officeWords.before(f.Letters, tail.end) > 0 && committees.before(f.Letters, m.end) > 0:
		return whole.with(tail.end, fair, "+内设机构")
	case tail.kind == tailPerson && schoolEnds.before(f.Letters, tail.end) > 0 && c.teaches:
		return whole // 教育局 buys for a school, which does not bear its name
	}
	return reading{}
}

// afterStem judges what follows a registered name without its legal form.
func (f passage) afterStem(m mention, c customer) reading {
	n := 0
	if !f.Gaps[m.end].Hard() {
		n = legalForms.at(f.Letters, m.end)
	}
	if n == 0 {
		return f.afterShort(m, c)
	}
	form := string(f.Letters[m.end : m.end+n])
	m.end += n
	m.name.kind = kindFull
	full := f.afterFull(m, c)
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
// ending that only organisations have, brackets or a field all to itself, or words that
// only follow the one who buys.
func (f passage) afterShort(m mention, c customer) reading {
	r := reading{rule: "简称"}
	if m.name.kind == kindStem {
		r.rule = "全称去掉组织形式"
	}
	if bare := legalForms.at(f.Letters, m.end); bare == 2 && f.Gaps[m.end] == 0 && m.length() >= minStem {
		m.end += bare // 南方电网公司: 公司 by itself adds nothing
	}
	r.end = m.end
	if c.body == bodyBank && f.Gaps[m.end] == 0 && bankStops.at(f.Letters, m.end) > 0 && followers.at(f.Letters, m.end) == 0 {
		return reading{} // 银行业, 银行间
	}
	tail := f.tailOf(m, c.body)
	if tail.kind == tailNone {
		return f.shortAlone(m, r)
	}
	own := m.length() >= minStem && shortEnds.before(f.Letters, m.end) > 0
	switch {
	case tail.kind == tailBranch:
		r.confidence = certain
		return r.with(tail.end, certain, "+分支机构")
	case tail.kind == tailUnit && c.isCompany() && m.length() >= minStem:
		r.confidence = passable
		return r.with(tail.end, passable, "+内设机构")
	case tail.kind == tailPlace && own:
		r.confidence, r.site = passable, true
		return r
	}
	return reading{}
}

// shortAlone judges a short name that no longer name continues.
func (f passage) shortAlone(m mention, r reading) reading {
	own := shortEnds.before(f.Letters, m.end) > 0
	switch {
	case f.alone(m):
		r.confidence, r.rule = fair, r.rule+"独占一栏"
	case own && m.length() >= minStem:
		r.confidence = fair
	case m.length() < shortest && !f.procures(m.end):
		return reading{} // 平安|智慧小区, 移动|厕所
	case m.length() < shortest:
		r = r.doubt("太短，别无佐证")
	case f.procures(m.end) && (m.length() >= minStem || f.opens(m.start)):
		r.confidence = passable
	default:
		r = r.doubt("其后文字不明")
	}
	return r
}

// shortest is the length of a short name that may stand without a branch, brackets or a
// field of its own; 国电, 平安 and 移动 are parts of too many words.
const shortest = 3

// procures tells whether the text goes on after a short name as it does after a buyer.
func (f passage) procures(end int) bool {
	if end == len(f.Letters) || f.Gaps[end] != 0 || f.Letters[end] < fold.FirstIdeograph {
		return true
	}
	return followers.at(f.Letters, end) > 0 || breakWords.at(f.Letters, end) > 0 || joinWords.at(f.Letters, end) > 0
}

// alone tells whether a mention fills a field or a pair of brackets.
func (f passage) alone(m mention) bool {
	const edge = fold.Open | fold.Close | fold.Mark | fold.Colon
	before := m.start == 0 || f.Gaps[m.start]&edge != 0
	after := m.end == len(f.Letters) || f.Gaps[m.end]&edge != 0
	return before && after
}
