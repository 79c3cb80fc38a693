package extract

import (
	"dealvitals/crawler/extract/jobs"
	"dealvitals/crawler/extract/notices"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Version names what the readers do. It is part of what is remembered of a page, so that a
// page that did not change is read again after the readers did.
const Version = "2"

// Read tells what a captured page yields. reading says how, where an administrator has
// configured it; its zero value is automatic.
func Read(p Page, kind signals.Kind, reading signals.Reading) Result {
	d := page.Open(p)
	defer d.Close()
	if kind == signals.KindTender {
		return notices.Read(d, reading).Detached()
	}
	return jobs.Read(d, reading).Detached()
}
