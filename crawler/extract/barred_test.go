package extract

import (
	"slices"
	"testing"

	"dealvitals/signals"
)

func TestAddressesThatAPageBars(t *testing.T) {
	tests := []struct {
		name      string
		robotsTag string
		head      string
		link      string
		barred    []string
	}{
		{"nothing said", "", "", `<a href="b?p=2">next</a>`, nil},
		{"by the link", "", "", `<a rel="nofollow" href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"among others", "", "", `<a rel='external NoFollow' href=" b?p=2 ">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"in capitals", "", "", `<A HREF=b?p=2 REL=NOFOLLOW>next</A>`, []string{"https://example.com/jobs/b?p=2"}},
		{"below a base", "", `<base href="/other/">`, `<a rel="nofollow" href="b?p=2">next</a>`, []string{"https://example.com/other/b?p=2"}},
		{"by the link in the head", "", `<link rel="nofollow" href="b?p=2">`, `<a href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"another link", "", "", `<a href="b?p=2">next</a> <a rel="nofollow" href="/login">log in</a> <a rel=nofollow href="http://[bad">bad</a>`, nil},
		{"a word in the text", "", "", `<a href="b?p=2">next</a><p>nofollow robots</p>`, nil},
		{"a tag of one rule", "", `<meta name="robots" content="none">`, `<a href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"a tag of several rules", "", `<meta name=' Robots ' content='noindex, none'>`, `<a href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"a tag for us", "", `<meta name="DealVitals" content="nofollow">`, `<a href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"a tag for another", "", `<meta name="googlebot" content="nofollow">`, `<a href="b?p=2">next</a>`, nil},
		{"a tag of other rules", "", `<meta name="robots" content="noindex">`, `<a href="b?p=2">next</a>`, nil},
		{"the answer's header", "noindex,nofollow", "", `<a href="b?p=2">next</a>`, []string{"https://example.com/jobs/b?p=2"}},
		{"a header for another", "otherbot: nofollow", "", `<a href="b?p=2">next</a>`, nil},
	}
	for _, test := range tests {
		body := `<html><head><title>Jobs</title>` + test.head + `</head><body><h1>Open positions</h1><ul>
<li class="job"><a href="/jobs/1">Software Engineer</a> <span>Berlin</span></li>
<li class="job"><a href="/jobs/2">Sales Manager</a> <span>Munich</span></li>
<li class="job"><a href="/jobs/3">Service Technician</a> <span>Hamburg</span></li></ul>
<div class="pager"><span>1</span> ` + test.link + `</div></body></html>`
		r := Read(Page{URL: "https://example.com/jobs/", RobotsTag: test.robotsTag, Body: []byte(body)}, signals.KindHiring, signals.Reading{})
		if r.Next == nil || len(r.Postings) != 3 {
			t.Fatalf("%s: it read %+v", test.name, r)
		}
		if !slices.Equal(r.Barred, test.barred) {
			t.Errorf("%s: barred %v, want %v", test.name, r.Barred, test.barred)
		}
	}
}

func TestFeedBarsWhatItsHeaderBars(t *testing.T) {
	feed := []byte(`<?xml version="1.0"?><rss version="2.0"><channel><title>采购公告</title>
<item><title>某医院监护仪采购项目公开招标公告</title><link>https://example.com/n/1</link><pubDate>Tue, 24 Nov 2026 02:00:00 GMT</pubDate></item></channel></rss>`)
	for tag, want := range map[string][]string{"": nil, "nofollow": {"https://example.com/n/1"}} {
		r := Read(Page{URL: "https://example.com/feed.xml", RobotsTag: tag, Body: feed}, signals.KindTender, signals.Reading{})
		if len(r.Notices) != 1 || !slices.Equal(r.Barred, want) {
			t.Errorf("%q: %d notices, barred %v, want %v", tag, len(r.Notices), r.Barred, want)
		}
	}
}
