package signals_test

import (
	"testing"

	"dealvitals/signals"
)

// Most companies put out nothing on most sites: silence is only that of a site which is known
// to show what the customer buys.
func TestSilenceCountsOnlyOfASiteThatShowsTheCustomersPurchases(t *testing.T) {
	glass := signals.Customer{ID: "c", Name: "云溪华光玻璃股份有限公司", Region: "江苏省苏州市", Industry: "建材"}
	seen := func(ago int) noticeOption {
		return func(n *signals.MatchedNotice) {
			published(ago)(n)
			n.Notice.LastSeen = tenderNow.AddDate(0, 0, -ago)
		}
	}
	covering := func(t signals.TargetHistory, covers ...string) signals.TargetHistory {
		t.Target.Covers = covers
		return t
	}
	moved := func(t signals.TargetHistory, until int) signals.TargetHistory { // its address changed after that run
		for i := range t.Runs {
			t.Runs[i].List = t.Target.ListKey()
			if i < until {
				t.Runs[i].List = "another"
			}
		}
		return t
	}
	award := notice("1", "厂房光伏中标公告", of(signals.NoticeAward), seen(200))
	tests := map[string]struct {
		sources []signals.TargetHistory
		notices []signals.MatchedNotice
		proven  bool
	}{
		"a site that never showed it":                  {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1))}},
		"a site that showed a purchase of it long ago": {[]signals.TargetHistory{covering(site("ccgp", 300, 1))}, []signals.MatchedNotice{award}, true},
		"the same purchase on a site that is not read": {[]signals.TargetHistory{covering(site("ccgp", 300, 1))}, []signals.MatchedNotice{notice("1", "厂房光伏中标公告", of(signals.NoticeAward), seen(200), on("gone"))}, false},
		"on a list that the target read before":        {[]signals.TargetHistory{moved(covering(site("ccgp", 300, 100, 1)), 1)}, []signals.MatchedNotice{award}, false},
		"where it only won":                            {[]signals.TargetHistory{covering(site("ccgp", 300, 1))}, []signals.MatchedNotice{notice("1", "厂房光伏中标公告", of(signals.NoticeAward), seen(200), matched(asWinner))}, false},
		"where a person has to say":                    {[]signals.TargetHistory{covering(site("ccgp", 300, 1))}, []signals.MatchedNotice{notice("1", "厂房光伏中标公告", of(signals.NoticeAward), seen(200), matched(inReview))}, false},
		"where what it announced is unknown":           {[]signals.TargetHistory{covering(site("ccgp", 300, 1))}, []signals.MatchedNotice{notice("1", "厂房公告", of(signals.NoticeOther), seen(200))}, false},
		"stated of every customer":                     {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1), "*")}, proven: true},
		"stated of it":                                 {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1), "x", "c")}, proven: true},
		"stated of its region":                         {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1), "region:江苏")}, proven: true},
		"stated of its industry":                       {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1), "industry:建材")}, proven: true},
		"stated of others":                             {sources: []signals.TargetHistory{covering(site("ccgp", 300, 1), "x", "region:浙江", "industry:医疗")}},
		"one of two sites is known to show it":         {sources: []signals.TargetHistory{covering(site("a", 300, 1)), covering(site("b", 300, 1), "c")}, proven: true},
		"the one that does was given up":               {sources: []signals.TargetHistory{covering(site("a", 300, 1)), pausedSite(covering(site("b", 300, 95), "c"))}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := signals.TenderHistory{Customer: glass, Sources: test.sources, Notices: test.notices}
			m := signals.MeasureTender(h, signals.Deal{}, tenderRules, tenderNow)
			if m.Status != signals.StatusOK || *m.Value != 0 || m.AtLeast == test.proven {
				t.Fatalf("%s, %v, a lower bound %v (%s), want proven %v", m.Status, m.Value, m.AtLeast, m.Reason.Code, test.proven)
			}
			if !test.proven && m.Reason.Code != signals.ReasonTenderUncovered {
				t.Errorf("reason %+v", m.Reason)
			}
		})
	}
}

func TestWhatATargetCoversIsChecked(t *testing.T) {
	for covers, wrong := range map[string]bool{"C1": false, "*": false, "region:江苏": false, "industry:医疗": false, "": true, " C1": true, "region:": true, "region:江": true, "industry:": true} {
		if err := (signals.Target{Kind: signals.KindTender, Covers: []string{covers}}).CheckCovers(); (err != nil) != wrong {
			t.Errorf("%q: %v", covers, err)
		}
	}
	if err := (signals.Target{Kind: signals.KindHiring, Covers: []string{"C1"}}).CheckCovers(); err == nil {
		t.Error("a hiring page says that it covers others")
	}
}
