package bolt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// benchMessages makes the messages from the n-th on, one a second, among so many talks.
// Their ids begin with the time, as those of the importers do.
func benchMessages(from, n, talks int) []signals.Interaction {
	batch := make([]signals.Interaction, n)
	for i := range batch {
		number := from + i
		batch[i] = signals.Interaction{
			ID: fmt.Sprintf("%016x%016x", number, uint64(number)*0x9e3779b97f4a7c15), Time: start.Add(time.Duration(number) * time.Second),
			ContactID: fmt.Sprintf("P%03d", number%talks), DealID: fmt.Sprintf("D%03d", number%talks),
			Direction: signals.DirectionIn, Kind: "text", Length: 12, Keywords: map[string]int{"预算": 1}, KeywordVersion: 1,
		}
	}
	return batch
}

func addMessages(b *testing.B, db *bolt.DB, batch []signals.Interaction) {
	b.Helper()
	added, err := db.Interactions.Add(b.Context(), "import", batch, nil, start.AddDate(1, 0, 0))
	if err != nil || added.New != len(batch) {
		b.Fatal(added, err)
	}
}

// BenchmarkAddInteractions adds 10 000 messages of 1000 contacts per round; a hundred
// rounds are the million of a large import.
func BenchmarkAddInteractions(b *testing.B) {
	path := filepath.Join(b.TempDir(), "deals.db")
	db := open(b, path, bolt.Options{})
	n := 0
	for b.Loop() {
		addMessages(b, db, benchMessages(n, 10_000, 1000))
		n += 10_000
	}
	file, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file.Size())/float64(n), "bytes/message")
}

// BenchmarkHeatmapOf100000Messages reads a deal with 100 000 messages and counts its
// heatmap, as the dashboard and the API do when it is opened.
func BenchmarkHeatmapOf100000Messages(b *testing.B) {
	db := benchDB(b)
	must[store.Changes](b)(db.Contacts.Put(b.Context(), []signals.Contact{{ID: "P000", CustomerID: "C", Name: "王"}}, "crm", start))
	must[store.Changes](b)(db.Deals.Put(b.Context(), []signals.Deal{{ID: "D000", CustomerID: "C", Contacts: []string{"P000"}}}, "crm", start))
	for n := 0; n < 100_000; n += 10_000 {
		addMessages(b, db, benchMessages(n, 10_000, 1))
	}
	asOf := start.AddDate(2, 0, 0)
	for b.Loop() {
		h, err := db.Histories.Deal(b.Context(), "D000", asOf)
		if err != nil || len(h.WeChat.Interactions) != 100_000 {
			b.Fatal(len(h.WeChat.Interactions), err)
		}
		signals.Heatmap(h.WeChat, signals.Shanghai, start, asOf)
	}
}

// BenchmarkDealOfAMillionMessages reads a deal with a million messages in a year, whole and as
// far back as a measure of 30 days hears.
func BenchmarkDealOfAMillionMessages(b *testing.B) {
	db := benchDB(b)
	must[store.Changes](b)(db.Contacts.Put(b.Context(), []signals.Contact{{ID: "P000", CustomerID: "C", Name: "王"}}, "crm", start))
	must[store.Changes](b)(db.Deals.Put(b.Context(), []signals.Deal{{ID: "D000", CustomerID: "C", Contacts: []string{"P000"}}}, "crm", start))
	for n := 0; n < 1_000_000; n += 10_000 {
		batch := benchMessages(n, 10_000, 1)
		for i := range batch {
			batch[i].Time = start.Add(time.Duration(n+i) * 30 * time.Second)
		}
		addMessages(b, db, batch)
	}
	asOf := start.AddDate(1, 0, 1)
	for name, talk := range map[string]time.Duration{"whole": 366 * 24 * time.Hour, "67 days": 67 * 24 * time.Hour} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := db.Histories.DealWithin(b.Context(), "D000", asOf, talk); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
