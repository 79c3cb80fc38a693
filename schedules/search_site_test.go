package schedules

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// searchSite is a real site that finds notices by a word of their text.
func searchSite(t *testing.T, found map[string][]siteNotice, asked *[]string) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", http.NotFound)
	mux.HandleFunc("GET /search", func(w http.ResponseWriter, r *http.Request) {
		word := r.URL.Query().Get("kw")
		*asked = append(*asked, word)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		var rows []string
		for _, n := range found[word] {
			rows = append(rows, fmt.Sprintf(`{"title":%q,"publishTime":%q,"url":"/notice/%s","purchaser":%q}`, n.title, n.day, n.id, n.buyer))
		}
		fmt.Fprintf(w, `{"code":200,"data":{"total":%d,"records":[%s]}}`, len(rows), strings.Join(rows, ","))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestASearchSaysSomethingOfThoseOnlyForWhomItWasAsked(t *testing.T) {
	o := newOffice(t) // with two customers of its own that have a deal each
	o.clock.advance(100 * day)
	const name = "云溪华光玻璃股份有限公司"
	o.warmDeal(t, name)
	var asked []string
	on := o.clock.Now().AddDate(0, 0, -3).Format(time.DateOnly)
	found := map[string][]siteNotice{"客户1有限公司": {{"1", "客户1有限公司仓储货架采购招标公告", on, "客户1有限公司"}}}
	site := searchSite(t, found, &asked)
	_, err := o.db.Targets.Put(t.Context(), []signals.Target{{ID: "site", Kind: signals.KindTender, URL: site.URL + "/search?type=notice&kw={customer}", Covers: []string{"C"}}}, "test", o.clock.Now())
	must(t, err)
	o.crawls(t, crawler.Settings{MaxPages: 2})
	run := func() signals.Run {
		t.Helper()
		asked = nil
		o.clock.advance(time.Hour)
		run, err := o.runner.Run(t.Context(), "site", "manual")
		must(t, err)
		return run
	}
	status := func() (scorer.FactorScore, scorer.FreezeState) {
		t.Helper()
		a, state := o.judged(t)
		return a.Evaluation.Factors.Tender, state
	}

	first := run() // the customers are C, C1 and C2, and a run reads two pages
	if strings.Join(asked, " ") != name+" 客户1有限公司" || first.Complete || !strings.Contains(first.Problem, "1 of 3 customers are left") {
		t.Fatalf("asked for %v, run %+v", asked, first)
	}
	if n, err := o.db.Runs.Notice(t.Context(), "site", notices(t, o)[0]); err != nil || n.Buyer != "客户1有限公司" {
		t.Errorf("notice %+v, %v", n, err)
	}
	if f, state := status(); f.Band == nil || *f.Band != scorer.BandLow || state != scorer.FreezeFrozen {
		t.Errorf("searched to the end and nothing found: %+v, %s", f, state)
	}
	if second := run(); asked[0] != "客户2有限公司" || second.Complete {
		t.Errorf("asked for %v, want those first that were searched for least recently; run %+v", asked, second)
	}

	// Its record changes: under its new names nobody has searched.
	_, err = o.db.Customers.Put(t.Context(), []signals.Customer{{ID: "C", Name: name, Aliases: []signals.Alias{{Name: "云溪玻璃总厂有限公司", Kind: signals.AliasFormer}}}}, "test", o.clock.Now())
	must(t, err)
	if f, _ := status(); f.Status != signals.StatusUnknown || f.Reason != signals.ReasonIncomplete {
		t.Errorf("after the record changed: %+v", f)
	}
	found["云溪玻璃总厂有限公司"] = []siteNotice{{"7", "云溪玻璃总厂有限公司厂房改造招标公告", on, "云溪玻璃总厂有限公司"}, {"8", "云溪玻璃总厂有限公司窑炉备件询价公告", on, "云溪玻璃总厂有限公司"}}
	run()
	if strings.Join(asked, " ") != name+" 云溪玻璃总厂有限公司" {
		t.Errorf("asked for %v", asked)
	}
	if f, _ := status(); f.Value == nil || *f.Value != 2 {
		t.Errorf("under its former name: %+v", f)
	}
}

func TestASearchThatNeverFoundAnythingProvesNothing(t *testing.T) {
	o := newOffice(t)
	o.clock.advance(100 * day)
	o.warmDeal(t, "云溪华光玻璃股份有限公司")
	var asked []string
	found := make(map[string][]siteNotice)
	site := searchSite(t, found, &asked)
	_, err := o.db.Targets.Put(t.Context(), []signals.Target{{ID: "site", Kind: signals.KindTender, URL: site.URL + "/search?type=notice&kw={customer}", Covers: []string{"C"}}}, "test", o.clock.Now())
	must(t, err)
	o.crawls(t, crawler.Settings{})
	judged := func() (scorer.FactorScore, scorer.FreezeState) {
		o.clock.advance(time.Hour)
		run, err := o.runner.Run(t.Context(), "site", "manual")
		must(t, err)
		if !run.Complete {
			t.Fatalf("run %+v", run)
		}
		a, state := o.judged(t)
		return a.Evaluation.Factors.Tender, state
	}
	if f, state := judged(); f.Status != signals.StatusUnknown || f.Reason != signals.ReasonIncomplete || state != scorer.FreezeClear {
		t.Errorf("with nothing found for anybody, as in the wrong encoding: %+v, %s", f, state)
	}
	found["客户1有限公司"] = []siteNotice{{"1", "客户1有限公司仓储货架采购招标公告", o.clock.Now().AddDate(0, 0, -3).Format(time.DateOnly), "客户1有限公司"}}
	if f, state := judged(); f.Band == nil || *f.Band != scorer.BandLow || state != scorer.FreezeFrozen {
		t.Errorf("it finds what is there, and nothing of the customer: %+v, %s", f, state)
	}
}

// notices lists the ids of all notices of the site.
func notices(t *testing.T, o *office) []string {
	t.Helper()
	var ids []string
	must(t, o.db.Notices.Since(t.Context(), signals.Date{Year: 2026, Month: 1, Day: 1}, func(n signals.Notice) error {
		ids = append(ids, n.ID)
		return nil
	}))
	return ids
}
