package schedules

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/evidence"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

const day = 24 * time.Hour

// tenderSite is a real site, whose list names no buyers: only the notices' own pages do.
type tenderSite struct {
	*httptest.Server
	mu      sync.Mutex
	notices []siteNotice // newest first
	broken  http.HandlerFunc
	link    string // how the list links a notice, with %s for its id; "" is /notice/%s
	asked   []string
}

type siteNotice struct{ id, title, day, buyer string }

func newTenderSite(t *testing.T) *tenderSite {
	s := &tenderSite{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", http.NotFound)
	mux.HandleFunc("GET /list", s.list)
	mux.HandleFunc("GET /notice/{id}", s.notice)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *tenderSite) list(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<html><head><title>招标公告</title></head><body><h1>招标公告</h1><ul class="list">`)
	for _, n := range s.notices {
		link := cmp.Or(s.link, `href="/notice/%s"`)
		if strings.Contains(link, "%s") {
			link = fmt.Sprintf(link, n.id)
		}
		fmt.Fprintf(w, `<li><a %s>%s</a><span>%s</span></li>`, link, n.title, n.day)
	}
	fmt.Fprint(w, `</ul></body></html>`)
}

func (s *tenderSite) notice(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.PathValue("id"))
	if s.broken != nil {
		s.broken(w, r)
		return
	}
	for _, n := range s.notices {
		if n.id != r.PathValue("id") {
			continue
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<html><head><title>%[1]s</title></head><body><h1>%[1]s</h1><p>发布时间：%[2]s</p><div class="content">
<p>%[3]s就以下项目进行公开招标，欢迎合格的供应商前来投标。</p>
<p>一、项目基本情况</p><p>项目编号：XM-2026-%[4]s</p><p>项目名称：%[1]s</p><p>采购需求：详见招标文件。</p>
<p>二、获取招标文件</p><p>时间：自公告发布之日起五日内。</p><p>三、联系方式</p><p>采购人：%[3]s</p><p>地址：云溪县工业路1号</p></div></body></html>`,
			n.title, n.day, n.buyer, n.id)
		return
	}
	http.NotFound(w, r)
}

func (s *tenderSite) breaks(how http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = how
}

