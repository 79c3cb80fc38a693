package crawler

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// book is a memory that knows customers.
type book struct {
	*recollection
	list []signals.Search
}

func (b *book) Searches(context.Context, string) ([]signals.Search, error) { return b.list, nil }

// searchWorld is a world whose crawler knows customers, and a target that searches a site.
func searchWorld(t *testing.T, settings Settings, customers ...string) (*world, *site, signals.Target) {
	w := newWorld(t, settings)
	b := &book{recollection: w.memory}
	for _, c := range customers {
		b.list = append(b.list, signals.Search{CustomerID: c, Names: []string{c}})
	}
	w.Crawler.memory = b
	s := w.site()
	return w, s, signals.Target{ID: "t", Kind: signals.KindTender, URL: s.URL + "/s?q={customer}"}
}

func searched(r Result) string { return strings.Join(r.Searched, " ") }

func TestEachCustomerIsSearchedForToTheEnd(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a", "b", "c", "d")
	s.page("/s?q=a", "notice 1 A 2026-11-20", "notice 2 B 2026-10-20", "next /s?q=a&p=2")
	s.page("/s?q=a&p=2", "notice 3 C 2026-07-20", "next /s?q=a&p=3") // behind it all is older
	s.page("/s?q=b", "empty")
	s.page("/s?q=c", "something that is no list")
	s.page("/s?q=d", "notice 1 A 2026-11-20", "notice 4 D 2026-06-20") // a notice of both
	r := w.crawl(target)
	if s.paths() != "/s?q=a /s?q=a&p=2 /s?q=b /s?q=c /s?q=d" {
		t.Errorf("asked for %s", s.paths())
	}
	if searched(r) != "a b d" || r.Run.Complete || r.Run.Outcome != signals.OutcomeNotRelevant || ids(r) != "1 2 3 4" || r.Run.Items != 4 {
		t.Errorf("searched for %s, found %s; run %+v", searched(r), ids(r), r.Run)
	}
}

func TestResultsThatAreNotSortedByDateAreReadToTheirEnd(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a")
	s.page("/s?q=a", "notice 1 A 2026-02-20", "notice 2 B 2026-03-20", "next /s?q=a&p=2") // by relevance
	s.page("/s?q=a&p=2", "notice 3 C 2026-11-20")
	if r := w.crawl(target); searched(r) != "a" || !r.Run.Complete || ids(r) != "1 2 3" {
		t.Errorf("searched for %s, found %s; run %+v", searched(r), ids(r), r.Run)
	}
}

func TestASiteThatAnswersEveryNameAlikeIsNoSearch(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a", "b")
	for _, q := range []string{"a", "b"} {
		s.page("/s?q="+q, "notice 1 A 2026-11-20", "notice 2 B 2026-11-19", "notice 3 C 2026-11-18", "<!-- "+q)
	}
	if r := w.crawl(target); searched(r) != "" || r.Run.Complete || !strings.Contains(r.Run.Problem, "alike") {
		t.Errorf("searched for %q; run %+v", searched(r), r.Run)
	}
}

func TestASearchKeepsToTheLimitsOfARun(t *testing.T) {
	w, s, target := searchWorld(t, Settings{MaxPages: 3}, "a", "b", "c")
	for _, q := range []string{"a", "b", "c"} {
		s.page("/s?q="+q, "notice "+q+"1 A 2026-11-20", "next /s?q="+q+"&p=2")
		s.page("/s?q="+q+"&p=2", "notice "+q+"2 A 2026-11-19")
	}
	r := w.crawl(target)
	if s.paths() != "/s?q=a /s?q=a&p=2 /s?q=b" || searched(r) != "a" || !strings.Contains(r.Run.Problem, "1 of 3 customers are left") {
		t.Errorf("asked for %s, searched for %s; run %+v", s.paths(), searched(r), r.Run)
	}
	t.Run("a site that refuses is not asked for the rest", func(t *testing.T) {
		w, s, target := searchWorld(t, Settings{}, "a", "b", "c")
		s.page("/s?q=a", "outcome blocked")
		if r := w.crawl(target); s.paths() != "/s?q=a" || r.Run.Outcome != signals.OutcomeBlocked || searched(r) != "" {
			t.Errorf("asked for %s; run %+v", s.paths(), r.Run)
		}
	})
	t.Run("without customers nothing is asked", func(t *testing.T) {
		w, s, target := searchWorld(t, Settings{})
		if r := w.crawl(target); s.paths() != "" || r.Run.Outcome != signals.OutcomeEmpty || !strings.Contains(r.Run.Problem, "nobody to search for") {
			t.Errorf("asked for %s; run %+v", s.paths(), r.Run)
		}
	})
}

func TestASearchThatFindsNothingForAnybodySaysSo(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a", "b")
	s.page("/s?q=a", "empty")
	s.page("/s?q=b", "empty")
	if r := w.crawl(target); searched(r) != "a b" || !r.Run.Complete || !strings.Contains(r.Run.Problem, "nothing for anybody") {
		t.Errorf("searched for %s; run %+v", searched(r), r.Run)
	}
}

