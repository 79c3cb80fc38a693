package webhooks

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"dealvitals/scorer"
	"dealvitals/store/bolt"
)

// BenchmarkDeliver sends 10 000 events on 1 000 deals to a receiver that answers at once,
// and waits for the disk as in production.
func BenchmarkDeliver(b *testing.B) {
	const deals, each = 1000, 10
	w := newWorld(b)
	w.must(w.db.Close())
	db, err := bolt.Open(w.path, bolt.Options{Clock: w.clock.read})
	w.must(err)
	w.db, w.admin.Endpoints, w.admin.Mail = db, db.Endpoints, db.Deliveries
	w.Events, w.Endpoints, w.Deliveries = db.Events, db.Endpoints, db.Deliveries
	var taken atomic.Int64
	receiver := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		taken.Add(1)
		rw.WriteHeader(http.StatusNoContent)
	}))
	defer receiver.Close()
	w.webhook(receiver.URL)
	ids := make([]string, deals)
	for n := range ids {
		ids[n] = fmt.Sprintf("D-%d", n)
	}
	rounds := 0
	for b.Loop() {
		b.StopTimer()
		for range each {
			w.decideAll(ids, scorer.ActionFreeze)
		}
		rounds++
		b.StartTimer()
		w.settle()
	}
	if int(taken.Load()) != rounds*deals*each {
		b.Fatalf("%d of %d were taken", taken.Load(), rounds*deals*each)
	}
}
