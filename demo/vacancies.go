package demo

import (
	"fmt"
	"time"

	"dealvitals/signals"
)

// vacancy is one job that a hiring site shows.
type vacancy struct {
	ID         int
	Title      string
	Department string
	Place      string
	Heads      int
	Opened     time.Time
}

// Day is the opening date as most sites write it.
func (v vacancy) Day() string { return signals.DateOf(v.Opened.In(signals.Shanghai)).String() }

// Millis is the opening time as some APIs write it.
func (v vacancy) Millis() int64 { return v.Opened.UnixMilli() }

// jobTitle is a job with the department that it belongs to.
type jobTitle struct{ title, department string }

func chineseJobs() []jobTitle {
	return []jobTitle{
		{"MES实施工程师", "信息中心"}, {"工艺工程师", "制造部"}, {"设备维修技师", "设备部"}, {"质量检验员", "质量部"},
		{"采购专员", "供应链"}, {"财务主管", "财务部"}, {"数控车工", "制造部"}, {"Java开发工程师", "信息中心"},
		{"销售经理", "市场部"}, {"人力资源专员", "人力资源部"}, {"安全管理员", "安环部"}, {"仓库管理员", "供应链"},
		{"电气工程师", "设备部"}, {"法务专员", "法务部"}, {"项目经理", "项目部"}, {"数据分析师", "信息中心"},
		{"网络安全工程师", "信息中心"}, {"机械设计工程师", "研发部"}, {"行政助理", "行政部"}, {"成本会计", "财务部"},
		{"测试工程师", "研发部"}, {"物流调度员", "供应链"}, {"品牌主管", "市场部"}, {"培训讲师", "人力资源部"},
		{"结构工程师", "研发部"}, {"客户服务专员", "市场部"}, {"运维工程师", "信息中心"}, {"产品经理", "研发部"},
		{"审计专员", "审计部"}, {"焊接技师", "制造部"}, {"嵌入式软件工程师", "研发部"}, {"环保工程师", "安环部"},
	}
}

func englishJobs() []jobTitle {
	return []jobTitle{
		{"Service Engineer", "Field Service"}, {"Welding Inspector", "Quality"}, {"Embedded Software Engineer", "R&D"},
		{"Procurement Manager", "Supply Chain"}, {"Financial Controller", "Finance"}, {"Site Manager", "Projects"},
		{"Data Engineer", "IT"}, {"HSE Coordinator", "Operations"}, {"Blade Designer", "R&D"}, {"Payroll Specialist", "People"},
		{"Logistics Planner", "Supply Chain"}, {"Key Account Manager", "Sales"}, {"Test Technician", "Quality"},
		{"Maintenance Planner", "Operations"}, {"Legal Counsel", "Legal"}, {"Hydraulics Engineer", "R&D"},
		{"Talent Partner", "People"}, {"Crane Operator", "Operations"}, {"Network Engineer", "IT"}, {"Control Systems Engineer", "R&D"},
		{"Warehouse Lead", "Supply Chain"}, {"Commissioning Engineer", "Projects"}, {"Cost Accountant", "Finance"}, {"Sales Analyst", "Sales"},
	}
}

// vacanciesOf is what a customer's site shows at a moment: the jobs that were open on
// the first, and on the second those of them still open with what the month opened.
func vacanciesOf(c customer, n int, now time.Time, second bool) []vacancy {
	titles := chineseJobs()
	if c.site == siteLever {
		titles = englishJobs()
	}
	const old = 9
	var all []vacancy
	add := func(i int, opened time.Time) {
		t := titles[(n*5+i)%len(titles)]
		all = append(all, vacancy{
			ID: 4000 + n*100 + i, Title: t.title, Department: t.department, Place: c.city, Heads: 1 + (n+i)%3, Opened: opened,
		})
	}
	if second {
		for i := range c.hiring.newJobs() {
			add(old+i, now.AddDate(0, 0, -2-2*i))
		}
	}
	for i := range old {
		filled := second && i%4 == 3
		if !filled {
			add(i, now.AddDate(0, 0, -50-11*i))
		}
	}
	return all
}

// pageOf cuts one page, counted from 1, out of a list.
func pageOf[T any](all []T, page, size int) []T {
	from := min((page-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

// pagesOf is how many pages a list has, at least one.
func pagesOf(n, size int) int { return max(1, (n+size-1)/size) }

func (v vacancy) String() string { return fmt.Sprintf("%s (%s)", v.Title, v.Place) }
