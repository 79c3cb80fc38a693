package e2e

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// yearBegins is the Monday of the first crawl.
var yearBegins = time.Date(2024, 1, 8, 8, 0, 0, 0, signals.Shanghai)

const week = 7 * 24 * time.Hour

// The year's troubles, in weeks from its beginning.
const (
	outageFrom, outageTo     = 8, 10  // the glass maker's page and the second tender site answer 503
	blockFrom, blockTo       = 13, 15 // the first tender site shows a captcha
	redesignFrom, redesignTo = 17, 18 // the instrument maker's page is a script's shell, then another page
	quietFrom, quietTo       = 20, 24 // the first tender site publishes nothing
	idleFrom, idleTo         = 26, 42 // the instrument maker buys nothing
	silentFrom, silentTo     = 27, 36 // nobody talks on D1B
	frozenFrom, frozenTo     = 28, 41 // the waterworks neither open nor close a job
	partFrom, partTo         = 44, 49 // the glass maker's page shows its four oldest jobs: a filter, or a visitor's city
	boxFrom, boxTo           = 46, 50 // the first tender site shows its six newest notices
)

func during(week, from, to int) bool { return week >= from && week < to }

// yearSites are five real sites, each on a host of its own, as they are in a week.
type yearSites struct {
	week int // set between the crawls only
	urls map[string]string
}

func newYearSites(t *testing.T) *yearSites {
	t.Helper()
	s := &yearSites{urls: make(map[string]string)}
	for i, site := range []struct {
		id, path string
		answer   http.HandlerFunc
	}{
		{"glass", "/zhaopin", s.glass}, {"instruments", "/careers", s.instruments}, {"water", "/jobs", s.water},
		{"tenders1", "/list", s.tenderTable}, {"tenders2", "/list", s.tenderList},
	} {
		server := httptest.NewUnstartedServer(site.answer)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:0", i+2))
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Listener.Close(); err != nil {
			t.Fatal(err)
		}
		server.Listener = listener
		server.Start()
		t.Cleanup(server.Close)
		s.urls[site.id] = server.URL + site.path
	}
	return s
}

// vacancy is a job that is open from a week on, two of them in each week.
type vacancy struct {
	id           int
	title, place string
	day          time.Time
}

// vacancies are the jobs that a page shows: each stands for six weeks.
func (s *yearSites) vacancies(trades, places []string, stop bool) []vacancy {
	var list []vacancy
	for opened := s.week; opened > -12; opened-- {
		closes := opened + 6
		if stop && during(opened, frozenFrom+1, frozenTo) {
			continue
		}
		if stop && opened <= frozenFrom && closes > frozenFrom {
			closes += frozenTo - frozenFrom
		}
		if s.week >= closes {
			continue
		}
		for i := range 2 {
			n := 2*(opened+12) + i
			list = append(list, vacancy{
				id: 1000 + n, title: trades[n%len(trades)], place: places[n/len(trades)%len(places)],
				day: yearBegins.Add(time.Duration(opened)*week - time.Duration(i+1)*24*time.Hour),
			})
		}
	}
	return list
}

// glass is a Chinese page in GBK, with a table of dated jobs.
func (s *yearSites) glass(w http.ResponseWriter, r *http.Request) {
	if during(s.week, outageFrom, outageTo) {
		http.Error(w, "maintenance", http.StatusServiceUnavailable)
		return
	}
	if r.URL.Path != "/zhaopin" {
		http.NotFound(w, r)
		return
	}
	trades := []string{"焊接工程师", "窑炉工艺员", "销售经理", "会计", "采购专员", "质量工程师", "设备维修工", "仓库管理员", "软件工程师", "生产主管", "法务专员"}
	var b strings.Builder
	b.WriteString(`<html><head><title>社会招聘</title></head><body><h1>招聘职位</h1><table><tr><th>职位名称</th><th>工作地点</th><th>发布日期</th></tr>`)
	jobs := s.vacancies(trades, []string{"云溪", "上海", "成都", "武汉", "西安"}, false)
	if during(s.week, partFrom, partTo) {
		jobs = jobs[len(jobs)-4:]
	}
	for _, v := range jobs {
		fmt.Fprintf(&b, `<tr><td><a href="/zhaopin/%d.html">%s</a></td><td>%s</td><td>%s</td></tr>`, v.id, v.title, v.place, v.day.Format(time.DateOnly))
	}
	page, err := simplifiedchinese.GBK.NewEncoder().String(b.String() + `</table></body></html>`)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=gbk")
	fmt.Fprint(w, page)
}

