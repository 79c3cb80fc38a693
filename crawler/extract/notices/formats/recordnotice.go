package formats

import (
	"strings"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/detail"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// recordNotice makes a notice of a record.
func recordNotice(d *page.Document, r record) (signals.Notice, bool) {
	n := signals.Notice{
		Title: r.title(), URL: resolved(d, r.text(fieldURL)), Published: r.day(fieldPublished, d.At), Deadline: r.day(fieldDeadline, d.At),
		Buyer: party.Clean(r.text(fieldBuyer)), Agency: party.Clean(r.text(fieldAgency)), Region: lastPlace(r.text(fieldRegion)),
		ProjectNo: r.text(fieldNumber), ID: r.text(fieldID), Summary: recordSummary(r),
	}
	n.Type = recordType(r, n.Title, n.URL)
	winners, _ := r.get(fieldWinner)
	n.Winners = winnersOf(winners)
	setRecordAmount(&n, r)
	fromGerman(&n, d)
	n.Buyer, n.Agency = apart(n.Buyer, n.Agency)
	if usBuyer(r, n) {
		n.Buyer, n.Agency = n.Agency, ""
	}
	return n, len([]rune(n.Title)) >= 2
}

// apart reads records that have one name as buyer and as agency: it is the buyer where the
// site fills the agency for want of one, and the agency where its trade says so.
func apart(buyer, agency string) (string, string) {
	switch {
	case buyer == "" || buyer != agency:
		return buyer, agency
	case party.Agency(buyer):
		return "", agency
	}
	return buyer, ""
}

// usBuyer tells records whose "agency" is the public body that buys, as in English.
func usBuyer(r record, n signals.Notice) bool {
	return n.Buyer == "" && n.Agency != "" && !hasHan(n.Agency) && !hasHan(n.Title) && !empty(r.values["agency"])
}

func hasHan(s string) bool {
	for _, c := range s {
		if c >= 0x4e00 && c <= 0x9fff {
			return true
		}
	}
	return false
}

// setRecordAmount takes the award of a result, and the budget of a call.
func setRecordAmount(n *signals.Notice, r record) {
	first, second := fieldBudget, fieldAward
	if n.Type == signals.NoticeAward || n.Type == signals.NoticeContract {
		first, second = fieldAward, fieldBudget
	}
	a, ok := r.amount(first)
	if !ok {
		a, ok = r.amount(second)
	}
	if a.Currency == "" && (hasHan(n.Title) || hasHan(n.Buyer)) {
		a.Currency = "CNY"
	}
	setAmount(n, a, ok)
}

// recordType is what the title states, sharpened by the site's own word where the title
// only names a purchase, and by the address.
func recordType(r record, title, url string) signals.NoticeType {
	stated := kind.Of(title)
	hint := signals.NoticeType("")
	for _, name := range names[fieldType] {
		if hint == "" {
			hint = kind.OfCategory(text(r.values[name]))
		}
	}
	if stated == "" || stated == signals.NoticeTender && hint != "" && !strings.Contains(title, "公告") && !strings.Contains(title, "公示") {
		return firstType(hint, stated, detail.AddressKind(url), signals.NoticeTender)
	}
	return stated
}

func winnersOf(v any) []string {
	switch x := v.(type) {
	case []any:
		var out []string
		for _, e := range x {
			out = add(out, party.Clean(text(e)))
		}
		return out
	case string:
		if parts := party.Split(x); len(parts) > 1 {
			return parts
		}
		return commaSplit(x)
	}
	return add(nil, party.Clean(text(v)))
}

// commaSplit reads "甲公司,乙公司" of interfaces that join names by commas.
func commaSplit(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		out = add(out, party.Clean(part))
	}
	if len(out) > 1 && !hasHan(s) {
		return add(nil, party.Clean(s)) // "Acme, Inc."
	}
	return out
}

func recordSummary(r record) string {
	s := r.text(fieldContent)
	if strings.Contains(s, "<") {
		s = dom.Text(dom.Parse([]byte(s[:min(len(s), 200_000)])))
	}
	return shorten(s)
}

// resolved is an address made absolute; "N/A" and the like are none.
func resolved(d *page.Document, s string) string {
	if s == "" || strings.ContainsAny(s, " \n") || !strings.ContainsAny(s, "/.") {
		return ""
	}
	return d.Resolve(s)
}

// lastPlace is the wider part of "重庆>>市级".
func lastPlace(s string) string {
	s, _, _ = strings.Cut(s, ">")
	return strings.TrimSpace(s)
}
