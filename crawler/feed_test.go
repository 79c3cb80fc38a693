package crawler

import (
	"fmt"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

func TestFeedIsAPartUnlessItReachesBackOverTheWindow(t *testing.T) {
	tests := []struct {
		name     string
		lines    []string
		complete bool
	}{
		{"a feed of the newest days only", []string{"notice a A 2026-11-20", "notice b B 2026-11-02"}, false},
		{"a feed that reaches back over ninety days", []string{"notice a A 2026-11-20", "notice b B 2026-08-01"}, true},
		{"a feed that leaves a day out", []string{"notice a A 2026-11-20", "notice b B"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, Settings{Contact: "ops@example.com"})
			w.read = func(p extract.Page, k signals.Kind, r signals.Reading) extract.Result {
				result := readLines(p, k, r)
				result.Form = extract.FormFeed
				return result
			}
			s := w.site()
			s.page("/feed", test.lines...)
			target := signals.Target{ID: "feed", Kind: signals.KindTender, URL: s.URL + "/feed"}
			for _, when := range []string{"new", "unchanged"} {
				r := w.crawl(target)
				if r.Run.Complete != test.complete || !test.complete && r.Run.Truncated != truncatedFeed {
					t.Errorf("%s: complete %v, truncated %q (%s); want complete %v", when, r.Run.Complete, r.Run.Truncated, r.Run.Problem, test.complete)
				}
			}
		})
	}
}

func TestFullPageWithoutANextOneIsAPartUnlessItReachesBackOverTheWindow(t *testing.T) {
	page := func(n int, last string) []string {
		var lines []string
		for i := range n - 1 {
			lines = append(lines, fmt.Sprintf("notice n%d N%d 2026-11-20", i, i))
		}
		return append(lines, "notice last L "+last)
	}
	tests := []struct {
		name     string
		lines    []string
		complete bool
	}{
		{"twenty notices of this month and no next page", page(20, "2026-11-03"), false},
		{"twenty notices, the oldest from before the window", page(20, "2026-08-01"), true},
		{"a handful, as a small buyer's own page has", page(4, "2026-11-03"), true},
		{"twenty, which is all that the site says it has", append(page(20, "2026-11-03"), "total 20"), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, Settings{Contact: "ops@example.com"})
			s := w.site()
			s.page("/list", test.lines...)
			target := signals.Target{ID: "site", Kind: signals.KindTender, URL: s.URL + "/list"}
			for _, when := range []string{"new", "unchanged"} {
				if r := w.crawl(target); r.Run.Complete != test.complete {
					t.Errorf("%s: complete %v, truncated %q (%s); want complete %v", when, r.Run.Complete, r.Run.Truncated, r.Run.Problem, test.complete)
				}
			}
		})
	}
}

func TestPageOfNoticesThatACompleteRunReadIsComplete(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	s := w.site()
	first := make([]string, 0, 12)
	for i := range 12 {
		first = append(first, fmt.Sprintf("notice n%d N%d 2026-11-20", i, i))
	}
	s.page("/", append(first, "next /2")...)
	s.page("/2", "notice old O 2026-08-01")
	target := signals.Target{ID: "site", Kind: signals.KindTender, URL: s.URL + "/"}
	for _, when := range []string{"the whole list", "its first page, where all is known"} {
		if r := w.crawl(target); !r.Run.Complete {
			t.Errorf("%s: not complete: %s", when, r.Run.Problem)
		}
	}
}
