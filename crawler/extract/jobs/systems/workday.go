package systems

import (
	"net/url"
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// Workday (*.myworkdayjobs.com, *.myworkdaysite.com).
//
// POST https://{host}/wday/cxs/{tenant}/{site}/jobs with {"appliedFacets","limit" (at most
// 20),"offset","searchText"} gives {"total","jobPostings":[…]}. total is right on the first
// page only (0 behind it) and stops at 2000. postedOn is words: "Posted Today", "Posted 3
// Days Ago", "Posted 30+ Days Ago", which is a bound. The page itself is a script shell; once
// rendered, its rows are li with a[data-automation-id=jobTitle].
var workday = System{
	Name: "workday",
	JSON: []board{{
		Hosts: []string{"myworkdayjobs.com", "myworkdaysite.com"}, Items: []string{"jobPostings"}, Answer: []string{"jobPostings", "total"}, Shape: []string{"title|bulletFields", "externalPath|bulletFields"},
		Title: []string{"title"}, ID: []string{"bulletFields.0", "externalPath"}, Place: []string{"locationsText"},
		Published: []string{"postedOn"}, Total: []string{"total"},
		Address: workdayAddress, Next: workdayNext,
	}},
	HTML: []listing{{
		Hosts: []string{"myworkdayjobs.com"}, Marks: []string{`data-automation-id="jobTitle"`},
		Row: css("li:has(a[data-automation-id=jobTitle])"), Title: css("a[data-automation-id=jobTitle]"), Place: css("[data-automation-id=locations] dd", "[data-automation-id=location] dd"), Date: css("[data-automation-id=postedOn] dd", "[data-automation-id=postedOn]"),
	}},
	Link: []linkShape{
		{Mark: ".myworkdayjobs.com", Pattern: pattern.New(`https?://([\w-]+)\.(wd[\w-]+)\.myworkdayjobs\.com/(?:[a-z]{2}-[A-Z]{2}/)?([\w-]+)`), URL: "https://$1.$2.myworkdayjobs.com/wday/cxs/$1/$3/jobs", Method: "POST", Body: `{"appliedFacets":{},"limit":20,"offset":0,"searchText":""}`},
	},
}

const workdayBody = `{"appliedFacets":{},"limit":20,"offset":{n},"searchText":""}`

// workdayNext goes on by 20 until a page is not full: behind the first page the answer
// states no total, and before it a capped one.
func workdayNext(d *page.Document, _ any, got, total int) *page.Request {
	offset := positionOf(d, "offset", 0)
	if got == 0 || got < 20 || offset == 0 && total <= got {
		return nil
	}
	return post(d, "offset", offset+got, workdayBody)
}

// workdayAddress makes https://{host}/{site}/job/… of the answer's own address.
func workdayAddress(d *page.Document, r any) string {
	path := value.Text(r, "externalPath")
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" || path == "" {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 4 || parts[1] != "cxs" {
		return ""
	}
	return "https://" + u.Host + "/" + parts[3] + "/" + strings.TrimPrefix(path, "/")
}
