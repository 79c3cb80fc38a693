package formats

import (
	"strings"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readContractsFinder reads the search answer of the UK's Contracts Finder, version 2:
// noticeList of {score, item}. Its OCDS answers are read as OCDS.
// Source: https://www.contractsfinder.service.gov.uk/apidocumentation/V2
func readContractsFinder(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	rows, ok := at(d.JSON(), "noticeList").([]any)
	if !ok {
		return Answer{}, false
	}
	a := Answer{Form: page.FormAPI, Total: whole(at(d.JSON(), "hitCount"))}
	for _, r := range rows {
		item := at(r, "item")
		if item == nil {
			item = r
		}
		if n, ok := finderNotice(d, item); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	return a, true
}

// finderType reads the notice types of Contracts Finder, where a "Contract" is an
// opportunity to bid for one.
func finderType(name string) signals.NoticeType {
	if name == "contract" || name == "" {
		return signals.NoticeTender
	}
	return firstType(kind.OfCategory(name), signals.NoticeTender)
}

func finderNotice(d *page.Document, i any) (signals.Notice, bool) {
	id := str(i, "id")
	n := signals.Notice{
		ID: id, Title: str(i, "title"), Buyer: str(i, "organisationName"), Region: firstOf(str(i, "regionText"), str(i, "region")),
		Published: day(at(i, "publishedDate"), d.At), Deadline: day(at(i, "deadlineDate"), d.At),
		ProjectNo: firstOf(str(i, "noticeIdentifier"), str(i, "reference")), Summary: shorten(str(i, "description")),
	}
	n.Type = finderType(strings.ToLower(strings.ReplaceAll(firstOf(str(i, "noticeType"), str(i, "type")), " ", "")))
	if strings.EqualFold(str(i, "noticeStatus"), "awarded") {
		n.Type = signals.NoticeAward
	}
	if strings.EqualFold(str(i, "noticeStatus"), "withdrawn") {
		n.Type = signals.NoticeTermination
	}
	if id != "" {
		n.URL = "https://www.contractsfinder.service.gov.uk/Notice/" + id
	}
	for _, s := range strings.Split(str(i, "awardedSupplier"), ";") {
		n.Winners = add(n.Winners, s)
	}
	for _, key := range []string{"awardedValue", "valueHigh", "valueLow"} {
		if a, ok := amount(at(i, key), money.Unknown, "GBP"); ok && n.Amount == nil && (key != "awardedValue" || n.Type == signals.NoticeAward) {
			setAmount(&n, a, ok)
		}
	}
	return n, n.Title != ""
}
