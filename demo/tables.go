package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"time"

	"dealvitals/signals"
)

// Table is a CSV table as a user would import it.
type Table struct {
	Kind string
	CSV  []byte
}

// Tables lists what the company brings: customers, contacts, deals and targets.
func (w *World) Tables() []Table {
	return []Table{
		{"customers", customersTable()},
		{"contacts", contactsTable()},
		{"deals", w.dealsTable()},
		{"targets", w.targetsTable()},
	}
}

func customersTable() []byte {
	t := newTable("客户编号", "客户名称", "别名", "统一社会信用代码", "地区", "行业")
	for _, c := range cast() {
		t.row(c.id, c.name, c.short, c.code, c.region, c.industry)
	}
	return t.bytes()
}

func contactsTable() []byte {
	t := newTable("联系人编号", "customer_id", "姓名", "wecom_id")
	for _, c := range cast() {
		for _, l := range c.lines {
			for _, d := range l.deals {
				for i, id := range contactsOf(d) {
					t.row(id, c.id, fmt.Sprintf("关键人%s-%d", d.id, i+1), "wm"+id)
				}
			}
		}
	}
	return t.bytes()
}

// contactsOf is the ids of a deal's key contacts.
func contactsOf(d deal) []string { return []string{"K-" + d.id + "-1", "K-" + d.id + "-2"} }

func (w *World) dealsTable() []byte {
	t := newTable("商机编号", "customer_id", "商机名称", "销售", "团队", "region", "产品线", "金额", "币种", "阶段", "预计成交日期", "产品关键词", "关键人")
	for _, c := range cast() {
		for _, l := range c.lines {
			p := products()[l.product]
			for _, d := range l.deals {
				contacts := contactsOf(d)
				t.row(d.id, c.id, d.name, d.owner, teams()[d.owner], c.region, p.name, d.amount, d.currency, d.stage,
					signals.DateOf(w.now.In(signals.Shanghai)).AddDays(d.closeIn).String(), p.keywords, contacts[0]+";"+contacts[1])
			}
		}
	}
	return t.bytes()
}

func (w *World) targetsTable() []byte {
	t := newTable("id", "类型", "customer_id", "网址", "计划")
	for _, c := range cast() {
		t.row(hiringTarget(c), "招聘", c.id, w.sites[hiringTarget(c)].address+c.site.path(), "")
	}
	for _, s := range tenderSites() {
		t.row(s.id(), "采购", "", w.sites[s.id()].address+s.path(), "")
	}
	return t.bytes()
}

// Messages is the exported chat logs of the last 40 days, and from when on they are complete.
func (w *World) Messages() (t Table, from time.Time) {
	from = w.now.AddDate(0, 0, -40)
	log := newTable("时间", "deal_id", "contact_id", "方向", "类型", "内容", "时长")
	for _, c := range cast() {
		for _, l := range c.lines {
			for _, d := range l.deals {
				for _, m := range conversation(d, w.now) {
					log.row(m.at.Format(time.RFC3339), d.id, m.contact, m.direction, "text", m.text, "")
				}
			}
		}
	}
	return Table{"interactions", log.bytes()}, from
}

// table writes CSV.
type table struct {
	buffer bytes.Buffer
	writer *csv.Writer
}

func newTable(headings ...string) *table {
	t := &table{}
	t.writer = csv.NewWriter(&t.buffer)
	t.row(headings...)
	return t
}

// row writes a line. A bytes.Buffer does not fail.
func (t *table) row(cells ...string) { _ = t.writer.Write(cells) }

func (t *table) bytes() []byte {
	t.writer.Flush()
	return t.buffer.Bytes()
}
