package extract

import (
	"cmp"

	"dealvitals/crawler/extract/jobs"
	"dealvitals/crawler/extract/notices"
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/paging"
	"dealvitals/signals"
)

// Version names what the readers do. It is part of what is remembered of a page, so that a
// page that did not change is read again after the readers did.
const Version = "6"

// Read tells what a captured page yields. reading says how, where an administrator has
// configured it; its zero value is automatic.
func Read(p Page, kind signals.Kind, reading signals.Reading) Result {
	d := page.Open(p)
	defer d.Close()
	r := jobs.Read
	if kind == signals.KindTender {
		r = notices.Read
	}
	result := withMore(d, r(d, reading))
	result.Barred = barred(d, &result)
	return result.Detached()
}

// withMore notes that a list has a rest of which nobody knows the address.
func withMore(d *page.Document, r Result) Result {
	list := r.Outcome == signals.OutcomeOK && r.Form != page.FormDetail && r.Next == nil && r.Instead == nil
	if list && r.Total == nil {
		records := len(r.Postings) + len(r.Notices)
		r.More = cmp.Or(r.More, outcome.More(d, records))
		r.Pager = outcome.Pager(d, records)
		if d.Format == page.FormatJSON {
			r.Pager = paging.FullPage(d.URL, records)
		}
	}
	return r
}

// AnswersWhole tells whether what a reader of hiring pages reads is a whole list by what it
// is, whatever the number of its records.
func AnswersWhole(extractor string) bool { return jobs.AnswersWhole(extractor) }
