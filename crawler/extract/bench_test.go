package extract

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// benchmarkPages are the HTML pages that hold jobs, each padded by repetition of nothing:
// as they are.
func benchmarkPages(b *testing.B) []Page {
	b.Helper()
	files, err := filepath.Glob("testdata/hiring/pages/*.html")
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages: %v", err)
	}
	var out []Page
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, Page{URL: "https://www.example.com/jobs/", Body: body, At: time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)})
	}
	return out
}

func BenchmarkOnlyParsing(b *testing.B) {
	pages := benchmarkPages(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			d := page.Open(p)
			if _, err := html.Parse(bytes.NewReader(d.Text)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkReadingHiringPages(b *testing.B) {
	pages := benchmarkPages(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			Read(p, signals.KindHiring, signals.Reading{})
		}
	}
}
