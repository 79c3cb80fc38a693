package systems

import (
	"dealvitals/crawler/extract/page"
)

// Phenom People (companies' own domains).
//
// The page assigns phApp.ddo = {"eagerLoadRefineSearch":{"totalHits","data":{"jobs":[…]}}};
// POST /widgets answers {"refineSearch":{…}} of the same form. postedDate is the
// publication, dateCreated the record's creation. Pages are ?from=0,10,…&s=1.
var phenom = System{
	Name: "phenom",
	JSON: []board{phenomAnswer},
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"phApp.ddo"}) {
			return page.Result{}, false
		}
		r, ok := phenomAnswer.readValue("phenom", assigned(d.Text, "phApp.ddo"), d)
		r.Form, r.Extractor = page.FormList, "phenom-html"
		return r, ok
	},
}

var phenomAnswer = board{
	Items: []string{"eagerLoadRefineSearch.data.jobs", "refineSearch.data.jobs"}, Answer: []string{"eagerLoadRefineSearch|refineSearch"}, Shape: []string{"title", "jobSeqNo|jobId|reqId"},
	Title: []string{"title"}, ID: []string{"jobSeqNo", "jobId", "reqId"}, Place: []string{"multi_location", "cityStateCountry", "location", "city"}, Link: []string{"jobUrl", "applyUrl"},
	Published: []string{"postedDate", "dateCreated"}, Total: []string{"eagerLoadRefineSearch.totalHits", "refineSearch.totalHits"},
	Next: func(d *page.Document, _ any, got, total int) *page.Request {
		from := positionOf(d, "from", 0) + got
		if got == 0 || from >= total {
			return nil
		}
		return withQuery(d, "from", from)
	},
}
