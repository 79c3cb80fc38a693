package bolt_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store/bolt"

	"pgregory.net/rapid"
)

// TestReadingNoFurtherBackThanIsHeardChangesNoByte measures a deal with messages and syncs of
// two years, read whole and read as far back as the rules reach.
func TestReadingNoFurtherBackThanIsHeardChangesNoByte(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "deals.db"), bolt.Options{NoSync: true})
	if _, err := db.Contacts.Put(t.Context(), []signals.Contact{{ID: "P", CustomerID: "C"}}, "crm", start); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D", CustomerID: "C", Contacts: []string{"P"}}}, "crm", start); err != nil {
		t.Fatal(err)
	}
	for day := range 730 {
		var list []signals.Interaction
		at := start.AddDate(0, 0, day)
		for n := range day % 5 {
			side := signals.DirectionIn
			if n%2 == 0 {
				side = signals.DirectionOut
			}
			list = append(list, signals.Interaction{ID: fmt.Sprint(day, "-", n), Time: at.Add(time.Duration(n) * time.Hour), ContactID: "P", DealID: "D", Direction: side, Kind: "text", Length: 9})
		}
		if day > 400 && day < 500 {
			list = nil
		}
		covered := []signals.Coverage{{ContactID: "P", From: at, To: at.AddDate(0, 0, 1)}}
		if day > 420 && day < 560 {
			covered = nil // so long that the newest sync is older than all that is heard
		}
		if _, err := db.Interactions.Add(t.Context(), "s", list, covered, at.AddDate(0, 0, 1)); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		rules := signals.WeChatRules{
			WindowDays: rapid.IntRange(1, 60).Draw(r, "window"), StaleAfterDays: rapid.IntRange(1, 30).Draw(r, "stale after"),
			HalfLifeDays: 14, DailyCap: 20, MinCoverage: 0.8,
		}
		asOf := start.Add(time.Duration(rapid.IntRange(1, 730*24).Draw(r, "hours")) * time.Hour)
		whole, err := db.Histories.Deal(t.Context(), "D", asOf)
		if err != nil {
			r.Fatal(err)
		}
		within, err := db.Histories.DealWithin(t.Context(), "D", asOf, rules.Reach())
		if err != nil {
			r.Fatal(err)
		}
		if a, b := measureBytes(r, whole, rules, asOf), measureBytes(r, within, rules, asOf); a != b {
			r.Fatalf("read whole\n%s\nread as far as is heard\n%s", a, b)
		}
	})
}

func measureBytes(t *rapid.T, h signals.History, rules signals.WeChatRules, asOf time.Time) string {
	raw, err := json.Marshal(signals.MeasureWeChat(h.WeChat, rules, asOf))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
