package outcome

import (
	"strings"
	"testing"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

func document(body string, status int) *page.Document {
	return page.Open(page.Page{Body: []byte(body), StatusCode: status, URL: "https://x.example/jobs"})
}

const long = "<p>We make pumps for the chemical industry, and have done so for forty years in the same town.</p>"

func TestPagesThatAreNoAnswerAreTold(t *testing.T) {
	for _, c := range []struct {
		name, body string
		status     int
		want       signals.Outcome
	}{
		{"not found by its code", "<html><body>" + strings.Repeat(long, 20), 404, signals.OutcomeNotFound},
		{"gone", "", 410, signals.OutcomeNotFound},
		{"too many requests", "", 429, signals.OutcomeBlocked},
		{"forbidden", "<html><body>no", 403, signals.OutcomeBlocked},
		{"unauthorised", "", 401, signals.OutcomeLogin},
		{"a broken server", "", 502, signals.OutcomeUnreachable},
		{"a firewall that answers 503", "<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>", 503, signals.OutcomeBlocked},
		{"a firewall that answers 200", "<html><body><script>var arg1='AB';document.cookie='acw_sc__v2='</script>", 200, signals.OutcomeBlocked},
		{"too frequent", "<html><body><p>操作过于频繁，请稍后再试</p>", 200, signals.OutcomeBlocked},
		{"a login form", "<html><title>Log in</title><body><form><input type=password></form>", 200, signals.OutcomeLogin},
		{"please log in", "<html><body><p>请先登录</p>", 200, signals.OutcomeLogin},
		{"a page that is gone, with status 200", "<html><body><h1>Page not found</h1>" + strings.Repeat(long, 20), 200, signals.OutcomeNotFound},
		{"an empty application", "<html><body><div id=app></div><script src=a.js></script>", 200, signals.OutcomeScriptShell},
		{"only a script", "<html><body><script>load()</script>", 200, signals.OutcomeScriptShell},
	} {
		o, why, told := Of(document(c.body, c.status))
		if !told || o != c.want {
			t.Errorf("%s: want %s, got %q %s", c.name, c.want, o, why)
		}
	}
}

func TestAnOrdinaryPageIsNotTakenForOneThatIsNoAnswer(t *testing.T) {
	page := func(more string) string {
		return "<html><head><title>Acme Pumps</title></head><body>" + more + strings.Repeat(long, 20) + "</body></html>"
	}
	for _, c := range []struct{ name, body string }{
		{"a captcha in a form", page(`<form><input name=code placeholder="请输入验证码"><div class="g-recaptcha"></div></form>`)},
		{"a login in a corner", page(`<form class=corner><input type=password><button>Log in</button></form>`)},
		{"a noscript", page(`<noscript>Please enable JavaScript</noscript><script src=a.js></script>`)},
		{"Cloudflare's beacon", page(`<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`)},
		{"a number with 404 inside", page(`<h2>Model 40420</h2>`)},
		{"a slider's library", page(`<script src="https://static.geetest.com/gt.js"></script>`)},
	} {
		if o, why, told := Of(document(c.body, 200)); told {
			t.Errorf("%s: taken for %s: %s", c.name, o, why)
		}
	}
}

func TestAPageSaysThatNothingIsOpen(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"暂无职位", true}, {"暂无招聘信息", true}, {"抱歉，没有找到符合条件的职位", true}, {"目前没有空缺岗位", true}, {"暂时没有在招职位，请关注后续更新", true}, {"本公司暂未发布招聘岗位", true},
		{"There are currently no open positions.", true}, {"No jobs found", true}, {"We don't have any open roles at the moment.", true}, {"We’re not currently hiring.", true}, {"Sorry, no vacancies match your search", true}, {"Derzeit keine offenen Stellen", true},
		{"目前暂无空缺职位，欢迎投递简历至hr@example.com", true}, {"数据加载失败，暂无职位，请稍后再试", false}, {"系统维护中，暂无职位数据", false}, {"您还没有投递任何职位", false},
		{"Unable to load jobs: no open positions", false}, {"You have not applied to any open positions", false},
		{"没有合适的职位？欢迎投递简历", false}, {"没有招聘经验也可以", false}, {"暂无岗位职责", false}, {"No matter which position you choose", false}, {"Don't see a role that fits?", false}, {"本公司没有委托任何招聘中介", false}, {"We have many open positions", false},
		{"职位", false}, {"招聘", false}, {"no problem, our engineers help", false},
	} {
		body := "<html><body><h1>x</h1><p>" + c.text + "</p></body></html>"
		if _, told := NoJobs(document(body, 200), false); told != c.want {
			t.Errorf("%q: want %t", c.text, c.want)
		}
	}
}

func TestWhatAReaderDoesNotSeeSaysNothing(t *testing.T) {
	for _, body := range []string{
		`<p style="display: none">暂无职位</p>`, `<p class="hide">暂无职位</p>`, `<p hidden>暂无职位</p>`, `<p v-if="!list.length">暂无职位</p>`, `<template><p>暂无职位</p></template>`, `<script type="text/html"><p>暂无职位</p></script>`,
		`<p>加载中...</p><p>暂无职位</p>`, `<!-- 暂无职位 -->`,
	} {
		if why, told := NoJobs(document("<html><body><h1>招聘</h1>"+body+"</body></html>", 200), true); told {
			t.Errorf("%s: %s", body, why)
		}
	}
}

func TestWordsThatCouldBeSaidOfAnythingCountOnlyOnAPageAboutJobs(t *testing.T) {
	d := document("<html><body><h1>招聘职位</h1><p>暂无数据</p></body></html>", 200)
	if _, told := NoJobs(d, false); told {
		t.Error("told on a page about anything")
	}
	if _, told := NoJobs(d, true); !told {
		t.Error("not told on a page about jobs")
	}
}
