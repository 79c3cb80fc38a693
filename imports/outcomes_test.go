package imports_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/imports"
)

func TestOutcomesAreReadInTheWordsOfCRMs(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ name, table, want string }{
		{"Chinese, in 万元", "商机编号,结果,关闭日期,成交金额(万元),输赢原因\nD1,赢单,2026年8月31日,298,价格\n", "won 2026-08-31 2980000 CNY 价格"},
		{"English", "deal_id,result,closed_at,final_amount,currency\nD1,Closed Won,2026-08-31,1200.50,usd\n", "won 2026-08-31 1200.5 USD 价格"},
		{"lost, without an amount", "deal_id,result,closed_at\nD1,丢单,2026/9/1\n", "lost 2026-09-01 1200.5 USD 价格"},
		{"the amount is emptied", "deal_id,result,closed_at,final_amount\nD1,取消,2026-09-01,\n", "cancelled 2026-09-01 nothing  价格"},
	} {
		w.good("outcomes", c.table)
		o, err := w.db.Outcomes.Get(t.Context(), "D1", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		amount := "nothing"
		if o.FinalAmount != nil {
			amount = o.FinalAmount.String()
		}
		if got := fmt.Sprintf("%s %s %s %s %s", o.Result, o.ClosedAt, amount, o.Currency, o.Reason); got != c.want {
			t.Errorf("%s: it reads %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOutcomesThatCannotBeAreNamed(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ row, want string }{
		{"D7,won,2026-08-31,1,CNY", "there is no deal D7"},
		{",won,2026-08-31,1,CNY", "must not be empty"},
		{"D1,negotiation,2026-08-31,1,CNY", "leave out deals that are still open"},
		{"D1,won,2026-11-25,1,CNY", "2026-11-25 has not come yet"},
		{"D1,won,soon,1,CNY", "is no day"},
		{"D1,won,,1,CNY", "must not be empty"},
		{"D1,won,2026-08-31,-1,CNY", "must not be negative"},
		{"D1,won,2026-08-31,much,CNY", "is no amount"},
		{"D1,won,2026-08-31,1,gold", "is no currency"},
		{"D1,won,2026-08-31,1,XYZ", "is no currency"},
	} {
		if got := w.bad("outcomes", "deal_id,result,closed_at,final_amount,currency\n"+c.row+"\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.row, got)
		}
	}
	r, err := w.take("outcomes", strings.NewReader("deal_id,result,closed_at\nD1,won,2026-08-31\nD7,won,2026-08-31\n"), imports.Options{Partial: true})
	if err != nil || r.Created != 1 || len(r.Problems) != 1 {
		t.Errorf("a partial import: %+v, %v", r, err)
	}
	r, err = w.take("outcomes", strings.NewReader("deal_id,result,closed_at\nD1,lost,2026-08-31\n"), imports.Options{DryRun: true})
	if err != nil || r.Updated != 1 {
		t.Errorf("a dry run: %+v, %v", r, err)
	}
	if o, err := w.db.Outcomes.Get(t.Context(), "D1", time.Time{}); err != nil || !o.Result.Won() {
		t.Errorf("the dry run wrote: %+v, %v", o, err)
	}
}
