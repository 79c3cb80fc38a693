package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// jobsPage is a list of three jobs, numbered from one on, with something in its head and a
// link to the next page, in HTML that the readers read.
func jobsPage(first int, head, next string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><title>Open positions</title>` + head + `</head><body><h1>Jobs</h1><ul class="jobs">`)
	for i, title := range []string{"Software Engineer", "Sales Manager", "Service Technician"} {
		fmt.Fprintf(&b, `<li class="job"><a href="/jobs/%d">%s %[1]d</a> <span>Berlin</span></li>`, first+i, title)
	}
	b.WriteString(`</ul><div class="pager"><span>1</span> ` + next + `</div></body></html>`)
	return b.String()
}

func TestLinksThatAskNotToBeFollowedAreNot(t *testing.T) {
	const next = `<a href="/2">next</a>`
	page := func(body string, header ...string) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Content-Type", "text/html")
			rw.Header().Set("ETag", `"1"`)
			if r.Header.Get("If-None-Match") == `"1"` {
				rw.WriteHeader(http.StatusNotModified)
				return
			}
			for _, h := range header {
				rw.Header().Add("X-Robots-Tag", h)
			}
			fmt.Fprint(rw, body)
		}
	}
	for name, c := range map[string]struct {
		page   http.HandlerFunc
		follow bool
	}{
		"no mark":                      {page(jobsPage(101, "", next)), true},
		"a header":                     {page(jobsPage(101, "", next), "noindex, nofollow"), false},
		"a header in two lines":        {page(jobsPage(101, "", next), "noindex", "nofollow"), false},
		"a header that says none":      {page(jobsPage(101, "", next), "none"), false},
		"a header for us":              {page(jobsPage(101, "", next), "dealvitals: nofollow"), false},
		"a header for another crawler": {page(jobsPage(101, "", next), "otherbot: nofollow"), true},
		"a header of other rules":      {page(jobsPage(101, "", next), "noindex, noarchive, max-snippet:10"), true},
		"a meta tag":                   {page(jobsPage(101, `<meta name="ROBOTS" content="NOINDEX,NOFOLLOW">`, next)), false},
		"a meta tag for us":            {page(jobsPage(101, `<meta name=dealvitals content="none">`, next)), false},
		"a meta tag for another":       {page(jobsPage(101, `<meta name="googlebot" content="nofollow">`, next)), true},
		"a link's own mark":            {page(jobsPage(101, "", `<a rel="external nofollow" href="/2">next</a>`)), false},
		"another link's mark":          {page(jobsPage(101, "", `<a rel="nofollow" href="/login">login</a>`+next)), true},
	} {
		w := newWorld(t, Settings{})
		w.read = extract.Read
		s := w.site()
		s.handle("/1", c.page)
		s.handle("/2", page(jobsPage(104, "", "")))
		for n := range 2 { // the second run meets an unchanged page
			r := w.crawl(signals.Target{URL: s.URL + "/1"})
			if n == 1 && r.Run.Pages[0].StatusCode != http.StatusNotModified {
				t.Errorf("%s: a page that is known was answered with %d", name, r.Run.Pages[0].StatusCode)
			}
			want := signals.OutcomeRobotsDenied
			if c.follow {
				want = signals.OutcomeOK
			}
			if r.Run.Outcome != want || r.Run.Complete != c.follow {
				t.Errorf("%s: %s, complete %v: %s", name, r.Run.Outcome, r.Run.Complete, r.Run.Problem)
			}
		}
	}
}

func TestWhatATargetDescribesItselfIsNoLink(t *testing.T) {
	w := newWorld(t, Settings{})
	w.read = extract.Read
	s := w.site()
	for i := 1; i <= 2; i++ {
		s.handle(fmt.Sprintf("/list?p=%d", i), func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "text/html")
			rw.Header().Set("X-Robots-Tag", "nofollow")
			fmt.Fprint(rw, jobsPage(100*i, "", fmt.Sprintf(`<a href="/list?p=%d">next</a>`, i+1)))
		})
	}
	if r := w.crawl(signals.Target{URL: s.URL + "/list?p={page}"}); len(r.Run.Pages) < 2 || r.Run.Pages[1].Outcome != signals.OutcomeOK {
		t.Errorf("it read %d pages: %+v", len(r.Run.Pages), r.Run)
	}
}
