package extract

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// The crawler uses a body's memory again for another page, so that nothing of it may be in
// what was read.
func TestWhatWasReadStaysWhenTheBodyIsWrittenOver(t *testing.T) {
	at := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	pages := 0
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".jsonl") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pages++
		kind := signals.KindHiring
		if strings.Contains(path, "tender") {
			kind = signals.KindTender
		}
		read := Read(Page{URL: "https://example.com/jobs", Body: body, At: at}, kind, signals.Reading{})
		before := asJSON(t, read)
		for i := range body {
			body[i] = 'X'
		}
		if after := asJSON(t, read); after != before {
			t.Errorf("%s: what was read of it changed with its body:\n%s\n%s", path, before, after)
		}
		return nil
	})
	if err != nil || pages < 100 {
		t.Fatalf("%d pages: %v", pages, err)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
