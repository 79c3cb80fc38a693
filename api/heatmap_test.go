package api_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/signals"
)

// talked keeps a talk of deal D1 with P1: mornings theirs, afternoons ours.
func talked(w *world) {
	w.t.Helper()
	w.customer()
	w.deal("D1", 100, func(d *signals.Deal) { d.Contacts = []string{"P1", "P2"} })
	_, err := w.db.Contacts.Put(w.t.Context(), []signals.Contact{{ID: "P1", CustomerID: "C1", Name: "张三"}, {ID: "P2", CustomerID: "C1"}}, "crm", w.clock())
	w.must(err)
	var in []signals.Interaction
	for day := range 20 {
		at := today.AddDate(0, 0, -day)
		for n := range day%3 + 1 {
			morning := at.Add(-time.Duration(150+n) * time.Minute)
			in = append(in,
				signals.Interaction{ID: morning.String(), ContactID: "P1", DealID: "D1", Time: morning, Direction: "in", Kind: "text", Keywords: map[string]int{"合同": 1}},
				signals.Interaction{ID: morning.String() + "o", ContactID: "P1", DealID: "D1", Time: morning.Add(-20 * time.Hour), Direction: "out", Kind: "text"})
		}
	}
	_, err = w.db.Interactions.Add(w.t.Context(), "s", in, nil, w.clock())
	w.must(err)
	w.pass(time.Second)
}

func TestHeatmapOfADealAndItsContacts(t *testing.T) {
	w := newWorld(t)
	talked(w)
	h := read[desk.Heatmap](w.get("sales_ops", "/v1/deals/D1/heatmap").is(http.StatusOK))
	if h.MessagesIn != 39 || h.MessagesOut != 39 || h.DensityIn != 100 || h.DensityOut != 0 || h.Max == 0 || h.In[1][9] == 0 || h.KeywordsIn[1][9] != h.In[1][9] {
		t.Errorf("heatmap %+v", h)
	}
	if len(h.Contacts) != 2 || h.Contacts[0].ContactID != "P1" || h.Contacts[0].MessagesIn != 39 || h.Contacts[1].MessagesIn != 0 {
		t.Errorf("of the contacts: %+v", h.Contacts)
	}
	w.get("sales_ops", "/v1/deals/none/heatmap").isProblem(http.StatusNotFound, "not-found")
	w.get("sales_ops", "/v1/deals/D1/heatmap?as_of=2030-01-01T00:00:00Z").isProblem(http.StatusBadRequest, "not-yet")
	past := read[desk.Heatmap](w.get("sales_ops", "/v1/deals/D1/heatmap?as_of="+escaped(today.AddDate(-1, 0, 0))).is(http.StatusNotFound))
	if past.Max != 0 {
		t.Errorf("a year ago: %+v", past)
	}
	var log strings.Builder
	w.must(w.db.Audit.Export(t.Context(), &log))
	if !strings.Contains(log.String(), `"action":"read_heatmap"`) || !strings.Contains(log.String(), `"a sales_ops"`) {
		t.Error("nobody noted who asked")
	}
}

func TestHeatmapIsAWellFormedPicture(t *testing.T) {
	w := newWorld(t)
	talked(w)
	for lang, want := range map[string]string{"zh": "周三", "en": "Wed"} {
		a := w.get("admin", "/v1/deals/D1/heatmap.svg?lang="+lang).is(http.StatusOK)
		if got := a.header.Get("Content-Type"); got != "image/svg+xml" || !strings.Contains(string(a.body), ">"+want+"<") {
			t.Errorf("%s: %s without %s", lang, got, want)
		}
		decoder := xml.NewDecoder(strings.NewReader(string(a.body)))
		for {
			_, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			w.must(err)
		}
		if path := os.Getenv("DEALVITALS_SHOW_HEATMAP"); path != "" {
			w.must(os.WriteFile(path+lang+".svg", a.body, 0o600))
		}
	}
}

// BenchmarkHeatmapOf100000 answers the heatmap of a deal with that many messages in the
// window.
func BenchmarkHeatmapOf100000(b *testing.B) {
	w := newWorld(b)
	talked(w)
	in := make([]signals.Interaction, 100_000)
	for i := range in {
		direction := signals.DirectionIn
		if i%2 == 0 {
			direction = signals.DirectionOut
		}
		in[i] = signals.Interaction{
			ID: strconv.Itoa(i), ContactID: "P1", DealID: "D1", Direction: direction, Kind: "text", Length: 9,
			Time: today.Add(-time.Duration(i) * 25 * time.Second), Keywords: map[string]int{"合同": 1},
		}
	}
	_, err := w.db.Interactions.Add(b.Context(), "s2", in, nil, w.clock())
	w.must(err)
	w.pass(time.Second)
	b.ReportAllocs()
	for b.Loop() {
		w.get("sales_ops", "/v1/deals/D1/heatmap").is(http.StatusOK)
	}
}
