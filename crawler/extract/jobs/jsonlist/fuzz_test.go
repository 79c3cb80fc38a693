package jsonlist_test

import (
	"strings"
	"testing"

	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

func FuzzAnyJSON(f *testing.F) {
	for _, seed := range []string{
		`{"code":0,"data":{"list":[{"jobName":"会计","city":"上海","publishTime":1795276800000}],"total":1}}`,
		`{"hits":{"total":{"value":1,"relation":"gte"},"hits":[{"_source":{"title":"Nurse","location":{"city":"Ulm"}}}]}}`,
		`cb({"jobs":{"1042":{"title":"Plumber","city":"Bonn"}}});`, `{"data":"[{\"positionName\":\"x\"}]","necromancer":"y"}`,
		`{"errors":[{"message":"Unauthorized"}]}`, `[[[{"title":[{"name":{"rendered":"<b>Cook &amp; Chef"}}]}]]]`, `{"jobs":[],"total":"0"}`,
		`[{"designation":"Nurse","createdAt":{"$date":{"$numberLong":"1795276800000"}},"location":[["a"],{"x":1}]}]`,
	} {
		f.Add("https://x.example/api?page=1&size=10", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, url string, body []byte) {
		r, ok := jsonlist.Read(page.Open(page.Page{URL: url, Body: body, At: noon}))
		if !ok {
			return
		}
		if (r.Outcome == signals.OutcomeOK) != (len(r.Postings) > 0) {
			t.Errorf("outcome %s with %d postings", r.Outcome, len(r.Postings))
		}
		for _, p := range r.Postings {
			if strings.TrimSpace(p.Title) == "" || (p.Posted == nil) != (p.Basis == "") {
				t.Errorf("a broken posting %+v", p)
			}
		}
	})
}
