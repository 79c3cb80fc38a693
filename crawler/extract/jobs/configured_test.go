package jobs

import (
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

var captured = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

func open(body string) *page.Document {
	return page.Open(page.Page{URL: "https://x.example/list?cursor=a", Body: []byte(body), At: captured})
}

const rows = `<html><body><div class="r" data-id="7"><b>Cook</b><i>Lyon</i><a href="/r/7">more</a><u>2026-11-20</u></div><div class="r" data-id="8"><b>Waiter</b><a href="/r/8">more</a></div><a class="n" href="/list?p=2">go on</a></body></html>`

func TestConfiguredSelectorsReadAPage(t *testing.T) {
	rules := signals.CSSRules{Item: "div.r", Fields: map[string]string{"id": "@data-id", "title": "b", "location": "i", "url": "a@href", "posted": "u"}, Next: "a.n"}
	r := Read(open(rows), signals.Reading{CSS: &rules})
	if r.Outcome != signals.OutcomeOK || len(r.Postings) != 2 || r.Extractor != "css" {
		t.Fatalf("%+v", r)
	}
	p := r.Postings[0]
	if p.ID != "7" || p.Title != "Cook" || p.Place != "Lyon" || p.URL != "https://x.example/r/7" || p.Posted.String() != "2026-11-20" {
		t.Errorf("%+v", p)
	}
	if r.Next == nil || r.Next.URL != "https://x.example/list?p=2" {
		t.Errorf("next is %+v", r.Next)
	}
}

func TestAConfiguredReadingThatCannotWorkSaysWhyAndIsNoMeasurement(t *testing.T) {
	title := map[string]string{"title": "b"}
	for _, c := range []struct {
		name  string
		rules signals.CSSRules
		want  string
	}{
		{"a selector that cannot be parsed", signals.CSSRules{Item: "div[", Fields: title}, "cannot be read"},
		{"no selector for records", signals.CSSRules{Fields: title}, "no selector for the records"},
		{"an unknown field", signals.CSSRules{Item: "div", Fields: map[string]string{"titel": "b"}}, "unknown field"},
		{"no title", signals.CSSRules{Item: "div", Fields: map[string]string{"url": "a@href"}}, "no selector for title"},
		{"a selector that selects nothing", signals.CSSRules{Item: "li.job", Fields: title}, "selects nothing"},
	} {
		r := Read(open(rows), signals.Reading{CSS: &c.rules})
		if r.Outcome.Measurement() || !strings.Contains(r.Why, c.want) {
			t.Errorf("%s: %s, %q", c.name, r.Outcome, r.Why)
		}
	}
}

func TestAConfiguredEmptyMarkIsThePagesOwnWord(t *testing.T) {
	rules := signals.CSSRules{Item: "li.job", Fields: map[string]string{"title": "b"}, Empty: "p.none"}
	if r := Read(open(`<html><body><p class="none">-</p></body></html>`), signals.Reading{CSS: &rules}); r.Outcome != signals.OutcomeEmpty {
		t.Errorf("%s: %s", r.Outcome, r.Why)
	}
}

func TestConfiguredPathsReadAnAnswer(t *testing.T) {
	rules := signals.JSONRules{Items: "data.*.list", Fields: map[string]string{"id": "no", "title": "n.text", "posted": "ts", "location": "cities.*.name"}, Total: "count", Next: "cursor", Link: "https://x.example/j/{id}"}
	r := Read(open(`{"count":9,"cursor":"zz","data":[{"list":[{"no":1,"n":{"text":"Cook"},"ts":1795478400000,"cities":[{"name":"Lyon"},{"name":"Nice"}]}]},{"list":[{"no":2,"n":{"text":"Waiter"}}]}]}`), signals.Reading{JSON: &rules})
	if r.Outcome != signals.OutcomeOK || len(r.Postings) != 2 || r.Total == nil || *r.Total != 9 {
		t.Fatalf("%+v", r)
	}
	if p := r.Postings[0]; p.ID != "1" || p.Place != "Lyon; Nice" || p.URL != "https://x.example/j/1" || p.Posted == nil || p.Posted.String() != "2026-11-24" {
		t.Errorf("%+v", p)
	}
	if r.Next == nil || r.Next.URL != "https://x.example/list?cursor=zz" {
		t.Errorf("next is %+v", r.Next)
	}
}

func TestConfiguredPathsTellAnEmptyListFromAWrongPath(t *testing.T) {
	rules := signals.JSONRules{Items: "data.list", Fields: map[string]string{"title": "n"}}
	for _, c := range []struct {
		body string
		want signals.Outcome
	}{
		{`{"data":{"list":[]}}`, signals.OutcomeEmpty},
		{`{"data":{}}`, signals.OutcomeNotRelevant},
		{`{"data":{"list":null}}`, signals.OutcomeNotRelevant},
		{`{"data":{"list":[{"x":1}]}}`, signals.OutcomeNotRelevant},
		{`{"data":{"list":"abc"}}`, signals.OutcomeNotRelevant},
	} {
		if r := Read(open(c.body), signals.Reading{JSON: &rules}); r.Outcome != c.want {
			t.Errorf("%s: want %s, got %s: %s", c.body, c.want, r.Outcome, r.Why)
		}
	}
}

func TestBrokenJSONIsMended(t *testing.T) {
	for _, text := range []string{
		`{"a":1,}`, "{\"a\":\"x\ny\"}", `// c
{"a":1}`, `<!-- {"a":1} -->`, `//<![CDATA[
{"a":1}
//]]>`, `{&quot;a&quot;:1}`, `{"a":[1,2,],}`, `{"a":1};`, `{"a":"say "hi" there"}`, `{"a":1, /* x */ "b":2}`, `{"a":"c:\d"}`,
	} {
		if looseJSON(text) == nil {
			t.Errorf("%q was not read", text)
		}
	}
	if v := looseJSON(`{"a":`); v != nil {
		t.Errorf("half a value was read as %v", v)
	}
}

func FuzzAnyJSONLDIsReadWithoutPanic(f *testing.F) {
	for _, s := range []string{`{"@type":"JobPosting","title":"x"}`, `[{"@graph":[{"@type":["JobPosting"],"title":"y",}]}]`, `{"@type":"JobPosting","jobLocation":[{"address":{"addressCountry":{"name":"DE"}}}],"title":1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := open(`<html><body>JobPosting<script type="application/ld+json">` + s + `</script></body></html>`)
		for _, p := range readJSONLD(d).postings {
			if p.Title == "" || p.ID == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}
