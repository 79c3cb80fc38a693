package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/signals"
)

// stage is what a notice of the demo announces.
type stage int

const (
	stageTender stage = iota
	stageCorrection
	stageAward
	stageTermination
)

// notice is one notice on a tender site.
type notice struct {
	ID        int
	Site      tenderSite
	Title     string
	Project   string
	ProjectNo string
	Stage     stage
	Buyer     string
	Agency    string
	Winner    string
	Region    string
	Wan       int // budget or award in 万元
	Published time.Time
}

// Day is the publication date.
func (n notice) Day() string { return signals.DateOf(n.Published.In(signals.Shanghai)).String() }

// Category is the site's own word for what the notice is.
func (n notice) Category() string {
	return [...]string{"公开招标公告", "更正公告", "中标结果公告", "废标公告"}[n.Stage]
}

// Yuan is the amount in yuan.
func (n notice) Yuan() int { return n.Wan * 10_000 }

// tenderSite is one of the sites that publish notices.
type tenderSite int

const (
	boardHTML tenderSite = iota // government procurement, list and detail pages
	boardJSON                   // public resource trading, JSON list
	boardGBK                    // a province's site, GBK
	boardRSS                    // a feed
)

func tenderSites() []tenderSite { return []tenderSite{boardHTML, boardJSON, boardGBK, boardRSS} }

// noticesAt lists every notice published until a moment, newest first.
func noticesAt(now, moment time.Time) []notice {
	w := &noticeWriter{now: now}
	for n, c := range cast() {
		for _, l := range c.lines {
			w.demand(n, c, l)
		}
		w.furniture(n, c)
	}
	w.others()
	var until []notice
	for _, n := range w.notices {
		if !n.Published.After(moment) {
			until = append(until, n)
		}
	}
	sortNewestFirst(until)
	return until
}

type noticeWriter struct {
	now     time.Time
	notices []notice
}

func (w *noticeWriter) add(n notice) {
	n.ID = 20260000 + len(w.notices)
	w.notices = append(w.notices, n)
}

// demand writes the projects that a customer puts out for a product line, over the last
// eighty days, with what the real world adds: a correction, the same project on a second
// site, an award of an older project.
func (w *noticeWriter) demand(customerNo int, c customer, l line) {
	p := products()[l.product]
	for i := range l.tender.projects() {
		n := w.project(customerNo, c, p, i)
		w.add(n)
		if i == 0 {
			twin := n
			twin.Site = (n.Site + 1) % boardRSS
			twin.Published = n.Published.AddDate(0, 0, 1)
			w.add(twin)
			w.add(corrected(n))
		}
	}
	if l.tender == high {
		w.add(w.awarded(customerNo, c, p))
	}
}

// furniture is what every customer buys that has nothing to do with our deals: by it the
// site is known to show what the customer buys, so that its silence says something.
func (w *noticeWriter) furniture(customerNo int, c customer) {
	project := fmt.Sprintf("%s%d年办公家具采购项目", c.name, w.now.Year())
	w.add(notice{
		Site: boardHTML, Stage: stageAward, Title: project + "中标结果公告", Project: project,
		ProjectNo: fmt.Sprintf("DV%d-%s-F01", w.now.Year(), c.id),
		Buyer:     c.name, Agency: agencyOf(customerNo), Winner: "良木家具有限公司", Region: c.region,
		Wan: 20 + customerNo*3, Published: w.now.AddDate(0, 0, -48-customerNo).Add(-2 * time.Hour),
	})
}

// project is the i-th demand of a line.
func (w *noticeWriter) project(customerNo int, c customer, p product, i int) notice {
	what := [...]string{"升级改造", "一期建设", "扩容", "运行维护服务", "配套设备采购"}[i]
	project := fmt.Sprintf("%s%d年%s%s项目", c.name, w.now.Year(), p.works, what)
	return notice{
		Site: tenderSites()[(customerNo+i)%4], Title: project + "公开招标公告", Project: project,
		ProjectNo: fmt.Sprintf("DV%d-%s%02d-%03d", w.now.Year(), c.id, len(p.name)%90, 100+i),
		Buyer:     c.name, Agency: agencyOf(customerNo), Region: c.region,
		Wan: 80 + (customerNo*37+i*61)%900, Published: w.now.AddDate(0, 0, -6-15*i).Add(-3 * time.Hour),
	}
}

