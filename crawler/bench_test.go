package crawler

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"dealvitals/evidence"
	"dealvitals/signals"
)

// BenchmarkRun crawls a list of 20 pages of 67 kB each, from request to result, with
// robots.txt, evidence and extraction without configuration. The site's own work is part
// of the time. Divide by 20 for a page.
func BenchmarkRun(b *testing.B) {
	for name, known := range map[string]bool{"new pages": false, "unchanged pages": true} {
		b.Run(name, func(b *testing.B) {
			const pages = 20
			site := httptest.NewServer(careerSite(pages))
			defer site.Close()
			archive, err := evidence.Open(b.TempDir(), evidence.Options{})
			if err != nil {
				b.Fatal(err)
			}
			memory := newRecollection()
			settings := Settings{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
			c, err := New(settings, memory, archive, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close()
			target := signals.Target{ID: "t", Kind: signals.KindHiring, URL: site.URL + "/jobs?page=1"}
			crawl := func() Result {
				r, err := c.Run(b.Context(), target, signals.Run{})
				if err != nil || !r.Run.Complete || r.Run.Items != pages*20 {
					b.Fatalf("run %+v, %v", r.Run, err)
				}
				return r
			}
			if known {
				memory.commit(crawl())
			}
			for b.Loop() {
				crawl()
			}
			if err := archive.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// careerSite shows pages of 20 jobs each.
func careerSite(pages int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /jobs", func(w http.ResponseWriter, r *http.Request) {
		var number int
		if _, err := fmt.Sscan(r.FormValue("page"), &number); err != nil {
			http.Error(w, "no page", http.StatusBadRequest)
			return
		}
		etag := fmt.Sprintf(`"%d"`, number)
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, careerPage(number, pages))
	})
	return mux
}

func careerPage(number, last int) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><title>招聘职位</title></head><body><h1>招聘职位</h1><ul class=job-list>")
	for i := range 20 {
		id := number*100 + i
		fmt.Fprintf(&b, `<li class="job-card"><h3><a class="job-title" href="/jobs/%d.html">高级工程师%d</a></h3><span class="job-place">上海</span>`, id, id)
		fmt.Fprintf(&b, `<time class="job-date">2026-11-%02d</time><p>%s</p></li>`, 1+i, strings.Repeat("负责平台的设计与开发。", 20))
	}
	b.WriteString("</ul>")
	if number < last {
		fmt.Fprintf(&b, `<a class="next" rel="next" href="/jobs?page=%d">下一页</a>`, number+1)
	}
	b.WriteString("<script>")
	for b.Len() < 67_000 {
		b.WriteString("__q.push(['track',{k:\"0123456789\",v:1}]);\n")
	}
	b.WriteString("</script></body></html>")
	return b.String()
}
