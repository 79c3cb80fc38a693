package extract

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/signals"
)

// captured is a page of the fixtures.
type captured struct {
	path string
	body []byte
}

func fixtures(t *testing.T) []captured {
	t.Helper()
	var pages []captured
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".jsonl") {
			return err
		}
		body, err := os.ReadFile(path)
		pages = append(pages, captured{path, body})
		return err
	})
	if err != nil || len(pages) < 100 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	if !testing.Short() {
		return pages
	}
	var some []captured
	for i := 0; i < len(pages); i += 6 {
		some = append(some, pages[i])
	}
	return some
}

func (c captured) read() Result {
	kind := signals.KindHiring
	if strings.Contains(c.path, "tender") {
		kind = signals.KindTender
	}
	return Read(Page{URL: "https://example.com/jobs", Body: c.body, At: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, kind, signals.Reading{})
}

// The crawler uses a body's memory again for another page, so that nothing of it may be in
// what was read.
func TestWhatWasReadStaysWhenTheBodyIsWrittenOver(t *testing.T) {
	for _, c := range fixtures(t) {
		read := c.read()
		before := asJSON(t, read)
		for i := range c.body {
			c.body[i] = 'X'
		}
		if after := asJSON(t, read); after != before {
			t.Errorf("%s: what was read of it changed with its body:\n%s\n%s", c.path, before, after)
		}
	}
}

// Reading a page takes the memory that another one gave back: each must have its own.
func TestPagesAreReadAlikeSideBySide(t *testing.T) {
	pages := fixtures(t)
	alone := make([]string, len(pages))
	for i, c := range pages {
		alone[i] = asJSON(t, c.read())
	}
	var readers sync.WaitGroup
	for reader := range 4 {
		readers.Go(func() {
			for i := range pages {
				i = (i + reader*len(pages)/4) % len(pages)
				if got, err := json.Marshal(pages[i].read()); err != nil || string(got) != alone[i] {
					t.Errorf("%s is read otherwise beside others: %v\n%s\n%s", pages[i].path, err, got, alone[i])
				}
			}
		})
	}
	readers.Wait()
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
