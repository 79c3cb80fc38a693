package induce

import (
	"strings"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/records"
)

// What a class or id says of the element that bears it.
const (
	sayJob   uint32 = 1 << iota // it belongs to jobs: job-list, position, careers
	sayTitle                    // it holds the title of a job: job-title, positionName
	sayName                     // it holds some title
	sayPlace
	sayDate
	saySalary
	sayUnit // a department, team or company
	sayTag  // a tag, label or badge
)

// vocabulary reads one class name.
func vocabulary(class string) uint32 {
	w := casing.Lower(class)
	var bits uint32
	if jobWord(w) {
		bits |= sayJob
		if listClass.In(w) && !besideClass.In(w) {
			bits |= records.Content
		}
	}
	for _, g := range classWords {
		if g.words.In(w) {
			bits |= g.bit
		}
	}
	if bits&sayName != 0 && (bits&sayJob != 0 || strings.Contains(w, "posting") || strings.Contains(w, "role") || strings.HasPrefix(w, "post")) && bits&(sayUnit|sayPlace) == 0 {
		bits |= sayTitle
	}
	if bits&sayTitle != 0 && notTitleClass.In(w) {
		bits &^= sayTitle
	}
	return bits
}

var (
	jobClass      = anyof.Of("job", "position", "career", "vacanc", "opening", "recruit", "zhaopin", "posting", "requisition", "zhiwei", "gangwei", "hiring", "stellen", "offre", "vacature", "rencai", "employ")
	listClass     = anyof.Of("list", "item", "result", "card", "jobs", "positions")
	besideClass   = anyof.Of("nav", "menu", "footer", "filter", "similar", "related", "recommend", "hot", "alert", "search-form")
	notTitleClass = anyof.Of("list-title", "listtitle", "jobs-title", "section", "page-title", "block-title", "type", "category", "alert", "search", "filter")
)

var classWords = []struct {
	bit   uint32
	words *anyof.Words
}{
	{sayName, anyof.Of("title", "name", "headline", "heading", "subject", "zwmc", "jobtit")},
	{sayPlace, anyof.Of("location", "place", "city", "address", "area", "region", "didian", "addr")},
	{sayDate, anyof.Of("date", "time", "posted", "publish")},
	{saySalary, anyof.Of("salary", "wage", "money", "pay", "xinzi", "compensation")},
	{sayUnit, anyof.Of("department", "dept", "team", "company", "comp", "employer", "corp", "org", "gongsi")},
	{sayTag, anyof.Of("tag", "badge", "label", "chip", "pill")},
}

// jobWord tells a class that names jobs; CSS's own "position-relative" does not.
func jobWord(w string) bool {
	if strings.HasPrefix(w, "position-") || strings.HasPrefix(w, "pos-") {
		for _, css := range []string{"relative", "absolute", "static", "fixed", "sticky"} {
			if strings.HasSuffix(w, css) {
				return false
			}
		}
	}
	return jobClass.In(w)
}
