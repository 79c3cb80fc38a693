package systems_test

import (
	"fmt"
	"strings"
	"testing"

	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/page"
)

// many is a list of n copies of a record, told apart by %d.
func many(n int, record string) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(record, i))
	}
	return strings.Join(all, ",")
}

func TestAPageSaysWhichRequestComesNext(t *testing.T) {
	workdayRows := func(n int) string {
		return many(n, `{"title":"Nurse","externalPath":"/job/X/Nurse_R%d","locationsText":"X","postedOn":"Posted Today","bulletFields":["R%[1]d"]}`)
	}
	for _, c := range []struct {
		name, url, body         string
		wantURL, method, inBody string
	}{
		{"SmartRecruiters by offset", "https://api.smartrecruiters.com/v1/companies/A/postings?limit=2&offset=2",
			`{"offset":2,"limit":2,"totalFound":5,"content":[` + many(2, `{"id":"%d","name":"Cook","location":{"city":"X"},"releasedDate":"2026-11-01","refNumber":"R"}`) + `]}`,
			"https://api.smartrecruiters.com/v1/companies/A/postings?limit=2&offset=4", "", ""},
		{"SmartRecruiters at its end", "https://api.smartrecruiters.com/v1/companies/A/postings?limit=2&offset=4",
			`{"offset":4,"limit":2,"totalFound":5,"content":[{"id":"9","name":"Cook","location":{"city":"X"},"releasedDate":"2026-11-01","refNumber":"R"}]}`, "", "", ""},
		{"Workday by POST, its total capped", "https://a.wd5.myworkdayjobs.com/wday/cxs/a/Ext/jobs", `{"total":2000,"jobPostings":[` + workdayRows(20) + `]}`,
			"https://a.wd5.myworkdayjobs.com/wday/cxs/a/Ext/jobs#offset=20", "POST", `"offset":20`},
		{"Workday behind the first page, without a total", "https://a.wd5.myworkdayjobs.com/wday/cxs/a/Ext/jobs#offset=20", `{"total":0,"jobPostings":[` + workdayRows(20) + `]}`,
			"https://a.wd5.myworkdayjobs.com/wday/cxs/a/Ext/jobs#offset=40", "POST", `"offset":40`},
		{"Workday on a page that is not full", "https://a.wd5.myworkdayjobs.com/wday/cxs/a/Ext/jobs#offset=40", `{"total":0,"jobPostings":[` + workdayRows(3) + `]}`, "", "", ""},
		{"Workable by token", "https://apply.workable.com/api/v3/accounts/a/jobs", `{"total":61,"results":[{"shortcode":"C1","title":"Cook","state":"published"}],"nextPage":"WyJ4Il0="}`,
			"https://apply.workable.com/api/v3/accounts/a/jobs", "POST", `"token":"WyJ4Il0="`},
		{"Feishu by POST", "https://a.jobs.feishu.cn/api/v1/search/job/posts", `{"code":0,"data":{"count":12,"job_post_list":[` + many(10, `{"id":"%d","title":"测试工程师"}`) + `]}}`,
			"https://a.jobs.feishu.cn/api/v1/search/job/posts#offset=10", "POST", `"offset":10`},
		{"Beisen counts pages from 0", "https://a.zhiye.com/api/Jobad/GetJobAdPageList", `{"Code":200,"Count":46,"Data":[` + many(20, `{"Id":"%d","JobAdName":"会计"}`) + `]}`,
			"https://a.zhiye.com/api/Jobad/GetJobAdPageList#PageIndex=1", "POST", `"PageIndex":1`},
		{"Beisen on its last page", "https://a.zhiye.com/api/Jobad/GetJobAdPageList#PageIndex=2", `{"Code":200,"Count":46,"Data":[` + many(6, `{"Id":"%d","JobAdName":"会计"}`) + `]}`, "", "", ""},
		{"Tencent by page number", "https://careers.tencent.com/tencentcareer/api/post/Query?pageIndex=1&pageSize=10", `{"Code":200,"Data":{"Count":12,"Posts":[` + many(10, `{"PostId":"%d","RecruitPostName":"产品经理"}`) + `]}}`,
			"https://careers.tencent.com/tencentcareer/api/post/Query?pageIndex=2&pageSize=10", "", ""},
		{"Oracle inside its finder", "https://x.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1,limit=1,offset=0", `{"items":[{"TotalJobsCount":3,"requisitionList":[{"Id":"1","Title":"Cook","PostedDate":"2026-11-01"}]}]}`,
			"https://x.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1,limit=1,offset=1", "", ""},
		{"a rendered list by its next link", "https://search.51job.com/list/2.html", `<html><div id="resultList"><div class="el"><p class="t1"><a title="会计" href="/1.html">会计</a></p></div></div><a href="/list/1.html">上一页</a><a href="/list/3.html">下一页</a></html>`,
			"https://search.51job.com/list/3.html", "", ""},
		{"a next link that is switched off", "https://search.51job.com/list/9.html", `<html><div id="resultList"><div class="el"><p class="t1"><a title="会计" href="/1.html">会计</a></p></div></div><li class="disabled"><a href="/list/9.html">下一页</a></li></html>`, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, ok := systems.Read(page.Open(page.Page{URL: c.url, Body: []byte(c.body)}))
			if !ok {
				t.Fatal("not recognised")
			}
			if r.Next == nil {
				if c.wantURL != "" {
					t.Fatalf("no next request (total %v)", r.Total)
				}
				return
			}
			if r.Next.URL != c.wantURL || r.Next.Method != c.method || !strings.Contains(r.Next.Body, c.inBody) {
				t.Errorf("next request %+v, want %s %s with %s", *r.Next, c.method, c.wantURL, c.inBody)
			}
		})
	}
}

