package imports_test

import (
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func TestDealsSayWhoSharesThemAndWhereTheyStand(t *testing.T) {
	w := newWorld(t)
	w.good("customers", "id,name\nC1,宏图机械有限公司\n")
	r := w.good("deals", `商机编号,客户编号,商机名称,销售,金额,阶段,状态,并入商机,分成
D1,C1,一期,李娜,100,方案,,,E101/李娜：60％；王强:40
D2,C1,二期,李娜,100,赢单,,,
D3,C1,三期,李娜,100,赢单,进行中,,
D4,C1,四期,李娜,100,,输单,,
D5,C1,五期,李娜,100,,激活,D1,
`)
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Detail, "激活") {
		t.Errorf("warnings: %v", r.Warnings)
	}
	get := func(id string) signals.Deal {
		d, err := w.db.Deals.Get(t.Context(), id, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d1 := get("D1")
	if len(d1.Payees) != 2 || d1.Payees[0].ID != "E101" || d1.Payees[0].Name != "李娜" || d1.Payees[0].Share.String() != "60" || d1.Payees[1].ID != "王强" || d1.Payees[1].Share.String() != "40" {
		t.Errorf("payees of D1: %+v", d1.Payees)
	}
	for id, want := range map[string]signals.DealStatus{"D1": signals.DealOpen, "D2": signals.DealWon, "D3": signals.DealOpen, "D4": signals.DealLost, "D5": signals.DealMerged} {
		if got := get(id).Standing(); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}

	// A table without these columns leaves them as they are; one with a stage tells the status anew.
	w.good("deals", "id,customer_id,name,owner,amount\nD1,C1,一期,李娜,100\nD4,C1,四期,李娜,100\nD5,C1,五期,李娜,100\n")
	w.good("deals", "id,customer_id,name,owner,amount,stage\nD2,C1,二期,李娜,100,方案\n")
	if len(get("D1").Payees) != 2 || get("D4").Status != signals.DealLost || get("D5").MergedInto != "D1" || get("D2").Closed() {
		t.Errorf("after a table without the columns: %+v %+v %+v %+v", get("D1"), get("D4"), get("D5"), get("D2"))
	}

	for cell, want := range map[string]string{
		"李娜:60%;王强:41%": "add up to 101", "李娜": "no payee with a share", "李娜:0%": "above 0", "李娜:50;李娜:10": "stands there twice", ":5": "no id",
	} {
		if got := w.bad("deals", "id,customer_id,name,owner,amount,payees\nD9,C1,x,李娜,100,"+cell+"\n"); !strings.Contains(got, want) {
			t.Errorf("%s: %s", cell, got)
		}
	}
	if got := w.bad("deals", "id,customer_id,name,owner,amount,merged_into\nD9,C1,x,李娜,100,D9\n"); !strings.Contains(got, "into itself") {
		t.Errorf("a deal merged into itself: %s", got)
	}
}
