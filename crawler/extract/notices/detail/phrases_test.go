package detail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/dom"
	"dealvitals/signals"
)

// wanted are the fields that a phrase states; "" and nil are not compared, "-" must be absent.
type wanted struct {
	title, kind, buyer, agency, winners, amount, no, published string
}

func TestPhrasesOfNotices(t *testing.T) {
	rows := []struct {
		name, html string
		want       wanted
	}{
		{"several labels on one line", `<p>采购单位：云河市档案局　采购项目名称：档案密集架采购　采购项目编号：YH2016-33</p><p>中标供应商：大河家具有限公司　中标金额：12.3万元</p>`,
			wanted{buyer: "云河市档案局", winners: "大河家具有限公司", amount: "123000", no: "YH2016-33", kind: "award"}},
		{"winner and amount behind a semicolon", `<p>项目编号：A-1</p><p>中标供应商：大河家具有限公司；中标金额：￥123,000.00元（大写：壹拾贰万叁仟元整）</p>`,
			wanted{winners: "大河家具有限公司", amount: "123000"}},
		{"first candidate with price and time", `<p>工程中标候选人公示</p><p>第一中标候选人：大河建设有限公司，投标报价：1,234,567.00元，工期：60天</p><p>第二中标候选人：青山建设有限公司，投标报价：1,250,000.00元</p>`,
			wanted{winners: "大河建设有限公司", amount: "1234567", kind: "award"}},
		{"winner, price and manager on a line", `<p>中标单位：大河建设有限公司 中标价：123.45万元 项目经理：张三</p>`, wanted{winners: "大河建设有限公司", amount: "1234500"}},
		{"rows of lots with a head", `<p>某工程中标结果公示</p><table><tr><td>标段</td><td>中标人</td><td>中标价(元)</td><td>工期(天)</td></tr><tr><td>1</td><td>大河建设有限公司</td><td>1000000</td><td>60</td></tr><tr><td>2</td><td>青山建设有限公司</td><td>2000000</td><td>90</td></tr></table>`,
			wanted{winners: "大河建设有限公司|青山建设有限公司", amount: "3000000"}},
		{"six columns of labels and values", `<p>某项目招标公告</p><table><tr><td>招标人</td><td>云河水务有限公司</td><td>代理机构</td><td>青山招标代理有限公司</td><td>联系电话</td><td>0999-123</td></tr><tr><td>项目编号</td><td>SW-9</td><td>预算金额（万元）</td><td>55</td><td>发布时间</td><td>2026-05-01</td></tr></table>`,
			wanted{buyer: "云河水务有限公司", agency: "青山招标代理有限公司", no: "SW-9", amount: "550000", published: "2026-05-01"}},
		{"winners of packages in one value", `<p>成交结果公告</p><p>成交供应商：第1包：大河仪器有限公司；第2包：青山仪器有限公司</p><p>成交金额：第1包：12.5万元；第2包：8万元</p>`,
			wanted{winners: "大河仪器有限公司|青山仪器有限公司", amount: "205000"}},
		{"packages on lines of their own", `<p>成交结果公告</p><p>第一包</p><p>成交供应商：大河仪器有限公司</p><p>成交金额：100000元</p><p>第二包</p><p>成交供应商：青山仪器有限公司</p><p>成交金额：80000元</p>`,
			wanted{winners: "大河仪器有限公司|青山仪器有限公司", amount: "180000"}},
		{"the same winner of two packages", `<p>成交结果公告</p><p>第一包</p><p>成交供应商：大河仪器有限公司</p><p>成交金额：100000元</p><p>第二包</p><p>成交供应商：大河仪器有限公司</p><p>成交金额：80000元</p>`,
			wanted{winners: "大河仪器有限公司", amount: "180000"}},
		{"a package failed, another was awarded", `<p>结果公告</p><p>包1</p><p>中标供应商：大河仪器有限公司</p><p>中标金额：9.8万元</p><p>包2：投标人不足三家，废标。</p>`,
			wanted{winners: "大河仪器有限公司", amount: "98000", kind: "award"}},
		{"entrusted with blanks", `<p>受 云河市气象局 委托，青山招标代理有限公司 就 气象雷达 项目进行公开招标，欢迎参加投标。</p>`, wanted{buyer: "云河市气象局", agency: "青山招标代理有限公司", kind: "tender"}},
		{"the agency is entrusted by", `<p>青山招标代理有限公司（以下简称“代理机构”）受云河市气象局（以下简称“采购人”）的委托，对其气象雷达采购项目进行公开招标。</p>`, wanted{buyer: "云河市气象局", agency: "青山招标代理有限公司"}},
		{"a sentence names the winner", `<p>经评标委员会评审，确定大河路桥有限公司为中标人，中标金额为人民币壹佰万元整（¥1,000,000.00）。</p>`, wanted{winners: "大河路桥有限公司", amount: "1000000"}},
		{"blanks within labels and a seal", `<p>采 购 人（盖章）：云河市第九中学</p><p>招标 代理 机构：青山招标代理有限公司（盖章）</p>`, wanted{buyer: "云河市第九中学", agency: "青山招标代理有限公司"}},
		{"numbered headings that carry values", `<p>一、采购人：云河市农业局</p><p>二、采购代理机构：云河诚信项目管理有限公司</p><p>三、采购项目编号：NY-2</p><p>四、采购预算：人民币30万元</p>`,
			wanted{buyer: "云河市农业局", agency: "云河诚信项目管理有限公司", no: "NY-2", amount: "300000"}},
		{"a value on the next line", `<p>采购人：</p><p>云河市林业局</p><p>中标供应商：</p><p>大河园林有限公司</p><p>中标金额（元）：</p><p>45,600.00</p>`, wanted{buyer: "云河市林业局", winners: "大河园林有限公司", amount: "45600"}},
		{"RMB before the number", `<p>中标公告</p><p>中标人：大河有限公司</p><p>中标金额：RMB 100,000.00</p>`, wanted{amount: "100000"}},
		{"words around the amount", `<p>中标公告</p><p>中标人：大河有限公司</p><p>中标（成交）金额：人民币：壹拾万元整（100000.00）</p>`, wanted{amount: "100000"}},
		{"deposits, fees and track record are no budget", `<p>某项目招标公告</p><p>招标人：云河港务有限公司</p><p>投标保证金：5万元</p><p>招标文件售价：500元</p><p>业绩要求：合同金额不低于800万元</p>`, wanted{amount: "-"}},
		{"unit price is no amount", `<p>中标公告</p><p>中标人：大河有限公司</p><p>中标单价：29.86元/亩</p>`, wanted{amount: "-", winners: "大河有限公司"}},
		{"all bidders with scores, the first wins", `<p>评标结果公示</p><table><tr><td>序号</td><td>投标单位</td><td>投标报价（元）</td><td>得分</td><td>排名</td></tr><tr><td>1</td><td>青山建设有限公司</td><td>900000</td><td>85</td><td>2</td></tr><tr><td>2</td><td>大河建设有限公司</td><td>880000</td><td>92</td><td>1</td></tr></table>`,
			wanted{winners: "大河建设有限公司", amount: "880000"}},
		{"candidate table by number", `<p>中标候选人公示</p><table><tr><td>序号</td><td>中标候选人名称</td><td>投标报价（元）</td></tr><tr><td>1</td><td>大河建设有限公司</td><td>880000</td></tr><tr><td>2</td><td>青山建设有限公司</td><td>900000</td></tr></table>`,
			wanted{winners: "大河建设有限公司", amount: "880000"}},
		{"marked as winner in a column", `<p>评审结果公告</p><table><tr><td>供应商名称</td><td>最终报价（万元）</td><td>是否中标</td></tr><tr><td>青山有限公司</td><td>9</td><td>否</td></tr><tr><td>大河有限公司</td><td>8.8</td><td>是</td></tr></table>`,
			wanted{winners: "大河有限公司", amount: "88000"}},
		{"place in the first column, its head empty", `<p>中标候选人公示</p><table><tr><td></td><td>单位名称</td><td>投标报价</td></tr><tr><td>第一中标候选人</td><td>大河有限公司</td><td>88.8万元</td></tr><tr><td>第二中标候选人</td><td>青山有限公司</td><td>90万元</td></tr></table>`,
			wanted{winners: "大河有限公司", amount: "888000"}},
		{"labels and candidates in two columns", `<table><tr><td>项目名称</td><td>某泵站工程</td></tr><tr><td>第一中标候选人</td><td>大河有限公司</td></tr><tr><td>投标报价（元）</td><td>123456.78</td></tr><tr><td>第二中标候选人</td><td>青山有限公司</td></tr><tr><td>投标报价（元）</td><td>133456.78</td></tr></table>`,
			wanted{winners: "大河有限公司", amount: "123456.78", title: "某泵站工程"}},
		{"currency of foreign purchases", `<p>中标公告</p><p>中标人：Acme Instruments GmbH</p><p>中标金额：12.5万美元</p>`, wanted{winners: "Acme Instruments GmbH", amount: "125000 USD"}},
		{"the signature names both", `<p>某设备采购中标候选人公示</p><p>第一中标候选人：大河有限公司</p><p>云河通信有限公司青山分公司</p><p>青山国际招标有限公司</p><p>2016年11月10日</p>`, wanted{buyer: "云河通信有限公司青山分公司", agency: "青山国际招标有限公司", published: "2016-11-10"}},
		{"date in Chinese numerals", `<p>某设备采购中标公告</p><p>中标人：大河有限公司</p><p>云河海关</p><p>二〇一六年十一月二十三日</p>`, wanted{published: "2016-11-23"}},
		{"number in brackets under the title", `<p align="center">云河市某某工程</p><p align="center">招标公告</p><p align="center">（招标编号：YNDH-ZB-(2016)1018号）</p>`, wanted{title: "云河市某某工程招标公告", no: "YNDH-ZB-(2016)1018号", kind: "tender"}},
		{"opening dates are no publication", `<p>某项目招标公告</p><p>开标时间：2026年6月30日</p><p>投标截止时间：2026年6月30日</p><p>招标人：云河市某局</p>`, wanted{published: "-"}},
		{"supplier named under the result's heading", `<p>某项目结果公告</p><p>三、中标（成交）信息</p><p>供应商名称：大河有限公司</p><p>供应商地址：云河市</p><p>中标（成交）金额：33(万元)</p>`, wanted{winners: "大河有限公司", amount: "330000"}},
		{"an amount of zero and the real one in a table", `<p>某项目成交公告</p><p>总成交金额：￥0.000000 万元（人民币）</p><table><tr><td>包号</td><td>成交供应商名称</td><td>成交金额（元）</td></tr><tr><td>1</td><td>大河有限公司</td><td>65000</td></tr></table>`, wanted{winners: "大河有限公司", amount: "65000"}},
		{"no supplier offered", `<p>某项目成交公告</p><table><tr><th>包号</th><th>中标供应商</th><th>中标金额(元)</th></tr><tr><td>1</td><td>无供应商报价</td><td>--</td></tr></table>`, wanted{kind: "termination", winners: "-", amount: "-"}},
		{"an Epoint page with its date in brackets", `<div class="article-info"><h1>云河市某小区改造工程监理招标公告</h1><p class="infotime">[ 2026-05-01 ] [ 阅读次数：12 ]</p><div class="con"><p>1.招标条件</p><p>本招标项目已批准建设，招标人为云河市住房保障中心，招标代理机构为青山招标代理有限公司。</p><p>2.3 最高投标限价：56.78万元</p></div></div>`,
			wanted{published: "2026-05-01", buyer: "云河市住房保障中心", agency: "青山招标代理有限公司", amount: "567800", title: "云河市某小区改造工程监理招标公告"}},
		{"a title that begins with the agency", `<h1>青山国际招标有限公司关于云河市交警支队信号灯采购项目（项目编号：QS-2016-J05）竞争性谈判成交公告</h1><p>青山国际招标有限公司受云河市交警支队委托，进行了竞争性谈判，成交结果如下：</p><p>成交供应商：大河交通科技有限公司</p><p>成交金额：人民币玖拾捌万元整（￥980000.00）</p>`,
			wanted{buyer: "云河市交警支队", agency: "青山国际招标有限公司", winners: "大河交通科技有限公司", amount: "980000", no: "QS-2016-J05", kind: "award"}},
		{"a head of two rows", `<p>某项目中标公告</p><table><tr><td rowspan="2">包号</td><td colspan="2">中标信息</td></tr><tr><td>中标供应商</td><td>中标金额（元）</td></tr><tr><td>1</td><td>大河有限公司</td><td>12000</td></tr></table>`, wanted{winners: "大河有限公司", amount: "12000"}},
		{"a total row", `<p>某项目成交公告</p><table><tr><td>序号</td><td>成交供应商</td><td>成交金额（元）</td></tr><tr><td>1</td><td>大河有限公司</td><td>12000</td></tr><tr><td>2</td><td>青山有限公司</td><td>8000</td></tr><tr><td>合计</td><td></td><td>20000</td></tr></table>`, wanted{winners: "大河有限公司|青山有限公司", amount: "20000"}},
		{"items of one winner in many rows", `<p>某项目中标公告</p><p>中标供应商：大河有限公司</p><p>中标金额：30000元</p><table><tr><td>货物名称</td><td>数量</td><td>单价（元）</td><td>总价（元）</td></tr><tr><td>电脑</td><td>4</td><td>5000</td><td>20000</td></tr><tr><td>打印机</td><td>2</td><td>5000</td><td>10000</td></tr></table>`, wanted{winners: "大河有限公司", amount: "30000"}},
		{"winner in a column beside its items", `<p>某项目成交公告</p><table><tr><td>包号</td><td>成交供应商</td><td>成交金额(万元)</td><td>主要标的</td></tr><tr><td rowspan="2">1</td><td rowspan="2">大河有限公司</td><td rowspan="2">3.5</td><td>电脑</td></tr><tr><td>打印机</td></tr></table>`, wanted{winners: "大河有限公司", amount: "35000"}},
		{"budget and award in one notice", `<p>某项目成交结果公告</p><p>预算金额：50万元</p><p>成交供应商：大河有限公司</p><p>成交金额：48万元</p>`, wanted{amount: "480000"}},
		{"acceptance is no award", `<h1>某项目履约验收公告</h1><p>采购人：云河市某局</p><p>供应商：大河有限公司</p><p>合同金额：10万元</p>`, wanted{kind: "other", buyer: "云河市某局"}},
		{"suspension is no termination", `<h1>云河市某项目暂停公告</h1><p>采购人：云河市某局</p>`, wanted{kind: "other"}},
		{"termination with its reason", `<h1>云河市某项目终止公告</h1><p>一、项目编号：ZZ-1</p><p>二、项目终止的原因</p><p>符合条件的供应商不足三家</p><p>采购人：云河市某局</p>`, wanted{kind: "termination", buyer: "云河市某局", no: "ZZ-1", winners: "-"}},
		{"an Indian tender", `<table><tr><td>Organisation Name</td><td>Roads Department Example</td></tr><tr><td>Tender Id</td><td>271812</td></tr><tr><td>Name of Work</td><td>Construction of sub centre at Example</td></tr><tr><td>Estimated Contract Value</td><td>7253492.00</td></tr><tr><td>Bid Submission Closing Date</td><td>11-02-2026 18:00</td></tr></table>`,
			wanted{buyer: "Roads Department Example", no: "271812", title: "Construction of sub centre at Example", amount: "7253492", kind: "tender"}},
		{"amount with its unit in the next column's head", `<p>某项目中标公告</p><table><tr><td>中标人</td><td>中标价</td><td>单位</td></tr><tr><td>大河有限公司</td><td>120.5</td><td>万元</td></tr></table>`, wanted{winners: "大河有限公司", amount: "1205000"}},
		{"prequalification", `<h1>某高速公路TJ-1标段施工资格预审公告（代招标公告）</h1><p>招标人：云河高速公路有限公司</p><p>招标编号：GS-1</p>`, wanted{kind: "prequalification", buyer: "云河高速公路有限公司"}},
		{"a builder that buys", `<h1>云河城建集团某工程项目部混凝土采购招标公告</h1><p>1.招标人：云河城建集团有限责任公司</p><p>建设单位：云河市地铁有限公司</p><p>招标编号：HNT-1</p>`, wanted{buyer: "云河城建集团有限责任公司"}},
		{"a shortlist admits all", `<h1>某单位法律顾问入围结果公告</h1><p>采购人：云河市某局</p><p>入围供应商</p><table><tr><td>序号</td><td>入围供应商名称</td></tr><tr><td>1</td><td>大河律师事务所</td></tr><tr><td>2</td><td>青山律师事务所</td></tr></table>`, wanted{winners: "大河律师事务所|青山律师事务所", kind: "award"}},
		{"a range of budget", `<h1>某项目招标公告</h1><p>招标人：云河某公司</p><p>采购预算：100-200万元</p>`, wanted{amount: "2000000"}},
		{"name, address and amount under one label", `<p>某项目中标公告</p><p>中标供应商名称、联系地址及中标金额：</p><p>大河有限公司 云河市和平路1号 12.5万元</p>`, wanted{winners: "大河有限公司", amount: "125000"}},
		{"a line for each package under one label", `<p>某项目中标公告</p><p>中标供应商名称、联系地址及中标金额：</p><p>第一包：大河有限公司，云河市和平路1号，中标金额：12.5万元</p><p>第二包：青山有限公司，青山县解放路2号，中标金额：8万元</p>`, wanted{winners: "大河有限公司|青山有限公司", amount: "205000"}},
		{"candidates in one value", `<p>某项目中标候选人公示</p><p>中标候选人：1、大河有限公司 2、青山有限公司 3、云河有限公司</p>`, wanted{winners: "大河有限公司"}},
		{"the buyer's branch", `<p>某项目招标公告</p><p>招标人：云河通信集团有限公司云河省分公司</p><p>招标编号：T-1</p>`, wanted{buyer: "云河通信集团有限公司云河省分公司"}},
		{"a bid price in a table of labels", `<table><tr><td>项目名称</td><td>某道路工程</td><td>招标编号</td><td>DL-1</td></tr><tr><td>中标单位</td><td>大河路桥有限公司</td><td>中标价(万元)</td><td>1,234.56</td></tr><tr><td>建设单位</td><td>云河市住建局</td><td>项目经理</td><td>李四</td></tr></table>`, wanted{winners: "大河路桥有限公司", amount: "12345600", buyer: "云河市住建局", no: "DL-1", title: "某道路工程"}},
		{"a tender with several ceilings in a table", `<h1>某采购项目采购公告</h1><p>采购人：云河市某局</p><table><tr><td>分包号</td><td>分包内容</td><td>数量</td><td>最高限价（元）</td></tr><tr><td>1</td><td>电脑</td><td>1批</td><td>100000</td></tr><tr><td>2</td><td>打印机</td><td>1批</td><td>50000</td></tr></table>`, wanted{amount: "150000", buyer: "云河市某局"}},
		{"the number behind its words", `<h1>某项目招标公告</h1><p>项目编号为：YH[2026]15号，招标人：云河某公司</p>`, wanted{no: "YH[2026]15号"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := Read(Source{Root: dom.Parse([]byte(row.html)), At: time.Date(2026, 6, 5, 12, 0, 0, 0, signals.Shanghai)})
			n := f.Notice
			amount, published := "", ""
			if n.Amount != nil {
				amount = n.Amount.String()
				if n.Currency != "CNY" && n.Currency != "" {
					amount += " " + n.Currency
				}
			}
			if n.Published != nil {
				published = n.Published.String()
			}
			winners := slices.Clone(n.Winners)
			for _, c := range []struct{ field, want, got string }{
				{"title", row.want.title, n.Title}, {"kind", row.want.kind, string(n.Type)}, {"buyer", row.want.buyer, n.Buyer}, {"agency", row.want.agency, n.Agency},
				{"winners", row.want.winners, strings.Join(winners, "|")}, {"amount", row.want.amount, amount}, {"number", row.want.no, n.ProjectNo}, {"published", row.want.published, published},
			} {
				if c.want == "-" {
					c.want = ""
				} else if c.want == "" {
					continue
				}
				if c.got != c.want {
					t.Errorf("%s is %q, want %q", c.field, c.got, c.want)
				}
			}
		})
	}
}
