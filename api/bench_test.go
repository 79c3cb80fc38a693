package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// company is a world with many deals, of which every tenth is frozen.
func company(b *testing.B, deals int) (*world, http.Handler) {
	b.Helper()
	w := newWorld(b)
	w.customer()
	policy := scorer.DefaultPolicy()
	for start := 0; start < deals; start += 5000 {
		var records []signals.Deal
		var verdicts []store.Verdict
		for i := start; i < min(start+5000, deals); i++ {
			id := fmt.Sprintf("D-%06d", i)
			records = append(records, signals.Deal{
				ID: id, CustomerID: "C1", Name: "商机 " + id, Owner: fmt.Sprintf("销售 %d", i%200), Region: "华东",
				Amount: decimal.NewFromInt(int64(i) * 1000), Currency: "CNY", Keywords: []string{"ERP", "云"},
			})
			e := evaluation(id, today, i%10 == 0)
			v := store.Verdict{Evaluation: &e, DealID: id}
			if d, ok := scorer.Decide(nil, []scorer.Evaluation{e}, scorer.Turn{}, policy, today); ok {
				v.Decision = d
			}
			verdicts = append(verdicts, v)
		}
		_, err := w.db.Deals.Put(b.Context(), records, "crm", today)
		w.must(err)
		_, err = w.db.Verdicts.Record(b.Context(), verdicts)
		w.must(err)
	}
	w.pass(time.Hour)
	handler, err := api.New(w.deps(slog.New(slog.NewTextHandler(io.Discard, nil))))
	w.must(err)
	return w, handler
}

// ask sends one request straight to the handler.
func ask(b *testing.B, handler http.Handler, secret, method, path string, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+secret)
	r.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, r)
	if recorder.Code != http.StatusOK {
		b.Fatalf("%s %s: %d %.500s", method, path, recorder.Code, recorder.Body)
	}
	return recorder
}

func BenchmarkOneFreezeCheck(b *testing.B) {
	w, handler := company(b, 10_000)
	for b.Loop() {
		ask(b, handler, w.secrets["commission"], "GET", "/v1/deals/D-005000/freeze", nil)
	}
}

func BenchmarkTenThousandFreezeChecks(b *testing.B) {
	w, handler := company(b, desk.MaxChecks)
	ids := make([]string, desk.MaxChecks)
	for i := range ids {
		ids[i] = fmt.Sprintf("D-%06d", i)
	}
	body, err := json.Marshal(map[string]any{"ids": ids})
	w.must(err)
	for b.Loop() {
		ask(b, handler, w.secrets["commission"], "POST", "/v1/freeze-checks", body)
	}
}

func BenchmarkListsOfAHundredThousand(b *testing.B) {
	w, handler := company(b, 100_000)
	before := heap()
	ask(b, handler, w.secrets["sales_ops"], "GET", "/v1/flagged-deals?limit=50", nil)
	kept := heap() - before
	b.Run("flagged", func(b *testing.B) {
		for b.Loop() {
			ask(b, handler, w.secrets["sales_ops"], "GET", "/v1/flagged-deals?limit=50", nil)
		}
	})
	all := desk.Filter{Scope: desk.ScopeAll}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			_, err := w.desk().Page(b.Context(), all, desk.ByAmountFalling, nil, 50)
			w.must(err)
		}
		b.ReportMetric(float64(kept)/100_000, "B/deal")
	})
	b.Run("all after all were scored", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			w.pass(time.Hour)
			var verdicts []store.Verdict
			for i := range 100_000 {
				e := evaluation(fmt.Sprintf("D-%06d", i), w.clock(), i%10 == 0)
				verdicts = append(verdicts, store.Verdict{Evaluation: &e})
			}
			_, err := w.db.Verdicts.Record(b.Context(), verdicts)
			w.must(err)
			b.StartTimer()
			_, err = w.desk().Page(b.Context(), all, desk.ByAmountFalling, nil, 50)
			w.must(err)
		}
	})
}

// heap is how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkTenThousandInteractions(b *testing.B) {
	w, handler := company(b, 100)
	for n := 0; b.Loop(); n++ {
		in := make([]map[string]any, desk.MaxInteractions)
		for i := range in {
			in[i] = map[string]any{"id": fmt.Sprintf("%d-%d", n, i), "time": today, "contact_id": fmt.Sprintf("P%d", i%100), "direction": "in", "kind": "text", "text": "请问预算审批到哪一步了，合同什么时候签？"}
		}
		body, err := json.Marshal(map[string]any{"source": "wecom", "interactions": in})
		w.must(err)
		ask(b, handler, w.secrets["ingest"], "POST", "/v1/interactions", body)
	}
}
