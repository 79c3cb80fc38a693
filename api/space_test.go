package api_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store/bolt"
)

func TestAFullDiskIsToldAndLeavesNothingHalfWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "full.db")
	var full *bolt.DB
	w := newWorldWith(t, func(d *deps) {
		db, err := bolt.Open(file, bolt.Options{NoSync: true, MaxSize: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		full = db
		d.Customers, d.Ready = db.Customers, db.Ready
	})
	var many []signals.Customer
	for range 4000 {
		many = append(many, signals.Customer{ID: string(rune('a'+len(many)%26)) + time.Now().String(), Name: "一家名字很长的有限责任公司一家名字很长的有限责任公司一家名字很长的有限责任公司"})
	}
	if _, err := full.Customers.Put(t.Context(), many, "me", w.clock()); err == nil {
		t.Fatal("the store is not full")
	}
	w.get("", "/readyz").is(http.StatusServiceUnavailable)
	kept, err := full.Customers.List(t.Context(), time.Time{}, "", 0)
	if err != nil || len(kept) != 0 {
		t.Errorf("%d customers of a batch that failed are kept, %v", len(kept), err)
	}
	// A smaller write finds room: work goes on.
	w.post("admin", "/v1/customers", map[string]string{"id": "C1", "name": "一家公司"}).is(http.StatusCreated)
	w.get("", "/readyz").is(http.StatusOK)
}

func TestAFullDiskAnswers507(t *testing.T) {
	w := newWorldWith(t, func(d *deps) {
		file := filepath.Join(t.TempDir(), "full.db")
		small, err := bolt.Open(file, bolt.Options{NoSync: true, MaxSize: 1 << 18})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := small.Close(); err != nil {
				t.Error(err)
			}
		})
		d.Customers = small.Customers
	})
	for i := range 2000 {
		a := w.post("admin", "/v1/customers", map[string]string{"id": "C" + time.Now().Format(time.RFC3339Nano), "name": "一家名字很长的有限责任公司"})
		if a.status != http.StatusCreated {
			a.isProblem(http.StatusInsufficientStorage, "no-space")
			return
		}
		if i == 1999 {
			t.Error("the store never gets full")
		}
	}
}
