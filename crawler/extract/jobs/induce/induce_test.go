package induce

import (
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

var captured = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

func read(body, url string) Reading {
	return Read(page.Open(page.Page{URL: url, Body: []byte("<html><body>" + body + "</body></html>"), At: captured}))
}

func TestATitleIsCleanedOfWhatIsNoPartOfIt(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"销售经理", "销售经理"},
		{"1、销售经理", "销售经理"},
		{"（二）会计", "会计"},
		{"三、PLC工程师（2名）", "PLC工程师"},
		{"岗位一：质检员", "质检员"},
		{"岗位名称：综合管理岗", "综合管理岗"},
		{"【急聘】前台文员", "前台文员"},
		{"急聘 司机", "司机"},
		{"仓库管理员 3人", "仓库管理员"},
		{"普工若干名", "普工"},
		{"电焊工5名", "电焊工"},
		{"Java开发 [15-20K]", "Java开发"},
		{"区域经理（华东）", "区域经理（华东）"},
		{"Software Engineer II", "Software Engineer II"},
		{"HOT Sales Manager", "Sales Manager"},
		{"Sales Manager (NEW)", "Sales Manager"},
		{"3D设计师", "3D设计师"},
		{"新媒体运营", "新媒体运营"},
		{"热能工程师", "热能工程师"},
		{"2027届管培生", "2027届管培生"},
		{"• Line Cook", "Line Cook"},
		{"急诊科医师", "急诊科医师"},
		{".NET 开发工程师", ".NET 开发工程师"},
		{"1.5级技术员", "1.5级技术员"},
	} {
		if got := CleanTitle(c.raw); got != c.want {
			t.Errorf("%q: want %q, got %q", c.raw, c.want, got)
		}
	}
}

func TestAStatedTotalIsTakenUnlessItIsACap(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"共 123 条", 123}, {"共有45个职位", 45}, {"共找到 1,203 个职位", 1203}, {"68 open positions", 68}, {"Showing 1–20 of 245 results", 245}, {"共16条记录 第1/3页", 16}, {"为您找到 31 个岗位", 31},
		{"500+ jobs", 0}, {"共 100000 个职位", 0}, {"共 999 条", 0}, {"1000 jobs", 0}, {"20 per page", 0}, {"Page 1 of 12", 0}, {"第 3 页", 0}, {"5 years", 0}, {"共12页", 0}, {"", 0},
	} {
		got, _ := statedTotal(c.text)
		if got != c.want {
			t.Errorf("%q: want %d, got %d", c.text, c.want, got)
		}
	}
}

func TestAnAddressTellsWhetherItLeadsToOneJob(t *testing.T) {
	for _, c := range []struct {
		href string
		want linkKind
	}{
		{"/jobs/senior-engineer-123", jobLink}, {"/job/120.html", jobLink}, {"job_show.aspx?id=12", jobLink}, {"/careers/sales-manager", jobLink}, {"https://x.example/jobs?gh_jid=4411", jobLink},
		{"#/job/0f3a-22", jobLink}, {"/position/detail/88", jobLink}, {"/recruit/show.php?id=5", jobLink},
		{"/jobs/", jobsLink}, {"/careers", jobsLink}, {"/jobs/location/berlin", jobsLink}, {"/careers/benefits", jobsLink}, {"/recruit/list.html", jobsLink},
		{"/about", otherLink}, {"/news/2026-11-24.html", otherLink}, {"#", noLink}, {"#apply", noLink}, {"javascript:;", noLink}, {"mailto:hr@x.example", noLink}, {"", noLink},
	} {
		if got := kindOfLink(c.href); got != c.want {
			t.Errorf("%q: want %d, got %d", c.href, c.want, got)
		}
	}
}

const twoJobs = `<h1>招聘职位</h1><ul class="jobs"><li><a href="/job/1.html">采购工程师</a><i>2026-11-03</i></li><li><a href="/job/2.html">生产文员</a><i>2026-11-02</i></li></ul>`

