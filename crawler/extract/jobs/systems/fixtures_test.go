package systems_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/jobs/systems"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

const fixtures = "../../testdata/hiring/systems"

// captured is one line of the manifest, in the format of shared/corpus/judge.py.
type captured struct {
	ID          string `json:"id"`
	File        string `json:"file"`
	URL         string `json:"url"`
	ContentType string `json:"content_type"`
	CapturedAt  string `json:"captured_at"`
	Status      int    `json:"status"`
	Outcome     string `json:"outcome"`
	Count       int    `json:"count"`
	Jobs        []struct {
		Title    string  `json:"title"`
		Posted   *string `json:"posted"`
		Location *string `json:"location"`
	} `json:"jobs"`
}

// outcomes are the names that the manifest uses for outcomes of ours.
var outcomes = map[string]signals.Outcome{
	"js_shell": signals.OutcomeScriptShell, "soft404": signals.OutcomeNotFound, "not_hiring": signals.OutcomeNotRelevant,
}

func manifest(t testing.TB) []captured {
	t.Helper()
	f, err := os.Open(filepath.Join(fixtures, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []captured
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c captured
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (c captured) document(t testing.TB) *page.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(fixtures, c.File))
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateOnly, c.CapturedAt, signals.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return page.Open(page.Page{URL: c.URL, ContentType: c.ContentType, StatusCode: c.Status, Body: body, At: at.Add(12 * time.Hour)})
}

// readAny reads as the dispatch does: a known system, else any list in JSON.
func readAny(d *page.Document) page.Result {
	if r, ok := systems.Read(d); ok {
		return r
	}
	if r, ok := jsonlist.Read(d); ok {
		return r
	}
	return page.Result{Outcome: signals.OutcomeNotRelevant}
}

func TestFixturesYieldWhatAPersonWouldList(t *testing.T) {
	for _, c := range manifest(t) {
		t.Run(c.ID, func(t *testing.T) {
			r := readAny(c.document(t))
			want := signals.Outcome(c.Outcome)
			if o, ok := outcomes[c.Outcome]; ok {
				want = o
			}
			if r.Outcome != want {
				t.Fatalf("outcome %q (%s, %s), want %q", r.Outcome, r.Extractor, r.Why, want)
			}
			if len(r.Postings) != c.Count {
				t.Fatalf("%d postings, want %d: %+v", len(r.Postings), c.Count, r.Postings)
			}
			for _, job := range c.Jobs {
				i := slices.IndexFunc(r.Postings, func(p signals.Posting) bool { return p.Title == job.Title })
				if i < 0 {
					t.Errorf("no posting %q among %+v", job.Title, r.Postings)
					continue
				}
				compare(t, r.Postings[i], job.Title, job.Posted, job.Location)
			}
		})
	}
}

func compare(t *testing.T, p signals.Posting, title string, posted, place *string) {
	t.Helper()
	day := ""
	if p.Posted != nil && p.Basis == signals.DatePublished {
		day = p.Posted.String()
	}
	if want := text(posted); day != want {
		t.Errorf("%s: posted %q, want %q (basis %s)", title, day, want, p.Basis)
	}
	if place != nil && p.Place != *place {
		t.Errorf("%s: place %q, want %q", title, p.Place, *place)
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}
