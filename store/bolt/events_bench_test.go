package bolt_test

import (
	"fmt"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

// decide scores and freezes 100 000 deals, in batches of 1000, upon their newest decision.
func decide(b *testing.B, db *bolt.DB, round int, at time.Time) {
	b.Helper()
	for first := 0; first < benchDeals; first += 1000 {
		var batch []store.Verdict
		for n := first; n < first+1000; n++ {
			v := verdictOf(dealID(n), at)
			v.Decision.PolicyVersion, v.Decision.Diagnosis = 1, scorer.ColdRelationship
			if round > 0 {
				v.After = uint64((round-1)*benchDeals + n + 1)
			}
			batch = append(batch, v)
		}
		must[[]scorer.Decision](b)(db.Verdicts.Record(b.Context(), batch))
	}
}

// BenchmarkDecide keeps 100 000 scores with a decision each, and so an event each.
func BenchmarkDecide(b *testing.B) {
	db := benchDB(b)
	for round := 0; b.Loop(); round++ {
		decide(b, db, round, start.Add(time.Duration(round)*time.Hour))
	}
}

// BenchmarkTakeUp makes deliveries of 100 000 events for an endpoint.
func BenchmarkTakeUp(b *testing.B) {
	db := benchDB(b)
	ids := benchEndpoints(b, db, b.N)
	decide(b, db, 0, start)
	b.ResetTimer()
	for n := range b.N {
		takeUp(b, db, ids[n])
	}
}

// BenchmarkBacklog tells how far behind an endpoint is for which 100 000 events wait.
func BenchmarkBacklog(b *testing.B) {
	db := benchDB(b)
	ids := benchEndpoints(b, db, 1)
	decide(b, db, 0, start)
	takeUp(b, db, ids[0])
	for b.Loop() {
		backlogs := must[[]store.Backlog](b)(db.Deliveries.Backlog(b.Context()))
		if backlogs[0].Waiting != benchDeals {
			b.Fatal(backlogs)
		}
	}
}

func benchEndpoints(b *testing.B, db *bolt.DB, n int) []string {
	b.Helper()
	var ids []string
	for i := range n {
		id := fmt.Sprintf("ep_%06d", i)
		must[store.Endpoint](b)(db.Endpoints.Put(b.Context(), store.Endpoint{ID: id, Kind: store.KindWebhook}, time.Time{}, "create_endpoint", "anna", start))
		ids = append(ids, id)
	}
	return ids
}

func takeUp(b *testing.B, db *bolt.DB, id string) {
	b.Helper()
	sort := func(e store.Event) (string, time.Time, bool) { return e.Subject, start, true }
	for looked := 1; looked > 0; {
		looked = must[int](b)(db.Deliveries.TakeUp(b.Context(), id, 1000, sort))
	}
}
