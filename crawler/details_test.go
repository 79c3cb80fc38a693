package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// unreadOf tells what a run left unread: all, and those that may be anybody's demand.
func unreadOf(r Result) string {
	if r.Run.Unread == nil {
		return "none"
	}
	return fmt.Sprintf("%d, %d doubtful until %s", r.Run.Unread.Notices, r.Run.Unread.Doubtful, r.Run.Unread.NewestDoubtful)
}

func TestDetailsThatWereNotReadAreReadByLaterRuns(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 1})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-11-22 /n/2", "notice 3 C 2026-11-21 /n/3")
	for i := range 3 {
		s.page(fmt.Sprintf("/n/%d", i+1), "notice x T", fmt.Sprintf("buyer 买方%d", i+1))
	}
	for _, want := range []struct{ asked, unread string }{
		{"/list /n/2", "2, 2 doubtful until 2026-11-21"},
		{"/list /n/3", "1, 1 doubtful until 2026-11-20"}, // the page of the list did not change
		{"/list /n/1", "none"},
		{"/list", "none"},
	} {
		s.forget()
		r := w.crawl(tenderTarget(s))
		if s.paths() != want.asked || unreadOf(r) != want.unread || !r.Run.Complete {
			t.Errorf("asked %q, unread %s, want %q, %s; run %+v", s.paths(), unreadOf(r), want.asked, want.unread, r.Run)
		}
	}
	if n := w.memory.notices["1"]; n.Buyer != "买方1" || n.Details != signals.DetailRead || n.Published.String() != "2026-11-20" {
		t.Errorf("a notice whose page was read later is %+v", n)
	}
}

func TestADetailThatCannotBeReadKeepsNoOtherFromItsTurn(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 1})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-11-22 /n/2")
	s.page("/n/1", "notice x A", "buyer X")
	s.handle("/n/2", http.NotFound)
	w.crawl(tenderTarget(s))
	s.forget()
	if r := w.crawl(tenderTarget(s)); s.paths() != "/list /n/1" || unreadOf(r) != "1, 1 doubtful until 2026-11-22" {
		t.Errorf("asked %q, unread %s", s.paths(), unreadOf(r))
	}
}

// Whoever looks for why a page could not be read finds it as it was captured.
func TestAPageThatCouldNotBeReadIsEvidenceToo(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 10})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-11-22 /n/2")
	s.page("/n/1", "outcome blocked")
	s.page("/n/2", "notice x B", "buyer X")
	r := w.crawl(tenderTarget(s))
	kept := make(map[string]bool)
	for _, e := range r.Evidence {
		kept[e.Hash] = true
	}
	for _, page := range r.Run.Pages {
		if page.Evidence == "" || !kept[page.Evidence] {
			t.Errorf("%s: the captured page %q is not kept", page.URL, page.Evidence)
		}
	}
	if len(r.Run.Pages) != 3 {
		t.Errorf("%d pages, want 3", len(r.Run.Pages))
	}
}

func TestAPageThatIsGoneIsAskedForNoMoreButStaysADoubtUntilItIsOld(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 10})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1")
	day := 24 * time.Hour
	for _, want := range []struct {
		pass   time.Duration
		asked  string
		unread string
	}{
		{0, "/list /n/1", "1, 1 doubtful until 2026-11-20"},
		{time.Hour, "/list /n/1", "1, 1 doubtful until 2026-11-20"},
		{time.Hour, "/list /n/1", "1, 1 doubtful until 2026-11-20"},
		{2 * day, "/list", "1, 1 doubtful until 2026-11-20"},
		{80 * day, "/list", "1, 1 doubtful until 2026-11-20"},
		{10 * day, "/list", "0, 0 doubtful until 2026-11-20"}, // a policy of more days may come
		{276 * day, "/list", "none"},
	} {
		w.watch.pass(want.pass)
		s.forget()
		if r := w.crawl(tenderTarget(s)); s.paths() != want.asked || unreadOf(r) != want.unread {
			t.Errorf("on %v: asked %q, unread %s, want %q, %s", w.watch.now(), s.paths(), unreadOf(r), want.asked, want.unread)
		}
	}
}

func TestASiteThatRefusesItsDetailsIsNotAskedForAllOfThem(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 100})
	s := w.site()
	var list []string
	for i := range 20 {
		list = append(list, fmt.Sprintf("notice %d T%d 2026-11-20 /n/%d", i, i, i))
		s.page(fmt.Sprintf("/n/%d", i), "outcome blocked")
	}
	s.page("/list", list...)
	r := w.crawl(tenderTarget(s))
	if n := len(s.asked()); n != 1+maxRefusals || !strings.Contains(r.Run.Problem, "refusals in a row") || r.Run.Unread.Doubtful != 20 {
		t.Errorf("%d pages were asked for, run %+v", n, r.Run)
	}
	s.forget()
	s.page("/list", "outcome blocked")
	if r = w.crawl(tenderTarget(s)); len(s.asked()) != 1 || r.Run.Unread.Doubtful != 20 {
		t.Errorf("a site that refuses its list was asked %d times, run %+v", len(s.asked()), r.Run)
	}
}

