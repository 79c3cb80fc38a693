package crawler

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

// drawPosting is any posting as a crawl knows it: its address often begins as others do, and
// its id is often the end of its address.
func drawPosting(t *rapid.T) signals.Posting {
	text := rapid.StringN(0, 12, -1)
	p := signals.Posting{
		TargetID: "target", CustomerID: "customer", ID: text.Draw(t, "id"), Title: text.Draw(t, "title"), Place: text.Draw(t, "place"),
		URL:       rapid.SampledFrom([]string{"", "https://a.example/工程/", "https://a.example/jobs/1", "x"}).Draw(t, "start"),
		Headcount: rapid.IntRange(-2, 1<<40).Draw(t, "headcount"),
		Evidence:  rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "evidence"),
		Basis:     signals.DateBasis(rapid.SampledFrom([]string{"", string(signals.DatePublished), "other"}).Draw(t, "basis")),
	}
	if rapid.Bool().Draw(t, "by id") {
		p.URL += p.ID
	}
	if rapid.Bool().Draw(t, "dated") {
		p.Posted = &signals.Date{Year: rapid.Int().Draw(t, "year"), Month: time.Month(rapid.IntRange(0, 13).Draw(t, "month")), Day: rapid.IntRange(-1, 31).Draw(t, "day")}
	}
	return p
}

func TestPostingsComeBackAsTheyWerePacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPosting), 0, 30).Draw(t, "postings")
		k := packed{target: "target", customer: "customer"}
		for _, p := range all {
			k.add(p)
		}
		for range 2 {
			if got := slices.Collect(k.all().All()); !slices.EqualFunc(got, all, same) {
				t.Fatalf("packed\n%+v\nunpacked\n%+v", all, got)
			}
		}
	})
}

func same(a, b signals.Posting) bool { return reflect.DeepEqual(a, b) }

// A field that is new in signals.Posting has to be packed too.
func TestEveryFieldOfAPostingIsPacked(t *testing.T) {
	p := signals.Posting{
		TargetID: "target", CustomerID: "customer", ID: "1", Title: "会计", Place: "上海", URL: "https://a.example/1",
		Posted: &signals.Date{Year: 2026, Month: 11, Day: 20}, Basis: signals.DatePublished, Headcount: 3, Evidence: "hash",
	}
	v := reflect.ValueOf(p)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() != (name == "Seen") {
			t.Errorf("this test knows nothing of Posting.%s", name)
		}
	}
	k := packed{target: "target", customer: "customer"}
	k.add(p)
	for got := range k.all().All() {
		if !same(got, p) {
			t.Errorf("packed %+v, unpacked %+v", p, got)
		}
		break // whoever stops ranging gets no more
	}
}

func TestPackedPostingsAreSmall(t *testing.T) {
	k := packed{}
	for _, id := range []string{"100123", "100124", "100125"} {
		k.add(signals.Posting{ID: id, Title: "高级工程师", Place: "上海", URL: "https://jobs.company.example/careers/list/" + id, Evidence: strings.Repeat("0a", 32)})
	}
	k.seal()
	if per := len(k.pages[0].bytes) / 3; per > 50 {
		t.Errorf("%d bytes a posting", per)
	}
}
