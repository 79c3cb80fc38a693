package configured

import (
	"testing"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

func TestSelectorsReadWhatTheyName(t *testing.T) {
	d := page.Open(page.Page{URL: "http://a.example/list", ContentType: "text/html", Body: []byte(`<html><body><div class=r><b>云河市某局空调采购</b><i>2026-06-01</i><u>采购结果</u><s data-k="7">查看</s><q>12.5万元</q></div><a class=n href="?p=2">下页</a></body></html>`)})
	rules := signals.CSSRules{Item: "div.r", Next: "a.n", Fields: map[string]string{"title": "b", "published": "i", "type": "u", "id": "s@data-k", "amount": "q"}}
	r, ok := Read(d, signals.Reading{CSS: &rules})
	if !ok || r.Outcome != signals.OutcomeOK || len(r.Notices) != 1 {
		t.Fatalf("%v %+v", ok, r)
	}
	n := r.Notices[0]
	if n.ID != "7" || n.Published.String() != "2026-06-01" || n.Amount.String() != "125000" || r.Next.URL != "http://a.example/list?p=2" {
		t.Errorf("%+v, next %+v", n, r.Next)
	}
}

func TestASelectorThatSelectsNothingIsNoEmptyList(t *testing.T) {
	d := page.Open(page.Page{ContentType: "text/html", Body: []byte(`<html><body><p class=none>暂无</p></body></html>`)})
	rules := signals.CSSRules{Item: "li", Fields: map[string]string{"title": "a"}}
	if r, _ := Read(d, signals.Reading{CSS: &rules}); r.Outcome != signals.OutcomeNotRelevant {
		t.Errorf("without a word of the page it is %s", r.Outcome)
	}
	rules.Empty = "p.none"
	if r, _ := Read(d, signals.Reading{CSS: &rules}); r.Outcome != signals.OutcomeEmpty {
		t.Errorf("with the page's word it is %s", r.Outcome)
	}
	rules.Fields["salary"] = "b"
	if r, _ := Read(d, signals.Reading{CSS: &rules}); r.Outcome != signals.OutcomeNotRelevant {
		t.Errorf("with an unknown field it is %s", r.Outcome)
	}
}

func TestPathsReadWhatTheyName(t *testing.T) {
	d := page.Open(page.Page{URL: "http://a.example/api", Body: []byte(`{"d":{"n":9,"next":"/api?p=2","rows":[{"k":5,"t":"云河市某局空调中标公告","w":["大河有限公司"],"day":"2026-06-01"}]}}`)})
	rules := signals.JSONRules{Items: "d.rows", Total: "d.n", Next: "d.next", Link: "http://a.example/v/{id}", Fields: map[string]string{"id": "k", "title": "t", "winners": "w", "published": "day"}}
	r, _ := Read(d, signals.Reading{JSON: &rules})
	if len(r.Notices) != 1 || r.Notices[0].URL != "http://a.example/v/5" || r.Notices[0].Type != signals.NoticeAward || r.Notices[0].Winners[0] != "大河有限公司" || *r.Total != 9 || r.Next == nil {
		t.Errorf("%+v", r)
	}
	rules.Items = "d.none"
	if r, _ := Read(d, signals.Reading{JSON: &rules}); r.Outcome.Measurement() {
		t.Errorf("a missing list is read as %s", r.Outcome)
	}
}
