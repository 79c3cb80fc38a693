package extract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dealvitals/signals"
)

// truth is a line of a manifest, in the format of bench/corpus: what a page holds.
type truth struct {
	File        string        `json:"file"`
	URL         string        `json:"url"`
	ContentType string        `json:"content_type"`
	Status      int           `json:"status"`
	CapturedAt  string        `json:"captured_at"`
	Outcome     string        `json:"outcome"`
	Count       *int          `json:"count"`
	Jobs        []truthfulJob `json:"jobs"`
}

type truthfulJob struct {
	Title    string `json:"title"`
	Posted   string `json:"posted"`
	Location string `json:"location"` // looked at where the manifest states it
}

// The manifests name some outcomes by what they are on the page.
var sameOutcome = map[string]signals.Outcome{
	"soft404": signals.OutcomeNotFound, "js_shell": signals.OutcomeScriptShell, "not_hiring": signals.OutcomeNotRelevant, "not_tender": signals.OutcomeNotRelevant,
}

func TestEveryHiringPageOfTheManifestsIsReadAsItsTruthSays(t *testing.T) {
	manifests, err := filepath.Glob("testdata/hiring/*/manifest.jsonl")
	if err != nil || len(manifests) == 0 {
		t.Fatalf("no manifests: %v", err)
	}
	for _, m := range manifests {
		for _, row := range truths(t, m) {
			t.Run(filepath.Base(filepath.Dir(m))+"/"+row.File, func(t *testing.T) { checkPage(t, filepath.Dir(m), row) })
		}
	}
}

func truths(t *testing.T, manifest string) []truth {
	t.Helper()
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var rows []truth
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var row truth
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func checkPage(t *testing.T, folder string, row truth) {
	body, err := os.ReadFile(filepath.Join(folder, row.File))
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.DateOnly, row.CapturedAt)
	if err != nil {
		at = time.Date(2026, 11, 24, 0, 0, 0, 0, signals.Shanghai)
	}
	p := Page{URL: row.URL, ContentType: row.ContentType, StatusCode: row.Status, Body: body, At: at.Add(4 * time.Hour)}
	probe := NewProbe(p, signals.KindHiring, Read(p, signals.KindHiring, signals.Reading{}))
	want := signals.Outcome(row.Outcome)
	if o, ok := sameOutcome[row.Outcome]; ok {
		want = o
	}
	if probe.Outcome != want {
		t.Fatalf("want %s, got %s with %d postings: %s", want, probe.Outcome, len(probe.Postings), probe.Why)
	}
	if want == signals.OutcomeOK {
		checkPostings(t, row, probe)
	}
}

func checkPostings(t *testing.T, row truth, probe Probe) {
	if row.Count != nil && len(probe.Postings) != *row.Count {
		t.Errorf("want %d postings, got %d: %s", *row.Count, len(probe.Postings), probe.Why)
	}
	left := append([]ProbePosting{}, probe.Postings...)
	for _, job := range row.Jobs {
		i := indexOf(left, job.Title)
		if i < 0 {
			t.Errorf("%q was not found", job.Title)
			continue
		}
		posted := ""
		if left[i].Posted != nil {
			posted = left[i].Posted.String()
		}
		if posted != job.Posted {
			t.Errorf("%q: want the date %q, got %q", job.Title, job.Posted, posted)
		}
		if got := deref(left[i].Location); job.Location != "" && got != job.Location {
			t.Errorf("%q: want the place %q, got %q", job.Title, job.Location, got)
		}
		left = append(left[:i], left[i+1:]...)
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func indexOf(all []ProbePosting, title string) int {
	for i, p := range all {
		if plainTitle(p.Title) == plainTitle(title) {
			return i
		}
	}
	return -1
}

func plainTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
