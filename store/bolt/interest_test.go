package bolt

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

func TestWhatIsOfInterestIsThatOfOpenDealsAndOfThePolicy(t *testing.T) {
	ctx, at := t.Context(), time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	db, err := Open(filepath.Join(t.TempDir(), "i.db"), Options{Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	good := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	good(db.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "云溪华光玻璃股份有限公司", Aliases: []signals.Alias{{Name: "华光玻璃"}}}, {ID: "C2", Name: "远山矿业有限公司"}}, "test", at))
	deal := func(id, customer, status string, keywords ...string) signals.Deal {
		return signals.Deal{ID: id, CustomerID: customer, Name: id, Owner: "o", Amount: decimal.NewFromInt(1), Currency: "CNY", Status: signals.DealStatus(status), Keywords: keywords}
	}
	good(db.Deals.Put(ctx, []signals.Deal{deal("D1", "C1", "", "余热|热回收", "-维修"), deal("D2", "C2", "won", "破碎机")}, "test", at))
	words, err := db.Runs.SoughtWords(ctx)
	if want := []string{"云溪华光玻璃股份有限公司", "余热", "华光玻璃", "热回收"}; err != nil || !slices.Equal(words, slices.Sorted(slices.Values(want))) {
		t.Errorf("%v, %v", words, err)
	}
	if days, err := db.Runs.TenderDays(ctx, at); err != nil || days != 90 {
		t.Errorf("%d, %v", days, err)
	}
	policy, err := db.Policies.At(ctx, at)
	good(nil, err)
	longer := 180
	policy.Segments = []scorer.Segment{{Name: "大客户", Match: scorer.SegmentMatch{Size: []string{"大型"}}, Factors: map[signals.Factor]scorer.FactorOverride{signals.FactorTender: {WindowDays: &longer}}}}
	good(db.Policies.Publish(ctx, policy, policy.Version, "test", at))
	if days, err := db.Runs.TenderDays(ctx, at); err != nil || days != 180 {
		t.Errorf("with a segment that counts over 180 days: %d, %v", days, err)
	}
}
