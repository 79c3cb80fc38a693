package match

import (
	"testing"

	"dealvitals/signals"
)

func TestNamesBuyer(t *testing.T) {
	tests := []struct {
		name   string
		notice signals.Notice
		want   bool
	}{
		{"a title that opens with a hospital", signals.Notice{Title: "云溪县第二人民医院CT机采购项目招标公告"}, true},
		{"behind a year and 关于", signals.Notice{Title: "2026年关于云溪县教育局校车服务采购的公告"}, true},
		{"a company by its legal form", signals.Notice{Title: "云溪华光玻璃有限公司厂房屋顶光伏工程招标公告"}, true},
		{"a title that says only what is bought", signals.Notice{Title: "厂房屋顶光伏工程招标公告"}, false},
		{"a name that comes only behind other words", signals.Notice{Title: "厂房屋顶光伏工程（云溪华光玻璃有限公司）招标公告"}, false},
		{"one who procures for others", signals.Notice{Title: "云溪广达招标代理有限公司光伏工程招标公告"}, false},
		{"one who speaks of another's", signals.Notice{Title: "云溪广达实业有限公司关于光伏工程的招标公告"}, false},
		{"the agency of the notice", signals.Notice{Title: "云溪广达实业有限公司光伏工程招标公告", Agency: "云溪广达实业有限公司"}, false},
		{"a buyer field", signals.Notice{Title: "光伏工程招标公告", Buyer: "云溪华光玻璃有限公司"}, true},
		{"a buyer field that refers to the notice", signals.Notice{Title: "光伏工程招标公告", Buyer: "详见公告"}, false},
		{"a credit code", signals.Notice{Title: "光伏工程招标公告", BuyerCode: "91350211M000100Y43"}, true},
		{"a word that only ends like an organisation", signals.Notice{Title: "大学采购招标公告"}, false},
	}
	for _, test := range tests {
		if got := tellsBuyer(test.notice); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
