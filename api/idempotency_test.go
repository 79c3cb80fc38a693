package api_test

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestSameRequestAgainGetsTheFirstAnswer(t *testing.T) {
	w := newWorld(t)
	post := func(key, id string) answer {
		return w.call(request{role: "ingest", method: "POST", path: "/v1/customers", body: map[string]string{"id": id, "name": "宏图"}, header: map[string]string{"Idempotency-Key": key}})
	}
	first := post("k1", "C1").is(http.StatusCreated)
	again := post("k1", "C1").is(http.StatusCreated)
	if string(first.body) != string(again.body) || again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
		t.Errorf("the second answer is %s with %v", again.body, again.header)
	}
	for _, name := range []string{"ETag", "Location", "Content-Type"} {
		if first.header.Get(name) != again.header.Get(name) {
			t.Errorf("the header %s is %q, then %q", name, first.header.Get(name), again.header.Get(name))
		}
	}
	post("k1", "C2").isProblem(http.StatusUnprocessableEntity, "idempotency-key-reused")
	post("k2", "C1").isProblem(http.StatusConflict, "exists")
	post("k2", "C2").is(http.StatusCreated) // what was refused changed nothing

	w.call(request{role: "admin", method: "POST", path: "/v1/customers", body: map[string]string{"id": "C3", "name": "宏图"}, header: map[string]string{"Idempotency-Key": "k1"}}).is(http.StatusCreated) // another caller's key
	w.pass(25 * time.Hour)
	post("k1", "C1").isProblem(http.StatusConflict, "exists")
}

func TestSameRequestAtTheSameTimeIsDoneOnce(t *testing.T) {
	w := newWorld(t)
	var group sync.WaitGroup
	replayed := make([]bool, 8)
	for i := range replayed {
		group.Go(func() {
			a := w.call(request{role: "ingest", method: "POST", path: "/v1/customers", body: map[string]string{"id": "C1", "name": "宏图"}, header: map[string]string{"Idempotency-Key": "k"}})
			if a.status != http.StatusCreated {
				t.Errorf("answered %d: %s", a.status, a.body)
			}
			replayed[i] = a.header.Get("Idempotency-Replayed") == "true"
		})
	}
	group.Wait()
	firsts := 0
	for _, again := range replayed {
		if !again {
			firsts++
		}
	}
	if firsts != 1 {
		t.Errorf("the request was done %d times", firsts)
	}
}
