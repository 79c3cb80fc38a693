package systems

import (
	"dealvitals/crawler/extract/page"
)

// Eightfold (*.eightfold.ai, and companies' own domains).
//
// GET /api/apply/v2/jobs?domain={domain}&start=0&num=10 gives {"positions":[…],"count"};
// newer sites GET /api/pcsx/search and get {"status":200,"data":{"positions","count"}}.
// t_create (postedTs, creationTs) is the opening in seconds, t_update a change. The page
// holds the first answer in <code id="smartApplyData">.
var eightfold = System{
	Name: "eightfold",
	JSON: []board{eightfoldAnswer},
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"smartApplyData"}) {
			return page.Result{}, false
		}
		r, ok := eightfoldAnswer.readValue("eightfold", elementText(d, "smartApplyData"), d)
		r.Form, r.Extractor = page.FormList, "eightfold-html"
		return r, ok
	},
}

var eightfoldAnswer = board{
	Hosts: []string{"eightfold.ai"}, Items: []string{"positions", "data.positions"}, Shape: []string{"name", "display_job_id|displayJobId|ats_job_id|atsJobId|t_create|postedTs", "location|locations"},
	Title: []string{"name", "posting_name"}, ID: []string{"id"}, Place: []string{"locations", "location", "standardizedLocations"}, Link: []string{"canonicalPositionUrl", "positionUrl"},
	Published: []string{"postedTs", "t_create", "creationTs"}, Updated: []string{"t_update", "updateTs"}, Total: []string{"count", "data.count", "totalCount"},
}
