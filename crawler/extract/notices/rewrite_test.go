package notices

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// This file rewrites one notice in the ways in which sites write notices, other labels,
// other signs between label and value, other elements around them, other forms of amounts and
// dates, and asks for the same facts each time. What a rule reads in one form it must read in
// the others; a page that was met once proves little.

// pairing is a label and its value.
type pairing struct{ label, value string }

// layouts are the ways to set labels and values. sign stands between them.
var layouts = map[string]func(p []pairing, sign string) string{
	"a table of two columns": func(p []pairing, sign string) string {
		return wrapped("<table border=1>", "</table>", p, func(x pairing) string { return "<tr><td>" + x.label + sign + "</td><td>" + x.value + "</td></tr>" })
	},
	"a table with heads beside the values": func(p []pairing, _ string) string {
		return wrapped("<table class='table'><tbody>", "</tbody></table>", p, func(x pairing) string { return "<tr><th>" + x.label + "</th><td colspan='3'>" + x.value + "</td></tr>" })
	},
	"a table of four columns": func(p []pairing, sign string) string {
		var b strings.Builder
		b.WriteString("<table>")
		for i := 0; i < len(p); i += 2 {
			b.WriteString("<tr><td>" + p[i].label + sign + "</td><td>" + p[i].value + "</td>")
			if i+1 < len(p) {
				b.WriteString("<td>" + p[i+1].label + sign + "</td><td>" + p[i+1].value + "</td>")
			}
			b.WriteString("</tr>")
		}
		return b.String() + "</table>"
	},
	"a table whose rows are not closed": func(p []pairing, sign string) string {
		return wrapped("<TABLE>", "</TABLE>", p, func(x pairing) string { return "<TR><TD>" + x.label + sign + "<TD>" + x.value })
	},
	"a table of label and value in one cell": func(p []pairing, sign string) string {
		return wrapped("<table>", "</table>", p, func(x pairing) string { return "<tr><td>" + x.label + colon(sign) + x.value + "</td></tr>" })
	},
	"a head row and a row of values": func(p []pairing, _ string) string {
		head, row := "", ""
		for _, x := range p {
			head += "<th>" + x.label + "</th>"
			row += "<td>" + x.value + "</td>"
		}
		return "<table><tr>" + head + "</tr><tr>" + row + "</tr></table>"
	},
	"paragraphs": func(p []pairing, sign string) string {
		return wrapped("", "", p, func(x pairing) string { return "<p>" + x.label + colon(sign) + x.value + "</p>" })
	},
	"numbered paragraphs": func(p []pairing, sign string) string {
		i := 0
		return wrapped("", "", p, func(x pairing) string {
			i++
			return fmt.Sprintf("<p>%s、%s%s%s</p>", []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}[(i-1)%10], x.label, colon(sign), x.value)
		})
	},
	"lines of one paragraph": func(p []pairing, sign string) string {
		return wrapped("<p>", "</p>", p, func(x pairing) string { return x.label + colon(sign) + x.value + "<br/>" })
	},
	"list items with bold labels": func(p []pairing, sign string) string {
		return wrapped("<ul class='info'>", "</ul>", p, func(x pairing) string {
			return "<li><b>" + x.label + "</b>" + colon(sign) + "<span>" + x.value + "</span></li>"
		})
	},
	"spans in divs": func(p []pairing, sign string) string {
		return wrapped("<div class='detail'>", "</div>", p, func(x pairing) string {
			return "<div class='row'><span class='label'>" + x.label + sign + "</span><span class='value'>" + x.value + "</span></div>"
		})
	},
	"divs in divs": func(p []pairing, sign string) string {
		return wrapped("<div class='detail'>", "</div>", p, func(x pairing) string {
			return "<div class='row'><div class='label'>" + x.label + sign + "</div><div class='value'>" + x.value + "</div></div>"
		})
	},
	"label elements": func(p []pairing, sign string) string {
		return wrapped("<form>", "</form>", p, func(x pairing) string {
			return "<div class='form-group'><label>" + x.label + sign + "</label><div class='col'><p class='static'>" + x.value + "</p></div></div>"
		})
	},
	"definitions": func(p []pairing, sign string) string {
		return wrapped("<dl>", "</dl>", p, func(x pairing) string { return "<dt>" + x.label + sign + "</dt><dd>" + x.value + "</dd>" })
	},
	"headings over paragraphs": func(p []pairing, sign string) string {
		return wrapped("", "", p, func(x pairing) string { return "<h4>" + x.label + sign + "</h4><p>" + x.value + "</p>" })
	},
	"the runs of a word processor": func(p []pairing, sign string) string {
		return wrapped("<div class=WordSection1>", "</div>", p, func(x pairing) string {
			half := len([]rune(x.label)) / 2
			return "<p class=MsoNormal style='text-indent:24pt'><span style='font-family:宋体'>" + string([]rune(x.label)[:half]) + "</span><span lang=EN-US><o:p></o:p></span><span>" + string([]rune(x.label)[half:]) +
				"</span><span>" + colon(sign) + "</span><u><span>&nbsp;" + x.value + "&nbsp;&nbsp;</span></u></p>"
		})
	},
	"a table in a table": func(p []pairing, sign string) string {
		return "<table width='100%'><tr><td><table><tr><td>&nbsp;</td></tr></table></td></tr><tr><td>" + wrapped("<table>", "</table>", p, func(x pairing) string {
			return "<tr><td width='20%' bgcolor='#eee'><font color='#333'>" + x.label + sign + "</font></td><td><p><font>" + x.value + "</font></p></td></tr>"
		}) + "</td></tr></table>"
	},
	"one line with wide gaps": func(p []pairing, sign string) string {
		return wrapped("<p>", "</p>", p, func(x pairing) string { return x.label + colon(sign) + x.value + "&nbsp;&nbsp;&nbsp;&nbsp;" })
	},
	"plain text": func(p []pairing, sign string) string {
		return wrapped("<pre>\n", "</pre>", p, func(x pairing) string { return x.label + colon(sign) + x.value + "\n" })
	},
	"fields of a form that nobody can edit": func(p []pairing, sign string) string {
		return wrapped("<table>", "</table>", p, func(x pairing) string {
			return "<tr><td class='l'>" + x.label + sign + "</td><td><input type='text' readonly value='" + x.value + "'></td></tr>"
		})
	},
	"a group's name beside its rows": func(p []pairing, sign string) string {
		first := true
		return wrapped("<table>", "</table>", p, func(x pairing) string {
			group := ""
			if first {
				group, first = fmt.Sprintf("<td rowspan=%d>基本信息</td>", len(p)), false
			}
			return "<tr>" + group + "<td>" + x.label + sign + "</td><td>" + x.value + "</td></tr>"
		})
	},
	"labels in brackets": func(p []pairing, _ string) string {
		return wrapped("", "", p, func(x pairing) string { return "<p>【" + x.label + "】" + x.value + "</p>" })
	},
}

