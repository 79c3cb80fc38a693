package api_test

import (
	"fmt"
	"testing"

	"dealvitals/api/desk"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// BenchmarkMyDealsAmong100000 lists the ten deals of one payee among 100 000.
func BenchmarkMyDealsAmong100000(b *testing.B) {
	w := newWorld(b)
	w.customer()
	var deals []signals.Deal
	for i := range 100_000 {
		owner := "韩梅梅"
		if i%10_000 == 0 {
			owner = "李雷"
		}
		deals = append(deals, signals.Deal{ID: fmt.Sprintf("D%06d", i), CustomerID: "C1", Name: "商机", Owner: owner, Region: "华东", Amount: decimal.NewFromInt(1_000_000), Currency: "CNY", Keywords: []string{"MES", "制造执行系统"}})
	}
	_, err := w.db.Deals.Put(b.Context(), deals, "crm", w.clock())
	w.must(err)
	for b.Loop() {
		mine, err := w.desk().MyDeals(b.Context(), desk.Payee{Subject: "李雷", Lang: "zh"}, "", 50)
		if err != nil || len(mine.Deals) != 10 {
			b.Fatal(len(mine.Deals), err)
		}
	}
}
