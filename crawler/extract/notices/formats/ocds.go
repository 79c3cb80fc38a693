package formats

import (
	"strings"

	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readOCDS reads the Open Contracting Data Standard 1.0 and 1.1: a release, a record, a
// package of either, lists and JSON lines of them. Every release is a notice; releases of
// one ocid carry one project number, so that they count as one project.
// Source: https://standard.open-contracting.org/1.1/en/schema/
func readOCDS(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	var releases []object
	collectReleases(d.JSON(), &releases, 0)
	if len(releases) == 0 {
		return Answer{}, false
	}
	a := Answer{Form: page.FormAPI}
	for _, r := range releases {
		if n, ok := ocdsNotice(d, r); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	if len(a.Notices) == 1 {
		a.Form = page.FormDetail
	}
	if next := str(d.JSON(), "links", "next"); next != "" {
		a.Next = &page.Request{URL: d.Resolve(next)}
	}
	return a, true
}

// collectReleases finds the releases of a package, a record or a list.
func collectReleases(v any, out *[]object, depth int) {
	if depth > 5 || len(*out) > 5000 {
		return
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			collectReleases(e, out, depth+1)
		}
	case object:
		switch {
		case x["compiledRelease"] != nil:
			collectReleases(x["compiledRelease"], out, depth+1)
		case x["ocid"] != nil && (x["tender"] != nil || x["tag"] != nil || x["awards"] != nil || x["planning"] != nil):
			*out = append(*out, x)
		default:
			for _, key := range []string{"releases", "records", "results", "data", "release", "items", "hits", "_source"} {
				collectReleases(x[key], out, depth+1)
			}
		}
	}
}

func ocdsNotice(d *page.Document, r object) (signals.Notice, bool) {
	tender := at(r, "tender")
	n := signals.Notice{
		ID: firstOf(str(r, "id"), str(r, "ocid")),
		Title: firstOf(str(tender, "title"), str(r, "title"), str(r, "contracts", "title"), str(r, "awards", "title"),
			str(r, "planning", "project", "title"), str(r, "planning", "budget", "description"), str(tender, "description"), str(r, "description")),
		Type: ocdsType(r), Buyer: ocdsBuyer(r), ProjectNo: firstOf(str(tender, "id"), str(r, "ocid")),
		Region: ocdsRegion(r), URL: ocdsURL(d, r), Winners: ocdsWinners(r), Summary: shorten(firstOf(str(tender, "description"), str(r, "description"))),
		Published: day(firstValue(r, "date", "publishedDate"), d.At), Deadline: day(at(tender, "tenderPeriod", "endDate"), d.At),
	}
	if n.Published == nil {
		n.Published = day(at(tender, "datePublished"), d.At)
	}
	if n.Published == nil {
		n.Published = day(at(d.JSON(), "publishedDate"), d.At)
	}
	n.Agency = ocdsAgency(r, n.Buyer)
	n.Lots, n.Categories = ocdsLots(tender), ocdsCategories(tender)
	a, ok := ocdsAmount(r, n.Type)
	setAmount(&n, a, ok)
	return n, n.Title != ""
}

// ocdsType is the stage that the release tells of; where it tells of several, the tags of
// a call come before those of its plan, and an award before the contract that follows it.
func ocdsType(r object) signals.NoticeType {
	switch strings.ToLower(str(r, "tender", "status")) {
	case "cancelled", "unsuccessful", "withdrawn":
		return signals.NoticeTermination
	}
	tags := map[string]bool{}
	for _, t := range list(r, "tag") {
		tags[text(t)] = true
	}
	if s, ok := r["tag"].(string); ok {
		tags[s] = true
	}
	for _, tag := range []string{"tenderCancellation", "awardCancellation", "contractTermination", "tenderAmendment", "award", "awardUpdate",
		"tender", "tenderUpdate", "contract", "contractUpdate", "contractAmendment", "implementation", "planning", "planningUpdate"} {
		if tags[tag] {
			return single(kind.OfCategory(tag), r)
		}
	}
	return ocdsStage(r)
}

// single turns a call that only one supplier may answer into what it is.
func single(t signals.NoticeType, r object) signals.NoticeType {
	if t == signals.NoticeTender && strings.EqualFold(str(r, "tender", "procurementMethod"), "direct") && len(list(r, "awards")) == 0 {
		return signals.NoticeSingleSource
	}
	return t
}

// ocdsStage reads a compiled release, whose tag says no stage.
func ocdsStage(r object) signals.NoticeType {
	switch {
	case len(list(r, "awards")) > 0:
		return signals.NoticeAward
	case len(list(r, "contracts")) > 0:
		return signals.NoticeContract
	case strings.EqualFold(str(r, "tender", "status"), "planning") || strings.EqualFold(str(r, "tender", "status"), "planned") || r["tender"] == nil:
		return signals.NoticeIntention
	}
	return signals.NoticeTender
}

func ocdsBuyer(r object) string {
	return firstOf(str(r, "buyer", "name"), partyWith(r, "buyer"), str(r, "tender", "procuringEntity", "name"), partyWith(r, "procuringEntity"), str(r, "buyer", "legalName"))
}

// ocdsAgency is who runs the procedure for the buyer.
func ocdsAgency(r object, buyer string) string {
	for _, name := range []string{partyWith(r, "procuringAgent"), partyWith(r, "leadBuyer"), partyWith(r, "procuringEntity")} {
		if name != "" && name != buyer {
			return name
		}
	}
	return ""
}

// partyWith is the first party that has a role.
func partyWith(r object, role string) string {
	for _, p := range list(r, "parties") {
		for _, has := range list(p, "roles") {
			if text(has) == role {
				return str(p, "name")
			}
		}
	}
	return ""
}

func ocdsWinners(r object) []string {
	var out []string
	for _, a := range list(r, "awards") {
		if !liveAward(a) {
			continue
		}
		for _, s := range list(a, "suppliers") {
			out = add(out, str(s, "name"))
		}
	}
	if len(out) == 0 && len(list(r, "awards")) == 0 && len(list(r, "contracts")) > 0 {
		for _, p := range list(r, "parties") {
			for _, has := range list(p, "roles") {
				if text(has) == "supplier" {
					out = add(out, str(p, "name"))
				}
			}
		}
	}
	return out
}

func liveAward(a any) bool {
	switch strings.ToLower(str(a, "status")) {
	case "cancelled", "unsuccessful", "pending":
		return false
	}
	return true
}

func ocdsAmount(r object, t signals.NoticeType) (money.Amount, bool) {
	if t == signals.NoticeAward || t == signals.NoticeContract {
		for _, stage := range []string{"awards", "contracts"} {
			if a, ok := ocdsSum(list(r, stage)); ok {
				return a, true
			}
		}
		if t == signals.NoticeAward || t == signals.NoticeContract {
			return money.Amount{}, false
		}
	}
	for _, path := range [][]string{{"tender", "value"}, {"tender", "maxValue"}, {"tender", "minValue"}, {"planning", "budget", "amount"}} {
		if a, ok := amount(at(r, path...), money.Unknown, ""); ok {
			return a, true
		}
	}
	if a, ok := ocdsSum(list(r, "tender", "lots")); ok {
		return a, true
	}
	return ocdsSum(list(r, "awards"))
}

func ocdsSum(of []any) (money.Amount, bool) {
	total := money.Amount{Value: decimal.Zero}
	for _, o := range of {
		if !liveAward(o) {
			continue
		}
		if a, ok := amount(at(o, "value"), money.Unknown, ""); ok {
			total = money.Amount{Value: total.Value.Add(a.Value), Currency: a.Currency}
		}
	}
	return total, total.Value.IsPositive()
}

func ocdsRegion(r object) string {
	for _, p := range list(r, "parties") {
		for _, has := range list(p, "roles") {
			if text(has) == "buyer" {
				if s := firstOf(str(p, "address", "region"), str(p, "address", "countryName")); s != "" {
					return s
				}
			}
		}
	}
	return firstOf(str(r, "tender", "items", "deliveryAddresses", "region"), str(r, "buyer", "address", "countryName"), str(r, "tender", "procuringEntity", "address", "countryName"))
}

// ocdsURL is the page of the notice: the document that is the notice, on the publisher's
// own site where there are several.
func ocdsURL(d *page.Document, r object) string {
	first := ""
	for _, stage := range []any{at(r, "tender", "documents"), at(r, "awards", "documents"), at(r, "planning", "documents"), at(r, "contracts", "documents")} {
		docs, ok := stage.([]any)
		if !ok {
			continue
		}
		for _, doc := range docs {
			kind, u := strings.ToLower(str(doc, "documentType")), str(doc, "url")
			if !strings.HasSuffix(kind, "notice") || u == "" {
				continue
			}
			if strings.Contains(u, "/Notice/") || strings.Contains(u, "/notice/") {
				return u
			}
			first = firstOf(first, u)
		}
	}
	if len(list(d.JSON(), "releases")) <= 1 {
		return firstOf(first, str(r, "url"), d.URL)
	}
	return firstOf(first, str(r, "url"))
}

func ocdsLots(tender any) []string {
	var out []string
	for _, l := range list(tender, "lots") {
		out = add(out, str(l, "title"))
	}
	return out
}

func ocdsCategories(tender any) []string {
	var out []string
	add1 := func(c any) {
		if id := str(c, "id"); id != "" {
			out = add(out, strings.TrimSpace(id+" "+str(c, "description")))
		}
	}
	add1(at(tender, "classification"))
	for _, i := range list(tender, "items") {
		add1(at(i, "classification"))
	}
	if len(out) > 20 {
		out = out[:20]
	}
	return out
}
