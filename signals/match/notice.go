package match

import (
	"cmp"
	"slices"
	"strings"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Notice lists the customers that a notice is about, each once: by the buyer's credit
// code, by its buyer, agency and winner fields, and by its title. RecordedAt is left to
// whoever keeps the matches.
func (m *Matcher) Notice(n signals.Notice) []signals.NoticeMatch {
	best := map[int]finding{}
	keep := func(found finding) {
		if old, ok := best[found.customer]; !ok || found.better(old) {
			best[found.customer] = found
		}
	}
	add := func(found finding) {
		if c := m.customers[found.customer]; c.local && elsewhere(c.region, fold.Letters(n.Region)) {
			found.confidence = min(found.confidence, doubtful)
			found.by += "；公告地区" + n.Region + "与客户地区不同"
		}
		keep(found)
	}
	m.byBuyerCode(n, keep)
	m.byField(n.Buyer, signals.RoleBuyer, "采购人", add)
	m.byField(n.Agency, signals.RoleAgency, "代理机构", add)
	for _, winner := range n.Winners {
		m.byField(winner, signals.RoleWinner, "中标人", add)
	}
	m.byTitle(n, add)
	m.byText(n, add)

	matches := make([]signals.NoticeMatch, 0, len(best))
	for i, found := range best {
		if found.confidence < reviewLimit && found.role != signals.RoleBuyer {
			continue // no person needs to say whether a mere mention is one
		}
		matches = append(matches, signals.NoticeMatch{
			TargetID: n.TargetID, NoticeID: n.ID, CustomerID: m.customers[i].id,
			Match: true, Role: found.role, By: found.by,
			Confidence: found.confidence, Review: found.confidence < reviewLimit,
		})
	}
	slices.SortFunc(matches, func(a, b signals.NoticeMatch) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
	return matches
}

func (m *Matcher) byBuyerCode(n signals.Notice, add func(finding)) {
	if n.BuyerCode == "" {
		return
	}
	if i, ok := m.byCode[fold.Letters(n.BuyerCode)]; ok {
		add(finding{customer: i, role: signals.RoleBuyer, confidence: sure, by: "统一社会信用代码" + n.BuyerCode + "，采购人一致"})
	}
}

// byField looks into a field that holds nothing but the name of who bears the role.
func (m *Matcher) byField(text string, role signals.Role, label string, add func(finding)) {
	if text == "" {
		return
	}
	for _, found := range m.find(label + "：" + text) {
		found.role = role
		add(found)
	}
}

// byTitle looks into the title. Where a field names another buyer, a customer that opens
// the title is a doubt for a person to settle.
func (m *Matcher) byTitle(n signals.Notice, add func(finding)) {
	contradicted := namesBuyer(n)
	for _, found := range m.find(n.Title) {
		if found.role == signals.RoleBuyer && contradicted {
			found.confidence = min(found.confidence, doubtful)
			found.by += "；但采购人栏写的是" + n.Buyer
		}
		add(found)
	}
}

// byText looks into the text of a notice that tells its buyer in no way that is known here: a
// customer who is beyond doubt named there may be the buyer, for a person to say, unless a
// label makes it something else.
func (m *Matcher) byText(n signals.Notice, add func(finding)) {
	if n.Text == "" || !MayBeAnybodys(n) {
		return
	}
	for line := range strings.Lines(n.Text) {
		for _, found := range m.find(line) {
			if found.confidence < certain || found.role != signals.RoleBuyer && (found.labelled || found.role != signals.RoleNone) {
				continue
			}
			found.role, found.confidence = signals.RoleBuyer, min(found.confidence, doubtful)
			found.by += "；公告正文提及，未写明采购人"
			add(found)
		}
	}
}

// namesBuyer tells whether the buyer field names an organisation: sites leave it empty,
// write 详见公告, name a department, or put the agency there.
func namesBuyer(n signals.Notice) bool {
	letters := fold.Of(n.Buyer).Letters
	switch {
	case len(letters) < minStem, fieldFillers.in(letters), departmentEnds.before(letters, len(letters)) > 0:
		return false
	case sameName(n.Buyer, n.Agency), agentNames.in(letters):
		return false
	}
	rest := letters[placesAt(letters, 0):]
	return branchWords.at(rest, 0) < len(rest) // 浙江省分公司 alone names nobody
}

// elsewhere tells whether two regions are known and have no place in common.
func elsewhere(a, b string) bool {
	of := placesIn([]rune(a))
	with := placesIn([]rune(b))
	if len(of) == 0 || len(with) == 0 {
		return false
	}
	return !slices.ContainsFunc(of, func(p string) bool { return slices.Contains(with, p) })
}

func sameName(a, b string) bool { return fold.Letters(a) == fold.Letters(b) }
