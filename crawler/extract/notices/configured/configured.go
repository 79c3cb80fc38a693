// Package configured reads notices by an administrator's rules: CSS selectors for pages,
// paths for JSON. The names of fields are those of `probe`'s JSON (DESIGN §5).
package configured

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// fields are the names that a rule may have.
var fields = []string{"id", "title", "url", "published", "deadline", "type", "buyer", "agency", "winners", "amount", "currency", "region", "project_no"}

// Read reads by the rules that reading has; ok is false where it has none.
func Read(d *page.Document, reading signals.Reading) (page.Result, bool) {
	switch {
	case reading.CSS != nil:
		return readCSS(d, *reading.CSS), true
	case reading.JSON != nil:
		return readPaths(d, *reading.JSON), true
	}
	return page.Result{}, false
}

// unknown is the first name, in the order of the alphabet, that no field has; "" where all
// are known.
func unknown(rules map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if !slices.Contains(fields, name) {
			return name
		}
	}
	return ""
}

// wrong is the result of rules that cannot be followed.
func wrong(format string, args ...any) page.Result {
	return page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: "configured", Why: "configured reading: " + fmt.Sprintf(format, args...)}
}

// notice makes a notice of the values of its fields; ok is false without a title.
func notice(d *page.Document, values map[string]string) (signals.Notice, bool) {
	n := signals.Notice{
		ID: values["id"], Title: dom.Clean(values["title"]), Buyer: party.Clean(values["buyer"]), Agency: party.Clean(values["agency"]),
		Winners: party.Split(values["winners"]), Region: values["region"], ProjectNo: values["project_no"],
		Published: day(d, values["published"]), Deadline: day(d, values["deadline"]),
	}
	if n.Title == "" {
		return n, false
	}
	if u := values["url"]; u != "" {
		n.URL = d.Resolve(u)
	}
	n.Type = signals.NoticeTender
	for _, t := range []signals.NoticeType{kind.Of(n.Title), kind.OfCategory(values["type"])} {
		if t != "" {
			n.Type = t
			break
		}
	}
	if a, ok := money.Parse(values["amount"], money.One); ok {
		n.Amount, n.Currency = &a.Value, a.Currency
		if c := strings.TrimSpace(values["currency"]); c != "" {
			n.Currency = c
		}
	}
	return n, true
}

func day(d *page.Document, text string) *signals.Date {
	found, ok := dates.Parse(text, d.At)
	if !ok {
		return nil
	}
	return &found.Date
}
