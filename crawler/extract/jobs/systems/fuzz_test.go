package systems_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/extracttest"
	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// FuzzReadNeverPanicsNorMeasuresNothing feeds broken relatives of all fixtures.
func FuzzReadNeverPanicsNorMeasuresNothing(f *testing.F) {
	for _, c := range manifest(f) {
		d := c.document(f)
		f.Add(c.URL, c.ContentType, d.Body)
	}
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)
	f.Fuzz(func(t *testing.T, url, contentType string, body []byte) {
		r, ok := systems.Read(page.Open(page.Page{URL: url, ContentType: contentType, Body: body, At: at}))
		if !ok {
			return
		}
		if (r.Outcome == signals.OutcomeOK) != (len(r.Postings) > 0) {
			t.Errorf("outcome %s with %d postings", r.Outcome, len(r.Postings))
		}
		for _, p := range r.Postings {
			if strings.TrimSpace(p.Title) == "" {
				t.Error("a posting without a title")
			}
			if (p.Posted == nil) != (p.Basis == "") {
				t.Errorf("date %v with basis %q", p.Posted, p.Basis)
			}
		}
	})
}

// Hostile documents of 2 MB are read within a second; the test allows for a race detector
// and a busy machine.
func TestHostileDocumentsAreReadInTime(t *testing.T) {
	const size = 2 << 20
	fill := func(head, unit, tail string) []byte {
		return []byte(head + strings.Repeat(unit, (size-len(head)-len(tail))/len(unit)) + tail)
	}
	for name, body := range map[string][]byte{
		"many jobs":            fill(`{"jobs":[`, `{"title":"Engineer","absolute_url":"/a","location":{"name":"X"},"updated_at":"2026-01-01"},`, `{}]}`),
		"deep objects":         fill(``, `{"jobs":`, ``),
		"deep arrays":          fill(``, `[`, ``),
		"deep closed arrays":   append(bytes.Repeat([]byte("["), size/2), bytes.Repeat([]byte("]"), size/2)...),
		"JSON in JSON":         fill(`{"data":"`, `[{\"jobName\":\"x\"},`, `"}`),
		"states without end":   fill(`<html>`, `<script>window.__appData = {"a":`, ``),
		"many hidden inputs":   fill(`<html>zohorecruit mokahr.com id="init-data" `, `<input id="jobs" value="[{&quot;">`, ``),
		"many phApp":           fill(`<html>`, `phApp.ddo = {"a":[1,`, ``),
		"links everywhere":     fill(`<html>`, `<a href="https://x.recruitee.com">https://www.lever.co/ jobs.lever.co/www greenhouse.io/embed `, ``),
		"rows without end":     fill(`<html><table>`, `<tr class="job-post"><td><p class="body body--medium">Cook`, ``),
		"nested lists":         fill(`<html data-automation-id="jobTitle" x="positionItem-title-text article--result">`, `<ul><li><article class="article--result"><b>x</b>`, ``),
		"one attribute":        fill(`<html><div data-x="`, `iCIMS_JobsTable jobTitle-link `, `">`),
		"keyed by id":          fill(`{"a":{"1":{"title":"Cook","city":"X"}},"b":{`, `"12345678":{"title":"Cook","city":"X"},`, `"9":{"title":"Cook","city":"X"}}}`),
		"a feed without end":   fill(`<?xml version="1.0"?><workzag-jobs>`, `<position><name>Cook</name>`, ``),
		"a feed of one field":  fill(`<?xml version="1.0"?><workzag-jobs><position><name>`, `<![CDATA[x]]>`, ``),
		"objects of one key":   fill(`[`, `{"a":{"b":{"c":{"d":1}}}},`, `1]`),
		"a string of brackets": fill(`{"data":"`, `[{\"\":`, `"}`),
	} {
		t.Run(name, func(t *testing.T) {
			if took := extracttest.Spent(func() { readAny(page.Open(page.Page{Body: body})) }); took > 6*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
