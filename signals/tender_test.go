package signals_test

import (
	"testing"
	"time"

	"dealvitals/signals"
)

var tenderNow = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

var tenderRules = signals.TenderRules{WindowDays: 90, StaleAfterDays: 7}

// daysAgo is the Shanghai day n days before tenderNow.
func daysAgo(n int) *signals.Date {
	d := signals.DateOf(tenderNow).AddDays(-n)
	return &d
}

// site is a tender site that covers every customer, with complete runs that finished the given numbers of days ago,
// oldest first.
func site(id string, ago ...int) signals.TargetHistory {
	t := signals.TargetHistory{Target: signals.Target{ID: id, Kind: signals.KindTender, Covers: []string{signals.CoversAll}}}
	for _, n := range ago {
		end := tenderNow.AddDate(0, 0, -n)
		t.Runs = append(t.Runs, signals.RunSummary{
			ID: id + end.String(), StartedAt: end.Add(-time.Minute), FinishedAt: end,
			Outcome: signals.OutcomeOK, Complete: true, AllDated: true, Items: 20,
		})
	}
	return t
}

// noticeOption changes a notice of a test.
type noticeOption func(*signals.MatchedNotice)

func of(t signals.NoticeType) noticeOption {
	return func(n *signals.MatchedNotice) { n.Notice.Type = t }
}
func on(target string) noticeOption {
	return func(n *signals.MatchedNotice) { n.Notice.TargetID, n.Match.TargetID = target, target }
}
func numbered(no string) noticeOption {
	return func(n *signals.MatchedNotice) { n.Notice.ProjectNo = no }
}
func published(ago int) noticeOption {
	return func(n *signals.MatchedNotice) {
		n.Notice.Published = daysAgo(ago)
		n.Notice.FirstSeen = n.Notice.Published.Start().Add(9 * time.Hour)
	}
}
func undatedSeen(ago int) noticeOption {
	return func(n *signals.MatchedNotice) {
		n.Notice.Published, n.Notice.FirstSeen = nil, tenderNow.AddDate(0, 0, -ago)
	}
}
func bought(buyer string) noticeOption {
	return func(n *signals.MatchedNotice) { n.Notice.Buyer = buyer }
}
func matched(change func(*signals.NoticeMatch)) noticeOption {
	return func(n *signals.MatchedNotice) { change(&n.Match) }
}

func inReview(m *signals.NoticeMatch) { m.Review, m.Confidence = true, 0.5 }
func asWinner(m *signals.NoticeMatch) { m.Role = signals.RoleWinner }

// notice is a tender notice of the customer, published ten days ago, unless options say else.
func notice(id, title string, options ...noticeOption) signals.MatchedNotice {
	n := signals.MatchedNotice{
		Notice: signals.Notice{TargetID: "ccgp", ID: id, Title: title, Type: signals.NoticeTender, Currency: "CNY"},
		Match:  signals.NoticeMatch{TargetID: "ccgp", NoticeID: id, CustomerID: "c", Match: true, Role: signals.RoleBuyer, Confidence: 0.99},
	}
	published(10)(&n)
	for _, option := range options {
		option(&n)
	}
	return n
}

