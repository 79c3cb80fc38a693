package systems

import (
	"dealvitals/crawler/extract/page"
)

// Comeet (www.comeet.com/jobs/{company}/{uid}).
//
// GET https://www.comeet.co/careers-api/2.0/company/{uid}/positions?token={token} gives an
// array of all positions; the page assigns the same to COMPANY_POSITIONS_DATA. time_updated
// is a change: there is no date of opening.
var comeet = System{
	Name: "comeet",
	JSON: []board{comeetPositions},
	Page: func(d *page.Document) (page.Result, bool) {
		if d.Format != page.FormatHTML || !hasMark(d, []string{"COMPANY_POSITIONS_DATA"}) {
			return page.Result{}, false
		}
		r, ok := comeetPositions.readValue("comeet", assigned(d.Text, "COMPANY_POSITIONS_DATA"), d)
		r.Form, r.Extractor = page.FormList, "comeet-html"
		return r, ok
	},
}

var comeetPositions = board{
	Hosts: []string{"comeet.co", "comeet.com"}, Items: []string{""}, Shape: []string{"name", "uid", "url_comeet_hosted_page|url_active_page|position_url|time_updated"},
	Title: []string{"name"}, ID: []string{"uid"}, Place: []string{"location.name", "location"}, Link: []string{"url_active_page", "url_comeet_hosted_page", "position_url"}, Updated: []string{"time_updated"},
}
