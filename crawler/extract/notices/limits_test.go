package notices

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/extracttest"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// hostile are pages of two megabytes that a hostile or broken site could send.
func hostile() map[string]string {
	const size = 2 << 20
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, max(1, (size-len(head))/len(unit))) + tail
	}
	var records strings.Builder
	for i := 0; records.Len() < size; i++ {
		fmt.Fprintf(&records, `{"id":"%d","title":"云河市第%d医院设备采购招标公告","publishTime":"2026-06-01","url":"/n/%d.html"},`, i, i, i)
	}
	return map[string]string{
		"one line of Chinese":       fill("<html><body><p>", "受云河市某局委托青山招标代理有限公司", "</p></body></html>"),
		"one line of colons":        fill("<html><body><p>", "采购人：", "</p></body></html>"),
		"many labelled lines":       fill("<html><body><h1>云河市某项目招标公告</h1>", "<p>采购人：云河市某局 预算金额：12万元</p>", "</body></html>"),
		"a table of many rows":      fill("<table><tr><th>排名</th><th>投标人名称</th><th>报价（元）</th></tr>", "<tr><td>1</td><td>大河有限公司</td><td>100</td></tr>", "</table>"),
		"a row of many cells":       fill("<table><tr>", "<td>中标人</td>", "</tr></table>"),
		"a list of many notices":    fill("<ul>", `<li><a href="/a/1.html">云河市某项目招标公告</a><span>2026-06-01</span></li>`, "</ul>"),
		"deep nesting":              fill("<html><body>", "<div>", "中标公告"),
		"deep tables":               fill("<html><body>", "<table><tr><td>", "中标公告"),
		"one huge attribute":        fill(`<html><body><a title="`, "招标公告", `">x</a></body></html>`),
		"digits":                    fill("<p>中标公告</p><p>中标金额：", "1 . ", "</p>"),
		"capitals":                  fill("<p>中标公告</p><p>中标金额：", "壹佰万", "元</p>"),
		"brackets":                  fill("<p>项目编号：", "（", "</p>"),
		"blanks":                    fill("<p>采 购 人 ：", " \u3000", "</p>"),
		"JSON of many records":      `{"total":1,"data":[` + strings.TrimSuffix(records.String(), ",") + `]}`,
		"JSON nested deeply":        fill("", "[", ""),
		"JSON of nested objects":    fill("", `{"a":`, ""),
		"XML nested deeply":         fill("<?xml version=\"1.0\"?>", "<a>", ""),
		"XML of many organisations": fill(`<?xml version="1.0"?><ContractNotice>`, "<Organization><Company><PartyIdentification><ID>1</ID></PartyIdentification></Company></Organization>", "</ContractNotice>"),
		"CSV of many rows":          fill("标题,发布日期,链接\n", "云河市某项目招标公告,2026-06-01,http://a/1\n", ""),
	}
}

func TestNoPageOfTwoMegabytesTakesLong(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			took := extracttest.Spent(func() {
				Read(page.Open(page.Page{Body: []byte(text), At: time.Date(2026, 6, 5, 0, 0, 0, 0, time.UTC)}), signals.Reading{})
			})
			runtime.ReadMemStats(&after)
			t.Logf("%v, %d MB allocated", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
			// What grows with the square of a page takes minutes.
			if took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("<p>受云河市某局委托，青山招标代理有限公司就某项目（项目编号：A-1）采购</p>")
	f.Add(`{"data":[{"title":"某项目招标公告","publishTime":1619594507}]}`)
	f.Add(`<?xml version="1.0"?><TED_EXPORT><FORM_SECTION><F02_2014 CATEGORY="ORIGINAL"/></FORM_SECTION></TED_EXPORT>`)
	f.Add(`[{"ocid":"x","tag":["award"],"awards":[{"suppliers":[{}]}]}]`)
	f.Add("标题,链接\n某项目招标公告,http://a\n")
	f.Add("<table><tr><td rowspan=9>中标人</td><td>大河有限公司</td></tr></table>")
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(page.Open(page.Page{Body: []byte(text), URL: "http://a.example/x"}), signals.Reading{})
		if r.Outcome == "" {
			t.Error("no outcome")
		}
		if (r.Outcome == signals.OutcomeOK) != (len(r.Notices) > 0) {
			t.Errorf("%s with %d notices", r.Outcome, len(r.Notices))
		}
		ids := map[string]bool{}
		for _, n := range r.Notices {
			if n.ID == "" || ids[n.ID] || n.Type == "" || strings.TrimSpace(n.Title) == "" {
				t.Errorf("notice %q of type %q has the id %q", n.Title, n.Type, n.ID)
			}
			ids[n.ID] = true
		}
	})
}
