package systems

import (
	"fmt"
	"strings"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Oracle Taleo (*.taleo.net).
//
// POST …/careersection/rest/jobboard/searchjobs gives {"requisitionList":[{"jobId",
// "contestNo","column":[…]}],"pagingData":{"currentPageNo","pageSize","totalCount"}}. The
// columns are the company's choice: the first is the title, an array in a string is the
// places, one of the others the posting date. Business Edition sites render
// .oracletaleocwsv2-accordion.
var taleo = System{
	Name: "taleo",
	Page: readTaleo,
	HTML: []listing{{
		Hosts: []string{"taleo.net"}, Marks: []string{"oracletaleocwsv2"},
		Row: css(".oracletaleocwsv2-accordion"), Title: css(".oracletaleocwsv2-head-title", ".viewJobLink"), Place: css(".oracletaleocwsv2-accordion-head-info div"), Link: css("a.viewJobLink"),
	}, {
		Hosts: []string{"taleo.net"}, Marks: []string{"cws-search-results"},
		Row: css("#cws-search-results tr"), Title: css("td a"), Place: css("td:nth-child(2)"),
	}},
}

func readTaleo(d *page.Document) (page.Result, bool) {
	v := d.JSON()
	list, ok := value.At(v, "requisitionList").([]any)
	if !ok || value.Object(v, "pagingData") == nil {
		return page.Result{}, false
	}
	total := jsonlist.Total(value.At(v, "pagingData.totalCount"))
	var seen jsonlist.Seen
	for _, r := range list {
		if p, ok := taleoPosting(d, r); ok {
			seen.Add(p)
		}
	}
	res := page.Result{Outcome: signals.OutcomeOK, Form: page.FormAPI, Extractor: "taleo-api", Postings: seen.Postings, Total: total, Why: fmt.Sprintf("an answer of taleo with %d records", len(list))}
	if len(seen.Postings) == 0 {
		if len(list) > 0 || total == nil || *total != 0 {
			return page.Result{}, false
		}
		res.Outcome, res.Why = signals.OutcomeEmpty, "an answer of taleo without any job"
	}
	if n, ok := value.Int(v, "pagingData.totalCount"); ok {
		size, _ := value.Int(v, "pagingData.pageSize")
		res.Next = postPage("pageNo", 1, max(size, len(list)), `{"pageNo":{n}}`)(d, v, len(list), n)
	}
	return res, true
}

func taleoPosting(d *page.Document, r any) (signals.Posting, bool) {
	columns := value.Texts(r, "column")
	if len(columns) == 0 {
		return signals.Posting{}, false
	}
	p := signals.Posting{ID: value.First(r, "contestNo", "jobId"), Title: jsonlist.Readable(columns[0])}
	for _, c := range columns[1:] {
		if rest, ok := strings.CutPrefix(c, `["`); ok && p.Place == "" {
			p.Place = strings.ReplaceAll(strings.TrimSuffix(rest, `"]`), `","`, "; ")
			continue
		}
		if found, ok := dates.Parse(c, d.At); ok && p.Posted == nil {
			p.Posted, p.Basis = &found.Date, found.Basis
		}
	}
	return p, p.Title != ""
}
