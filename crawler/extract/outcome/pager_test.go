package outcome_test

import (
	"testing"

	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
)

func TestAPagerWithoutAddressesIsFound(t *testing.T) {
	for body, want := range map[string]string{
		`<div class="pager"><a href="javascript:void(0)" onclick="go(1)">1</a><a href="javascript:;" onclick="go(2)">2</a></div>`: "1 2",
		`<div class="page"><span class="cur">1</span><span onclick="go(2)">2</span></div>`:                                        "1 2",
		`<ul class="el-pager"><li class="number active">1</li> <li class="number">2</li></ul>`:                                    "1 2",
		`<div class="pagination"><b>1</b><a href="#" data-page="2">2</a></div>`:                                                   "1 2",
		`<div>第1页/共6页</div>`:           "第1页/共6页",
		`<p>第<b>1</b>页/共<b>6</b>页</p>`: "第1页/共6页",
		`<select onchange="go(this)"><option value="/jobs?page=1">1</option><option value="/jobs?page=2">2</option></select>`: "1 2",
		`<select name="headcount"><option value="1">1</option><option value="2">2</option></select>`:                          "",
		`<span>Page 1 of 4</span>`: "Page 1 of 4",
		`<script>laypage.render({elem: 'page', count: 57, limit: 10})</script>`:                 "laypage count: 57",
		`<script>laypage({cont: 'page', pages: 6})</script>`:                                    "laypage pages: 6",
		`<a href="javascript:;">下一页 &gt;</a>`:                                                   "下一页",
		`<button>Next</button>`:                                                                 "Next",
		`<button disabled>Next</button>`:                                                        "",
		`<div class="pager"><span class="cur">1</span><a class="disabled">下一页</a></div>`:        "",
		`<div>共1页</div>`:                                                                        "",
		`<script>laypage.render({elem: 'page', count: 10})</script>`:                            "",
		`<div class="banner-pagination"><a>1</a><a>2</a></div>`:                                 "",
		`<div class="swiper"><div class="swiper-pagination"><span>1</span><span>2</span></div>`: "",
		`<div class="page"><table><tr><td>1</td><td>2</td></tr></table></div>`:                  "",
		`<div class="steps"><span>1</span><span>2</span></div>`:                                 "",
		`<a href="/about">下一页</a>`:                                                              "",
		`<div style="display:none" class="pager"><a>1</a><a>2</a></div>`:                        "",
		`<p>本指南共6章，第1页</p>`:                                                                     "",
	} {
		d := page.Open(page.Page{URL: "https://x.example/jobs", ContentType: "text/html; charset=utf-8", Body: []byte("<html><body>" + body + "</body></html>")})
		if got := outcome.Pager(d, 10); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
		d.Close()
	}
	d := page.Open(page.Page{URL: "https://x.example/jobs", ContentType: "text/html; charset=utf-8", Body: []byte(`<html><body><a href="javascript:;">下一页</a></body></html>`)})
	defer d.Close()
	if got := outcome.Pager(d, 3); got != "" {
		t.Errorf("a control for the next page of three records: %q, want none", got)
	}
}