func wrapped(before, after string, p []pairing, one func(pairing) string) string {
	var b strings.Builder
	b.WriteString(before)
	for _, x := range p {
		b.WriteString(one(x))
	}
	return b.String() + after
}

// colon is a sign that parts label and value within one text, where the layout needs one.
func colon(sign string) string {
	if strings.TrimSpace(html.UnescapeString(sign)) == "" {
		return "："
	}
	return sign
}

var signs = []string{"：", ":", " ： ", "", "&nbsp;:&nbsp;", "：\u3000", "﹕", "︰"}

// spelled are the ways to write the same label, value or date.
type spelled struct {
	label  []string
	values []string
	want   string // what all of them state
}

var tenderFields = map[string]spelled{
	"buyer": {[]string{"采购人", "采购单位", "招标人", "采购人名称", "采 购 人", "采\u3000购\u3000人", "招标单位", "采购单位名称", "业主单位", "采购人（甲方）", "招 标 人", "采购主体", "项目单位", "招标人名称", "采购方", "需求单位", "建设单位", "采购人全称", "招标（采购）人", "采购人/招标人", "招标人或采购人", "项目业主", "采购实体", "询价单位"},
		[]string{"云河市第一人民医院"}, "云河市第一人民医院"},
	"agency": {[]string{"代理机构", "采购代理机构", "招标代理机构", "代理机构名称", "采购代理机构名称", "招标代理", "代理单位", "采购代理机构全称", "招标代理单位", "代理公司", "招标代理机构名称", "采购代理单位", "招标（采购）代理机构"},
		[]string{"青山工程咨询有限公司"}, "青山工程咨询有限公司"},
	"number": {[]string{"项目编号", "招标编号", "采购编号", "采购项目编号", "项目编码", "招标项目编号", "项 目 编 号", "标书编号", "询价编号", "文件编号", "采购文件编号"},
		[]string{"YHZC-2026-0615"}, "YHZC-2026-0615"},
	"budget": {[]string{"预算金额", "采购预算", "项目预算", "预算金额（元）", "最高限价", "招标控制价", "预算总金额", "采购预算金额", "项目预算金额", "预 算 金 额", "本项目预算", "最高投标限价", "采购限价", "控制价", "拦标价", "预算资金", "项目总预算", "总预算"},
		[]string{"1283000元", "128.3万元", "￥1,283,000.00", "人民币壹佰贰拾捌万叁仟元整（￥1283000.00元）", "1283000.00元", "128.300000 万元（人民币）", "¥128.3 万", "RMB 1,283,000.00", "1,283,000元整", "人民币1283000元", "大写：壹佰贰拾捌万叁仟元整，小写：1283000元", "壹佰贰拾捌万叁仟元整"}, "1283000"},
	"published": {[]string{"发布时间", "公告时间", "发布日期", "公告日期", "发 布 时 间", "信息时间", "公告发布时间", "发稿时间", "信息发布时间", "发布于", "挂网时间", "公告发布日期", "公示时间", "公布时间"},
		[]string{"2026-06-02", "2026年06月02日", "2026/06/02", "2026.06.02", "2026年6月2日 10:26", "2026-06-02 10:26:31", "2026/6/2", "2026-06-02T10:26:31", "2026年06月02日 10时26分"}, "2026-06-02"},
	"deadline": {[]string{"投标截止时间", "递交投标文件截止时间", "截止时间", "响应文件提交截止时间", "投标文件递交的截止时间", "报价截止时间", "提交投标文件截止时间", "首次响应文件提交截止时间", "递交响应文件截止时间", "投标截止日期", "投标文件递交截止时间", "投标截止时间（开标时间）", "报价截止日期"},
		[]string{"2026-06-25 09:00", "2026年06月25日 09:00（北京时间）", "2026/06/25 09:00:00", "2026年6月25日上午9时00分", "2026-06-25"}, "2026-06-25"},
	"region": {[]string{"行政区域", "地区", "所属地区", "项目所在地", "所在地区"}, []string{"云河市"}, "云河市"},
}