func TestTheNextPageIsFoundAndEndsByItself(t *testing.T) {
	for _, c := range []struct{ name, pager, url, want string }{
		{"a link that says next", `<a href="?page=2">下一页</a>`, "https://x.example/job/?page=1", "https://x.example/job/?page=2"},
		{"a next link that is switched off", `<a class="disabled" href="?page=3">下一页</a>`, "https://x.example/job/?page=2", ""},
		{"a next link that leads to this page", `<a href="?page=2">下一页</a>`, "https://x.example/job/?page=2", ""},
		{"next without an address", `<span>下一页</span>`, "https://x.example/job/", ""},
		{"an arrow among page numbers", `<div class="pagination"><b>1</b><a href="/job/p2">2</a><a href="/job/p2">»</a></div>`, "https://x.example/job/", "https://x.example/job/p2"},
		{"an arrow somewhere else", `<div class="slider"><a href="/banner2">»</a></div>`, "https://x.example/job/", ""},
		{"only page numbers", `<ul class="pagination"><li class="active"><a href="?p=1">1</a></li><li><a href="?p=2">2</a></li><li><a href="?p=3">3</a></li></ul>`, "https://x.example/job/?p=1", "https://x.example/job/?p=2"},
		{"page numbers on the last page", `<ul class="pagination"><li><a href="?p=1">1</a></li><li class="active"><a href="?p=2">2</a></li></ul>`, "https://x.example/job/?p=2", ""},
		{"a script that turns pages", `<a href="javascript:goPage(2)">下一页</a>`, "https://x.example/job/?pageNo=1", "https://x.example/job/?pageNo=2"},
		{"a script whose page cannot be derived", `<a href="javascript:goPage(2)">下一页</a>`, "https://x.example/job/", ""},
		{"rel", `<a rel="next" href="/job/2">older</a>`, "https://x.example/job/", "https://x.example/job/2"},
	} {
		if got := read(twoJobs+c.pager, c.url).Next; got != c.want {
			t.Errorf("%s: want %q, got %q", c.name, c.want, got)
		}
	}
}

func TestAPostingThatComesAgainCountsOnce(t *testing.T) {
	all := Distinct([]signals.Posting{
		{Title: "Consultant", Place: "Berlin", URL: "https://x.example/jobs/11?utm_source=a"},
		{Title: "Consultant", Place: "Munich", URL: "https://x.example/jobs/11"},
		{Title: "Consultant", Place: "Berlin", URL: "https://x.example/jobs/12"},
		{Title: "Cook", Place: "Berlin", URL: "https://x.example/apply"},
		{Title: "Waiter", Place: "Berlin", URL: "https://x.example/apply"},
		{Title: "Waiter", Place: "Berlin", URL: "https://x.example/apply"},
	})
	if len(all) != 4 {
		t.Fatalf("want 4 jobs, got %d: %v", len(all), all)
	}
	if all[0].Place != "Berlin; Munich" {
		t.Errorf("want both places, got %q", all[0].Place)
	}
	ids := map[string]bool{}
	for _, p := range all {
		ids[p.ID] = true
	}
	if len(ids) != 4 {
		t.Errorf("ids are shared: %v", ids)
	}
}

func TestFieldsAreReadBesideTheTitle(t *testing.T) {
	r := read(`<h2>招聘岗位</h2><div class="job"><h3>研发总监</h3><p>招聘人数：2人 工作地点：上海 更新日期：2026年11月3日</p></div><div class="job"><h3>结构工程师</h3><p>工作地点：昆山</p><p>截止日期：2026-12-31</p><p>发布：11-20</p></div>`, "https://x.example/zhaopin")
	if len(r.Postings) != 2 {
		t.Fatalf("want 2 postings, got %v", r.Postings)
	}
	a, b := r.Postings[0], r.Postings[1]
	if a.Headcount != 2 || a.Place != "上海" || a.Basis != signals.DateUpdated {
		t.Errorf("the first: %+v", a)
	}
	if b.Place != "昆山" || b.Posted == nil || b.Posted.String() != "2026-11-20" || b.Basis != signals.DatePublished {
		t.Errorf("the second: %+v", b)
	}
}

func TestMoreItemsInAListNeverLoseAJob(t *testing.T) {
	for n := 1; n <= 40; n++ {
		var b strings.Builder
		b.WriteString("<h1>Careers</h1><ul class=\"openings\">")
		for i := range n {
			b.WriteString(`<li><a href="/careers/role-` + strings.Repeat("x", i+1) + `">Software Engineer ` + strings.Repeat("I", i+1) + `</a><span>Berlin</span></li>`)
		}
		b.WriteString("</ul>")
		if got := len(read(b.String(), "https://x.example/careers").Postings); got != n {
			t.Errorf("%d jobs on the page, %d read", n, got)
		}
	}
}

func FuzzAnyPageIsReadWithoutPanicAndWithoutEmptyTitles(f *testing.F) {
	for _, s := range []string{twoJobs, "<table><tr><th>职位<th>人数<tr><td rowspan=9>会计<td>2", "<p>岗位：会计<br>岗位：出纳", "<dl><dt>Nurse<dd>x", "<a href='#/job/1'>Engineer", "<div class=job><div class=job>会计"} {
		f.Add(s, "https://x.example/jobs?page=1")
	}
	f.Fuzz(func(t *testing.T, body, url string) {
		r := read(body, url)
		seen := map[string]bool{}
		for _, p := range r.Postings {
			if strings.TrimSpace(p.Title) == "" {
				t.Errorf("a posting without a title: %+v", p)
			}
			if p.ID == "" || seen[p.ID] {
				t.Errorf("an id that is empty or not its own: %+v", p)
			}
			seen[p.ID] = true
		}
	})
}
