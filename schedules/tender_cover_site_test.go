package schedules

import (
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