func TestOnlyANoticeThatMayBeAnybodysDemandIsADoubt(t *testing.T) {
	for title, doubtful := range map[string]bool{
		"设备采购项目招标公告":           true,
		"云溪县人民医院设备采购项目招标公告":    false, // its title names the buyer
		"广发招标代理有限公司设备采购项目招标公告": true,  // an agency is none
	} {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", "notice 1 "+title+" 2026-11-20 /n/1")
		if r := w.crawl(tenderTarget(s)); (r.Run.Unread.Doubtful > 0) != doubtful || r.Run.Unread.Notices != 1 {
			t.Errorf("%s: %+v, want doubtful %v", title, r.Run.Unread, doubtful)
		}
	}
}

// interested is a memory that knows what matters to the company.
type interested struct {
	*recollection
	days  int
	words []string
}

func (i *interested) TenderDays(context.Context, time.Time) (int, error) { return i.days, nil }
func (i *interested) SoughtWords(context.Context) ([]string, error)      { return i.words, nil }

func TestANoticeOfWhichTheListShowsNoPageStaysUnread(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 5})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20", "notice 2 B 2026-11-22 /list", "notice 3 云溪县人民医院保洁服务招标公告 2026-11-21", "notice 4 C 2026-06-21")
	for range 2 {
		s.forget()
		r := w.crawl(tenderTarget(s))
		if unreadOf(r) != "2, 2 doubtful until 2026-11-22" || w.memory.notices["3"].Details != signals.DetailUnread || s.paths() != "/list" || !strings.Contains(r.Run.Problem, "no address of the own pages of 2 notices") {
			t.Errorf("asked %q, unread %s: %s", s.paths(), unreadOf(r), r.Run.Problem)
		}
	}
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-11-22 /list", "notice 3 云溪县人民医院保洁服务招标公告 2026-11-21", "notice 4 C 2026-06-21")
	s.page("/n/1", "notice x A", "buyer X")
	if r := w.crawl(tenderTarget(s)); unreadOf(r) != "1, 1 doubtful until 2026-11-22" || w.memory.notices["1"].Details != signals.DetailRead {
		t.Errorf("once the list shows the page of one: unread %s, the notice %+v", unreadOf(r), w.memory.notices["1"])
	}
}

func TestTheDetailsOfWhatIsSoughtAreReadFirst(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 2})
	w.interest = &interested{w.memory, 90, []string{"云溪华光玻璃股份有限公司", "余热"}}
	s := w.site()
	s.page("/list", "notice 1 道路养护招标公告 2026-11-23 /n/1", "notice 2 窑炉余热利用招标公告 2026-11-22 /n/2",
		"notice 3 保洁服务招标公告 2026-11-21 /n/3", "notice 4 关于云溪华光玻璃股份有限公司货架的中标公告 2026-11-20 /n/4", "notice 5 余热锅炉招标公告 2026-11-19 /n/5")
	for i := range 5 {
		s.page(fmt.Sprintf("/n/%d", i+1), "notice x T", "buyer B")
	}
	for _, want := range []string{"/list /n/2 /n/4", "/list /n/5 /n/1", "/list /n/3", "/list"} { // left behind, too
		s.forget()
		if w.crawl(tenderTarget(s)); s.paths() != want {
			t.Errorf("asked %q, want %q", s.paths(), want)
		}
	}
}

func TestDetailsAreADoubtForAsLongAsThePolicyCounts(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 10})
	memory := &interested{w.memory, 180, nil}
	w.interest = memory
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-06-20 /n/2", "notice 3 C 2026-05-20 /n/3")
	steps := []struct {
		pass, days    int
		asked, unread string
	}{
		{0, 180, "/list /n/1 /n/2", "2, 2 doubtful until 2026-11-20"},
		{100, 180, "/list /n/1", "1, 1 doubtful until 2026-11-20"},
		{0, 90, "/list", "0, 0 doubtful until 2026-11-20"}, // nobody counts it, nobody asks for it
		{0, 180, "/list /n/1", "1, 1 doubtful until 2026-11-20"},
	}
	for _, step := range steps {
		w.watch.pass(time.Duration(step.pass) * 24 * time.Hour)
		memory.days = step.days
		s.forget()
		if r := w.crawl(tenderTarget(s)); s.paths() != step.asked || unreadOf(r) != step.unread {
			t.Errorf("%+v: asked %q, unread %s; %s", step, s.paths(), unreadOf(r), r.Run.Problem)
		}
	}
	if len(w.memory.runs) > 0 && w.memory.notices["3"].Details == signals.DetailUnread {
		t.Error("a notice that is too old from the beginning is a doubt")
	}
}

func TestALongerPolicyIsAnsweredByALongerWalk(t *testing.T) {
	w := newWorld(t, Settings{})
	w.interest = &interested{w.memory, 180, nil}
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20", "next /2")
	s.page("/2", "notice 2 B 2026-07-20", "next /3")
	s.page("/3", "notice 3 C 2026-05-20", "next /4")
	if r := w.crawl(tenderTarget(s)); s.paths() != "/list /2 /3" || r.Run.Reaches == nil || r.Run.Reaches.String() != "2026-05-28" {
		t.Errorf("asked %q, run %+v", s.paths(), r.Run)
	}
}
