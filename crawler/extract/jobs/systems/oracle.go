package systems

import (
	"net/url"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// Oracle Recruiting Cloud (*.oraclecloud.com/hcmUI/CandidateExperience).
//
// GET https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&
// expand=requisitionList…&finder=findReqs;siteNumber={site},limit=25,offset=0 gives
// {"items":[{"TotalJobsCount","requisitionList":[…]}]}. PostedDate is the publication. The
// page itself is a script shell.
var oracle = System{
	Name: "oracle",
	JSON: []board{{
		Hosts: []string{"oraclecloud.com"}, Items: []string{"items.*.requisitionList"}, Answer: []string{"items.0.requisitionList"}, Shape: []string{"Title", "Id", "PostedDate|PrimaryLocation"},
		Title: []string{"Title"}, ID: []string{"Id"}, Place: []string{"PrimaryLocation"}, Published: []string{"PostedDate"}, Total: []string{"items.0.TotalJobsCount"},
		Address: oracleAddress, Next: oracleNext,
	}},
	HTML: []listing{{ // rendered
		Hosts: []string{"oraclecloud.com"}, Marks: []string{"job-tile__title"},
		Row: css("li[data-qa=searchResultItem]", ".job-tile"), Title: css(".job-tile__title"), Link: css("a.job-grid-item__link", "a.job-list-item__link"),
		Place: css(".job-tile__subheader [data-bind*=primaryLocation]", ".job-list-item__job-info-label--location + div", ".job-tile__subheader span"), Date: css(".job-list-item__job-info-label--posting-date + div"),
	}},
}

var oracleSite = pattern.New(`siteNumber=([\w-]+)`)

func oracleAddress(d *page.Document, r any) string {
	m := oracleSite.FindStringSubmatch(d.URL)
	o := origin(d)
	if m == nil || o == "" {
		return ""
	}
	return o + "/hcmUI/CandidateExperience/en/sites/" + m[1] + "/job/" + value.Text(r, "Id")
}

var oracleOffset = pattern.New(`offset=(\d+)`)

func oracleNext(d *page.Document, _ any, got, total int) *page.Request {
	address, err := url.QueryUnescape(d.URL)
	if err != nil || d.URL == "" || got == 0 {
		return nil
	}
	offset := 0
	m := oracleOffset.FindStringSubmatch(address)
	if m != nil {
		if offset, err = strconv.Atoi(m[1]); err != nil {
			return nil
		}
	}
	if offset+got >= total {
		return nil
	}
	next := "offset=" + strconv.Itoa(offset+got)
	if m != nil {
		return &page.Request{URL: oracleOffset.ReplaceAllString(address, next)}
	}
	return &page.Request{URL: strings.Replace(address, "findReqs;", "findReqs;"+next+",", 1)}
}
