package formats

import (
	"strings"

	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readTEDAPI reads an answer of the search interface of TED, version 3: notices whose fields
// are named with dashes, with texts keyed by language. Source: https://docs.ted.europa.eu/api/
func readTEDAPI(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	rows := list(d.JSON(), "notices")
	if len(rows) == 0 || at(rows[0], "publication-number") == nil {
		total := whole(at(d.JSON(), "totalNoticeCount"))
		return Answer{Form: page.FormAPI, Total: total}, total != nil && len(rows) == 0
	}
	a := Answer{Form: page.FormAPI, Total: whole(at(d.JSON(), "totalNoticeCount"))}
	for _, r := range rows {
		if n, ok := tedNotice(d, r); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	return a, true
}

func tedNotice(d *page.Document, r any) (signals.Notice, bool) {
	number := str(r, "publication-number")
	n := signals.Notice{
		ID: number, ProjectNo: number,
		Title:     firstOf(inLanguage(at(r, "notice-title"), "eng"), text(at(r, "title-lot"))),
		URL:       firstOf(str(r, "links", "html", "ENG"), str(r, "links", "htmlDirect", "ENG")),
		Published: day(at(r, "publication-date"), d.At), Deadline: tedDeadline(r, d),
		Type: kind.OfCategory(str(r, "notice-type")), Buyer: inLanguage(at(r, "buyer-name"), ""), Region: str(r, "buyer-country"),
		Summary: shorten(firstOf(inLanguage(at(r, "description-lot"), ""), inLanguage(at(r, "description-proc"), ""))),
	}
	if n.URL == "" && number != "" {
		n.URL = "https://ted.europa.eu/en/notice/-/detail/" + number
	}
	if n.Type == "" {
		n.Type = tedForm(str(r, "form-type"))
	}
	for _, key := range []string{"winner-name", "organisation-name-tenderer", "winner-name-lot"} {
		for _, name := range allIn(at(r, key)) {
			n.Winners = add(n.Winners, name)
		}
	}
	for _, c := range list(r, "classification-cpv") {
		n.Categories = add(n.Categories, text(c))
	}
	a, ok := tedAmount(r)
	setAmount(&n, a, ok)
	return n, n.Title != "" && number != ""
}

func tedForm(form string) signals.NoticeType {
	switch form {
	case "planning":
		return signals.NoticeIntention
	case "competition":
		return signals.NoticeTender
	case "result":
		return signals.NoticeAward
	case "dir-awa-pre":
		return signals.NoticeSingleSource
	case "cont-modif":
		return signals.NoticeContract
	case "change":
		return signals.NoticeCorrection
	}
	return signals.NoticeOther
}

// tedAmount is the total, else the sum of the lots' estimates; 0 and 1 mean unknown.
func tedAmount(r any) (money.Amount, bool) {
	currency := firstOf(str(r, "total-value-cur"), str(r, "estimated-value-cur-lot"), str(r, "estimated-value-cur-proc"), "EUR")
	for _, key := range []string{"total-value", "result-value-notice", "estimated-value-proc", "estimated-value-glo"} {
		if a, ok := amount(at(r, key), money.Unknown, currency); ok {
			return a, true
		}
	}
	total := decimal.Zero
	for _, v := range list(r, "estimated-value-lot") {
		if a, ok := amount(v, money.Unknown, currency); ok {
			total = total.Add(a.Value)
		}
	}
	return money.Amount{Value: total, Currency: currency}, total.IsPositive()
}

func tedDeadline(r any, d *page.Document) *signals.Date {
	for _, key := range []string{"deadline-receipt-tender-date-lot", "deadline-receipt-request-date-lot", "deadline-receipt-expressions-date-lot", "deadline"} {
		if x := day(at(r, key), d.At); x != nil {
			return x
		}
	}
	return nil
}

// inLanguage is a text of a language map: in the wanted language, else in the only one or
// the first in the order of the alphabet.
func inLanguage(v any, want string) string {
	o, ok := v.(object)
	if !ok {
		return text(v)
	}
	if want != "" {
		if s := text(o[want]); s != "" {
			return s
		}
	}
	best := ""
	for _, key := range sortedKeys(o) {
		if text(o[key]) != "" && (best == "" || strings.ToLower(key) < strings.ToLower(best)) {
			best = key
		}
	}
	return text(o[best])
}

// allIn are all texts of a list or of the lists of a language map.
func allIn(v any) []string {
	switch x := v.(type) {
	case string:
		return []string{x}
	case []any:
		var out []string
		for _, e := range x {
			out = append(out, text(e))
		}
		return out
	case object:
		for _, key := range sortedKeys(x) {
			if all := allIn(x[key]); len(all) > 0 {
				return all
			}
		}
	}
	return nil
}
