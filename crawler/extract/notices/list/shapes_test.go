package list

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

func TestListsOfEveryShape(t *testing.T) {
	titles := []string{"云河市第一医院CT机采购公开招标公告", "青山县教育局课桌椅采购中标公告", "云河大学服务器采购竞争性磋商公告", "云河市水务局水泵采购更正公告"}
	dates := []string{"2026-06-04", "2026-06-03", "2026-06-02", "2026-05-30"}
	rows := []struct {
		name, head, row, foot string // row has %[1]s title, %[2]s date, %[3]d number
		addresses             bool
	}{
		{"paragraphs with the date in brackets", `<div id="c">`, `<p><a href="/n/%[3]d.html">%[1]s</a> (%[2]s)</p>`, `</div>`, true},
		{"a table without a head", `<table>`, `<tr><td>·</td><td><a href="/n/%[3]d.html">%[1]s</a></td><td>%[2]s</td></tr>`, `</table>`, true},
		{"a table with the date first", `<table><tr><th>日期</th><th>标题</th></tr>`, `<tr><td>%[2]s</td><td><a href="/n/%[3]d.html">%[1]s</a></td></tr>`, `</table>`, true},
		{"definition terms", `<dl>`, `<dt><a href="/n/%[3]d.html">%[1]s</a></dt><dd>%[2]s</dd>`, `</dl>`, true},
		{"cards without links, as applications draw them", `<div class="list">`, `<div class="card" data-v-1a2b><div class="card-title">%[1]s</div><div class="card-time">发布时间：%[2]s</div></div>`, `</div>`, false},
		{"cards that a script opens", `<div class="list">`, `<div class="item" onclick="go(%[3]d)"><h4 title="%[1]s">%[1]s</h4><span>%[2]s</span></div>`, `</div>`, false},
		{"windows that a script opens", `<ul>`, `<li><a href="javascript:void(0)" onclick="window.open('/n/%[3]d.html')">%[1]s</a><span>%[2]s</span></li>`, `</ul>`, true},
		{"the date before the title", `<ul>`, `<li><span>[%[2]s]</span><a href="/n/%[3]d.html">%[1]s</a></li>`, `</ul>`, true},
		{"the date within the link", `<ul>`, `<li><a href="/n/%[3]d.html"><span class="t">%[1]s</span><em>%[2]s</em></a></li>`, `</ul>`, true},
		{"the date within the link's text", `<ul>`, `<li><a href="/n/%[3]d.html">%[1]s %[2]s</a></li>`, `</ul>`, true},
		{"a link to more beside the title", `<ul>`, `<li><h3><a href="/n/%[3]d.html">%[1]s</a></h3><p>招标内容摘要如下</p><div>%[2]s <a href="/n/%[3]d.html">查看详情</a></div></li>`, `</ul>`, true},
		{"a deadline beside the date", `<table><tr><td>公告标题</td><td>发布时间</td><td>截止时间</td></tr>`, `<tr><td><a href="/n/%[3]d.html">%[1]s</a></td><td>%[2]s</td><td>2026-07-01</td></tr>`, `</table>`, true},
		{"the deadline before the date", `<table><tr><td>公告标题</td><td>投标截止时间</td><td>发布日期</td></tr>`, `<tr><td><a href="/n/%[3]d.html">%[1]s</a></td><td>2026-07-01</td><td>%[2]s</td></tr>`, `</table>`, true},
		{"region and buyer in links of their own", `<ul>`, `<li><a href="/area/1">云河</a><a href="/n/%[3]d.html">%[1]s</a><a href="/buyer/2">云河市财政局</a><i>%[2]s</i></li>`, `</ul>`, true},
		{"times behind the dates", `<ul>`, `<li><a href="/n/%[3]d.html">%[1]s</a><span>发布时间：%[2]s 18:30:22</span></li>`, `</ul>`, true},
		{"tables that lay the page out", `<table><tr><td><table>`, `<tr><td><a href="/n/%[3]d.html">%[1]s</a></td><td width="80">%[2]s</td></tr>`, `</table></td></tr></table>`, true},
		{"a table for each record", `<div>`, `<table><tr><td><a href="/n/%[3]d.html">%[1]s</a></td><td>%[2]s</td></tr></table>`, `</div>`, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString(`<html><body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">招标公告</a></li><li><a href="/b">中标公告</a></li><li><a href="/c">政策法规</a></li></ul></div>` + row.head)
			for i := range titles {
				fmt.Fprintf(&b, row.row, titles[i], dates[i], 5100+i)
			}
			b.WriteString(row.foot + `<div class="foot"><p>版权所有</p></div></body></html>`)
			d := page.Open(page.Page{Body: []byte(b.String()), URL: "http://a.example/list", ContentType: "text/html", At: time.Date(2026, 6, 5, 12, 0, 0, 0, signals.Shanghai)})
			f := Read(d)
			if len(f.Notices) != len(titles) {
				t.Fatalf("%d notices, want %d: %+v", len(f.Notices), len(titles), f.Notices)
			}
			for i, n := range f.Notices {
				if n.Title != titles[i] {
					t.Errorf("title %q, want %q", n.Title, titles[i])
				}
				if n.Published == nil || n.Published.String() != dates[i] {
					t.Errorf("%s: date %v, want %s", n.Title, n.Published, dates[i])
				}
				if want := fmt.Sprintf("http://a.example/n/%d.html", 5100+i); row.addresses && n.URL != want {
					t.Errorf("address %q, want %q", n.URL, want)
				}
			}
			if f.Notices[1].Type != signals.NoticeAward || f.Notices[3].Type != signals.NoticeCorrection {
				t.Errorf("types %s, %s", f.Notices[1].Type, f.Notices[3].Type)
			}
		})
	}
}

