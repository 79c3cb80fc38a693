package outcome

import (
	"testing"

	"dealvitals/crawler/extract/page"
)

func TestNothingOpenInAPartOfTheHiringIsNotNothing(t *testing.T) {
	menu := `<ul class="nav"><li><a href="/s">社会招聘</a></li><li><a href="/x">校园招聘</a></li></ul>`
	for name, c := range map[string]struct {
		html  string
		empty bool
	}{
		"the campus part, beside a link to the rest": {`<title>加入我们</title><p>校园招聘：暂无岗位</p><a href="/s">社会招聘</a>`, false},
		"under its heading, beside another heading":  {`<title>加入我们</title><h3>校园招聘</h3><p>暂无岗位</p><h3>社会招聘</h3><p><a href="/s">进入</a></p>`, false},
		"under its heading, with a menu around":      {`<title>加入我们</title>` + menu + `<h2>社会招聘</h2><p>暂无招聘职位</p>`, true},
		"a page of the campus part only":             {`<title>校园招聘 - 某公司</title>` + menu + `<p>校园招聘暂无岗位</p>`, true},
		"both parts":                                 {`<title>加入我们</title><p>校园招聘：暂无岗位</p><p>社会招聘：暂无岗位</p>`, true},
		"the whole page":                             {`<title>加入我们</title>` + menu + `<p>目前暂无招聘岗位</p>`, true},
		"internships only":                           {`<title>Careers</title><p>There are currently no internship openings.</p><a href="/pro">Experienced professionals</a>`, false},
	} {
		d := page.Open(page.Page{URL: "https://example.com/jobs", ContentType: "text/html; charset=utf-8", Body: []byte("<html><body>" + c.html + "</body></html>")})
		if why, empty := NoJobs(d, true); empty != c.empty {
			t.Errorf("%s: empty %v (%s), want %v", name, empty, why, c.empty)
		}
		d.Close()
	}
}
