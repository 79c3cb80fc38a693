package extract_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/signals"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbkPage is a hiring page whose every text is its own.
func gbkPage(t *testing.T, number int) extract.Page {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<html><head><meta charset="gbk"></head><body><h1>招聘职位</h1><ul>`)
	for i := range 10 {
		fmt.Fprintf(&b, `<li><a href="/jobs/%d-%d.html">高级工程师%[1]d%[2]d</a><span>工作地点：上海</span><span>发布日期：2026-11-%02[3]d</span></li>`, number, i, i+1)
	}
	body, err := simplifiedchinese.GBK.NewEncoder().String(b.String() + "</ul></body></html>")
	if err != nil {
		t.Fatal(err)
	}
	return extract.Page{URL: "https://a.example/jobs", ContentType: "text/html", StatusCode: 200, Body: []byte(body)}
}

// The memory of a page is used for the next ones: what was read of it stands on its own.
func TestWhatWasReadOutlivesItsPage(t *testing.T) {
	var results []extract.Result
	read := func(n int) extract.Result {
		return extract.Read(gbkPage(t, n), signals.KindHiring, signals.Reading{})
	}
	for n := range 20 {
		r := read(n)
		if len(r.Postings) != 10 || r.Charset != "gb18030" || r.Postings[3].Title != fmt.Sprintf("高级工程师%d3", n) {
			t.Fatalf("page %d: %+v", n, r)
		}
		results = append(results, r)
	}
	for n, first := range results {
		if again := read(n); !reflect.DeepEqual(first, again) {
			t.Errorf("page %d was read as %+v, and is %+v by now", n, first, again)
		}
	}
}
