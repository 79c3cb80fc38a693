package signals_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

// clusters writes projects as "1 2|3": ids of notices, projects apart.
func clusters(projects []signals.Project) string {
	var parts []string
	for _, p := range projects {
		var ids []string
		for _, n := range p.Notices {
			ids = append(ids, n.Notice.ID)
		}
		slices.Sort(ids)
		parts = append(parts, strings.Join(ids, " "))
	}
	slices.Sort(parts)
	return strings.Join(parts, "|")
}

func TestProjectsGroupNoticesOfOneProject(t *testing.T) {
	tests := map[string]struct {
		notices []signals.MatchedNotice
		want    string
	}{
		"one number, written with other brackets and a round": {
			notices: []signals.MatchedNotice{
				notice("1", "办公家具采购公告", numbered("宜采〔2026〕0117号")),
				notice("2", "办公家具采购第二次公告", numbered("宜采(2026)0117号-第2次")),
			},
			want: "1 2",
		},
		"one number with the lot at its end": {
			notices: []signals.MatchedNotice{
				notice("1", "网络设备招标公告", numbered("HBZB-2026-0345")),
				notice("2", "网络设备包2中标公告", numbered("HBZB-2026-0345/包2"), of(signals.NoticeAward)),
			},
			want: "1 2",
		},
		"a number too short to tell anything": {
			notices: []signals.MatchedNotice{notice("1", "食堂食材配送招标公告", numbered("2026-1")), notice("2", "职工体检服务招标公告", numbered("2026-1"))},
			want:    "1|2",
		},
		"one number, but two buyers": {
			notices: []signals.MatchedNotice{
				notice("1", "食堂食材配送招标公告", numbered("ZB20260001"), bought("中国铁塔股份有限公司福州市分公司")),
				notice("2", "职工体检服务招标公告", numbered("ZB20260001"), bought("中国铁塔股份有限公司厦门市分公司")),
			},
			want: "1|2",
		},
		"stages of one title": {
			notices: []signals.MatchedNotice{
				notice("1", "中国铁塔厦门市分公司2026年思明区域机房代维服务采购意向公告", of(signals.NoticeIntention), published(60)),
				notice("2", "中国铁塔厦门市分公司2026年思明区域机房代维服务采购项目公开招标公告", published(40)),
				notice("3", "关于中国铁塔厦门市分公司2026年思明区域机房代维服务采购项目的更正公告", of(signals.NoticeCorrection), published(30)),
				notice("4", "中国铁塔厦门市分公司2026年思明区域机房代维服务项目中标候选人公示", of(signals.NoticeAward), published(12)),
				notice("5", "中国铁塔厦门市分公司2026年思明区域机房代维服务采购项目（第二次）招标公告", published(5)),
			},
			want: "1 2 3 4 5",
		},
		"a site that puts the buyer before the title": {
			notices: []signals.MatchedNotice{
				notice("1", "宜昌市水利局宜昌市水利局2026年河道清淤监测项目竞争性磋商公告"),
				notice("2", "宜昌市水利局2026年河道清淤监测项目竞争性磋商公告", on("ggzy")),
				notice("3", "2026年河道清淤监测项目成交公告", bought("宜昌市水利局"), of(signals.NoticeAward), on("other")),
			},
			want: "1 2|3",
		},
		"a title without the buyer, where both name the buyer": {
			notices: []signals.MatchedNotice{
				notice("1", "宜昌市水利局2026年河道清淤监测项目竞争性磋商公告", bought("宜昌市水利局")),
				notice("2", "2026年河道清淤监测项目成交公告", bought("宜昌市水利局"), of(signals.NoticeAward)),
			},
			want: "1 2",
		},
		"lots of one project": {
			notices: []signals.MatchedNotice{
				notice("1", "中国邮政集团公司黄石市分公司保洁外包采购项目（包一）流标公告", of(signals.NoticeTermination)),
				notice("2", "中国邮政集团公司黄石市分公司保洁外包采购项目（包二）中标公告", of(signals.NoticeAward)),
			},
			want: "1 2",
		},
		"last year's purchase of the same title": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司办公楼物业服务招标公告", published(370)),
				notice("2", "安琪酵母股份有限公司办公楼物业服务招标公告", published(5)),
			},
			want: "1|2",
		},
		"two demands of one title and site under numbers of their own": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司反应釜设备采购招标公告", numbered("AQ-2026-00311")),
				notice("2", "安琪酵母股份有限公司反应釜设备采购招标公告", numbered("AQ-2026-00412")),
			},
			want: "1|2",
		},
		"one title on two sites that number by themselves": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司反应釜设备采购招标公告", numbered("AQ-2026-00311")),
				notice("2", "安琪酵母股份有限公司反应釜设备采购招标公告", numbered("E4201000001"), on("ggzy")),
			},
			want: "1 2",
		},
		"a date in brackets is no number": {
			notices: []signals.MatchedNotice{notice("1", "食堂食材配送招标公告(20261101)"), notice("2", "职工体检服务招标公告(20261101)")},
			want:    "1|2",
		},
		"titles that say nothing are never the same project": {
			notices: []signals.MatchedNotice{notice("1", "招标公告"), notice("2", "招标公告"), notice("3", "采购项目公告")},
			want:    "1|2|3",
		},
		"branches that buy the same": {
			notices: []signals.MatchedNotice{
				notice("1", "2026年营业厅保洁服务采购公告", bought("中国铁塔股份有限公司福州市分公司")),
				notice("2", "2026年营业厅保洁服务采购公告", bought("中国铁塔股份有限公司厦门市分公司")),
			},
			want: "1|2",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			projects := signals.Projects(test.notices)
			if got := clusters(projects); got != test.want {
				t.Errorf("projects %s, want %s", got, test.want)
			}
			for _, p := range projects {
				if len(p.Why) != len(p.Notices)-1 {
					t.Errorf("project %s of %d notices is explained by %d links", p.Key, len(p.Notices), len(p.Why))
				}
			}
		})
	}
}

