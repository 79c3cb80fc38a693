package imports_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/imports"
	"dealvitals/signals"
	"dealvitals/store/bolt"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// world is a store with customer C1, contact K1 and deal D1, and an importer into it.
type world struct {
	*testing.T
	db       *bolt.DB
	path     string
	importer *imports.Importer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	w.good("customers", "id,name\nC1,华辰精密制造股份有限公司\n")
	w.good("contacts", "id,customer_id,name,wecom_id\nK1,C1,张三,wm1\n")
	w.good("deals", "id,customer_id,name,owner,amount,contacts\nD1,C1,MES二期,李娜,320万元,K1\n")
	return w
}

func emptyWorld(t *testing.T) *world {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deals.db")
	db, err := bolt.Open(path, bolt.Options{NoSync: true, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{T: t, db: db, path: path, importer: &imports.Importer{
		Customers: db.Customers, Deals: db.Deals, Contacts: db.Contacts, Targets: db.Targets, Interactions: db.Interactions, Outcomes: db.Outcomes, Policies: db.Policies,
		CheckSchedule: func(string) error { return nil }, Clock: func() time.Time { return now },
	}}
}

// take imports a table.
func (w *world) take(kind string, table io.Reader, o imports.Options) (imports.Report, error) {
	o.Actor, o.At = "test", now
	return w.importer.Import(w.Context(), kind, table, o)
}

// good imports a table that must have no problem.
func (w *world) good(kind, table string) imports.Report {
	w.Helper()
	r, err := w.take(kind, strings.NewReader(table), imports.Options{})
	if err != nil {
		w.Fatalf("%s: %v %v", kind, err, r.Problems)
	}
	return r
}

// bad imports a table that must be refused, and lists its problems.
func (w *world) bad(kind, table string) string {
	w.Helper()
	_, err := w.take(kind, strings.NewReader(table), imports.Options{})
	var bad *imports.BadTableError
	if !errors.As(err, &bad) {
		w.Fatalf("%s: %v, want a BadTableError", kind, err)
	}
	var lines []string
	for _, p := range bad.Problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

func workbookOf(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := errors.Join(f.Write(&out), f.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTablesOfEveryFormReadTheSame(t *testing.T) {
	chinese := "商机编号,客户编号,商机名称,销售,金额(万元),预计成交日期,产品关键词\nD9,C1,产线MES,王芳,\"1,320.5\",2026年12月1日,MES；制造执行系统\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(chinese)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(strings.ReplaceAll(chinese, ",", "\t"), "\"1\t320.5\"", "1320.5"))
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range map[string]string{
		"UTF-8":                    chinese,
		"UTF-8 with a mark":        "\uFEFF" + chinese,
		"GB18030":                  gbk,
		"UTF-16 with tabs":         utf16,
		"semicolons":               "ID;Customer ID;Name;OWNER;Amount;expected_close;keywords\nD9;C1;产线MES;王芳;￥13,205,000.00元;2026/12/1;\"MES;制造执行系统\"\n",
		"full-width headings":      "ｉｄ,customer＿id,name,owner,amount,expected close,keywords\n D9 ,C1,产线MES,王芳,1320.5万,2026-12-01,MES;制造执行系统\n\n,,,\n",
		"a workbook":               string(workbookOf(t, []any{"商机编号", "客户编号", "商机名称", "销售", "金额", "预计成交日期", "产品关键词"}, []any{"D9", "C1", "产线MES", "王芳", 13205000, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), "MES;制造执行系统"})),
		"CRLF and a column unread": strings.ReplaceAll("id,customer_id,name,owner,amount,expected_close,keywords,备注\nD9,C1,产线MES,王芳,13205000,2026.12.01,MES;制造执行系统,x\n", "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := w.good("deals", table)
			if r.Created != 1 || r.Rows != 1 || strings.Join(r.DealsChanged, " ") != "D9" {
				t.Errorf("the report is %+v", r)
			}
			d, err := w.db.Deals.Get(t.Context(), "D9", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(d.Name, d.Owner, d.Amount, d.Currency, d.ExpectedClose, d.Keywords)
			if want := "产线MES王芳13205000CNY2026-12-01 [MES 制造执行系统]"; got != want {
				t.Errorf("the deal reads %s, want %s", got, want)
			}
		})
	}
}

func TestEveryBadRowIsReportedAndNothingIsWritten(t *testing.T) {
	w := newWorld(t)
	got := w.bad("deals", `id,customer_id,name,owner,amount,expected_close,currency
D2,C1,good,anna,100,,
D3,C9,no customer,anna,100,,
D4,C1,no amount,anna,"1,5",,
D2,C1,twice,anna,-5,,
,C1,no id,anna,1e999999999,2026-02-30,yuan
D6,C1,"open quote" x,anna,1,,
D7,C1,wide,anna,1,,,extra
`)
	for n, want := range []string{
		"line 3, column customer_id: there is no customer C9", "line 4, column amount", "line 5, column amount: an amount must not be negative",
		"line 5, column id: D2 stands in line 2 already", "line 6, column id", "line 6, column amount", "line 6, column currency",
		"line 6, column expected_close", "line 7: a quotation mark", "line 8: it has more cells than the heading",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("problem %d, %q, is not told in\n%s", n, want, got)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 10 {
		t.Errorf("%d problems are told, want 10:\n%s", n, got)
	}
	if deals, err := w.db.Deals.List(t.Context(), time.Time{}, "", 0); err != nil || len(deals) != 1 {
		t.Errorf("there are %d deals, %v; want the one of before", len(deals), err)
	}
	if got := w.bad("deals", "id,name\nD1,x\n"); !strings.Contains(got, "column customer_id (客户编号) is missing") || !strings.Contains(got, "owner (销售)") {
		t.Errorf("missing columns are told as %s", got)
	}
	if got := w.bad("customers", "id,name\nC2,\"never closed\nC3,x\nC4,y\n"); !strings.Contains(got, "line 2: a quotation mark that opens a cell is not closed") {
		t.Errorf("a quotation mark that swallows the rest is told as %s", got)
	}
}

func TestPartialAndDryRuns(t *testing.T) {
	w := newWorld(t)
	table := "id,name\nC2,good\n,no id\n"
	r, err := w.take("customers", strings.NewReader("id,name,credit_code\nC1,华辰,91350211M0000XUF46\nC2,new,\n"), imports.Options{DryRun: true})
	if err != nil || r.Created != 1 || r.Updated != 1 || !r.DryRun || len(r.CustomersChanged) != 0 || len(r.Warnings) != 1 {
		t.Errorf("the dry run says %+v, %v", r, err)
	}
	if _, err := w.db.Customers.Get(t.Context(), "C2", time.Time{}); err == nil {
		t.Error("the dry run wrote C2")
	}
	r, err = w.take("customers", strings.NewReader(table), imports.Options{Partial: true})
	if err != nil || r.Created != 1 || len(r.Problems) != 1 {
		t.Errorf("the partial import says %+v, %v", r, err)
	}
	r, err = w.take("customers", strings.NewReader(table), imports.Options{Partial: true})
	if err != nil || r.Unchanged != 1 || len(r.CustomersChanged) != 0 {
		t.Errorf("the second time it says %+v, %v", r, err)
	}
}

func TestColumnsThatATableLacksStayAsTheyAre(t *testing.T) {
	w := newWorld(t)
	target := signals.Target{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "https://a.example/", Schedule: "0 6 * * *", Paused: true, Always: true, Reading: signals.Reading{Extractor: "css"}}
	if _, err := w.db.Targets.Put(t.Context(), []signals.Target{target}, "admin", now); err != nil {
		t.Fatal(err)
	}
	w.good("targets", "id,类型,客户编号,网址\nT1,招聘,C1,https://b.example/\n")
	got, err := w.db.Targets.Get(t.Context(), "T1", time.Time{})
	if err != nil || got.URL != "https://b.example/" || got.Schedule != target.Schedule || got.Reading.Extractor != "css" || !got.Paused || !got.Always {
		t.Errorf("the target reads %+v, %v", got, err)
	}
	if r := w.good("deals", "id,customer_id,name,owner,amount\nD1,C1,MES二期,李娜,3200000.00\n"); r.Unchanged != 1 {
		t.Errorf("the same deal with fewer columns is a change: %+v", r)
	}
}

func TestAHiringPageIsSaidToShowAllJobs(t *testing.T) {
	w := newWorld(t)
	shows := func() bool {
		got, err := w.db.Targets.Get(t.Context(), "T1", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return got.ShowsAll
	}
	w.good("targets", "id,类型,客户编号,网址,显示全部岗位\nT1,招聘,C1,https://a.example/,是\n")
	if !shows() {
		t.Error("the column is not read")
	}
	w.good("targets", "id,类型,客户编号,网址,计划\nT1,招聘,C1,https://a.example/,0 6 * * *\n")
	if !shows() {
		t.Error("a table without the column takes it back")
	}
	w.good("targets", "id,类型,客户编号,网址\nT1,招聘,C1,https://b.example/\n")
	if shows() {
		t.Error("what was said of one page is taken for another")
	}
	if problems := w.bad("targets", "id,类型,网址,shows_all\nT2,采购,https://c.example/,yes\n"); !strings.Contains(problems, "shows_all") {
		t.Errorf("a tender site that shows all jobs is told as %s", problems)
	}
	if problems := w.bad("targets", "id,类型,客户编号,网址,shows_all\nT1,招聘,C1,https://c.example/,maybe\n"); !strings.Contains(problems, "neither yes") {
		t.Errorf("a word that is neither is told as %s", problems)
	}
}

func TestATenderSiteSaysWhosePurchasesItShows(t *testing.T) {
	w := newWorld(t)
	w.good("targets", "id,类型,网址,覆盖客户\nT2,采购,https://b.example/,C1；地区：江苏;行业 医疗;全部\n")
	w.good("targets", "id,类型,网址\nT2,采购,https://c.example/\n")
	got, err := w.db.Targets.Get(t.Context(), "T2", time.Time{})
	if err != nil || strings.Join(got.Covers, " ") != "C1 region:江苏 industry:医疗 *" || got.URL != "https://c.example/" {
		t.Errorf("the target reads %+v, %v", got, err)
	}
	for _, table := range []string{
		"id,类型,网址,covers\nT3,采购,https://b.example/,C404\n",
		"id,类型,网址,covers\nT3,采购,https://b.example/,地区:\n",
		"id,类型,网址,客户编号,covers\nT3,招聘,https://b.example/,C1,C1\n",
	} {
		if problems := w.bad("targets", table); !strings.Contains(problems, "covers") {
			t.Errorf("%q: %s", table, problems)
		}
	}
}

func TestMessagesAreCountedAndTheirTextIsDropped(t *testing.T) {
	const secret = "机密预算报价"
	w := newWorld(t)
	table := "时间,商机编号,联系人编号,方向,类型,内容,时长\n" +
		"2026-11-20 10:30:00,D1,K1,收,text," + secret + ",\n" +
		"2026-11-20 10:30:00,D1,K1,收,text," + secret + ",\n" + // the very same again: two messages
		"2026/11/21 9:05,D1,K1,发,语音,,90\n" +
		"2026-11-22T09:00:00+08:00,D9,K9,out,call,," + "1分30秒\n"
	r := w.good("interactions", table)
	if r.Created != 4 || r.Unmapped != 1 || strings.Join(r.DealsChanged, " ") != "D1" {
		t.Errorf("the report is %+v", r)
	}
	if r := w.good("interactions", table); r.Created != 0 || r.Unchanged != 4 {
		t.Errorf("imported again the report is %+v", r)
	}
	h, err := w.db.Histories.Deal(t.Context(), "D1", now)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(h.WeChat.Interactions); n != 3 {
		t.Errorf("the deal has %d messages, want 3", n)
	}

	// Columns that are mixed up put the text where it does not belong.
	for _, mixed := range []string{
		"时间,联系人编号,方向,类型,内容\n" + secret + ",K1,收,text,x\n",
		"时间,联系人编号,方向,类型,内容\n2026-11-20 10:30:00,K1," + secret + ",text,x\n",
		"时间,联系人编号,方向,类型,内容\n2026-11-20 10:30:00,K1,收," + secret + ",x\n",
		"时间,联系人编号,方向,类型,内容,时长\n2026-11-20 10:30:00,K1,收,text,x," + secret + "\n",
		"时间,联系人编号,方向,类型,内容\n2026-11-20 10:30:00,K1,收,text,x," + secret + "\n",
		"时间,联系人编号,方向,类型,内容\n2026-11-20 10:30:00,K1,收,text,a \"" + secret + "\n",
	} {
		if told := w.bad("interactions", mixed); strings.Contains(told, secret) {
			t.Errorf("a problem tells the text: %s", told)
		}
	}
	kept, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(kept, []byte(secret)) {
		t.Error("the text of a message stands in the store")
	}
}

func template(t testing.TB, kind string) []byte {
	t.Helper()
	table, err := imports.Template(kind)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTemplatesCanBeImported(t *testing.T) {
	w := emptyWorld(t)
	for _, kind := range imports.Kinds() {
		w.good(kind, string(template(t, kind)))
	}
}

func TestWhatIsNoTableIsSaid(t *testing.T) {
	w := newWorld(t)
	for name, file := range map[string]string{
		"an empty file": "", "an old Excel file": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a broken workbook": "PK\x03\x04 broken",
	} {
		var wrong *imports.FileError
		if _, err := w.take("deals", strings.NewReader(file), imports.Options{}); !errors.As(err, &wrong) {
			t.Errorf("%s: %v, want a FileError", name, err)
		}
	}
	var kind *imports.KindError
	if _, err := w.take("offers", strings.NewReader("id\n"), imports.Options{}); !errors.As(err, &kind) {
		t.Errorf("an unknown kind: %v, want a KindError", err)
	}
}

// FuzzImport: no table makes the reader panic, and each is either refused with typed
// errors or read.
func FuzzImport(f *testing.F) {
	for _, kind := range imports.Kinds() {
		f.Add(kind, template(f, kind))
	}
	f.Add("deals", []byte("id;金额(万元)\n\"D1;1e9"))
	f.Add("deals", []byte("商机编号,客户编号,商机名称,销售,金额,状态,并入商机,分成\nD1,C1,x,y,1,赢单,D2,a/b:33.3%;c：66.7％\n"))
	f.Add("interactions", []byte("\xff\xfet\x00i\x00m\x00e\x00"))
	f.Fuzz(func(t *testing.T, kind string, table []byte) {
		w := emptyWorld(t)
		r, err := w.take(kind, bytes.NewReader(table), imports.Options{DryRun: true, Partial: true})
		var wrongFile *imports.FileError
		var bad *imports.BadTableError
		var unknown *imports.KindError
		var span *imports.SpanError
		if err != nil && !errors.As(err, &wrongFile) && !errors.As(err, &bad) && !errors.As(err, &unknown) && !errors.As(err, &span) {
			t.Errorf("the error has no type: %v", err)
		}
		for _, p := range r.Problems {
			if p.Line < 1 || p.Detail == "" {
				t.Errorf("a problem says nothing: %+v", p)
			}
		}
	})
}
