package words

import "testing"

func TestTitlesOfJobsAreToldFromOtherTexts(t *testing.T) {
	for _, c := range []struct {
		text string
		want Likeness
	}{
		{"销售经理", Title}, {"Java开发工程师", Title}, {"高级 Java 开发工程师（北京）", Title}, {"会计", Title}, {"出纳", Title}, {"检验员", Title}, {"铆工", Title}, {"课程顾问", Title},
		{"薪酬福利专员", Title}, {"客服", Title}, {"普工/操作工", Title}, {"财务负责人", Title}, {"HRBP", Title}, {"2027届管培生", Title}, {"市场部经理", Title}, {"区域销售总监-华东", Title},
		{"Java开发", WeakTitle}, {"前端开发（实习）", WeakTitle}, {"招聘公告", WeakTitle}, {"物流主管 2名", Title}, {"职位：销售经理", Title}, {"幼儿园老师", Title}, {"视频剪辑师", Title},
		{"Senior Software Engineer", Title}, {"Account Executive, Enterprise", Title}, {"Werkstudent Marketing (m/w/d)", Title}, {"Softwareentwickler", Title}, {"Registered Nurses", Title}, {"VP, Finance", Title},
		{"Head of People", Title}, {"Développeur web H/F", Title}, {"Summer Internship 2027", Title}, {"Solutions Architect (Remote)", Title}, {"Sr. Data Engineer", Title},

		{"关于我们", NotTitle}, {"新闻中心", NotTitle}, {"产品中心", NotTitle}, {"企业文化", NotTitle}, {"员工风采", NotTitle}, {"首页", NotTitle}, {"财务部", NotTitle}, {"销售部", NotTitle}, {"软件开发服务", NotTitle},
		{"本科以上学历，3年以上会计经验", NotTitle}, {"负责公司的销售工作", NotTitle}, {"客服热线", NotTitle}, {"岗位职责", NotTitle}, {"职位名称", NotTitle}, {"五险一金", NotTitle}, {"加入我们", NotTitle},
		{"解决方案", NotTitle}, {"公司召开销售经理工作会议", NotTitle}, {"产品经理培训课程", NotTitle}, {"会员", NotTitle}, {"员工成长", NotTitle}, {"运维管理系统", NotTitle}, {"员工", NotTitle}, {"有限公司", NotTitle},
		{"Engineering", NotTitle}, {"Sales", NotTitle}, {"About us", NotTitle}, {"Work with our engineers to ship products", NotTitle}, {"View all jobs", NotTitle}, {"Manage a team of developers", NotTitle},
		{"We are hiring", NotTitle}, {"5 years of experience as an engineer", NotTitle}, {"Privacy Policy", NotTitle}, {"Life at Acme", NotTitle}, {"Health insurance", NotTitle}, {"Meet the team", NotTitle},
	} {
		if got := LooksTitle(c.text); got != c.want {
			t.Errorf("%q: want %d, got %d", c.text, c.want, got)
		}
	}
}

func TestAHeadcountIsReadWhereItIsOne(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{{"3人", 3}, {"招聘人数：12人", 12}, {"销售经理（2名）", 2}, {"若干", 0}, {"500-1000人", 0}, {"职位1 名称", 0}, {"2026-11-24", 0}} {
		if got := Headcount(c.text); got != c.want {
			t.Errorf("%q: want %d, got %d", c.text, c.want, got)
		}
	}
}

func TestPlacesAreToldFromTitles(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{{"北京", true}, {"上海-浦东新区", true}, {"广东省深圳市", true}, {"Berlin, Germany", true}, {"Remote - US", true}, {"北京销售经理", false}, {"Engineer, Senior", false}, {"新闻中心", false}} {
		if got := Place(c.text); got != c.want {
			t.Errorf("%q: want %t, got %t", c.text, c.want, got)
		}
	}
}
