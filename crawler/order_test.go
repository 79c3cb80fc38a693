package crawler

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// lines are notices of a page, one for each day of November 2026 given.
func lines(prefix string, days ...int) []string {
	var all []string
	for i, d := range days {
		all = append(all, fmt.Sprintf("notice %s%d T %s", prefix, i, signals.Date{Year: 2026, Month: 11, Day: 1}.AddDays(d-1)))
	}
	return all
}

// A known first page says that the rest is known only in a list that is sorted by date.
func TestAKnownPageEndsAListOnlyInFallingOrder(t *testing.T) {
	tests := map[string]struct {
		first  []string
		second []string
		ends   bool // the second run ends at the first page
	}{
		"newest first":                                   {lines("a", 20, 19, 18, 17), lines("b", 16, 15), true},
		"one pinned at the top":                          {lines("a", -300, 20, 19, 18, 17), lines("b", 16, 15), true},
		"two pinned, which stand on each page":           {lines("p", -300, -20, 20, 19, 18, 17), append(lines("p", -300, -20), lines("b", 16, 15)...), true},
		"the day that a notice states is a little later": {lines("a", 20, 18, 19, 17), lines("b", 16, 18), true},
		"oldest first":                                   {lines("a", 1, 6, 11, 16), lines("b", 20, 22), false},
		"by region":                                      {lines("a", 20, 10, 1), lines("b", 19, 12, 3), false},
		"more at the top than are pinned":                {lines("a", -300, -200, -100, 20, 19), lines("b", 16, 15), false},
		"in order on the first page, not on the second":  {lines("a", 20, 19, 18), lines("b", 1, 17), false},
		"all of the day on which it was read last":       {lines("a", 24, 24, 24), lines("b", 24, 23), false},
		"a day is nowhere told":                          {append(lines("a", 20, 19), "notice x T"), lines("b", 16), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{})
			s := w.site()
			s.page("/list", append(test.first, "next /2")...)
			s.page("/2", test.second...)
			if r := w.crawl(tenderTarget(s)); !r.Run.Complete || s.paths() != "/list /2" {
				t.Fatalf("asked %q, run %+v", s.paths(), r.Run)
			}
			for range 2 { // what the order is, is not forgotten
				w.watch.pass(time.Hour)
				s.forget()
				r := w.crawl(tenderTarget(s))
				want := "/list /2"
				if test.ends {
					want = "/list"
				}
				if s.paths() != want || !r.Run.Complete {
					t.Errorf("asked %q, want %q; run %+v", s.paths(), want, r.Run)
				}
			}
		})
	}
}

func TestAMixedListThatIsTooLongIsNeverComplete(t *testing.T) {
	w := newWorld(t, Settings{MaxPages: 2})
	s := w.site()
	for i := range 4 { // a new one may stand on the last page
		s.page([]string{"/list", "/2", "/3", "/4"}[i], append(lines(fmt.Sprint(i), 20, 1, 15), fmt.Sprintf("next /%d", i+2))...)
	}
	for range 3 {
		w.watch.pass(24 * time.Hour)
		if r := w.crawl(tenderTarget(s)); r.Run.Complete || !strings.Contains(r.Run.Problem, "not in falling order") {
			t.Errorf("run %+v", r.Run)
		}
	}
}

func TestAListThatWasSortedAnewMayEndEarlyAgain(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/list", append(lines("a", 20, 1, 10), "next /2")...)
	s.page("/2", lines("b", 19, 2)...)
	w.crawl(tenderTarget(s))
	s.page("/list", append(lines("a", 20, 19, 18), "next /2")...)
	s.page("/2", lines("b", 17, 16)...)
	w.crawl(tenderTarget(s))
	s.forget()
	if r := w.crawl(tenderTarget(s)); s.paths() != "/list" || !r.Run.Complete {
		t.Errorf("asked %q, run %+v", s.paths(), r.Run)
	}
}

// How far back a list shows everything, a run notes: silence before that proves nothing.
func TestARunTellsHowFarBackItsListReaches(t *testing.T) {
	tests := map[string]struct {
		pages [][]string
		want  string // "" = over all days that count
	}{
		"a box of the newest few":                      {[][]string{lines("a", 20, 19, 18)}, "2026-11-19"},
		"few, one of them older than the window":       {[][]string{lines("a", 20, 19, -100)}, ""},
		"an old one is pinned":                         {[][]string{lines("a", -100, 20, 19, 18)}, "2026-11-19"},
		"an old one among few in no order":             {[][]string{lines("a", 20, 2, -100, 19)}, "2026-11-24"},
		"a total, which may be of what is open only":   {[][]string{append(lines("a", 20, 19), "total 2")}, "2026-11-20"},
		"several pages that end":                       {[][]string{lines("a", 20, 19), lines("b", 18, 17)}, "2026-11-18"},
		"several pages in no order, one very old":      {[][]string{lines("a", 20, 1), lines("b", 18, -100)}, ""},
		"a day is nowhere told, so it was seen today":  {[][]string{{"notice a T", "notice b T"}}, "2026-11-24"},
		"its own page tells the day":                   {[][]string{{"notice a T - /n"}}, "2026-11-11"},
		"a notice of tomorrow":                         {[][]string{lines("a", 25)}, "2026-11-24"},
		"a page that ends long before the window does": {[][]string{lines("a", 20, -50), lines("b", -80, -90)}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{MaxDetails: 3})
			s := w.site()
			s.page("/n", "notice a T 2026-11-10")
			for i, page := range test.pages {
				if i+1 < len(test.pages) {
					page = append(page, "next /2")
				}
				s.page([]string{"/list", "/2"}[i], page...)
			}
			r := w.crawl(tenderTarget(s))
			got := ""
			if r.Run.Reaches != nil {
				got = r.Run.Reaches.String()
			}
			if got != test.want || !r.Run.Complete {
				t.Errorf("reaches back to %q, want %q; run %+v", got, test.want, r.Run)
			}
		})
	}
	t.Run("a run that ends at what is known saw what came since", func(t *testing.T) {
		w := newWorld(t, Settings{})
		s := w.site()
		s.page("/list", lines("a", 20, 19, 18)...)
		w.crawl(tenderTarget(s))
		w.watch.pass(48 * time.Hour)
		if r := w.crawl(tenderTarget(s)); r.Run.Reaches == nil || r.Run.Reaches.String() != "2026-11-24" {
			t.Errorf("run %+v", r.Run)
		}
	})
}
