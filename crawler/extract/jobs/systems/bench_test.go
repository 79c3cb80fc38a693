package systems_test

import (
	"bytes"
	"testing"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/page"
)

// ordinary is a page of 300 kB that none of the systems wrote.
func ordinary() []byte {
	row := []byte(`<li class="news-item"><a href="/news/2026/11/some-page.html" title="公司召开年度工作会议">公司召开年度工作会议</a><span class="date">2026-11-24</span><p>Some text about a company that makes things.</p></li>`)
	return append([]byte("<!DOCTYPE html><html><body><ul>"), bytes.Repeat(row, 300_000/len(row))...)
}

// The first benchmark must stay a small part of the second: every page is looked at.
func BenchmarkPageOfNoSystem(b *testing.B) {
	body := ordinary()
	for b.Loop() {
		systems.Read(page.Open(page.Page{Body: body}))
	}
}

func BenchmarkOnlyOpeningThePage(b *testing.B) {
	body := ordinary()
	for b.Loop() {
		page.Open(page.Page{Body: body})
	}
}

func BenchmarkParsingThePage(b *testing.B) {
	body := ordinary()
	for b.Loop() {
		dom.Parse(body)
	}
}
