package bolt

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func postingsOfAllKinds() []postingRecord {
	hash := strings.Repeat("0a", 32)
	day := &signals.Date{Year: 2026, Month: time.November, Day: 24}
	sights := []sight{{opened: 1, closed: 4, also: []uint64{2, 3}}, {opened: 9}}
	return []postingRecord{
		{sights: sights, first: signals.Posting{TargetID: "T1", CustomerID: "C1", ID: "//a.example/jobs/1", Title: "销售经理", Place: "上海", URL: "https://a.example/jobs/1", Posted: day, Basis: signals.DatePublished, Headcount: 3, Evidence: hash}},
		{sights: sights[1:], first: signals.Posting{TargetID: "T1", ID: "销售经理|上海", Title: "销售经理", URL: "https://a.example/"}},
		{sights: sights[1:], first: signals.Posting{TargetID: "T1", ID: strings.Repeat("a", 300), Title: "x", URL: strings.Repeat("a", 300), Evidence: strings.ToUpper(hash)}},
		{sights: sights[1:], first: signals.Posting{TargetID: strings.Repeat("t", 201), ID: "a\x00b", Title: "x", Evidence: "none"}},
		{first: signals.Posting{}},
	}
}

func TestAPostingIsReadAsItWasWritten(t *testing.T) {
	for _, p := range postingsOfAllKinds() {
		k := postingKey(p.first.TargetID, p.first.ID)
		got, err := decodePosting(k, encodePosting(k, p))
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, p)
		}
	}
}

func TestAPostingOfTheFirstFormIsReadTheSame(t *testing.T) {
	for _, p := range postingsOfAllKinds() {
		body, err := json.Marshal(p.first)
		if err != nil {
			t.Fatal(err)
		}
		old := encoder{postingFormJSON}
		old.sights(p.sights)
		got, err := decodePosting(postingKey(p.first.TargetID, p.first.ID), append(old, body...))
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, p)
		}
	}
}

func TestADamagedPostingIsAnError(t *testing.T) {
	p := postingsOfAllKinds()[0]
	k := postingKey(p.first.TargetID, p.first.ID)
	whole := encodePosting(k, p)
	for n := range whole {
		if _, err := decodePosting(k, whole[:n]); err == nil {
			t.Errorf("%d of %d bytes were read", n, len(whole))
		}
	}
}

func FuzzNoPostingMakesTheReaderFail(f *testing.F) {
	for _, p := range postingsOfAllKinds() {
		k := postingKey(p.first.TargetID, p.first.ID)
		f.Add([]byte(k), encodePosting(k, p))
	}
	f.Fuzz(func(t *testing.T, k, value []byte) {
		p, err := decodePosting(k, value)
		if err != nil {
			return
		}
		for _, s := range p.sights {
			if s.opened == 0 && s.closed == 0 && len(s.also) > len(value) {
				t.Fatalf("%d sights in %d bytes", len(s.also), len(value))
			}
		}
	})
}
