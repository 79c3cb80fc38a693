package formats

import (
	"net/url"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readSAM reads the opportunities interface of SAM.gov, version 2.
// Source: https://open.gsa.gov/api/get-opportunities-public-api/
func readSAM(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	v, ok := at(d.JSON(), "opportunitiesData").([]any)
	if !ok {
		return Answer{}, false
	}
	a := Answer{Form: page.FormAPI, Total: whole(at(d.JSON(), "totalRecords"))}
	for _, r := range v {
		if n, ok := samNotice(d, r); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	a.Next = samNext(d, a.Total, len(v))
	return a, true
}

func samNotice(d *page.Document, r any) (signals.Notice, bool) {
	n := signals.Notice{
		ID: str(r, "noticeId"), Title: str(r, "title"), ProjectNo: str(r, "solicitationNumber"),
		URL: str(r, "uiLink"), Published: day(at(r, "postedDate"), d.At), Deadline: day(at(r, "responseDeadLine"), d.At),
		Buyer:  samBuyer(r),
		Region: firstOf(str(r, "placeOfPerformance", "state", "code"), str(r, "officeAddress", "state"), str(r, "placeOfPerformance", "country", "code")),
	}
	n.Type = firstType(kind.OfCategory(strings.ToLower(str(r, "type"))), kind.OfCategory(strings.ToLower(str(r, "baseType"))))
	if strings.EqualFold(str(r, "archiveType"), "manual") && strings.Contains(strings.ToLower(n.Title), "cancel") {
		n.Type = signals.NoticeTermination
	}
	n.Winners = add(nil, str(r, "award", "awardee", "name"))
	a, ok := amount(at(r, "award", "amount"), money.Unknown, "USD")
	setAmount(&n, a, ok)
	for _, key := range []string{"naicsCode", "classificationCode"} {
		n.Categories = add(n.Categories, str(r, key))
	}
	if s := str(r, "description"); !strings.HasPrefix(s, "http") {
		n.Summary = shorten(s)
	}
	if n.URL == "" && n.ID != "" {
		n.URL = "https://sam.gov/opp/" + n.ID + "/view"
	}
	return n, n.Title != ""
}

// samBuyer is the path of the office from its department down: "DEPT OF X.AGENCY.OFFICE".
func samBuyer(r any) string {
	return firstOf(str(r, "fullParentPathName"), str(r, "office"), str(r, "subTier"), str(r, "department"))
}

// samNext is the next page: the offset counts pages of limit records.
func samNext(d *page.Document, total *int, got int) *page.Request {
	u, err := url.Parse(d.URL)
	if err != nil || total == nil || got == 0 || u.Host == "" {
		return nil
	}
	q := u.Query()
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil {
		limit = got
	}
	offset, err := strconv.Atoi(q.Get("offset"))
	if err != nil {
		offset = 0
	}
	if (offset+1)*limit >= *total {
		return nil
	}
	q.Set("offset", strconv.Itoa(offset+1))
	u.RawQuery = q.Encode()
	return &page.Request{URL: u.String()}
}

func firstType(types ...signals.NoticeType) signals.NoticeType {
	for _, t := range types {
		if t != "" {
			return t
		}
	}
	return signals.NoticeOther
}