func TestMeasureTenderCountsDistinctProjectsOfTheWindow(t *testing.T) {
	tests := map[string]struct {
		notices  []signals.MatchedNotice
		keywords []string
		want     float64
		why      map[string]string // by notice id
	}{
		"one notice is one project": {
			notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司光伏电站工程招标公告")},
			want:    1, why: map[string]string{"1": "published"},
		},
		"three corrections of a notice add nothing": {
			notices: []signals.MatchedNotice{
				notice("1", "中国电信宁波分公司云网业务外包服务项目招标公告", numbered("NBDX-2026-0417")),
				notice("2", "中国电信宁波分公司云网业务外包服务项目更正公告", numbered("NBDX-2026-0417"), of(signals.NoticeCorrection), published(8)),
				notice("3", "中国电信宁波分公司云网业务外包服务项目更正公告（二）", numbered("NBDX-2026-0417"), of(signals.NoticeCorrection), published(7)),
			},
			want: 1, why: map[string]string{"1": "published", "2": "correction", "3": "correction"},
		},
		"one project on two sites counts once, by its earliest day": {
			notices: []signals.MatchedNotice{
				notice("1", "重庆市水利局办公楼物业管理项目竞争性磋商公告", numbered("YCS26C00042")),
				notice("2", "重庆市水利局办公楼物业管理项目(YCS26C00042)竞争性磋商公告", on("ggzy"), published(9)),
			},
			want: 1, why: map[string]string{"1": "published", "2": "same_project"},
		},
		"a re-tender is the same demand": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", published(40)),
				notice("2", "安琪酵母股份有限公司智能仓储工程（第二次）招标公告", published(5)),
			},
			want: 1, why: map[string]string{"1": "published", "2": "retender"},
		},
		"a project first put out before the window does not count for its re-tender": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", published(100)),
				notice("2", "安琪酵母股份有限公司智能仓储工程（第二次）招标公告", published(5)),
			},
			want: 0, why: map[string]string{"1": "outside_window", "2": "retender"},
		},
		"an award alone is no demand": {
			notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司智能仓储工程中标公告", of(signals.NoticeAward))},
			want:    0, why: map[string]string{"1": "award"},
		},
		"a project that was ended does not count": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", published(40)),
				notice("2", "安琪酵母股份有限公司智能仓储工程流标公告", of(signals.NoticeTermination), published(12)),
			},
			want: 0, why: map[string]string{"1": "cancelled", "2": "termination"},
		},
		"a project that was ended and put out again counts": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", published(40)),
				notice("2", "安琪酵母股份有限公司智能仓储工程流标公告", of(signals.NoticeTermination), published(12)),
				notice("3", "安琪酵母股份有限公司智能仓储工程（第二次）招标公告", published(3)),
			},
			want: 1, why: map[string]string{"1": "published", "2": "termination", "3": "retender"},
		},
		"a failed lot does not end the project": {
			notices: []signals.MatchedNotice{
				notice("1", "黄石市分公司保洁外包采购项目招标公告", published(40)),
				notice("2", "黄石市分公司保洁外包采购项目（包一）流标公告", of(signals.NoticeTermination), published(12)),
			},
			want: 1, why: map[string]string{"1": "published", "2": "termination"},
		},
		"a notice in another role is not demand": {
			notices: []signals.MatchedNotice{notice("1", "某某工程招标公告之结果", matched(asWinner))},
			want:    0, why: map[string]string{"1": "other_role"},
		},
		"the first day of the window is out, the last one in": {
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司甲号厂房工程招标公告", published(90)),
				notice("2", "安琪酵母股份有限公司乙号厂房工程招标公告", published(89)),
				notice("3", "安琪酵母股份有限公司丙号仓库工程招标公告", published(0)),
			},
			want: 2, why: map[string]string{"2": "published", "3": "published"},
		},
		"keywords leave out what the deal does not sell": {
			keywords: []string{"光伏|太阳能", "-监理"},
			notices: []signals.MatchedNotice{
				notice("1", "安琪酵母股份有限公司光伏电站工程招标公告"),
				notice("2", "安琪酵母股份有限公司厂区绿化养护招标公告"),
				notice("3", "安琪酵母股份有限公司光伏电站监理招标公告"),
			},
			want: 1, why: map[string]string{"1": "published", "2": "unrelated", "3": "excluded"},
		},
		"an undated notice seen after a complete run is new": {
			notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", undatedSeen(20))},
			want:    1, why: map[string]string{"1": "first_seen"},
		},
		"an undated notice of the first crawl is not new": {
			notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司智能仓储工程招标公告", undatedSeen(200))},
			want:    0, why: map[string]string{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := signals.TenderHistory{Sources: []signals.TargetHistory{site("ccgp", 200, 100, 1), site("ggzy", 200, 100, 1)}, Notices: test.notices}
			m := signals.MeasureTender(h, signals.Deal{Keywords: test.keywords}, tenderRules, tenderNow)
			if m.Status != signals.StatusOK || m.AtLeast || m.Value == nil {
				t.Fatalf("status %s, at least %v: %+v", m.Status, m.AtLeast, m.Reason)
			}
			if *m.Value != test.want {
				t.Errorf("counted %v projects, want %v", *m.Value, test.want)
			}
			got := map[string]string{}
			counted := 0.0
			for _, ref := range m.Signals {
				got[ref.ID] = ref.Why.Code
				if ref.Counted {
					counted++
				}
			}
			for id, why := range test.why {
				if got[id] != why {
					t.Errorf("notice %s: %q, want %q", id, got[id], why)
				}
			}
			if counted != *m.Value {
				t.Errorf("%v notices are marked as counted, the value is %v", counted, *m.Value)
			}
		})
	}
}
