package notices

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// corpusFolder holds captured pages of real sites. They belong to others, and stay outside
// of the repository.
const corpusFolder = "../../../../shared/corpus/tender"

// floors are what was reached on the captured pages; less is a step back.
var floors = map[string]float64{
	"outcome": 1, "no_false_measurement": 1, "exact_count": 1, "list_f1": 0.998, "date": 1, "list_type": 1, "detail_title": 1, "detail_type": 1,
	"detail_buyer": 1, "detail_agency": 1, "detail_winner": 1, "detail_amount": 1, "detail_published": 1, "detail_project_no": 1, "detail_region": 1,
	"amount_absent": 1, "list_amount": 1, "list_winner": 1, "list_buyer": 0.97,
}

func TestCapturedPagesAreReadAsWellAsBefore(t *testing.T) {
	if _, err := os.Stat(corpusFolder); err != nil {
		t.Skip("the captured pages are not on this machine: ", err)
	}
	check(t, scoreFolder(t, corpusFolder), floors)
}

func TestCapturedPagesReadAlikeInGBK(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	if _, err := os.Stat(corpusFolder); err != nil {
		t.Skip("the captured pages are not on this machine: ", err)
	}
	for _, row := range manifest(t, corpusFolder) {
		if row.Format != "html" && row.Format != "csv" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(corpusFolder, row.File))
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
		gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes(body)
		if err != nil || bytes.Contains(body, []byte("æ±")) {
			continue
		}
		for _, contentType := range []string{"text/html; charset=gbk", "text/html"} {
			if row.Format == "csv" {
				contentType = strings.Replace(contentType, "html", "csv", 1)
			}
			want := Read(page.Open(page.Page{URL: row.URL, ContentType: row.ContentType, Body: body, At: row.at()}), signals.Reading{})
			got := Read(page.Open(page.Page{URL: row.URL, ContentType: contentType, Body: gbk, At: row.at()}), signals.Reading{})
			if got.Outcome != want.Outcome || len(got.Notices) != len(want.Notices) {
				t.Errorf("%s as %q: %s with %d notices, want %s with %d", row.File, contentType, got.Outcome, len(got.Notices), want.Outcome, len(want.Notices))
				continue
			}
			for i := range got.Notices {
				if got.Notices[i].Title != want.Notices[i].Title || got.Notices[i].Buyer != want.Notices[i].Buyer {
					t.Errorf("%s as %q: %q of %q, want %q of %q", row.File, contentType, got.Notices[i].Title, got.Notices[i].Buyer, want.Notices[i].Title, want.Notices[i].Buyer)
				}
			}
		}
	}
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
