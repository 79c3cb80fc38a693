package paging_test

import (
	"testing"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/paging"
)

func TestABodyIsMovedOnByOnePage(t *testing.T) {
	n := func(total int) *int { return &total }
	for _, c := range []struct {
		name, body string
		got        int
		total      *int
		want       string // "" where this was the last page, or nobody can tell
	}{
		{"a form of ggzy's kind", "DEAL_TIME=02&PAGENUMBER=1&FINDTXT=", 20, n(57), "DEAL_TIME=02&PAGENUMBER=2&FINDTXT="},
		{"its last page", "PAGENUMBER=3&PAGE_SIZE=20", 17, n(57), ""},
		{"JSON with a page and a limit, as TED's", `{"query":"buyer-country=DEU","page":1,"limit":100}`, 100, n(250), `{"limit":100,"page":2,"query":"buyer-country=DEU"}`},
		{"Epoint's pn counts records", `{"pn":10,"rn":10,"wd":"<a&b>"}`, 10, n(57), `{"pn":20,"rn":10,"wd":"<a&b>"}`},
		{"a number as text stays a text", `{"pageNo":"2","pageSize":"20"}`, 20, n(57), `{"pageNo":"3","pageSize":"20"}`},
		{"inside another object", `{"cond":{"a":1},"pageable":{"pageIndex":1,"pageSize":5}}`, 5, n(9), `{"cond":{"a":1},"pageable":{"pageIndex":2,"pageSize":5}}`},
		{"an offset", `{"offset":40,"limit":20}`, 20, n(100), `{"limit":20,"offset":60}`},
		{"a long number keeps its digits", `{"id":9007199254740993,"page":1}`, 2, n(3), `{"id":9007199254740993,"page":2}`},
		{"a full page without a total", `{"page":1,"size":10}`, 10, nil, `{"page":2,"size":10}`},
		{"a page that is not full, without a total", `{"page":2,"size":10}`, 7, nil, ""},
		{"neither total nor size", `{"page":1}`, 10, nil, ""},
		{"nothing that turns pages", `{"keyword":"x"}`, 10, n(30), ""},
		{"no records", `{"page":1}`, 0, n(30), ""},
		{"no JSON, no form", "{broken", 10, n(30), ""},
		{"a list", `[{"page":1}]`, 10, n(30), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if r := paging.NextByBody(page.Request{URL: "https://x/api", Method: "POST", Body: c.body, ContentType: "t"}, c.got, c.total); r != nil {
				got = r.Body
				if r.URL != "https://x/api" || r.Method != "POST" || r.ContentType != "t" {
					t.Errorf("the rest of the request changed: %+v", r)
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzNextByBody(f *testing.F) {
	for _, body := range []string{"PAGENUMBER=1", `{"page":1,"limit":2}`, `{"a":{"b":{"pn":0,"rn":1}}}`, "%zz=1&page=1", "{"} {
		f.Add(body, 3, 9)
	}
	f.Fuzz(func(t *testing.T, body string, got, total int) {
		r := page.Request{URL: "https://x/api", Method: "POST", Body: body}
		if next := paging.NextByBody(r, got, &total); next != nil && next.Body == body {
			t.Errorf("the next page's body is this one's: %q", body)
		}
	})
}
