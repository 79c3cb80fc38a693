package systems

import (
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
)

// Zoho Recruit ({company}.zohorecruit.com/jobs/Careers).
//
// The page holds its records in <input type="hidden" id="jobs" value="[…]">; GET
// /recruit/v2/public/Job_Openings?pagename=Careers&source=CareerSite gives {"code":"SUCCESS",
// "data":[…]}. Date_Opened is the opening.
var zohoRecruit = System{
	Name: "zohorecruit",
	JSON: []board{zohoOpenings},
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"zohorecruit", "zrcareer", "Posting_Title"}) {
			return page.Result{}, false
		}
		r, ok := zohoOpenings.readValue("zohorecruit", attributeValue(d, "jobs"), d)
		r.Form, r.Extractor = page.FormList, "zohorecruit-html"
		return r, ok
	},
}

var zohoOpenings = board{
	Hosts: []string{"zohorecruit.com", "zohorecruit.eu", "zohorecruit.in"}, Items: []string{"", "data"}, Shape: []string{"Posting_Title|Job_Opening_Name"},
	Title: []string{"Posting_Title", "Job_Opening_Name"}, ID: []string{"id", "Job_Opening_ID"}, Place: []string{"City", "State", "Country"}, Link: []string{"$url"}, Published: []string{"Date_Opened", "Created_Time"},
	Closed: func(r any) bool { return value.False(r, "Publish") },
}
