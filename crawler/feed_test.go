package crawler

import (
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