func TestOtherListsAreNoNotices(t *testing.T) {
	for name, html := range map[string]string{
		"navigation":    `<ul><li><a href="/a">招标公告</a></li><li><a href="/b">中标公告</a></li><li><a href="/c">更正公告</a></li><li><a href="/d">采购意向</a></li></ul>`,
		"news":          `<ul><li><a href="/1">市领导调研营商环境</a><span>2026-06-01</span></li><li><a href="/2">我市召开数字政府建设会议</a><span>2026-06-01</span></li><li><a href="/3">中心党支部开展主题党日活动</a><span>2026-06-01</span></li></ul>`,
		"files":         `<ul><li><a href="/f/1.pdf">某项目招标公告.pdf</a></li><li><a href="/f/2.pdf">某项目更正公告.pdf</a></li><li><a href="/f/3.doc">某项目招标文件.doc</a></li></ul>`,
		"jobs":          `<ul><li><a href="/j/1">采购专员</a><span>8000-12000</span><span>2026-06-01</span></li><li><a href="/j/2">招标工程师</a><span>9000-15000</span><span>2026-06-01</span></li><li><a href="/j/3">采购经理</a><span>9000-15000</span><span>2026-06-01</span></li></ul>`,
		"land and rent": `<ul><li><a href="/l/1">2026-1号地块国有建设用地使用权出让公告</a><span>2026-06-01</span></li><li><a href="/l/2">和平路12号商铺招租公告</a><span>2026-06-01</span></li><li><a href="/l/3">一批报废车辆拍卖公告</a><span>2026-06-01</span></li></ul>`,
	} {
		t.Run(name, func(t *testing.T) {
			d := page.Open(page.Page{Body: []byte("<html><body>" + html + "</body></html>"), URL: "http://a.example/", ContentType: "text/html"})
			if f := Read(d); f.Stands && len(f.Notices) > 0 {
				t.Errorf("read as %d notices, e.g. %q", len(f.Notices), f.Notices[0].Title)
			}
		})
	}
}
