package selector

import (
	"testing"

	"dealvitals/crawler/extract/page"
)

const list = `<html><body><ul><li data-id="7"><b>焊工</b> <i title="2026-06-01">1 June</i></li><li>钳工</li></ul>
<a class="more" href="?p=2">下一页</a><a class="end" href="#">下一页</a><a class="script" href="JavaScript:void(0)">x</a><a class="self" href="http://a.example/list">x</a></body></html>`

func open() *page.Document {
	return page.Open(page.Page{URL: "http://a.example/list", ContentType: "text/html", Body: []byte(list)})
}

func parse(t *testing.T, rule string) Part {
	t.Helper()
	p, err := Parse(rule)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPartsAreReadInsideTheirRecord(t *testing.T) {
	records := parse(t, "ul li").AllIn(open().HTML())
	if len(records) != 2 {
		t.Fatalf("%d records", len(records))
	}
	for rule, want := range map[string]string{
		"b": "焊工", "i@title": "2026-06-01", " i @title ": "2026-06-01", "@data-id": "7", "": "焊工 1 June", "u": "", "u@title": "", "b@title": "", `[data-id="7"]`: "",
	} {
		if got := parse(t, rule).Value(records[0]); got != want {
			t.Errorf("%q is %q, want %q", rule, got, want)
		}
	}
	if whole := parse(t, "@data-id"); !whole.IsRecord() || whole.In(records[1]) != records[1] || len(whole.AllIn(records[1])) != 1 {
		t.Error("only an attribute is not read of the record itself")
	}
	if _, err := Parse("li["); err == nil {
		t.Error("half a selector is read")
	}
}

func TestALinkThatLeadsNowhereElseIsNoNextPage(t *testing.T) {
	for rule, want := range map[string]string{"a.more": "http://a.example/list?p=2", "a.more@href": "http://a.example/list?p=2", "a.end": "", "a.script": "", "a.self": "", "a.none": "", "li": ""} {
		got := ""
		if next := parse(t, rule).Next(open()); next != nil {
			got = next.URL
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", rule, got, want)
		}
	}
}
