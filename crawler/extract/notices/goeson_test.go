package notices

import (
	"testing"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

func TestAListOfNoticesThatSaysThatItGoesOn(t *testing.T) {
	const notice = `{"id":"7","title":"某市人民医院监护仪采购项目公开招标公告","publishTime":"2026-11-20 10:00:00","purchaser":"某市人民医院"}`
	for name, test := range map[string]struct {
		body   string
		goesOn bool
	}{
		"a flag":                   {`{"code":200,"data":{"list":[` + notice + `],"hasNextPage":true}}`, true},
		"pages":                    {`{"code":200,"data":{"records":[` + notice + `],"current":1,"pages":9}}`, true},
		"a count of what is shown": {`{"code":200,"data":{"list":[` + notice + `],"count":1,"isLastPage":false}}`, true},
		"the last page":            {`{"code":200,"data":{"records":[` + notice + `],"current":9,"pages":9}}`, false},
		"a total":                  {`{"code":200,"data":{"records":[` + notice + `],"total":1,"current":1,"pages":1}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(address string) page.Result {
				d := page.Open(page.Page{URL: address, Body: []byte(test.body)})
				defer d.Close()
				return Read(d, signals.Reading{}).Detached()
			}
			if r := read("https://ggzy.example/api/notice"); len(r.Notices) != 1 || (r.More != "") != test.goesOn || r.Next != nil {
				t.Errorf("%d notices, goes on behind %q, next %v", len(r.Notices), r.More, r.Next)
			}
			r := read("https://ggzy.example/api/notice?pageNo=1")
			if test.goesOn != (r.Next != nil) || r.Next != nil && r.Next.URL != "https://ggzy.example/api/notice?pageNo=2" || r.More != "" {
				t.Errorf("by its address: next %v, more %q", r.Next, r.More)
			}
		})
	}
}
