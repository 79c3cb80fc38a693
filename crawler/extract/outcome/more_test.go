package outcome_test

import (
	"testing"

	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
)

func TestAControlThatLoadsTheRestOfAListIsFound(t *testing.T) {
	for body, want := range map[string]string{
		`<button class="btn">加载更多</button>`:                                          "加载更多",
		`<div class="load-more"> 点击加载更多… </div>`:                                     "点击加载更多",
		`<a href="javascript:void(0)">Load more jobs</a>`:                            "load more jobs",
		`<a href="/all">更多职位 &gt;</a>`:                                               "更多职位",
		`<a href="/jobs">更多职位</a>`:                                                   "", // the page itself
		`<button>Show more</button>`:                                                 "", // a filter, or a text
		`<button style="display: none">加载更多</button>`:                                "",
		`<div class="hidden"><button>加载更多</button></div>`:                            "",
		`<button disabled>Load more</button>`:                                        "",
		`<p>加载更多</p>`:                                                                "",
		`<a href="/all-jobs">View all openings →</a>`:                                "view all openings",
		`<a href="/all-jobs">View all openings</a>`:                                  "view all openings",
		`<a href="https://ats.example/acme">查看全部职位 &gt;</a>`:                         "查看全部职位",
		`<nav><a href="/all-jobs">View all openings</a></nav>`:                       "",
		`<div class="site-header"><a href="/all-jobs">View all jobs</a></div>`:       "",
		`<a href="#list">View all jobs</a>`:                                          "",
		`<a href="/jobs">View all jobs</a>`:                                          "",
		`<a href="/all-jobs">All jobs</a>`:                                           "", // a filter
		`<a href="#" class="load_more_jobs"><strong>Load more listings</strong></a>`: "load more listings",
		`<button>加载更多精彩内容</button>`:                                                  "",
		`<script>var t = "<button>加载更多</button>"</script><button>搜索</button>`:        "",
	} {
		d := page.Open(page.Page{URL: "https://x.example/jobs", ContentType: "text/html; charset=utf-8", Body: []byte("<html><body>" + body + "</body></html>")})
		if got := outcome.More(d, 4); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestALongListBesideALinkToAllIsNoChoiceOfAFew(t *testing.T) {
	d := page.Open(page.Page{URL: "https://x.example/jobs", Body: []byte(`<html><body><a href="/all-jobs">View all jobs</a></body></html>`)})
	if got := outcome.More(d, 13); got != "" {
		t.Errorf("with 13 jobs: %q", got)
	}
}