func corrected(n notice) notice {
	n.Stage = stageCorrection
	n.Title = n.Project + "更正公告"
	n.Published = n.Published.AddDate(0, 0, 3)
	return n
}

// awarded is an older project that is decided in the window: shown, but no demand.
func (w *noticeWriter) awarded(customerNo int, c customer, p product) notice {
	project := fmt.Sprintf("%s%s试点项目", c.name, p.works)
	return notice{
		Site: boardHTML, Stage: stageAward, Title: project + "中标结果公告", Project: project,
		ProjectNo: fmt.Sprintf("DV%d-%s-A%02d", w.now.Year(), c.id, len(p.name)%90),
		Buyer:     c.name, Agency: agencyOf(customerNo), Winner: "远景信息技术有限公司", Region: c.region,
		Wan: 60 + customerNo*9, Published: w.now.AddDate(0, 0, -25).Add(-5 * time.Hour),
	}
}

// others writes notices of strangers, some of which name a customer without being its demand.
func (w *noticeWriter) others() {
	strangers := []struct{ buyer, project, region string }{
		{"临川市水务局", "城区供水管网改造工程", "江西"},
		{"华辰精密仪器（东莞）有限公司", "MES制造执行系统采购项目", "广东"}, // another legal entity of a like name
		{"长岭县教育局", "中小学课桌椅采购项目", "吉林"},
		{"白沙镇人民政府", "道路绿化养护服务项目", "海南"},
		{"东岭大学", "数据治理与数据中台建设项目", "陕西"},
		{"远山市公安局", "网络安全等级保护测评服务项目", "贵州"},
		{"沧海市妇幼保健院", "医用耗材采购项目", "河北"},
		{"临川市交通运输局", "智慧园区安防监控系统项目", "江西"},
	}
	for i := range 48 {
		s := strangers[i%len(strangers)]
		project := fmt.Sprintf("%s%s（%d标段）", s.buyer, s.project, 1+i/len(strangers))
		n := notice{
			Site: tenderSites()[i%3], Title: project + "公开招标公告", Project: project,
			ProjectNo: fmt.Sprintf("QT%d-%04d", w.now.Year(), 1000+i), Buyer: s.buyer, Agency: agencyOf(i), Region: s.region,
			Wan: 30 + i*7, Published: w.now.AddDate(0, 0, -1-i*2).Add(-time.Duration(i%7) * time.Hour),
		}
		if i%9 == 4 {
			n.Stage, n.Title = stageTermination, project+"废标公告"
		}
		w.add(n)
	}
	// Old ones, so that each list reaches back over the ninety days that count.
	for i, site := range tenderSites() {
		project := "临川市水务局泵站大修工程"
		w.add(notice{
			Site: site, Title: project + "公开招标公告", Project: project, ProjectNo: fmt.Sprintf("QT%d-08%02d", w.now.Year(), i),
			Buyer: "临川市水务局", Agency: agencyOf(i), Region: "江西", Wan: 260, Published: w.now.AddDate(0, 0, -130-i),
		})
	}
	// A customer as the winner of somebody else's purchase: named, but no demand of its own.
	w.add(notice{
		Site: boardHTML, Stage: stageAward, Title: "远山市公安局网络安全等级保护平台中标结果公告", Project: "远山市公安局网络安全等级保护平台",
		ProjectNo: fmt.Sprintf("QT%d-9001", w.now.Year()), Buyer: "远山市公安局", Agency: agencyOf(3), Winner: "云帆数据科技（杭州）有限公司",
		Region: "贵州", Wan: 420, Published: w.now.AddDate(0, 0, -9),
	})
}

func agencyOf(n int) string {
	agencies := []string{"中信达工程咨询有限公司", "国泰招标代理有限公司", "恒信项目管理有限公司"}
	return agencies[n%len(agencies)]
}

func sortNewestFirst(notices []notice) {
	less := func(a, b notice) int {
		if d := b.Published.Compare(a.Published); d != 0 {
			return d
		}
		return strings.Compare(a.Title, b.Title)
	}
	slices.SortStableFunc(notices, less)
}
