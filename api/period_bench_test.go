package api_test

import (
	"fmt"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// BenchmarkLockPeriodOf100000Deals answers for 100 000 scored deals, keeps the period, and
// compares each line with the period before.
func BenchmarkLockPeriodOf100000Deals(b *testing.B) {
	w := newWorld(b)
	w.now = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	w.customer()
	for first := 0; first < 100_000; first += 1000 {
		deals, verdicts := make([]signals.Deal, 1000), make([]store.Verdict, 1000)
		for i := range deals {
			id := fmt.Sprintf("D-%06d", first+i)
			deals[i] = signals.Deal{ID: id, CustomerID: "C1", Owner: "李雷", Amount: decimal.NewFromInt(int64(i)), Currency: "CNY"}
			e := evaluation(id, w.now, i%10 == 0)
			verdicts[i] = store.Verdict{DealID: id, Evaluation: &e}
			if d, ok := scorer.Decide(nil, []scorer.Evaluation{e}, scorer.Turn{}, scorer.DefaultPolicy(), w.now); ok {
				verdicts[i].Decision = d
			}
		}
		_, err := w.db.Deals.Put(b.Context(), deals, "crm", w.now)
		w.must(err)
		_, err = w.db.Verdicts.Record(b.Context(), verdicts)
		w.must(err)
	}
	w.pass(24 * time.Hour)
	month := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		cutOff := w.clock()
		p, err := w.desk().LockPeriod(b.Context(), month.Format("2006-01"), desk.PeriodLocking{CutOff: &cutOff}, "payroll")
		w.must(err)
		if p.Summary.Deals != 100_000 || p.Summary.Frozen != 10_000 {
			b.Fatal(p.Summary)
		}
		month = month.AddDate(0, 1, 0)
		w.pass(31 * 24 * time.Hour)
	}
}
