package outcome_test

import (
	"testing"

	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
)

func TestAControlThatLoadsTheRestOfAListIsFound(t *testing.T) {
	for body, want := range map[string]string{
		`<button class="btn">加载更多</button>`:                                   "加载更多",
		`<div class="load-more"> 点击加载更多… </div>`:                              "点击加载更多",
		`<a href="javascript:void(0)">Load more jobs</a>`:                     "load more jobs",
		`<a href="/all">更多职位 &gt;</a>`:                                        "更多职位",
		`<a href="/jobs">更多职位</a>`:                                            "", // the page itself
		`<button>Show more</button>`:                                          "", // a filter, or a text
		`<button style="display: none">加载更多</button>`:                         "",
		`<div class="hidden"><button>加载更多</button></div>`:                     "",
		`<button disabled>Load more</button>`:                                 "",
		`<p>加载更多</p>`:                                                         "",
		`<button>加载更多精彩内容</button>`:                                           "",
		`<script>var t = "<button>加载更多</button>"</script><button>搜索</button>`: "",
	} {
		d := page.Open(page.Page{URL: "https://x.example/jobs", ContentType: "text/html; charset=utf-8", Body: []byte("<html><body>" + body + "</body></html>")})
		if got := outcome.More(d); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
