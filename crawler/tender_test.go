package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

func tenderTarget(s *site) signals.Target {
	return signals.Target{ID: "ccgp", Kind: signals.KindTender, URL: s.URL + "/list"}
}

func TestDetailPagesOfNewNoticesAreRead(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 10})
	s := w.site()
	s.page("/list", "notice 1 Listed 2026-11-20 /n/1", "notice 2 Other 2026-11-21 /n/2")
	s.page("/n/1", "notice x Full 2026-11-19", "buyer 华信集团")
	s.page("/n/2", "notice x Other", "buyer 市医院")
	r := w.crawl(tenderTarget(s))
	if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || strings.Contains(r.Run.Problem, "detail") || r.Run.Items != 2 {
		t.Fatalf("run %+v", r.Run)
	}
	one, two := r.Notices[0], r.Notices[1]
	if one.ID != "1" || one.Title != "Full" || one.Published.String() != "2026-11-19" || one.Buyer != "华信集团" || one.URL != s.URL+"/n/1" {
		t.Errorf("the detail page's words win, identity stays: %+v", one)
	}
	if two.Published.String() != "2026-11-21" || two.Buyer != "市医院" {
		t.Errorf("what the detail page lacks stays as listed: %+v", two)
	}
	if one.Evidence != r.Run.Pages[2].Evidence || one.Evidence == r.Run.Pages[0].Evidence || len(r.Evidence) != 3 {
		t.Errorf("evidence %s, pages %+v", one.Evidence, r.Run.Pages)
	}
	if one.TargetID != "ccgp" || !one.FirstSeen.Equal(r.Run.StartedAt) {
		t.Errorf("notice %+v", one)
	}
	s.forget()
	s.page("/list", "notice 3 New 2026-11-23 /n/3", "notice 1 Listed 2026-11-20 /n/1", "notice 2 Other 2026-11-21 /n/2")
	s.page("/n/3", "notice x New")
	w.crawl(tenderTarget(s))
	if s.paths() != "/list /n/3" {
		t.Errorf("known notices were asked for again: %q", s.paths())
	}
}

func TestADetailPageInTroubleDoesNotSpoilTheList(t *testing.T) {
	tests := map[string]http.HandlerFunc{
		"missing":        http.NotFound,
		"blocked":        text("outcome blocked"),
		"without notice": text("nothing"),
		"a reader's bug": text("panic"),
		"several others": text("notice x X", "notice y Y"),
		"redirected to a forbidden address": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.168.0.1/", http.StatusFound)
		},
	}
	for name, page := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{MaxDetails: 10})
			s := w.site()
			s.page("/list", "notice 1 Listed 2026-11-20 /n/1", "notice 2 Other 2026-11-21 /n/2")
			s.handle("/n/1", page)
			s.page("/n/2", "notice x Other", "buyer B")
			r := w.crawl(tenderTarget(s))
			if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || !strings.Contains(r.Run.Problem, "1 of 2 detail pages") {
				t.Errorf("run %+v", r.Run)
			}
			if n := r.Notices[0]; n.Title != "Listed" || n.Evidence != r.Run.Pages[0].Evidence {
				t.Errorf("notice %+v", n)
			}
			if r.Notices[1].Buyer != "B" {
				t.Errorf("notice %+v", r.Notices[1])
			}
		})
	}
}

func TestDetailPagesHaveALimit(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 1})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20 /n/1", "notice 2 B 2026-11-21 /n/2", "notice 3 C 2026-11-21 /n/3")
	s.page("/n/2", "notice x B")
	r := w.crawl(tenderTarget(s))
	if s.paths() != "/list /n/2" || !strings.Contains(r.Run.Problem, "2 more notices were left") || !r.Run.Complete {
		t.Errorf("asked %q, run %+v", s.paths(), r.Run)
	}
}

func TestPagingEndsBehindTheWindow(t *testing.T) {
	w := newWorld(t, Settings{MaxDetails: 10})
	s := w.site()
	s.page("/list", "notice 1 A 2026-11-20", "next /2")
	s.page("/2", "notice 2 B 2026-08-26", "notice 3 C 2026-08-25 /n/3", "next /3")
	s.page("/3", "notice 4 D 2026-08-25", "notice 5 E 2026-08-24", "next /4")
	r := w.crawl(tenderTarget(s))
	if s.paths() != "/list /2 /3" || !r.Run.Complete || r.Run.Items != 5 {
		t.Errorf("asked %q (want no detail that is too old, and no fourth page), run %+v", s.paths(), r.Run)
	}
}

