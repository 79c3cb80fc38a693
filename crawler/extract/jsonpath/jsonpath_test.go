package jsonpath_test

import (
	"testing"

	"dealvitals/crawler/extract/jsonpath"
	"dealvitals/crawler/extract/page"
)

const answer = `{"data":{"total":"3","more":"/api?p=2","cursor":"abc","done":false,
"rows":[{"title":" A ","tags":["x","y"]},{"title":"B","n":7},{"title":"C","urgent":true}],
"byDay":{"tue":{"title":"T"},"mon":{"title":"M"},"sun":{"title":"S"}}}}`

func open() *page.Document {
	return page.Open(page.Page{URL: "https://x.example/api?q=1", ContentType: "application/json", Body: []byte(answer)})
}

func TestAPathLeadsToTheSameValuesEachTime(t *testing.T) {
	for path, want := range map[string]string{
		"data.rows.*.title":    "A; B; C",
		"data.rows.1.title":    "B",
		"data.rows.9.title":    "",
		"data.rows.1.n":        "7",
		"data.rows.*.urgent":   "true",
		"data.rows.0.tags":     "x; y",
		"data.byDay.*.title":   "M; S; T", // an object's elements in the order of their keys
		"data.byDay.mon.title": "M",
		"data.none.title":      "",
		"data.rows":            "", // records are no text
	} {
		for range 20 {
			if got := jsonpath.Text(jsonpath.Along(open().JSON(), path)); got != want {
				t.Fatalf("%s: %q, want %q", path, got, want)
			}
		}
	}
}

func TestRecordsNumbersAndNextPages(t *testing.T) {
	d := open()
	v := d.JSON()
	for path, want := range map[string]int{"data.rows": 3, "data.byDay.*": 3, "data.byDay": 1} {
		if records, isList := jsonpath.Records(jsonpath.Along(v, path)); len(records) != want || !isList {
			t.Errorf("%s: %d records, a list %v, want %d", path, len(records), isList, want)
		}
	}
	if _, isList := jsonpath.Records(jsonpath.Along(v, "data.total")); isList {
		t.Error("a number is a list")
	}
	if n := jsonpath.Number(v, "data.total"); n == nil || *n != 3 {
		t.Errorf("total %v", n)
	}
	if n := jsonpath.Number(v, "data.cursor"); n != nil {
		t.Errorf("a word is the number %d", *n)
	}
	for path, want := range map[string]string{
		"data.more": "https://x.example/api?p=2", "data.cursor": "https://x.example/api?cursor=abc&q=1", "data.done": "", "data.none": "", "": "",
	} {
		got := ""
		if r := jsonpath.Next(d, v, path); r != nil {
			got = r.URL
		}
		if got != want {
			t.Errorf("next at %q: %q, want %q", path, got, want)
		}
	}
	if got := jsonpath.Fill("https://x/{a}/{b}", map[string]string{"a": "{b}", "b": "1/2"}); got != "https://x/%7Bb%7D/1%2F2" {
		t.Errorf("filled: %s", got)
	}
}
