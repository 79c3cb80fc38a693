package systems

// ClearCompany's HRM Direct ({company}.hrmdirect.com/employment/job-openings.php).
//
// The whole list is one table of tr.reqitem; which columns it has is the company's choice, a
// date being that of posting.
var hrmDirect = System{
	Name: "hrmdirect",
	HTML: []listing{{
		Hosts: []string{"hrmdirect.com"}, Marks: []string{"reqitem"},
		Row: css("tr.reqitem", "tr.reqitem1", "tr.ReqRowClick"), Title: css("td.posTitle a", "td.posTitle"), Place: css("td.offices", "td.cities", "td.states"), Date: css("td.date", "td:last-child"), ID: "data-req-id",
	}},
}