func TestAPageWithAnUndatedNoticeIsNotOld(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/list", "notice 1 A 2026-01-20", "notice 2 B", "next /2")
	s.page("/2", "notice 3 C")
	if r := w.crawl(tenderTarget(s)); s.paths() != "/list /2" || !r.Run.Complete {
		t.Errorf("asked %q, run %+v", s.paths(), r.Run)
	}
}

func TestPagingEndsAtWhatEarlierRunsRead(t *testing.T) {
	page := func(newest int) []string {
		var lines []string
		for i := newest; i > newest-2; i-- {
			lines = append(lines, fmt.Sprintf("notice %d T%d 2026-11-%02d", i, i, i))
		}
		return lines
	}
	t.Run("a known page behind a complete run ends it", func(t *testing.T) {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", append(page(20), "next /2")...)
		s.page("/2", page(18)...)
		w.crawl(tenderTarget(s))
		s.page("/list", append(page(22), "next /2")...)
		s.page("/2", append(page(20), "next /3")...)
		s.page("/3", page(18)...)
		s.forget()
		r := w.crawl(tenderTarget(s))
		if s.paths() != "/list /2" || !r.Run.Complete || r.Run.Outcome != signals.OutcomeOK {
			t.Errorf("asked %q, run %+v", s.paths(), r.Run)
		}
	})
	t.Run("an unchanged first page ends it at once", func(t *testing.T) {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", append(page(20), "next /2")...)
		s.page("/2", page(18)...)
		w.crawl(tenderTarget(s))
		s.forget()
		if r := w.crawl(tenderTarget(s)); s.paths() != "/list" || !r.Run.Complete {
			t.Errorf("asked %q, run %+v", s.paths(), r.Run)
		}
	})
	t.Run("without a complete run before, known pages are no end", func(t *testing.T) {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", append(page(20), "next /2")...)
		w.crawl(tenderTarget(s)) // its second page is missing
		s.page("/2", page(18)...)
		s.forget()
		if r := w.crawl(tenderTarget(s)); s.paths() != "/list /2" || !r.Run.Complete {
			t.Errorf("asked %q, run %+v", s.paths(), r.Run)
		}
	})
	t.Run("what a broken run left out is read by the next one", func(t *testing.T) {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", page(18)...)
		w.watch.pass(-96 * time.Hour) // 2026-11-20
		w.crawl(tenderTarget(s))
		w.watch.pass(96 * time.Hour)
		s.page("/list", append(page(24), "next /2")...)
		s.handle("/2", http.NotFound)
		w.crawl(tenderTarget(s)) // knows 24 and 23 now, not 22 to 19
		s.page("/2", append(page(22), "next /3")...)
		s.page("/3", append(page(18), "next /4")...)
		s.forget()
		r := w.crawl(tenderTarget(s))
		if s.paths() != "/list /2 /3" || !r.Run.Complete {
			t.Errorf("asked %q, run %+v", s.paths(), r.Run)
		}
	})
}

func TestMergeKeepsWhatEachPageKnows(t *testing.T) {
	amount := decimal.NewFromInt(120)
	day := signals.Date{Year: 2026, Month: 11, Day: 2}
	listed := signals.Notice{ID: "1", Title: "T", Type: signals.NoticeCorrection, Region: "云南", Agency: "A", URL: "u", Published: &day}
	detail := signals.Notice{
		ID: "x", Type: signals.NoticeOther, Buyer: "B", BuyerCode: "C", Amount: &amount, Currency: "CNY", Winners: []string{"W"}, Lots: []string{"L"},
		Categories: []string{"K"}, Summary: "S", ProjectNo: "P", Deadline: &day,
	}
	got := merge(listed, detail)
	if got.ID != "1" || got.URL != "u" || got.Title != "T" || got.Type != signals.NoticeCorrection || got.Region != "云南" || got.Agency != "A" || got.Published != &day {
		t.Errorf("what is listed was lost: %+v", got)
	}
	if got.Buyer != "B" || got.BuyerCode != "C" || got.Amount != &amount || got.Currency != "CNY" || len(got.Winners) != 1 || len(got.Lots) != 1 || len(got.Categories) != 1 || got.Summary != "S" || got.ProjectNo != "P" || got.Deadline != &day {
		t.Errorf("what the page says was lost: %+v", got)
	}
	detail.Type = signals.NoticeAward
	if got := merge(listed, detail); got.Type != signals.NoticeAward {
		t.Errorf("type %s", got.Type)
	}
}
