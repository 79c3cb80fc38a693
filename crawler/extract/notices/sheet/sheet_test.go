package sheet

import (
	"reflect"
	"testing"

	"dealvitals/crawler/extract/dom"
)

func TestALineIsSplitIntoLabelsAndValues(t *testing.T) {
	rows := []struct {
		line string
		want []Pair
	}{
		{"采购人：某局 电话：010-1", []Pair{{"采购人", "某局"}, {"电话", "010-1"}}},
		{"项目负责人：薛某联系电话：0551", []Pair{{"项目负责人", "薛某"}, {"联系电话", "0551"}}},
		{"三、采购项目编号: A-1", []Pair{{"采购项目编号", "A-1"}}},
		{"开标时间：2026年6月1日 09:30", []Pair{{"开标时间", "2026年6月1日 09:30"}}},
		{"网址：https://a.example/b", []Pair{{"网址", "https://a.example/b"}}},
		{"中标供应商联系地址：某路1号", []Pair{{"中标供应商联系地址", "某路1号"}}},
		{"本项目已经批准建设，资金已经落实。", nil},
		{"时间 09:30", nil},
		{"采购人：", []Pair{{"采购人", ""}}},
	}
	for _, row := range rows {
		if got := Pairs(row.line); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%q gives %q, want %q", row.line, got, row.want)
		}
	}
}

func TestTablesAreTurnedWhereTheirRecordsAreColumns(t *testing.T) {
	s := Of(dom.Parse([]byte(`<table><tr><td>候选人排序</td><td>第一名</td><td>第二名</td></tr><tr><td>单位名称</td><td>甲公司</td><td>乙公司</td></tr><tr><td>报价</td><td>1</td><td>2</td></tr></table>`)))
	if len(s.Tables) != 1 || !reflect.DeepEqual(s.Tables[0].Head, []string{"候选人排序", "单位名称", "报价"}) || !reflect.DeepEqual(s.Tables[0].Rows[0], []string{"第一名", "甲公司", "1"}) {
		t.Errorf("%+v", s.Tables)
	}
}

func TestACellThatReachesDownRepeats(t *testing.T) {
	s := Of(dom.Parse([]byte(`<table><tr><td>包号</td><td>供应商名称</td><td>货物名称</td></tr><tr><td rowspan=2>1</td><td rowspan=2>甲公司</td><td>电脑</td></tr><tr><td>打印机</td></tr></table>`)))
	if len(s.Tables) != 1 || len(s.Tables[0].Rows) != 2 || !reflect.DeepEqual(s.Tables[0].Rows[1], []string{"1", "甲公司", "打印机"}) {
		t.Errorf("%+v", s.Tables)
	}
}

func TestFactsKnowTheirHeadingAndLot(t *testing.T) {
	s := Of(dom.Parse([]byte(`<p>1.采购人信息</p><p>名称：某局</p><p>2.采购代理机构信息</p><p>名 称：某代理公司</p><p>包1</p><p>预算金额：3元</p>`)))
	want := []Fact{{Label: "名称", Value: "某局", Section: "采购人信息", Line: 1}, {Label: "名称", Value: "某代理公司", Section: "采购代理机构信息", Line: 3}, {Label: "预算金额", Value: "3元", Section: "采购代理机构信息", Lot: "包1", Line: 5}}
	if !reflect.DeepEqual(s.Facts, want) {
		t.Errorf("%+v", s.Facts)
	}
}
