package formats

import (
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readEForms reads a notice in eForms, the XML of TED since 2023. Buyers, winners and others
// are all organisations in one list; only references tell who is what: the review body and
// the eSender are organisations, too. Source: https://docs.ted.europa.eu/eforms/latest/
func readEForms(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatXML {
		return Answer{}, false
	}
	root := parseXML(d.Text)
	if root == nil {
		return Answer{}, false
	}
	switch root.name {
	case "ContractNotice", "PriorInformationNotice", "ContractAwardNotice":
	default:
		return Answer{}, false
	}
	return Answer{Form: page.FormDetail, Notices: []signals.Notice{eformsNotice(d, root)}}, true
}

func eformsNotice(d *page.Document, root *node) signals.Notice {
	language := root.value("NoticeLanguageCode")
	project := root.find("ProcurementProject")
	orgs := organisations(root)
	n := signals.Notice{
		ID:    firstOf(root.deep("NoticePublicationID").whole(), root.value("ID")),
		Title: eformsText(project, "Name", language), Summary: shorten(eformsText(project, "Description", language)),
		ProjectNo: firstOf(project.value("ID"), root.value("ContractFolderID")), Type: eformsType(root), URL: d.URL,
	}
	n.Published = firstDay(day(root.deep("PublicationDate").whole(), d.At), day(root.value("RequestedPublicationDate"), d.At), day(root.value("IssueDate"), d.At))
	buyer := orgs[buyerID(root)]
	n.Buyer, n.Region = buyer.name, country2(buyer.country)
	for _, lot := range root.all("ProcurementProjectLot") {
		n.Lots = add(n.Lots, eformsText(lot.find("ProcurementProject"), "Name", language))
		if n.Deadline == nil {
			n.Deadline = day(lot.deep("TenderSubmissionDeadlinePeriod").find("EndDate").whole(), d.At)
		}
	}
	for _, c := range root.all("ItemClassificationCode") {
		if len(n.Categories) < 20 {
			n.Categories = add(n.Categories, c.text)
		}
	}
	result := root.deep("NoticeResult")
	n.Winners = eformsWinners(result, orgs)
	if n.Type == signals.NoticeAward && len(n.Winners) == 0 && noneSelected(result) {
		n.Type = signals.NoticeTermination
	}
	a, ok := eformsAmount(root, project, result, n.Type)
	setAmount(&n, a, ok)
	if n.URL == "" {
		if no := strings.TrimLeft(root.deep("NoticePublicationID").whole(), "0"); strings.Count(no, "-") == 1 {
			n.URL = "https://ted.europa.eu/en/notice/-/detail/" + no
		}
	}
	return n
}

func firstDay(days ...*signals.Date) *signals.Date {
	for _, d := range days {
		if d != nil {
			return d
		}
	}
	return nil
}

// eformsText is a text in the notice's own language.
func eformsText(of *node, name, language string) string {
	if of == nil {
		return ""
	}
	first := ""
	for _, k := range of.kids {
		if k.name != name {
			continue
		}
		if k.attr("languageID") == language {
			return k.text
		}
		first = firstOf(first, k.text)
	}
	return first
}

type organisation struct{ name, country string }

// organisations are the companies and touch points of a notice by their id.
func organisations(root *node) map[string]organisation {
	out := map[string]organisation{}
	for _, o := range root.all("Organization") {
		for _, part := range []string{"Company", "TouchPoint"} {
			for _, c := range o.all(part) {
				id := c.value("PartyIdentification", "ID")
				if id != "" {
					out[id] = organisation{c.value("PartyName", "Name"), c.value("PostalAddress", "Country", "IdentificationCode")}
				}
			}
		}
	}
	return out
}

func buyerID(root *node) string {
	return root.find("ContractingParty").find("Party").value("PartyIdentification", "ID")
}

// eformsType is the type by its code; a notice that changes another is a correction.
func eformsType(root *node) signals.NoticeType {
	if changes := root.deep("Changes"); changes != nil && changes.deep("ChangedNoticeIdentifier") != nil {
		if strings.HasPrefix(changes.deep("ReasonCode").whole(), "cancel") {
			return signals.NoticeTermination
		}
		return signals.NoticeCorrection
	}
	if t := kind.OfCategory(root.value("NoticeTypeCode")); t != "" {
		return t
	}
	switch root.name {
	case "ContractAwardNotice":
		return signals.NoticeAward
	case "PriorInformationNotice":
		return signals.NoticeIntention
	}
	return signals.NoticeTender
}

// eformsWinners follows the settled lots to their tenders, the tenders to their parties, and
// the parties to organisations.
func eformsWinners(result *node, orgs map[string]organisation) []string {
	if result == nil {
		return nil
	}
	parties := map[string]*node{}
	for _, p := range result.all("TenderingParty") {
		if id := p.value("ID"); id != "" && len(p.all("Tenderer")) > 0 {
			parties[id] = p
		}
	}
	won := wonTenders(result)
	var out []string
	for _, t := range result.all("LotTender") {
		if len(won) > 0 && !won[t.value("ID")] {
			continue
		}
		p := parties[t.value("TenderingParty", "ID")]
		if p == nil {
			continue
		}
		for _, tenderer := range p.all("Tenderer") {
			out = add(out, orgs[tenderer.value("ID")].name)
		}
	}
	return out
}

// wonTenders are the ids of the tenders that settled contracts were made of, empty where the
// notice names none.
func wonTenders(result *node) map[string]bool {
	out := map[string]bool{}
	for _, c := range result.all("SettledContract") {
		for _, t := range c.all("LotTender") {
			out[t.value("ID")] = true
		}
	}
	return out
}

// noneSelected tells a result in which no lot has a winner.
func noneSelected(result *node) bool {
	codes := result.all("TenderResultCode")
	for _, c := range codes {
		if c.text == "selec-w" || c.text == "open-nw" {
			return false
		}
	}
	return len(codes) > 0
}

func eformsAmount(root, project, result *node, t signals.NoticeType) (money.Amount, bool) {
	if result != nil {
		if a, ok := xmlAmount(result.find("TotalAmount")); ok {
			return a, true
		}
		won := wonTenders(result)
		var paid []*node
		for _, l := range result.all("LotTender") {
			if len(won) == 0 || won[l.value("ID")] {
				paid = append(paid, l.all("PayableAmount")...)
			}
		}
		if a, ok := xmlSum(paid); ok {
			return a, true
		}
		if t == signals.NoticeAward {
			return money.Amount{}, false
		}
	}
	if a, ok := xmlAmount(project.find("RequestedTenderTotal", "EstimatedOverallContractAmount")); ok {
		return a, true
	}
	var lots []*node
	for _, l := range root.all("ProcurementProjectLot") {
		lots = append(lots, l.find("ProcurementProject", "RequestedTenderTotal", "EstimatedOverallContractAmount"))
	}
	return xmlSum(lots)
}

// xmlAmount is an amount with its currency in an attribute.
func xmlAmount(n *node) (money.Amount, bool) {
	if n == nil {
		return money.Amount{}, false
	}
	number := strings.NewReplacer(" ", "", "\u00a0", "").Replace(n.text)
	if strings.Count(number, ",") == 1 && !strings.Contains(number, ".") {
		number = strings.Replace(number, ",", ".", 1)
	}
	return amount(json.Number(number), money.Unknown, firstOf(n.attr("currencyID"), n.attr("CURRENCY"), "EUR"))
}

func xmlSum(of []*node) (money.Amount, bool) {
	total := money.Amount{Value: decimal.Zero}
	for _, n := range of {
		if a, ok := xmlAmount(n); ok {
			total = money.Amount{Value: total.Value.Add(a.Value), Currency: a.Currency}
		}
	}
	return total, total.Value.IsPositive()
}

// country2 is a country in the two letters of ISO 3166, which TED used before eForms.
func country2(code string) string {
	if two, ok := alpha2[code]; ok {
		return two
	}
	return code
}

// alpha2 are the countries that publish on TED.
var alpha2 = map[string]string{
	"AUT": "AT", "BEL": "BE", "BGR": "BG", "CHE": "CH", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK", "ESP": "ES", "EST": "EE", "FIN": "FI",
	"FRA": "FR", "GBR": "GB", "GRC": "GR", "HRV": "HR", "HUN": "HU", "IRL": "IE", "ISL": "IS", "ITA": "IT", "LIE": "LI", "LTU": "LT", "LUX": "LU",
	"LVA": "LV", "MKD": "MK", "MLT": "MT", "NLD": "NL", "NOR": "NO", "POL": "PL", "PRT": "PT", "ROU": "RO", "SRB": "RS", "SVK": "SK", "SVN": "SI", "SWE": "SE",
}
