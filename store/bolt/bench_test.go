package bolt_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

const benchDeals = 100_000

func benchDB(b *testing.B) *bolt.DB {
	return open(b, filepath.Join(b.TempDir(), "deals.db"), bolt.Options{})
}

func must[T any](b *testing.B) func(T, error) T {
	return func(value T, err error) T {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
		return value
	}
}

func dealID(n int) string { return fmt.Sprintf("D-%06d", n) }

// fill puts 100 000 deals of 10 000 customers, each with a hiring target, into a store.
func fill(b *testing.B, db *bolt.DB) []string {
	b.Helper()
	var ids []string
	var deals []signals.Deal
	var customers []signals.Customer
	var contacts []signals.Contact
	for n := range benchDeals {
		c := fmt.Sprintf("C-%05d", n/10)
		if n%10 == 0 {
			customers = append(customers, signals.Customer{ID: c, Name: "客户" + c})
			contacts = append(contacts, signals.Contact{ID: "P" + c, CustomerID: c, Name: "王"})
		}
		ids = append(ids, dealID(n))
		deals = append(deals, signals.Deal{ID: dealID(n), CustomerID: c, Name: "商机", Owner: "anna", Currency: "CNY", Keywords: []string{"MES"}, Contacts: []string{"P" + c}})
	}
	must[store.Changes](b)(db.Customers.Put(b.Context(), customers, "crm", start))
	must[store.Changes](b)(db.Contacts.Put(b.Context(), contacts, "crm", start))
	must[store.Changes](b)(db.Deals.Put(b.Context(), deals, "crm", start))
	return ids
}

// record scores all deals at an instant, in batches of 1000.
func record(b *testing.B, db *bolt.DB, at time.Time) {
	b.Helper()
	value, score, band := 3.0, 66.7, scorer.BandHigh
	f := scorer.FactorScore{Status: signals.StatusOK, Value: &value, Score: &score, Band: &band, Previous: &value, MeasuredAt: &at, Reason: "counted"}
	for first := 0; first < benchDeals; first += 1000 {
		batch := make([]store.Verdict, 1000)
		for i := range batch {
			id := dealID(first + i)
			batch[i] = store.Verdict{DealID: id, Evaluation: &scorer.Evaluation{
				DealID: id, AsOf: at, PolicyVersion: 1, Health: &score, Coverage: 1, Diagnosis: scorer.Healthy,
				Factors: scorer.FactorScores{Hiring: f, Tender: f, WeChat: f},
			}}
		}
		must[[]scorer.Decision](b)(db.Verdicts.Record(b.Context(), batch))
	}
}

func BenchmarkRecord100000Verdicts(b *testing.B) {
	db := benchDB(b)
	n := 0
	for b.Loop() {
		n++
		record(b, db, start.AddDate(0, 0, n))
	}
}

func BenchmarkEach100000Histories(b *testing.B) {
	db := benchDB(b)
	ids := fill(b, db)
	for b.Loop() {
		n := 0
		err := db.Histories.Each(b.Context(), ids, start.AddDate(0, 0, 1), func(signals.History) error { n++; return nil })
		if err != nil || n != benchDeals {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkCheck10000Deals(b *testing.B) {
	db := benchDB(b)
	ids := fill(b, db)
	for n := range 5 {
		record(b, db, start.AddDate(0, 0, n))
	}
	for b.Loop() {
		for _, id := range ids[:10_000] {
			asOf := start.AddDate(0, 0, 3)
			must[signals.Deal](b)(db.Deals.Get(b.Context(), id, asOf))
			must[[]scorer.Decision](b)(db.Verdicts.Decisions(b.Context(), id, asOf))
			if _, found, err := db.Verdicts.Latest(b.Context(), id, asOf); err != nil || !found {
				b.Fatal(found, err)
			}
		}
	}
}