func TestASearchEndsAtWhatItFoundBefore(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a")
	page := func(n int) string { return fmt.Sprintf("notice %d T 2026-11-%02d", n, n) }
	s.page("/s?q=a", page(20), page(19), "next /s?q=a&p=2")
	s.page("/s?q=a&p=2", page(18), page(17))
	w.crawl(target)
	w.Crawler.memory.(*book).list[0].Last = w.watch.now()
	w.watch.pass(24 * time.Hour)
	s.page("/s?q=a", page(21), page(20), "next /s?q=a&p=2")
	s.page("/s?q=a&p=2", page(19), page(18), "next /s?q=a&p=3")
	s.forget()
	if r := w.crawl(target); s.paths() != "/s?q=a /s?q=a&p=2" || searched(r) != "a" {
		t.Errorf("asked for %s, searched for %s", s.paths(), searched(r))
	}
}

func TestANameIsWrittenAsItsPlaceNeedsIt(t *testing.T) {
	const name = `华光 "A&B"/玻璃`
	tests := map[string]struct{ address, body, wantAddress, wantBody string }{
		"in a query": {address: "https://x/s?q={customer}&p={page}", wantAddress: "https://x/s?q=%E5%8D%8E%E5%85%89+%22A%26B%22%2F%E7%8E%BB%E7%92%83&p={page}"},
		"in a path":  {address: "https://x/s/{customer}", wantAddress: "https://x/s/%E5%8D%8E%E5%85%89%20%22A&B%22%2F%E7%8E%BB%E7%92%83"},
		"in GBK":     {address: "https://x/s?q={customer:gbk}", wantAddress: "https://x/s?q=%BB%AA%B9%E2+%22A%26B%22%2F%B2%A3%C1%A7"},
		"in JSON":    {address: "https://x/s", body: `{"kw":"{customer}"}`, wantAddress: "https://x/s", wantBody: `{"kw":"华光 \"A\u0026B\"/玻璃"}`},
		"in a form":  {address: "https://x/s", body: "kw={customer}&n=1", wantAddress: "https://x/s", wantBody: "kw=%E5%8D%8E%E5%85%89+%22A%26B%22%2F%E7%8E%BB%E7%92%83&n=1"},
	}
	for where, test := range tests {
		if address, body := ForCustomer(test.address, test.body, name); address != test.wantAddress || body != test.wantBody {
			t.Errorf("%s: %s, %s", where, address, body)
		}
	}
}

// A form that searches the last month unless it is told otherwise hides what came before.
func TestASearchThatShowsOnlyWhatIsRecentSaysHowFarItReaches(t *testing.T) {
	for name, c := range map[string]struct {
		oldest  string // of the last notice
		notices int
		reaches string
	}{
		"only recent ones":      {"2026-10-28", 12, "2026-10-29"},
		"one from long ago":     {"2026-06-28", 12, ""},
		"too few to tell":       {"2026-10-28", 4, ""},
		"of a day nobody knows": {"", 12, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, s, target := searchWorld(t, Settings{}, "a", "b", "c")
			var lines []string
			for i := range c.notices - 1 {
				lines = append(lines, fmt.Sprintf("notice %d N%d 2026-11-%02d", i, i, 20-i))
			}
			half := len(lines) / 2
			s.page("/s?q=a", lines[:half]...)
			s.page("/s?q=b", lines[half:]...)
			s.page("/s?q=c", strings.TrimSpace("notice last L "+c.oldest))
			r := w.crawl(target)
			reaches := ""
			if r.Run.Reaches != nil {
				reaches = r.Run.Reaches.String()
			}
			if searched(r) != "a b c" || !r.Run.Complete || reaches != c.reaches || (c.reaches != "") != strings.Contains(r.Run.Problem, "limited to what is recent") {
				t.Errorf("reaches %q, want %q: %+v", reaches, c.reaches, r.Run)
			}
		})
	}
}

func TestASearchThatWasRecentOnlyGoesOnFromTheRunBefore(t *testing.T) {
	w, s, target := searchWorld(t, Settings{}, "a", "b")
	recent := signals.Date{Year: 2026, Month: 10, Day: 29}
	last := w.watch.now().Add(-48 * time.Hour)
	b := w.Crawler.memory.(*book)
	b.list[0].Last, b.list[1].Last = last, last.Add(-24*time.Hour)
	w.Crawler.history = past{{ID: "r", StartedAt: last, FinishedAt: last, Outcome: signals.OutcomeOK, Complete: true, Reaches: &recent, List: target.ListKey()}}
	s.page("/s?q=a", "notice 1 A 2026-11-23")
	s.page("/s?q=b", "empty")
	r := w.crawl(target)
	if want := signals.DateOf(last.Add(-24 * time.Hour).In(signals.Shanghai)); r.Run.Reaches == nil || *r.Run.Reaches != want {
		t.Errorf("it reaches %v, want %s: %+v", r.Run.Reaches, want, r.Run)
	}
	s.page("/s?q=b", "notice 2 B 2026-05-23") // its dates were widened
	if r := w.crawl(target); r.Run.Reaches != nil {
		t.Errorf("it reaches %v", r.Run.Reaches)
	}
}

// past is what earlier runs came to.
type past []signals.RunSummary

func (p past) Summaries(context.Context, string, time.Time) ([]signals.RunSummary, error) {
	return p, nil
}