// instruments is an English page, which is redesigned in the year.
func (s *yearSites) instruments(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/careers" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if during(s.week, redesignFrom, redesignTo) {
		fmt.Fprint(w, `<html><head><title>Careers</title><script src="/app.js"></script></head><body><div id="root"></div></body></html>`)
		return
	}
	row, after := `<li><a href="/careers/%d">%s</a> <span class="location">%s</span> <span class="date">Posted: %s</span></li>`, `</ul></body></html>`
	fmt.Fprint(w, `<html lang="en"><head><title>Careers</title></head><body><h1>Open positions</h1>`)
	if s.week >= redesignTo {
		row, after = `<article class="opening"><h3><a href="/openings/%d">%s</a></h3><p>Location: %s</p><p>Date posted: %s</p></article>`, `</main></body></html>`
		fmt.Fprint(w, `<main>`)
	} else {
		fmt.Fprint(w, `<ul class="jobs">`)
	}
	trades := []string{"Field Engineer", "Software Engineer", "Sales Manager", "Accountant", "Calibration Technician", "Buyer", "Quality Manager", "Firmware Developer", "Warehouse Clerk"}
	for _, v := range s.vacancies(trades, []string{"Leeds", "York", "Hull", "Bristol", "Cardiff", "Dundee"}, false) {
		fmt.Fprintf(w, row, v.id, v.title, v.place, v.day.Format("2 January 2006"))
	}
	fmt.Fprint(w, after)
}

