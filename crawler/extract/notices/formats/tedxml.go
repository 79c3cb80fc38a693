package formats

import (
	"encoding/json"
	"strings"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readTEDXML reads a notice of TED in its forms of 2016 (R2.0.9): the form in the language
// of the buyer, among translated titles. Forms: F01 plan, F02 call, F03 award, F12 contest,
// F13 its result, F14 correction, F15 award without a call, F20 change of a contract.
// Source: https://op.europa.eu/en/web/eu-vocabularies/e-procurement/tedschemas
func readTEDXML(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatXML {
		return Answer{}, false
	}
	root := parseXML(d.Text)
	if root == nil || (root.name != "TED_EXPORT" && root.deep("FORM_SECTION") == nil) {
		return Answer{}, false
	}
	form := originalForm(root)
	if form == nil {
		return Answer{Form: page.FormDetail, Opaque: true}, true
	}
	return Answer{Form: page.FormDetail, Notices: []signals.Notice{tedXMLNotice(d, root, form)}}, true
}

// originalForm is the form in the language that it was written in.
func originalForm(root *node) *node {
	section := root.deep("FORM_SECTION")
	if section == nil {
		return nil
	}
	var first *node
	for _, f := range section.kids {
		if f.name == "NOTICE_UUID" {
			continue
		}
		if f.attr("CATEGORY") == "ORIGINAL" {
			return f
		}
		if first == nil {
			first = f
		}
	}
	return first
}

func tedXMLNotice(d *page.Document, root, form *node) signals.Notice {
	object := form.find("OBJECT_CONTRACT")
	if object == nil {
		object = form.deep("OBJECT_CONTRACT")
	}
	number := firstOf(root.deep("NO_DOC_OJS").whole(), root.attr("DOC_ID"))
	n := signals.Notice{
		ID: firstOf(root.attr("DOC_ID"), number), Title: firstOf(object.value("TITLE"), form.deep("TITLE").whole(), form.deep("TITLE_CONTRACT").whole(), tedTitle(root)),
		Type: tedXMLType(root, form), Buyer: tedXMLBuyer(form), URL: firstOf(d.URL, tedURL(root)),
		ProjectNo: firstOf(object.value("REFERENCE_NUMBER"), form.deep("REFERENCE_NUMBER").whole(), number),
		Published: firstDay(day(root.deep("DATE_PUB").whole(), d.At), day(form.deep("DATE_DISPATCH_NOTICE").whole(), d.At)),
		Deadline:  day(firstOf(form.deep("DATE_RECEIPT_TENDERS").whole(), root.deep("DT_DATE_FOR_SUBMISSION").whole()), d.At),
		Summary:   shorten(object.value("SHORT_DESCR")),
		Region:    firstOf(root.deep("ISO_COUNTRY").attr("VALUE"), form.deep("COUNTRY").attr("VALUE")),
	}
	for _, c := range root.all("CPV_CODE") {
		if len(n.Categories) < 20 {
			n.Categories = add(n.Categories, c.attr("CODE"))
		}
	}
	for _, o := range object.all("OBJECT_DESCR") {
		n.Lots = add(n.Lots, o.value("TITLE"))
	}
	n.Winners = tedXMLWinners(form)
	if n.Type == signals.NoticeAward && len(n.Winners) == 0 && form.deep("NO_AWARDED_CONTRACT") != nil {
		n.Type = signals.NoticeTermination
	}
	a, ok := tedXMLAmount(root, form, object, n.Type)
	setAmount(&n, a, ok)
	return n
}

// tedTitle is the notice's English title among the translations.
func tedTitle(root *node) string {
	for _, t := range root.all("ML_TI_DOC") {
		if t.attr("LG") == "EN" {
			return t.value("TI_TEXT")
		}
	}
	return root.deep("TI_TEXT").whole()
}

func tedURL(root *node) string {
	for _, u := range root.all("URI_DOC") {
		if u.attr("LG") == "EN" {
			return u.text
		}
	}
	return ""
}

// tedXMLType is the type by the form; a plan that calls for competition is a call, and a
// notice on a qualification system a prequalification.
func tedXMLType(root, form *node) signals.NoticeType {
	name := strings.ToLower(firstOf(form.attr("FORM"), form.name))
	if len(name) >= 3 {
		name = name[:3]
	}
	notice := form.find("NOTICE").attr("TYPE")
	switch {
	case strings.HasSuffix(notice, "CALL_COMPETITION"):
		return signals.NoticeTender
	case notice == "PRI_ONLY" || notice == "PRI_REDUCING_TIME_LIMITS":
		return signals.NoticeIntention
	case strings.HasPrefix(notice, "AWARD"):
		return signals.NoticeAward
	}
	if t := kind.OfCategory(name); t != "" {
		return t
	}
	return firstType(tedDocumentType(root.deep("TD_DOCUMENT_TYPE").attr("CODE")))
}

// tedDocumentType reads the codes of TED's document types.
func tedDocumentType(code string) signals.NoticeType {
	switch code {
	case "0", "P":
		return signals.NoticeIntention
	case "2", "E":
		return signals.NoticeCorrection
	case "3", "D":
		return signals.NoticeTender
	case "7", "R":
		return signals.NoticeAward
	case "V":
		return signals.NoticeSingleSource
	case "Q":
		return signals.NoticePrequalification
	}
	return ""
}

func tedXMLBuyer(form *node) string {
	body := form.find("CONTRACTING_BODY")
	if body == nil {
		body = form
	}
	return firstOf(body.deep("ADDRESS_CONTRACTING_BODY").deep("OFFICIALNAME").whole(), body.deep("OFFICIALNAME").whole())
}

func tedXMLWinners(form *node) []string {
	var out []string
	for _, where := range []string{"CONTRACTOR", "WINNER"} {
		for _, c := range form.all(where) {
			out = add(out, c.deep("OFFICIALNAME").whole())
		}
	}
	if len(out) == 0 {
		for _, c := range form.all("ECONOMIC_OPERATOR_NAME_ADDRESS") {
			out = add(out, c.deep("OFFICIALNAME").whole())
		}
	}
	return out
}

func tedXMLAmount(root, form, object *node, t signals.NoticeType) (money.Amount, bool) {
	if t == signals.NoticeAward || t == signals.NoticeContract || t == signals.NoticeSingleSource {
		if a, ok := xmlAmount(object.find("VAL_TOTAL")); ok {
			return a, true
		}
		if a, ok := xmlAmount(root.find("CODED_DATA_SECTION", "NOTICE_DATA").deepValue("VALUE", "PROCUREMENT_TOTAL")); ok {
			return a, true
		}
		for _, where := range []string{"AWARDED_CONTRACT", "VALUES"} {
			var values []*node
			for _, c := range form.all(where) {
				values = append(values, c.all("VAL_TOTAL")...)
			}
			if a, ok := xmlSum(values); ok {
				return a, true
			}
		}
		if a, ok := xmlAmount(form.deep("VAL_TOTAL_AFTER")); ok {
			return a, true
		}
		return olderAmount(form)
	}
	if a, ok := xmlAmount(object.find("VAL_ESTIMATED_TOTAL")); ok {
		return a, true
	}
	if a, ok := xmlAmount(object.find("VAL_TOTAL")); ok {
		return a, true
	}
	var lots []*node
	for _, o := range object.all("OBJECT_DESCR") {
		lots = append(lots, o.find("VAL_OBJECT"))
	}
	if a, ok := xmlSum(lots); ok {
		return a, true
	}
	return olderAmount(form)
}

// olderAmount is an amount as the forms before 2016 state it.
func olderAmount(form *node) (money.Amount, bool) {
	cost := form.deep("VALUE_COST")
	if cost == nil {
		return money.Amount{}, false
	}
	currency := form.deep("COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE").attr("CURRENCY")
	return amount(json.Number(cost.attr("FMTVAL")), money.Unknown, firstOf(currency, cost.attr("CURRENCY"), "EUR"))
}

// deepValue is the first element of a name with a TYPE.
func (n *node) deepValue(name, kind string) *node {
	for _, v := range n.all(name) {
		if v.attr("TYPE") == kind {
			return v
		}
	}
	return nil
}
