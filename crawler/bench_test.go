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

	"golang.org/x/text/encoding/simplifiedchinese"
)

// BenchmarkRun crawls a list of 20 pages of 67 kB each, from request to result, with
// robots.txt, evidence and extraction without configuration. Pages are Chinese in UTF-8,
// Chinese in GBK and English in turn. The site's own work is part of the time. Divide by 20
// for a page. default.pgo is its profile (make profile).
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
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, careerPage(number, pages))
	})
	return mux
}

// benchWords are what the pages of a language say.
type benchWords struct {
	charset, head, next, title, place, posted, tag, duties, apply string
	menu                                                          []string
}

var benchLanguages = []benchWords{
	{"utf-8", "招聘职位", "下一页", "高级工程师", "上海", "发布日期", "五险一金", "负责平台的设计与开发。", "申请职位", strings.Fields("首页 产品中心 解决方案 新闻动态 关于我们 联系我们 人才理念")},
	{"gbk", "招聘职位", "下一页", "高级工程师", "北京", "发布日期", "五险一金", "负责平台的设计与开发。", "申请职位", strings.Fields("首页 产品中心 解决方案 新闻动态 关于我们 联系我们 人才理念")},
	{"utf-8", "Open positions", "Next", "Senior Software Engineer", "Berlin, Germany", "Posted", "Flexible hours", "You design and build the platform. ", "Apply now", strings.Fields("Home Products Solutions News About Contact Careers")},
}

func careerPage(number, last int) string {
	l := benchLanguages[number%len(benchLanguages)]
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html><head><meta charset=\"%s\"><title>%s</title></head><body><nav><ul>", l.charset, l.head)
	for i, word := range l.menu {
		fmt.Fprintf(&b, `<li class="nav-item"><a href="/s/%d/"><span>%s</span></a><ul>`, i, word)
		for k, sub := range l.menu {
			fmt.Fprintf(&b, `<li><a href="/s/%d/%d.html" title="%s">%[3]s</a></li>`, i, k, sub)
		}
		b.WriteString("</ul></li>")
	}
	fmt.Fprintf(&b, "</ul></nav><h1>%s</h1><ul class=job-list>", l.head)
	for i := range 20 {
		id := number*100 + i
		fmt.Fprintf(&b, `<li class="job-card" data-id="%d"><h3><a class="job-title" href="/jobs/%[1]d.html">%s %[1]d</a></h3>`, id, l.title)
		fmt.Fprintf(&b, `<span class="job-place"><svg viewBox="0 0 14 14"><path d="M7 1a4 4 0 0"/></svg>%s</span><span class="job-posted">%s: <time class="job-date">2026-11-%02d</time></span>`, l.place, l.posted, 1+i)
		fmt.Fprintf(&b, `<ul class="job-tags"><li>%s</li><li>%[1]s %d</li></ul><p>%s</p><a class="btn" href="/apply?id=%[2]d" rel="nofollow">%s</a></li>`, l.tag, id, strings.Repeat(l.duties, 4), l.apply)
	}
	b.WriteString("</ul>")
	if number < last {
		fmt.Fprintf(&b, `<div class="pager"><span class="current">%d</span><a class="next" rel="next" href="/jobs?page=%d">%s</a></div>`, number, number+1, l.next)
	}
	b.WriteString("<script>")
	for b.Len() < 67_000 {
		b.WriteString("window.__q.push(['track',{k:\"0123456789\",v:1}]);\n")
	}
	b.WriteString("</script></body></html>")
	if l.charset != "gbk" {
		return b.String()
	}
	page, err := simplifiedchinese.GBK.NewEncoder().String(b.String())
	if err != nil {
		panic(err) // a word above that GBK lacks
	}
	return page
}
