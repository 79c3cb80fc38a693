// Package extract turns the bytes of one captured page into postings or notices,
// and says in which outcome the page ended. It is pure: no clock, no network, no
// disk. The same page gives the same result for ever.
package extract

import (
	"net/url"

	"dealvitals/crawler/extract/page"
)

// The types that readers share with their callers live in package page, so that the
// readers of this folder need not import this package. Callers use these names.
type (
	Page     = page.Page
	Form     = page.Form
	Request  = page.Request
	Result   = page.Result
	RunnerUp = page.RunnerUp
)

// Join is page.Join.
func Join(base *url.URL, ref string) (string, bool) { return page.Join(base, ref) }

const (
	FormList   = page.FormList
	FormDetail = page.FormDetail
	FormAPI    = page.FormAPI
	FormFeed   = page.FormFeed
)