var awardFields = map[string]spelled{
	"buyer":  tenderFields["buyer"],
	"agency": tenderFields["agency"],
	"number": tenderFields["number"],
	"winner": {[]string{"中标人", "中标供应商", "成交供应商", "中标单位", "供应商名称", "中标供应商名称", "成交供应商名称", "中标（成交）供应商", "中选人", "中 标 人", "成交人", "成交单位", "中选单位", "中标（成交）人", "成交商", "中标方", "中标企业", "第一中标候选人", "中标人名称", "中标单位名称", "中选供应商", "中标候选人第一名", "拟中标人", "中标（成交）供应商名称", "成交供应商（名称）"},
		[]string{"白鹭医疗科技有限公司"}, "白鹭医疗科技有限公司"},
	"award": {[]string{"中标金额", "成交金额", "中标价", "成交价", "中标（成交）金额", "中标价格", "中标总金额", "合同金额", "成交价格", "中标金额（元）", "总中标金额", "中选价", "中标报价", "成交总价", "中标总价", "投标报价", "中标（成交）价", "最终报价", "中选金额"},
		tenderFields["budget"].values, "1283000"},
	"published": tenderFields["published"],
}

// englishFields are those of a notice in English.
var englishFields = map[string]spelled{
	"buyer": {[]string{"Contracting authority", "Buyer", "Procuring entity", "Purchaser", "Name of buyer", "Buyer name", "Contracting authority name", "Procuring Entity Name", "Organisation", "Organization", "Issuing organization", "Published by", "Client", "Awarding authority", "Public body", "Contracting body", "Department", "Agency", "Entity name", "Name of authority"},
		[]string{"Northmoor County Council"}, "Northmoor County Council"},
	"number": {[]string{"Reference number", "Tender reference", "Solicitation number", "Reference", "Tender No.", "Notice reference", "Procurement reference", "Bid number", "RFP number", "Tender ID", "Solicitation No.", "Contract reference", "Notice ID", "Bid reference", "Ref. No."},
		[]string{"NCC-2026-0615"}, "NCC-2026-0615"},
	"budget": {[]string{"Estimated value", "Total value", "Value of contract", "Estimated contract value", "Budget", "Estimated total value", "Contract value", "Value", "Estimated value (excl. VAT)", "Estimated cost", "Total estimated value", "Tender value"},
		[]string{"£1,283,000", "GBP 1,283,000.00", "1,283,000 GBP", "1283000 GBP", "£1.283 million", "£1,283,000.00 excluding VAT", "1 283 000 GBP"}, "1283000GBP"},
	"published": {[]string{"Publication date", "Published", "Published date", "Date published", "Publish date", "Posted", "Date posted", "Issue date", "Published on", "Date of publication", "Release date", "Notice publication date"},
		[]string{"2 June 2026", "02 June 2026", "June 2, 2026", "2026-06-02", "2 Jun 2026", "02-Jun-2026", "Tuesday, 2 June 2026", "2026-06-02 10:26", "Jun 2, 2026", "2 June 2026, 10:26am"}, "2026-06-02"},
	"deadline": {[]string{"Deadline", "Closing date", "Submission deadline", "Tender closing date", "Closing date and time", "Deadline for receipt of tenders", "Response deadline", "Due date", "Closes", "Bid closing date", "Deadline for submission of tenders", "Closing", "Response due", "Date offers due", "Tender submission deadline", "Time limit for receipt of tenders"},
		[]string{"25 June 2026", "June 25, 2026 12:00 PM", "2026-06-25 12:00", "25 Jun 2026 12:00", "25-Jun-2026 12:00", "25 June 2026 at 12 noon", "Thursday 25 June 2026 2:00pm"}, "2026-06-25"},
}

