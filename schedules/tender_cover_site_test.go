package schedules

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// A site read to its end shows nothing of a customer that no tender site would ever name:
// that freezes nothing. It does once the site is known to show what the customer buys.
func TestASiteThatNeverNamesTheCustomerFreezesNothing(t *testing.T) {
	const name = "云溪华光玻璃股份有限公司"
	tests := map[string]func(t *testing.T, o *office, site *tenderSite){
		"until the site shows a purchase of it": func(_ *testing.T, o *office, site *tenderSite) {
			site.notices = append([]siteNotice{{"9", "食堂设备采购中标结果公告", o.dayBefore(0), name}}, site.notices...)
		},
		"until the administrator says so": func(t *testing.T, o *office, site *tenderSite) {
			o.tender(t, site.URL+"/list", "C")
		},
	}
	for name2, proves := range tests {
		t.Run(name2, func(t *testing.T) {
			o, site := newOffice(t), newTenderSite(t)
			o.clock.advance(100 * day)
			o.warmDeal(t, name)
			site.notices = []siteNotice{
				{"3", "厂区道路改造工程招标公告", o.dayBefore(2), "远山县公路管理局"},
				{"2", "课桌椅采购招标公告", o.dayBefore(40), "长岭县教育局"},
				{"1", "供水管网改造工程招标公告", o.dayBefore(120), "临川市水务局"},
			}
			o.tender(t, site.URL+"/list")
			o.crawls(t, crawler.Settings{MaxDetails: 10})
			run := func() (scorer.FactorScore, scorer.FreezeState) {
				o.clock.advance(time.Hour)
				run, err := o.runner.Run(t.Context(), "site", "manual")
				must(t, err)
				if !run.Complete || run.Unread != nil {
					t.Fatalf("run %+v", run)
				}
				a, state := o.judged(t)
				return a.Evaluation.Factors.Tender, state
			}
			if f, state := run(); f.Status != signals.StatusUnknown || f.Reason != signals.ReasonTenderUncovered || state != scorer.FreezeClear {
				t.Fatalf("%+v, %s, want the reason that no site is known to show its purchases", f, state)
			}
			proves(t, o, site)
			if f, state := run(); f.Band == nil || *f.Band != scorer.BandLow || state != scorer.FreezeFrozen {
				t.Fatalf("%+v, %s, want it low and frozen", f, state)
			}
		})
	}
}

// dayBefore is a day before now, as a site writes it.
func (o *office) dayBefore(days int) string {
	return signals.DateOf(o.clock.Now().In(signals.Shanghai)).AddDays(-days).String()
}

// tender stores the target of the test's tender site.
func (o *office) tender(t *testing.T, url string, covers ...string) {
	t.Helper()
	_, err := o.db.Targets.Put(t.Context(), []signals.Target{{ID: "site", Kind: signals.KindTender, URL: url, Covers: covers}}, "test", o.clock.Now())
	must(t, err)
}

// A box of the newest few notices, as home pages have it, shows what is older than those to
// nobody who comes later: only once it was watched for the whole window is its silence one.
func TestABoxOfTheNewestNoticesFreezesNothingUntilItWasWatchedOverTheWindow(t *testing.T) {
	o, site := newOffice(t), newTenderSite(t)
	o.clock.advance(100 * day)
	o.warmDeal(t, "云溪华光玻璃股份有限公司")
	o.tender(t, site.URL+"/list", "C")
	o.crawls(t, crawler.Settings{MaxDetails: 10})
	run := func() (scorer.FactorScore, scorer.FreezeState) {
		t.Helper()
		site.notices = append([]siteNotice{{o.dayBefore(0), "道路养护招标公告", o.dayBefore(0), "远山县公路管理局"}}, site.notices...)
		site.notices = site.notices[:min(4, len(site.notices))]
		run, err := o.runner.Run(t.Context(), "site", "manual")
		must(t, err)
		if !run.Complete || run.Reaches == nil {
			t.Fatalf("run %+v", run)
		}
		a, state := o.judged(t)
		return a.Evaluation.Factors.Tender, state
	}
	lows := 0
	for watched := 0; watched <= 100; watched += 5 {
		f, state := run()
		if early := watched < 90; early && (f.Reason != signals.ReasonTenderReach || state != scorer.FreezeClear) {
			t.Fatalf("after %d days: %+v, %s", watched, f, state)
		}
		if f.Band != nil && *f.Band == scorer.BandLow {
			lows++
		}
		o.clock.advance(5 * day)
	}
	if lows == 0 {
		t.Error("it was watched for 100 days, and its silence is not believed")
	}
	o.clock.advance(20 * day) // five notices came and went meanwhile, for all that is known
	site.notices = nil
	for i := range 4 {
		site.notices = append(site.notices, siteNotice{o.dayBefore(i), "道路养护招标公告", o.dayBefore(i), "远山县公路管理局"})
	}
	if f, _ := run(); f.Reason != signals.ReasonTenderReach {
		t.Errorf("after a time in which nobody looked: %+v", f)
	}
}