func TestALimitOfTheSearchIsNoTotal(t *testing.T) {
	for _, c := range []struct {
		body string
		want int // -1 where none is stated
	}{
		{`{"total":2000,"jobPostings":[{"title":"Nurse","externalPath":"/job/X/N","bulletFields":["R1"]}]}`, -1},
		{`{"total":1999,"jobPostings":[{"title":"Nurse","externalPath":"/job/X/N","bulletFields":["R1"]}]}`, 1999},
		{`{"code":0,"data":{"count":10000,"job_post_list":[{"id":"1","title":"会计"}]}}`, -1},
		{`{"error":null,"hits":10000,"jobs":[{"title":"Cook","job_path":"/x","id_icims":"1"}]}`, -1},
		{`{"jobs":[{"title":"Cook","absolute_url":"https://x/1","location":{"name":"X"},"updated_at":"2026-01-01"}],"meta":{"total":1}}`, 1},
		{`{"total":0,"jobPostings":[{"title":"Nurse","externalPath":"/job/X/N","bulletFields":["R1"]}]}`, -1},
	} {
		r, ok := systems.Read(page.Open(page.Page{Body: []byte(c.body)}))
		if !ok {
			t.Errorf("%s: not recognised", c.body)
			continue
		}
		if got := r.Total; got == nil && c.want >= 0 || got != nil && *got != c.want {
			t.Errorf("%s: total %v, want %d", c.body, got, c.want)
		}
	}
}

func TestAPageLeadsToTheSystemThatItEmbeds(t *testing.T) {
	for _, c := range []struct {
		name, body, want string
		certain          bool
	}{
		{"Greenhouse by its loader", `<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>`, "https://boards-api.greenhouse.io/v1/boards/acme/jobs", true},
		{"Greenhouse by a link", `<a href="https://job-boards.greenhouse.io/acme/jobs/12">Cook</a>`, "https://boards-api.greenhouse.io/v1/boards/acme/jobs", false},
		{"Lever by a link", `<a href="https://jobs.lever.co/acme">Open roles</a>`, "https://api.lever.co/v0/postings/acme?mode=json", false},
		{"Ashby by its embed", `<script src="https://jobs.ashbyhq.com/acme/embed?version=2"></script>`, "https://api.ashbyhq.com/posting-api/job-board/acme", true},
		{"Workable by its widget", `<script>whr_embed(40123, {detail: 'titles'});</script>`, "https://apply.workable.com/api/v1/widget/accounts/40123", true},
		{"Workday by a link", `<a href="https://acme.wd3.myworkdayjobs.com/en-US/Careers">Jobs</a>`, "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/jobs", false},
		{"Recruitee by a link, past its own site", `<img src="https://www.recruitee.com/x.png"><a href="https://acme.recruitee.com/">Jobs</a>`, "https://acme.recruitee.com/api/offers/", false},
		{"Personio by a link", `<a href="https://acme.jobs.personio.de/">Stellen</a>`, "https://acme.jobs.personio.de/xml", false},
		{"BambooHR by its container", `<div id="BambooHR" data-domain="acme.bamboohr.com" data-version="1.0.0"></div>`, "https://acme.bamboohr.com/careers/list", true},
		{"Beisen by a link", `<a href="https://acme.zhiye.com/social/jobs">社会招聘</a>`, "https://acme.zhiye.com/api/Jobad/GetJobAdPageList", false},
		{"none", `<a href="https://www.greenhouse.io/">Made with</a><a href="https://www.linkedin.com/company/acme">Follow us</a>`, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := page.Open(page.Page{Body: []byte("<html><body><h1>Careers</h1>" + c.body + "</body></html>")})
			got := ""
			if r := systems.Embedded(d); r != nil {
				got = r.URL
			}
			if got != c.want {
				t.Errorf("leads to %q, want %q", got, c.want)
			}
			if r, ok := systems.Read(d); ok != c.certain || ok && (r.Instead == nil || r.Instead.URL != c.want) {
				t.Errorf("read as %+v (%t), want certain %t", r, ok, c.certain)
			}
		})
	}
}
