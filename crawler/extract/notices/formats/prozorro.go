package formats

import (
	"strings"

	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readProzorro reads a tender of ProZorro, the e-procurement of Ukraine, and its list of
// changes, which names tenders by id only. Source: https://prozorro-api-docs.readthedocs.io/
func readProzorro(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	switch data := at(d.JSON(), "data").(type) {
	case object:
		if data["tenderID"] == nil {
			return Answer{}, false
		}
		n, ok := prozorroNotice(d, data)
		return Answer{Form: page.FormDetail, Notices: []signals.Notice{n}}, ok
	case []any:
		return prozorroList(d, data)
	}
	return Answer{}, false
}

// prozorroList reads a list; where it only has ids and dates, nothing can be said.
func prozorroList(d *page.Document, rows []any) (Answer, bool) {
	next := str(d.JSON(), "next_page", "uri")
	if len(rows) == 0 || (at(rows[0], "tenderID") == nil && next == "") {
		return Answer{}, false
	}
	a := Answer{Form: page.FormAPI}
	for _, r := range rows {
		o, isObject := r.(object)
		if !isObject {
			continue
		}
		if n, ok := prozorroNotice(d, o); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	if next != "" {
		a.Next = &page.Request{URL: d.Resolve(next)}
	}
	a.Opaque = len(a.Notices) == 0
	return a, true
}

func prozorroNotice(d *page.Document, t object) (signals.Notice, bool) {
	n := signals.Notice{
		ID: firstOf(str(t, "id"), str(t, "tenderID")), ProjectNo: str(t, "tenderID"), Title: str(t, "title"),
		Buyer: str(t, "procuringEntity", "name"), Region: str(t, "procuringEntity", "address", "region"),
		Type: prozorroType(t), Summary: shorten(str(t, "description")), Deadline: day(at(t, "tenderPeriod", "endDate"), d.At),
	}
	for _, path := range [][]string{{"noticePublicationDate"}, {"enquiryPeriod", "startDate"}, {"tenderPeriod", "startDate"}, {"dateCreated"}, {"date"}, {"dateModified"}} {
		if n.Published == nil {
			n.Published = day(at(t, path...), d.At)
		}
	}
	if no := n.ProjectNo; no != "" {
		n.URL = "https://prozorro.gov.ua/tender/" + no
	}
	awards := list(t, "awards")
	for _, a := range awards {
		if str(a, "status") != "active" {
			continue
		}
		for _, s := range list(a, "suppliers") {
			n.Winners = add(n.Winners, firstOf(str(s, "name"), str(s, "identifier", "legalName")))
		}
	}
	a, ok := money.Amount{}, false
	if n.Type == signals.NoticeAward || n.Type == signals.NoticeContract {
		a, ok = activeSum(awards)
	}
	if !ok {
		a, ok = amount(at(t, "value"), money.Unknown, "UAH")
	}
	setAmount(&n, a, ok)
	for _, item := range list(t, "items") {
		if c := str(item, "classification", "id"); c != "" && len(n.Categories) < 20 {
			n.Categories = add(n.Categories, c)
		}
	}
	return n, n.Title != ""
}

func activeSum(awards []any) (money.Amount, bool) {
	var active []any
	for _, a := range awards {
		if str(a, "status") == "active" {
			active = append(active, a)
		}
	}
	return ocdsSum(active)
}

// prozorroType is the stage of a tender by its status, and of purchases without a call by
// their method: "reporting" reports a contract, "negotiation" is with one supplier.
func prozorroType(t object) signals.NoticeType {
	status, method := str(t, "status"), str(t, "procurementMethodType")
	switch {
	case status == "cancelled" || status == "unsuccessful":
		return signals.NoticeTermination
	case status == "complete" || status == "active.awarded" || method == "reporting":
		return signals.NoticeAward
	case strings.HasPrefix(method, "negotiation"):
		return signals.NoticeSingleSource
	case method == "priceQuotation":
		return signals.NoticeInquiry
	case status == "active.pre-qualification" || status == "active.pre-qualification.stand-still":
		return signals.NoticePrequalification
	case strings.HasPrefix(status, "draft") || strings.Contains(method, "planning"):
		return signals.NoticeIntention
	}
	return signals.NoticeTender
}