// A policy that counts over half a year doubts for half a year what could not be read.
func TestAnUnreadNoticeIsADoubtForAsLongAsThePolicyCounts(t *testing.T) {
	for days, low := range map[int]bool{90: true, 180: false} {
		t.Run(fmt.Sprint(days), func(t *testing.T) {
			o, site := newOffice(t), newTenderSite(t)
			o.clock.advance(100 * day)
			policy, err := o.db.Policies.At(t.Context(), o.clock.Now())
			must(t, err)
			tender := policy.Factors[signals.FactorTender]
			tender.WindowDays = days
			policy.Factors[signals.FactorTender] = tender
			_, err = o.db.Policies.Publish(t.Context(), policy, policy.Version, "test", o.clock.Now())
			must(t, err)
			o.warmDeal(t, "云溪华光玻璃股份有限公司")
			o.tender(t, site.URL+"/list", "C")
			site.notices = []siteNotice{
				{"2", "窑炉余热利用设备采购招标公告", o.dayBefore(0), "云溪华光玻璃股份有限公司"},
				{"1", "供水管网改造工程招标公告", o.dayBefore(200), "临川市水务局"},
			}
			site.breaks(http.NotFound)
			o.crawls(t, crawler.Settings{MaxDetails: 10})
			var f scorer.FactorScore
			var state scorer.FreezeState
			for i := range 20 { // 100 days
				site.notices = append([]siteNotice{{fmt.Sprint("r", i), "远山县人民医院保洁服务招标公告", o.dayBefore(0), "远山县人民医院"}}, site.notices...)
				_, err := o.runner.Run(t.Context(), "site", "manual")
				must(t, err)
				var a scorer.Assessment
				a, state = o.judged(t)
				f = a.Evaluation.Factors.Tender
				o.clock.advance(5 * day)
			}
			if isLow := f.Band != nil && *f.Band == scorer.BandLow; isLow != low || state != scorer.FreezeClear || !low && f.Reason != signals.ReasonTenderUnread {
				t.Errorf("95 days later: %+v, %s; want low %v", f, state, low)
			}
		})
	}
}

func TestANoticeWithoutAKnownBuyerIsADoubtForWhomItsTextNames(t *testing.T) {
	for named, low := range map[string]bool{"云溪华光玻璃股份有限公司": false, "临川瓷业股份有限公司": true} {
		t.Run(named, func(t *testing.T) {
			o, site := newOffice(t), newTenderSite(t)
			o.clock.advance(100 * day)
			o.warmDeal(t, "云溪华光玻璃股份有限公司")
			o.tender(t, site.URL+"/list", "C")
			site.notices = []siteNotice{
				{"2", "窑炉余热利用设备采购招标公告", o.dayBefore(2), ""},
				{"1", "供水管网改造工程招标公告", o.dayBefore(120), "临川市水务局"},
			}
			site.breaks(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				fmt.Fprintf(w, `<html><head><title>窑炉余热利用设备采购招标公告</title></head><body><h1>窑炉余热利用设备采购招标公告</h1><p>发布时间：%s</p><div class="content">
<p>项目编号：XM-2026-88</p><p>预算金额：120万元</p><p>采购需求：余热锅炉两台，安装在 %s 的二号窑炉旁。</p><p>投标截止时间：2027年1月20日</p></div></body></html>`, o.dayBefore(2), named)
			})
			o.crawls(t, crawler.Settings{MaxDetails: 10})
			_, err := o.runner.Run(t.Context(), "site", "manual")
			must(t, err)
			a, state := o.judged(t)
			f, m := a.Evaluation.Factors.Tender, a.Measures[signals.FactorTender]
			if isLow := f.Band != nil && *f.Band == scorer.BandLow; isLow != low || !low && (state != scorer.FreezeClear || m.Reason.Code != signals.ReasonTenderReview) {
				t.Errorf("%+v, %s, measured %+v; want low %v", f, state, m, low)
			}
		})
	}
}

// A list that opens its notices by a script shows no address of theirs: nobody can read whose
// they are.
func TestANoticeWithoutAPageOfItsOwnIsADoubtUnlessTheListTellsItsBuyer(t *testing.T) {
	for name, c := range map[string]struct {
		link, title string
		low         bool
	}{
		"by a script":             {`href="javascript:void(0)" onclick="show('%s')"`, "窑炉余热利用设备采购招标公告", false},
		"without an address":      {`data-id="%s"`, "窑炉余热利用设备采购招标公告", false},
		"to the list itself":      {`href="/list"`, "窑炉余热利用设备采购招标公告", false},
		"the title tells it":      {`data-id="%s"`, "远山县人民医院保洁服务招标公告", true},
		"its type is no demand":   {`data-id="%s"`, "窑炉余热利用设备采购中标结果公告", true},
		"too old to count at all": {`data-id="%s"`, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			o, site := newOffice(t), newTenderSite(t)
			o.clock.advance(100 * day)
			o.warmDeal(t, "云溪华光玻璃股份有限公司")
			o.tender(t, site.URL+"/list", "C")
			site.link = c.link
			site.notices = []siteNotice{
				{"3", "远山县人民医院食堂设备采购招标公告", o.dayBefore(1), ""},
				{"2", "远山县公路管理局道路养护工程招标公告", o.dayBefore(100), ""},
				{"1", "供水管网改造工程招标公告", o.dayBefore(120), ""},
			}
			if c.title != "" {
				site.notices = slices.Insert(site.notices, 1, siteNotice{"4", c.title, o.dayBefore(2), ""})
			}
			o.crawls(t, crawler.Settings{MaxDetails: 10})
			for range 2 { // the second run finds the list as it was
				run, err := o.runner.Run(t.Context(), "site", "manual")
				must(t, err)
				a, state := o.judged(t)
				f, m := a.Evaluation.Factors.Tender, a.Measures[signals.FactorTender]
				if isLow := f.Band != nil && *f.Band == scorer.BandLow; isLow != c.low || !c.low && (state != scorer.FreezeClear || m.Reason.Code != signals.ReasonTenderUnread) {
					t.Fatalf("%+v, %s, measured %+v; want low %v; run %+v", f, state, m, c.low, run)
				}
				o.clock.advance(time.Hour)
			}
		})
	}
}