// water is a Chinese page without dates, of several pages.
func (s *yearSites) water(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/jobs" {
		http.NotFound(w, r)
		return
	}
	const size = 5
	trades := []string{"水质检测员", "管网工程师", "泵站值班员", "电工", "会计", "客服专员", "司机", "安全员", "信息化工程师", "档案管理员"}
	jobs := s.vacancies(trades, []string{"临川", "南城", "东乡", "金溪", "崇仁"}, true)
	page := 1
	if p := r.URL.Query().Get("page"); p != "" {
		if _, err := fmt.Sscan(p, &page); err != nil || page < 1 {
			http.NotFound(w, r)
			return
		}
	}
	pages := (len(jobs) + size - 1) / size
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<html><head><title>人才招聘</title></head><body><h1>招聘职位</h1><p>共 %d 个职位</p><ul class="job-list">`, len(jobs))
	for _, v := range jobs[min((page-1)*size, len(jobs)):min(page*size, len(jobs))] {
		fmt.Fprintf(w, `<li><a href="/job/%d">%s</a><span>工作地点：%s</span></li>`, v.id, v.title, v.place)
	}
	fmt.Fprint(w, `</ul><div class="pager">`)
	for n := 1; n <= pages; n++ {
		fmt.Fprintf(w, `<a href="/jobs?page=%d">%d</a> `, n, n)
	}
	if page < pages {
		fmt.Fprintf(w, `<a href="/jobs?page=%d">下一页</a>`, page+1)
	}
	fmt.Fprint(w, `</div></body></html>`)
}

// yearNotice is what a buyer put out in a week.
type yearNotice struct {
	id, title, buyer string
	day              time.Time
}

// buyers says who puts out what, every so many weeks, on which of the two tender sites.
func buyers(site int) []struct {
	name, product string
	every, at     int
} {
	type buyer = struct {
		name, product string
		every, at     int
	}
	if site == 1 {
		return []buyer{{instrumentMaker, "恒温实验室", 3, 1}, {waterworks, "泵站设备", 3, 2}, {"远山重工集团有限公司", "数控机床", 4, 0}, {"远山县公路管理局", "道路养护材料", 1, 0}}
	}
	return []buyer{{glassMaker, "窑炉余热利用系统", 3, 0}, {"青禾农业科技有限公司", "温室大棚", 6, 0}, {"安远县第一中学", "教学设备", 1, 0}}
}

// notices are those of the last 150 days, newest first.
func (s *yearSites) notices(site int) []yearNotice {
	var list []yearNotice
	for w := s.week; w > s.week-21; w-- {
		if site == 1 && during(w, quietFrom, quietTo) {
			continue
		}
		for i, b := range buyers(site) {
			if (w%b.every+b.every)%b.every != b.at || b.name == instrumentMaker && during(w, idleFrom, idleTo) {
				continue
			}
			n := w + 100
			list = append(list, yearNotice{
				id: fmt.Sprintf("%d%d%03d", site, i, n), title: fmt.Sprintf("%s（%d号）采购项目招标公告", b.product, n), buyer: b.name,
				day: yearBegins.Add(time.Duration(w)*week - 2*24*time.Hour),
			})
		}
	}
	return list
}

// tenderTable tells all of a notice in its list.
func (s *yearSites) tenderTable(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if during(s.week, blockFrom, blockTo) {
		fmt.Fprint(w, `<html><head><title>安全验证</title></head><body><p>您的访问过于频繁，请输入验证码后继续访问</p><form><input name="captcha"><img src="/captcha.jpg"></form></body></html>`)
		return
	}
	if r.URL.Path != "/list" {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, `<html><head><title>招标公告</title></head><body><h1>招标公告</h1><table><tr><th>公告标题</th><th>采购人</th><th>项目编号</th><th>发布日期</th></tr>`)
	notices := s.notices(1)
	if during(s.week, boxFrom, boxTo) {
		notices = notices[:6]
	}
	for _, n := range notices {
		fmt.Fprintf(w, `<tr><td>%s%s</td><td>%s</td><td>XM-%s</td><td>%s</td></tr>`, n.buyer, n.title, n.buyer, n.id, n.day.Format(time.DateOnly))
	}
	fmt.Fprint(w, `</table></body></html>`)
}

// tenderList names buyers only on the notices' own pages.
func (s *yearSites) tenderList(w http.ResponseWriter, r *http.Request) {
	if during(s.week, outageFrom, outageTo) {
		http.Error(w, "maintenance", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/list" {
		fmt.Fprint(w, `<html><head><title>招标公告</title></head><body><h1>招标公告</h1><ul class="list">`)
		for _, n := range s.notices(2) {
			fmt.Fprintf(w, `<li><a href="/notice/%s">%s</a><span>%s</span></li>`, n.id, n.title, n.day.Format(time.DateOnly))
		}
		fmt.Fprint(w, `</ul></body></html>`)
		return
	}
	for _, n := range s.notices(2) {
		if r.URL.Path == "/notice/"+n.id {
			fmt.Fprintf(w, `<html><head><title>%[1]s</title></head><body><h1>%[1]s</h1><p>发布时间：%[2]s</p><div class="content">
<p>%[3]s就以下项目进行公开招标，欢迎合格的供应商前来投标。</p><p>一、项目基本情况</p><p>项目编号：XM-%[4]s</p><p>项目名称：%[1]s</p>
<p>采购需求：详见招标文件。</p><p>二、联系方式</p><p>采购人：%[3]s</p><p>地址：工业路1号</p></div></body></html>`, n.title, n.day.Format(time.DateOnly), n.buyer, n.id)
			return
		}
	}
	http.NotFound(w, r)
}