// rewriting is one way to write the notice.
type rewriting struct {
	layout, sign string
	fields       map[string]spelled
	order        []string
	title        string
	n            int // which of the spellings
}

func (w rewriting) body() string {
	var p []pairing
	for i, name := range w.order {
		f := w.fields[name]
		p = append(p, pairing{f.label[(w.n+i)%len(f.label)], f.values[(w.n*11+i)%len(f.values)]})
	}
	return w.page(layouts[w.layout](p, w.sign))
}

func (w rewriting) page(content string) string {
	head, foot := chineseHead, chineseFoot
	if w.english() {
		head, foot = englishHead, englishFoot
	}
	return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>` + w.title + `</title><script>var a={"招标人":"x"};</script></head><body>` +
		head + `<div class="main"><h2 class="title">` + w.title + `</h2>` + content + foot + `</body></html>`
}

// What stands around a notice.
const (
	chineseHead = `<div class="top"><a href="/">首页</a> <a href="/zbgg">招标公告</a> <a href="/zbjg">中标结果</a> <a href="/zcfg">政策法规</a></div>`
	chineseFoot = `<p>本公告在云河市公共资源交易网上发布，请各潜在单位及时关注。</p></div><div class="foot"><p>版权所有：云河市公共资源交易中心</p><p>技术支持：云河软件 联系电话：0700-1234567</p></div>`
	englishHead = `<div class="top"><a href="/">Home</a> <a href="/search">Search notices</a> <a href="/help">Help</a> <a href="/login">Sign in</a></div>`
	englishFoot = `<p>Interested suppliers should register on the portal.</p></div><div class="foot"><p>© 2026 Northmoor County Council</p><p>Technical support: 0700 1234567</p></div>`
)

func (w rewriting) english() bool { return w.title[0] < 0x80 }

func (w rewriting) String() string {
	return fmt.Sprintf("%s, sign %q, spelling %d", w.layout, w.sign, w.n)
}

// TestANoticeRewrittenGivesTheSameFacts goes through the spellings with every layout and sign,
// each spelling with a fifth of them.
func TestANoticeRewrittenGivesTheSameFacts(t *testing.T) {
	t.Parallel()
	for li, layout := range slices.Sorted(maps.Keys(layouts)) {
		for si, sign := range signs {
			for n := (li + si) % 5; n < 25; n += 5 {
				sameFacts(t, rewriting{layout, sign, tenderFields, []string{"number", "buyer", "agency", "budget", "region", "published", "deadline"}, "云河市第一人民医院CT机采购项目公开招标公告", n + si})
				// Nobody writes brackets in English, and which English words head a column is known of the common ones only.
				if layout != "labels in brackets" && layout != "a head row and a row of values" {
					sameFacts(t, rewriting{layout, sign, englishFields, []string{"number", "buyer", "budget", "published", "deadline"}, "Supply of laboratory analysers for Northmoor County Council: invitation to tender", n + si})
				}
				sameFacts(t, rewriting{layout, sign, awardFields, []string{"number", "buyer", "agency", "winner", "award", "published"}, "云河市第一人民医院CT机采购项目中标结果公告", n + si})
			}
		}
	}
}

// sameFacts reads the notice as it is written there and holds what was read against the truth.
func sameFacts(t *testing.T, w rewriting) {
	t.Helper()
	d := page.Open(page.Page{Body: []byte(w.body()), URL: "http://ggzy.yunhe.example/detail/5501", ContentType: "text/html; charset=utf-8", At: time.Date(2026, 6, 5, 12, 0, 0, 0, signals.Shanghai)})
	r := Read(d, signals.Reading{})
	if r.Outcome != signals.OutcomeOK || len(r.Notices) != 1 {
		t.Errorf("%s: outcome %v, form %v, %d notices; want one notice", w, r.Outcome, r.Form, len(r.Notices))
		return
	}
	n := r.Notices[0]
	for i, name := range w.order {
		f := w.fields[name]
		if got, want := fieldOf(n, name), f.want; got != want {
			t.Errorf("%s: %s: %s = %s is read as %q, want %q", w, name, f.label[(w.n+i)%len(f.label)], f.values[(w.n*11+i)%len(f.values)], got, want)
		}
	}
	if n.Title != w.title {
		t.Errorf("%s: title %q, want %q", w, n.Title, w.title)
	}
}

// fieldOf is what was read for a field.
func fieldOf(n signals.Notice, field string) string {
	switch field {
	case "buyer":
		return n.Buyer
	case "agency":
		return n.Agency
	case "number":
		return n.ProjectNo
	case "budget", "award":
		if n.Amount == nil {
			return ""
		}
		return n.Amount.String() + strings.TrimPrefix(n.Currency, "CNY")
	case "winner":
		return strings.Join(n.Winners, "|")
	case "region":
		return n.Region
	case "published":
		return day(n.Published)
	default:
		return day(n.Deadline)
	}
}

func day(d *signals.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
