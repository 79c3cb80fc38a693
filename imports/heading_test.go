package imports_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/imports"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What spreadsheets of real companies look like: a title, headings of their own, notes in
// cells that have nothing to say.
func TestATableIsReadAsPeopleKeepIt(t *testing.T) {
	const row = "D9,C1,产线MES,王芳,1320.5,待定,MES、制造执行系统\n"
	for name, tt := range map[string]struct {
		table   string
		columns map[string]string
		warns   string
	}{
		"a title above the heading": {"2026年11月商机清单,,,,,,\n制表：销售运营部,,,,,,\n商机编号,客户编号,商机名称,销售,金额（万元）,预计成交日期,产品关键词\n" + row, nil, "line 3: this line is taken for the heading"},
		"headings of a CRM":         {"商机ID,客户代码,项目名称,客户经理,预计签单金额（万元）,预计结单日期,关键字\n" + row, nil, ""},
		"headings that nobody knows": {
			"编码,客户编号,商机名称,销售,本币额（万元）,预计成交日期,产品关键词\n" + row,
			map[string]string{"id": "编码", "amount": "本币额（万元）"}, "",
		},
		"two columns of one meaning": {"商机编号,客户编号,商机名称,销售,金额(万元),预计成交日期,关键词,项目名称\n" + strings.TrimSpace(row) + ",另一个\n", nil, "column 项目名称: this column was not read: 商机名称 is the one for name"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			gbk, err := simplifiedchinese.GB18030.NewEncoder().String(tt.table)
			if err != nil {
				t.Fatal(err)
			}
			r, err := w.take("deals", strings.NewReader(gbk), imports.Options{Columns: tt.columns})
			if err != nil {
				t.Fatal(err)
			}
			if said := fmt.Sprint(r.Warnings); (tt.warns == "") != (len(r.Warnings) == 0) || !strings.Contains(said, tt.warns) {
				t.Errorf("it warns of %s", said)
			}
			d, err := w.db.Deals.Get(t.Context(), "D9", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(d.Name, d.Owner, d.Amount, d.ExpectedClose, d.Keywords); got != "产线MES王芳13205000 <nil> [MES 制造执行系统]" {
				t.Errorf("the deal reads %s", got)
			}
		})
	}
}

func TestAHeadingThatLacksAColumnSaysWhichMayStandForIt(t *testing.T) {
	w := newWorld(t)
	for table, want := range map[string]string{
		"客户编号,全名,职务\nC9,甲,乙\n":   "the column name (客户名称) is missing: add it to the heading, or say which heading stands for it, as --columns name=全名 (over HTTP columns); not known are 全名, 职务",
		"id,name,name\nC9,a,b\n": "this is the second column for name",
	} {
		if got := w.bad("customers", table); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for named, want := range map[string]string{"names=全名": "customers have no such column: there are id, name", "name=全称": "there is no heading 全称: the headings are 客户编号, 全名"} {
		key, heading, _ := strings.Cut(named, "=")
		_, err := w.take("customers", strings.NewReader("客户编号,全名\nC9,甲\n"), imports.Options{Columns: map[string]string{key: heading}})
		var bad *imports.BadTableError
		if !errors.As(err, &bad) || !bad.Heading || !strings.Contains(fmt.Sprint(bad.Problems), want) {
			t.Errorf("%s: %v", named, err)
		}
	}
}

func TestNamesInTwoColumnsAreAllRead(t *testing.T) {
	w := newWorld(t)
	r := w.good("customers", "客户编号,客户名称,简称,曾用名\nC9,华辰精密制造股份有限公司,华辰、华辰精密,华辰机床厂\nC8,乙,\"甲，丙\",-\n")
	c, err := w.db.Customers.Get(t.Context(), "C9", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c.Aliases); got != "[{华辰 short} {华辰精密 short} {华辰机床厂 former}]" {
		t.Errorf("the aliases are %s", got)
	}
	if said := fmt.Sprint(r.Warnings); !strings.Contains(said, `line 3, column 简称: "甲，丙" is taken for one: separate several with ;`) {
		t.Errorf("it warns of %s", said)
	}
}

func TestALongImportSaysHowFarItIs(t *testing.T) {
	w := newWorld(t)
	var table strings.Builder
	table.WriteString("id,name\n")
	for i := range 40_001 {
		fmt.Fprintf(&table, "C%d,n\n", i)
	}
	var heard []int
	if _, err := w.take("customers", strings.NewReader(table.String()), imports.Options{DryRun: true, Progress: func(rows int) { heard = append(heard, rows) }}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(heard) != "[20000 40000]" {
		t.Errorf("progress was told at %v", heard)
	}
}
