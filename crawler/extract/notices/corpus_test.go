package notices

import (
	"maps"
	"os"
	"slices"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// corpusFolder holds captured pages of real sites. They belong to others, and stay outside
// of the repository.
const corpusFolder = "../../../../shared/corpus/tender"

// floors are what was reached on the captured pages; less is a step back.
var floors = map[string]float64{
	"outcome": 1, "no_false_measurement": 1, "exact_count": 1, "list_f1": 0.998, "date": 1, "list_type": 1, "detail_title": 1, "detail_type": 1,
	"detail_buyer": 1, "detail_agency": 1, "detail_winner": 1, "detail_amount": 1, "detail_published": 1, "detail_project_no": 1, "detail_region": 1,
	"amount_absent": 1, "list_amount": 1, "list_winner": 1, "list_buyer": 0.98,
}

func TestCapturedPagesAreReadAsWellAsBefore(t *testing.T) {
	if _, err := os.Stat(corpusFolder); err != nil {
		t.Skip("the captured pages are not on this machine: ", err)
	}
	check(t, scoreFolder(t, corpusFolder), floors)
}

// check prints the figures with -v, and fails below the floors.
func check(t *testing.T, sum *tally, floors map[string]float64) {
	t.Helper()
	for _, miss := range sum.misses {
		t.Log(miss)
	}
	for _, key := range slices.Sorted(maps.Keys(sum.tries)) {
		t.Logf("%-22s %.4f (%d of %d)", key, sum.rate(key), sum.hits[key], sum.tries[key])
	}
	t.Logf("%-22s %.4f", "list_f1", sum.f1())
	for _, key := range slices.Sorted(maps.Keys(floors)) {
		got := sum.rate(key)
		if key == "list_f1" {
			got = sum.f1()
		}
		if got < floors[key] {
			t.Errorf("%s is %.4f, was %.4f", key, got, floors[key])
		}
	}
}

// encoded turns a fixture's UTF-8 into the charset that its site sends.
func encoded(t *testing.T, body []byte, charset string) []byte {
	t.Helper()
	if charset == "" {
		return body
	}
	if charset != "gbk" {
		t.Fatalf("no fixture is turned into %s", charset)
	}
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes(body)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
