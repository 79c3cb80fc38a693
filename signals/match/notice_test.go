package match_test

import (
	"testing"

	"dealvitals/signals"
	"dealvitals/signals/match"
)

func TestNoticeReadsFieldsBeforeTitles(t *testing.T) {
	customers := []signals.Customer{
		named("中国铁塔股份有限公司|中国铁塔"),
		named("中捷通信有限公司|中捷通信"),
		named("江西电信信息产业有限公司"),
		named("济南市体育局"),
		{ID: "coded", Name: "湖北安琪生物集团有限公司", CreditCode: "91420500178963146U"},
	}
	m := match.New(customers)
	type answer struct {
		role   signals.Role
		review bool
	}
	tests := map[string]struct {
		notice signals.Notice
		want   map[string]answer // by customer; who is missing has no match
	}{
		"the buyer field names a branch": {
			notice: signals.Notice{Title: "2026年塔房防水采购项目比选公告", Buyer: "中国铁塔股份有限公司宁德市分公司"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer"}},
		},
		"each field gives its role": {
			notice: signals.Notice{Title: "塔房防水中标公告", Buyer: "济南市体育局", Agency: "中捷通信有限公司", Winners: []string{"中国铁塔股份有限公司济南市分公司"}},
			want:   map[string]answer{"济南市体育局": {role: "buyer"}, "中捷通信有限公司": {role: "agency"}, "中国铁塔股份有限公司": {role: "winner"}},
		},
		"the title alone is enough": {
			notice: signals.Notice{Title: "中国铁塔宁德市分公司2026年机柜门锁询价公告"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer"}},
		},
		"another buyer in the field makes the title a doubt": {
			notice: signals.Notice{Title: "中国铁塔2026年机柜门锁询价公告", Buyer: "铁塔能源有限公司福建分公司"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer", review: true}},
		},
		"a department in the buyer field contradicts nothing": {
			notice: signals.Notice{Title: "中国铁塔宁德市分公司2026年机柜门锁询价公告", Buyer: "物资采购部"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer"}},
		},
		"a bare branch in the buyer field contradicts nothing": {
			notice: signals.Notice{Title: "中国铁塔宁德市分公司2026年机柜门锁询价公告", Buyer: "福建省宁德市分公司"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer"}},
		},
		"the agency in the buyer field contradicts nothing": {
			notice: signals.Notice{Title: "中国铁塔宁德市分公司2026年机柜门锁询价公告", Buyer: "中捷通信有限公司", Agency: "中捷通信有限公司"},
			want:   map[string]answer{"中国铁塔股份有限公司": {role: "buyer"}, "中捷通信有限公司": {role: "buyer"}},
		},
		"the credit code is the customer whatever the name": {
			notice: signals.Notice{Title: "发酵罐采购公告", Buyer: "安琪集团", BuyerCode: "９１４２０５００178963146u"},
			want:   map[string]answer{"coded": {role: "buyer"}},
		},
		"a customer in the text of a notice that tells no buyer is a doubt": {
			notice: signals.Notice{Title: "2026年铁塔机房空调采购公告", Type: signals.NoticeTender, Text: "我单位为江西电信信息产业有限公司，现公开征集\n服务方：中国铁塔股份有限公司\n"},
			want:   map[string]answer{"江西电信信息产业有限公司": {role: "buyer", review: true}, "中国铁塔股份有限公司": {role: "buyer", review: true}},
		},
		"not where a label makes it another": {
			notice: signals.Notice{Title: "2026年机房空调采购公告", Type: signals.NoticeTender, Text: "联系人：中国铁塔股份有限公司\n招标代理机构：中捷通信有限公司\n品牌：江西电信信息产业有限公司"},
			want:   map[string]answer{},
		},
		"nor where the buyer is told": {
			notice: signals.Notice{Title: "2026年机房空调采购公告", Type: signals.NoticeTender, Buyer: "铁塔能源有限公司", Text: "原厂商为中国铁塔股份有限公司"},
			want:   map[string]answer{},
		},
		"nor by a short name": {
			notice: signals.Notice{Title: "2026年机房空调采购公告", Type: signals.NoticeTender, Text: "按中国铁塔的标准供货"},
			want:   map[string]answer{},
		},
		"nor in a result": {
			notice: signals.Notice{Title: "2026年机房空调中标公告", Type: signals.NoticeAward, Text: "我单位为江西电信信息产业有限公司"},
			want:   map[string]answer{},
		},
		"nobody of ours": {
			notice: signals.Notice{Title: "铁塔能源有限公司江西分公司充电桩线缆比选公告", Buyer: "铁塔能源有限公司"},
			want:   map[string]answer{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.notice.TargetID, test.notice.ID = "ccgp", "1"
			got := m.Notice(test.notice)
			if len(got) != len(test.want) {
				t.Errorf("%d matches, want %d: %+v", len(got), len(test.want), got)
			}
			for _, g := range got {
				want, ok := test.want[g.CustomerID]
				if !ok || g.Role != want.role || g.Review != want.review || !g.Match {
					t.Errorf("%s: %s, review %v (%s, %.2f), want %+v", g.CustomerID, g.Role, g.Review, g.By, g.Confidence, want)
				}
				if g.TargetID != "ccgp" || g.NoticeID != "1" || !g.RecordedAt.IsZero() {
					t.Errorf("the match does not name its notice, or names a time: %+v", g)
				}
			}
		})
	}
}

func TestNameSharedByTwoCustomersWaitsForAPerson(t *testing.T) {
	m := match.New([]signals.Customer{named("平安银行股份有限公司|平安"), named("中国平安保险（集团）股份有限公司|平安")})
	got := m.Notice(signals.Notice{Title: "办公家具采购", Buyer: "平安"})
	if len(got) != 2 || !got[0].Review || !got[1].Review {
		t.Errorf("want both customers for review, got %+v", got)
	}
}

func TestExactNameWinsOverOneLikeIt(t *testing.T) {
	m := match.New([]signals.Customer{named("湖北宜化化工股份有限公司"), named("宜化化工股份有限公司")})
	got := m.Notice(signals.Notice{Title: "设备采购", Buyer: "宜化化工股份有限公司"})
	if len(got) != 1 || got[0].CustomerID != "宜化化工股份有限公司" {
		t.Errorf("want the customer that bears the name, got %+v", got)
	}
}

func TestDistrictOfTheSameNameElsewhereWaitsForAPerson(t *testing.T) {
	m := match.New([]signals.Customer{{ID: "c", Name: "鼓楼区教育局", Region: "江苏省南京市"}})
	for region, review := range map[string]bool{"江苏": false, "南京市鼓楼区": false, "": false, "福建省福州市": true} {
		got := m.Notice(signals.Notice{Title: "课桌椅采购公告", Buyer: "鼓楼区教育局", Region: region})
		if len(got) != 1 || got[0].Review != review {
			t.Errorf("region %q: want review %v, got %+v", region, review, got)
		}
	}
}