// crawls makes the office crawl with the real crawler.
func (o *office) crawls(t *testing.T, settings crawler.Settings) {
	t.Helper()
	archive, err := evidence.Open(t.TempDir(), evidence.Options{})
	must(t, err)
	settings.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	c, err := crawler.New(settings, o.db.Runs, archive, o.clock.Now, slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(func() {
		c.Close()
		must(t, archive.Close())
	})
	o.runner.Crawler = c
}

// warmDeal stores a deal of a customer that hires and talks much: low purchasing would
// freeze it. Its last three weeks are said to be well watched.
func (o *office) warmDeal(t *testing.T, customer string) {
	t.Helper()
	ctx, now := t.Context(), o.clock.Now()
	_, err := o.db.Customers.Put(ctx, []signals.Customer{{ID: "C", Name: customer}}, "test", now.Add(-80*day))
	must(t, err)
	_, err = o.db.Contacts.Put(ctx, []signals.Contact{{ID: "P", CustomerID: "C", Name: "王工"}}, "test", now.Add(-80*day))
	must(t, err)
	_, err = o.db.Deals.Put(ctx, []signals.Deal{{
		ID: "D", CustomerID: "C", Name: "商机", Owner: "李四", Amount: decimal.NewFromInt(1), Currency: "CNY", Contacts: []string{"P"},
	}}, "test", now.Add(-80*day))
	must(t, err)
	_, err = o.db.Targets.Put(ctx, []signals.Target{{ID: "H", Kind: signals.KindHiring, CustomerID: "C", URL: "http://127.0.0.1/h"}}, "test", now.Add(-80*day))
	must(t, err)
}

// watch keeps a complete crawl of the customer's hiring page, with many new jobs, and a
// lively talk up to now.
func (o *office) watch(t *testing.T) {
	t.Helper()
	ctx, now := t.Context(), o.clock.Now()
	today := signals.DateOf(now.In(signals.Shanghai))
	run := signals.Run{ID: "H" + now.Format(time.RFC3339), TargetID: "H", StartedAt: now, FinishedAt: now, Outcome: signals.OutcomeOK, Complete: true, AllDated: true, Items: 12}
	var postings []signals.Posting
	for i := range 12 {
		posted := today.AddDays(-i)
		postings = append(postings, signals.Posting{TargetID: "H", CustomerID: "C", ID: fmt.Sprint(i), Title: fmt.Sprintf("工程师%d", i), Posted: &posted, Basis: signals.DatePublished})
	}
	_, err := o.db.Runs.Commit(ctx, store.RunCommit{Run: run, Postings: signals.PostingsOf(postings...), At: now})
	must(t, err)
	var talk []signals.Interaction
	for d := range 20 {
		for i := range 6 {
			at := now.Add(-time.Duration(d)*day - time.Duration(i)*time.Hour)
			for _, side := range []signals.Direction{signals.DirectionOut, signals.DirectionIn} {
				talk = append(talk, signals.Interaction{ID: fmt.Sprintf("%s%v", side, at), Source: "s", Time: at, DealID: "D", ContactID: "P", Direction: side, Kind: "text", Length: 20})
				at = at.Add(10 * time.Minute)
			}
		}
	}
	_, err = o.db.Interactions.Add(ctx, "s", talk, []signals.Coverage{{Source: "s", ContactID: "P", From: now.Add(-60 * day), To: now}}, now)
	must(t, err)
}

// judged is what the machine makes of the deal now.
func (o *office) judged(t *testing.T) (scorer.Assessment, scorer.FreezeState) {
	t.Helper()
	o.watch(t)
	_, err := o.runner.Rescorer.Deals(t.Context(), []string{"D"})
	must(t, err)
	history, err := o.db.Histories.Deal(t.Context(), "D", time.Time{})
	must(t, err)
	policy, err := o.db.Policies.At(t.Context(), o.clock.Now())
	must(t, err)
	decisions, err := o.db.Verdicts.Decisions(t.Context(), "D", time.Time{})
	must(t, err)
	state := scorer.FreezeClear
	if len(decisions) > 0 {
		state = decisions[len(decisions)-1].State
	}
	return scorer.Assess(history, policy, o.clock.Now()), state
}

func TestWhatCouldNotBeReadOfATenderSiteFreezesNothing(t *testing.T) {
	captcha := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<html><head><title>安全验证</title></head><body><p>您的访问过于频繁，请输入验证码后继续访问</p><form><input name="captcha"><img src="/captcha.jpg"></form></body></html>`)
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	tests := map[string]struct {
		broken   http.HandlerFunc
		settings crawler.Settings
		later    crawler.Settings // when the details can be read
	}{
		"a captcha":             {broken: captcha, settings: crawler.Settings{MaxDetails: 10}, later: crawler.Settings{MaxDetails: 10}},
		"404":                   {broken: status(http.StatusNotFound), settings: crawler.Settings{MaxDetails: 10}, later: crawler.Settings{MaxDetails: 10}},
		"410":                   {broken: status(http.StatusGone), settings: crawler.Settings{MaxDetails: 10}, later: crawler.Settings{MaxDetails: 10}},
		"503":                   {broken: status(http.StatusServiceUnavailable), settings: crawler.Settings{MaxDetails: 10}, later: crawler.Settings{MaxDetails: 10}},
		"a page of something":   {broken: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p>hello</p>") }, settings: crawler.Settings{MaxDetails: 10}, later: crawler.Settings{MaxDetails: 10}},
		"a time-out":            {broken: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, settings: crawler.Settings{MaxDetails: 10, PageTimeout: 50 * time.Millisecond}, later: crawler.Settings{MaxDetails: 10}},
		"more than a run reads": {settings: crawler.Settings{MaxDetails: 1}, later: crawler.Settings{MaxDetails: 1}},
		"none may be read":      {settings: crawler.Settings{MaxDetails: 0}, later: crawler.Settings{MaxDetails: 10}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, site := newOffice(t), newTenderSite(t)
			o.clock.advance(100 * day)
			o.warmDeal(t, "云溪华光玻璃股份有限公司")
			site.notices = []siteNotice{
				{"3", "厂区道路改造工程招标公告", o.clock.Now().AddDate(0, 0, -2).Format(time.DateOnly), "远山县公路管理局"},
				{"2", "二号窑炉余热利用设备采购招标公告", o.clock.Now().AddDate(0, 0, -5).Format(time.DateOnly), "云溪华光玻璃股份有限公司"},
				{"1", "仓储货架采购招标公告", o.clock.Now().AddDate(0, 0, -9).Format(time.DateOnly), "云溪华光玻璃股份有限公司"},
				{"0", "供水管网改造工程招标公告", o.dayBefore(120), "临川市水务局"}, // the list reaches back over the window
			}
			_, err := o.db.Targets.Put(t.Context(), []signals.Target{{ID: "site", Kind: signals.KindTender, URL: site.URL + "/list"}}, "test", o.clock.Now())
			must(t, err)
			site.breaks(test.broken)
			o.crawls(t, test.settings)
			for range 2 { // the second run finds the list as it was
				run, err := o.runner.Run(t.Context(), "site", "manual")
				must(t, err)
				if run.Outcome != signals.OutcomeOK || !run.Complete || run.Unread == nil || run.Unread.Doubtful == 0 {
					t.Fatalf("run %+v", run)
				}
				a, state := o.judged(t)
				if a.Evaluation.Factors.Tender.Band != nil && *a.Evaluation.Factors.Tender.Band == scorer.BandLow || state != scorer.FreezeClear {
					t.Fatalf("the tender measure is %+v, the deal %s", a.Measures[signals.FactorTender], state)
				}
				if h, w := a.Evaluation.Factors.Hiring.Band, a.Evaluation.Factors.WeChat.Band; h == nil || *h != scorer.BandHigh || w == nil || *w != scorer.BandHigh {
					t.Fatalf("the test needs hiring and talk to be high: %+v", a.Evaluation.Factors)
				}
				if a.Measures[signals.FactorTender].Reason.Code != signals.ReasonTenderUnread || !a.Measures[signals.FactorTender].AtLeast {
					t.Errorf("reason %+v", a.Measures[signals.FactorTender].Reason)
				}
				o.clock.advance(time.Hour)
				if test.later.MaxDetails == 1 {
					break
				}
			}
			site.breaks(nil)
			o.crawls(t, test.later)
			for range 3 {
				o.clock.advance(time.Hour)
				_, err = o.runner.Run(t.Context(), "site", "manual")
				must(t, err)
			}
			a, state := o.judged(t)
			m := a.Measures[signals.FactorTender]
			if m.Value == nil || *m.Value != 2 || m.AtLeast || state != scorer.FreezeClear {
				t.Errorf("once the pages can be read the measure is %+v (%v), the deal %s, asked %s", m, m.Value, state, strings.Join(site.asked, " "))
			}
		})
	}
}
