package induce

import (
	"strings"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/records"
)

// pageFacts is what a page says of itself as a whole.
type pageFacts struct {
	jobs    int // how much speaks for a page about jobs: address, title, headings
	heading string
	other   bool // the page's title or address names something else: courses, products, news
}

var pageWords = anyof.Of("招聘", "招工", "职位", "岗位", "加入我们", "人才", "诚聘", "招贤", "纳士", "求职", "应聘", "用人", "career", "job", "vacanc", "open position", "opening", "open role", "opportunit", "join us", "join our", "we're hiring", "we are hiring", "hiring", "employment", "work with us", "work at", "karriere", "stellen", "emploi", "recrut", "empleo", "internship", "聘", "採用", "採用情報", "職缺", "徵才", "채용", "校招", "社招", "oferty pracy", "lediga", "ledige stilling", "vacature", "werken bij", "lavora con noi", "posizioni aperte", "vagas", "trabalhe", "työpaik", "job offers", "tuyển dụng", "việc làm", "вакансии", "вакансия", "وظائف", "الوظائف", "lowongan", "kariyer", "açık pozisyonlar")

var pageAddress = anyof.Of("job", "career", "position", "vacanc", "opening", "recruit", "zhaopin", "rencai", "hiring", "employment", "join", "talent", "hr.", "/hr", "work-with-us", "jiaru", "zhaoxian", "stellen", "karriere", "emploi", "51job", "liepin", "lagou", "zhipin", "zp", "greenhouse", "lever.co", "workable", "vacature", "vagas", "lediga", "oferta", "lavora", "praca", "tuyen-dung", "vakansii", "lowongan", "kariyer")

func (v *view) readFacts() *pageFacts {
	f := &pageFacts{}
	if pageAddress.In(casing.Lower(v.d.URL)) {
		f.jobs++
	}
	if pageWords.In(casing.Lower(v.o.Title)) {
		f.jobs += 2
	}
	f.other = otherPages.In(casing.Lower(v.o.Title)) || otherAddress.In(casing.Lower(v.d.URL))
	for i := range v.o.Leaves {
		leaf := &v.o.Leaves[i]
		e := &v.o.Elements[leaf.Element]
		if e.Level == 0 && e.Class&sayName == 0 || len(leaf.Text) > 80 || e.Region&(records.Foot|records.Dialog|records.Nav) != 0 {
			continue
		}
		if e.Level == 1 && f.heading == "" {
			f.heading = leaf.Text
		}
		if (e.Level > 0 && e.Level <= 3 || e.Class&sayName != 0) && words.LooksTitle(leaf.Text) < words.Title && pageWords.In(casing.Lower(leaf.Text)) {
			f.jobs += 2
			break
		}
	}
	return f
}

var (
	otherPages   = anyof.Of("课程", "培训", "教程", "学院", "产品", "商品", "新闻", "资讯", "动态", "图书", "视频", "招标", "采购", "course", "training", "product", "news", "blog", "books", "shop", "store", "team", "leadership", "people", "团队", "专家", "师资", "faculty", "staff directory")
	otherAddress = anyof.Of("/course", "/product", "/news", "/blog", "/shop", "/book", "/team", "/people", "/leadership", "/staff")
)

// accept decides whether a group of records is a list of jobs: the records must speak for
// themselves, or the page for them.
func (v *view) accept(c *candidate) bool {
	n := len(c.recs)
	if n == 0 {
		return false
	}
	seeded, strong, linked, duties, facts, some, crowded, second, teams := 0, 0, 0, 0, 0, 0, 0, 0, 0
	for i := range c.recs {
		r := &c.recs[i]
		if r.seeded {
			seeded++
		}
		if v.score[max(0, r.title)] >= 4 {
			strong++
		}
		if r.links == 1 {
			linked++
		}
		if r.links > 1 && r.seeds > 1 || r.seeds > 4 {
			crowded++
		}
		if r.duties {
			duties++
		}
		if r.facts >= 2 {
			facts++
		}
		if r.facts >= 1 {
			some++
		}
		if v.afterName(r) {
			second++
		}
		if words.Team(v.o.Leaves[max(0, r.title)].Text) {
			teams++
		}
	}
	evident := linked*2 >= n || duties*2 >= n || facts*2 >= n || v.o.Elements[c.recs[0].element].Around&sayJob != 0 && facts+linked > 0
	switch {
	case crowded*2 > n:
		return false
	case seeded*10 < 3*(n+c.others):
		return false
	case strong*10 < 3*n && !(linked*2 >= n && v.facts.jobs > 0) && !(!c.flat && duties*2 >= n && facts*2 >= n && v.facts.jobs >= 2):
		return false
	case teams*2 >= n && some == 0 && duties == 0:
		return false
	case second*2 > n && !evident:
		return false
	case v.facts.jobs == 0 && linked*2 < n && (v.facts.other || n < 3 && duties == 0):
		return false
	case c.flat && duties*2 < n && facts*3 < n && linked*2 < n && (some*2 < n || v.facts.jobs < 2):
		return false
	case evident && (v.facts.jobs > 0 || linked*2 >= n || duties*2 >= n || facts*3 >= 2*n):
		return true
	}
	return v.facts.jobs >= 2 && (strong*2 >= n || seeded*2 >= n && some*2 >= n) && (n >= 2 || duties > 0 || linked > 0 || facts > 0)
}

// afterName tells a title that follows the name of a person, as on a team's page.
func (v *view) afterName(r *rec) bool {
	if r.title <= r.from {
		return false
	}
	before := v.o.Leaves[r.title-1].Text
	if words.LooksTitle(before) != words.NotTitle || words.Fact(before) || words.Place(before) || numeric(before) || v.columnOf(v.o.Leaves[r.title-1].Element) != words.NoLabel || words.Unit(before) {
		return false
	}
	runes := len([]rune(before))
	if len(before) != runes {
		return runes >= 2 && runes <= 4
	}
	n := len(strings.Fields(before))
	return n >= 2 && n <= 4 && before[0] >= 'A' && before[0] <= 'Z' && len(before) < 40
}