// anyNotices draws notices whose numbers, titles and buyers often meet.
func anyNotices(t *rapid.T) []signals.MatchedNotice {
	draw := rapid.Custom(func(t *rapid.T) signals.MatchedNotice {
		title := rapid.SampledFrom([]string{"智能仓储系统采购", "数据中心空调维保", "职工体检服务", "光伏电站监理"}).Draw(t, "title")
		suffix := rapid.SampledFrom([]string{"招标公告", "（第二次）招标公告", "更正公告", "中标公告", "（包1）流标公告"}).Draw(t, "suffix")
		return notice(
			rapid.StringMatching(`[1-6]`).Draw(t, "id"), title+suffix,
			on(rapid.SampledFrom([]string{"ccgp", "ggzy"}).Draw(t, "site")),
			of(rapid.SampledFrom(signals.NoticeTypes()).Draw(t, "type")),
			numbered(rapid.SampledFrom([]string{"", "", "ZB-2026-0001", "ZB-2026-0002（二次）", "7"}).Draw(t, "number")),
			bought(rapid.SampledFrom([]string{"", "甲公司福州分公司", "甲公司厦门分公司", "甲公司"}).Draw(t, "buyer")),
			published(rapid.IntRange(0, 400).Draw(t, "ago")),
		)
	})
	return rapid.SliceOfN(draw, 0, 14).Draw(t, "notices")
}

func TestProjectsDoNotDependOnOrderOrRepetition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		notices := anyNotices(t)
		want := signals.Projects(notices)
		shuffled := append(slices.Clone(notices), notices[:rapid.IntRange(0, len(notices)).Draw(t, "repeated")]...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := signals.Projects(shuffled); !reflect.DeepEqual(want, got) {
			t.Fatalf("another order gives other projects:\n%s\n%s", clusters(want), clusters(got))
		}
	})
}

func TestProjectsKeepEachNoticeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		notices := anyNotices(t)
		want := map[string]bool{}
		for _, n := range notices {
			want[n.Notice.TargetID+"/"+n.Notice.ID] = true
		}
		got := 0
		for _, p := range signals.Projects(notices) {
			if len(p.Notices) == 0 || p.Key == "" {
				t.Fatalf("a project without notices: %+v", p)
			}
			got += len(p.Notices)
		}
		if got != len(want) {
			t.Fatalf("%d notices in projects, want %d", got, len(want))
		}
	})
}
