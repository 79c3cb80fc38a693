package match

import (
	"cmp"
	"slices"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Notice lists the customers that a notice is about, each once: by the buyer's credit
// code, by its buyer, agency and winner fields, and by its title. RecordedAt is left to
// whoever keeps the matches.
func (m *Matcher) Notice(n signals.Notice) []signals.NoticeMatch {
	best := map[int]finding{}
	add := func(found finding) {
		if old, ok := best[found.customer]; !ok || found.better(old) {
			best[found.customer] = found
		}
	}
	m.byBuyerCode(n, add)
	buyerKnown := m.byField(n.Buyer, signals.RoleBuyer, "采购人", add)
	agencyKnown := m.byField(n.Agency, signals.RoleAgency, "代理机构", add)
	for _, winner := range n.Winners {
		m.byField(winner, signals.RoleWinner, "中标人", add)
	}
	m.byTitle(n, buyerKnown, agencyKnown, add)

	matches := make([]signals.NoticeMatch, 0, len(best))
	for i, found := range best {
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

// byField looks into a field that holds nothing but the name of who bears the role. It
// tells whether the field holds anything.
func (m *Matcher) byField(text string, role signals.Role, label string, add func(finding)) bool {
	if text == "" {
		return false
	}
	for _, found := range m.find(label + "：" + text) {
		found.role = role
		add(found)
	}
	return true
}

// byTitle looks into the title. Where a field names who buys, the title decides no role
// against it: a customer that only opens the title of another's notice is a doubt for a
// person to settle.
func (m *Matcher) byTitle(n signals.Notice, buyerKnown, agencyKnown bool, add func(finding)) {
	for _, found := range m.find(n.Title) {
		if found.role == signals.RoleBuyer && buyerKnown && !sameName(n.Buyer, n.Agency) {
			found.confidence = min(found.confidence, doubtful)
			found.by += "；但采购人栏写的是" + n.Buyer
		}
		if found.role == signals.RoleAgency && agencyKnown {
			found.by += "；代理机构栏写的是" + n.Agency
		}
		add(found)
	}
}

func sameName(a, b string) bool { return fold.Letters(a) == fold.Letters(b) }
