// Package formats reads notices out of structured answers: the records of the sites' own
// interfaces, open data (OCDS, TED, SAM.gov, ProZorro), tables and feeds. One reader is one
// small file; Readers lists them in the order in which they are asked.
package formats

import (
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// Answer is what a reader found.
type Answer struct {
	Notices []signals.Notice
	Form    page.Form
	Total   *int
	Next    *page.Request
	More    string // what it says by which its list goes on, where Next is nil
	Text    string // how a single notice reads, where that is text of the page
	// Opaque says that this is the reader's format, but that its notices cannot be read:
	// encrypted, or only references.
	Opaque bool
	// Refused is what the interface says instead of an answer: a login, a limit.
	Refused signals.Outcome
}

// Reader reads one format; ok is false where the page is of another.
type Reader struct {
	Name string
	Read func(d *page.Document) (answer Answer, ok bool)
}

// Readers lists the readers, the most particular first.
func Readers() []Reader {
	return []Reader{
		{"ocds", readOCDS},
		{"ted-api", readTEDAPI},
		{"sam.gov", readSAM},
		{"prozorro", readProzorro},
		{"contracts-finder", readContractsFinder},
		{"eforms", readEForms},
		{"ted-xml", readTEDXML},
		{"feed", readFeed},
		{"refusal", readRefusal},
		{"json-record", readRecord},
		{"json-list", readJSONList},
		{"table", readTable},
	}
}
