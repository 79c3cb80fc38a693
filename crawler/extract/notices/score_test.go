package notices

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// This file scores pages with ground truth as ../shared/corpus/judge.py does, so that what
// the command line is judged by is measured in a test.

// truthPage is a line of a manifest.
type truthPage struct {
	File        string           `json:"file"`
	URL         string           `json:"url"`
	ContentType string           `json:"content_type"`
	CapturedAt  string           `json:"captured_at"`
	Status      int              `json:"status"`
	Page        string           `json:"page"`
	Outcome     string           `json:"outcome"`
	Format      string           `json:"format"`
	Count       *int             `json:"count"`
	Next        *string          `json:"next"`
	Notices     []map[string]any `json:"notices"`
	Encode      string           `json:"encode"` // own fixtures only: the charset that the bytes are turned into
}

// sameOutcome are outcomes that truth calls otherwise than probe does.
var sameOutcome = map[string]signals.Outcome{
	"soft404": signals.OutcomeNotFound, "js_shell": signals.OutcomeScriptShell, "not_tender": signals.OutcomeNotRelevant, "not_hiring": signals.OutcomeNotRelevant,
}

// tally counts hits and tries, and keeps the misses.
type tally struct {
	hits, tries map[string]int
	misses      []string
	tp, fp, fn  int
}

func (t *tally) add(key string, ok bool, format string, args ...any) {
	t.tries[key]++
	if ok {
		t.hits[key]++
		return
	}
	t.misses = append(t.misses, key+": "+fmt.Sprintf(format, args...))
}

func (t *tally) rate(key string) float64 {
	if t.tries[key] == 0 {
		return 1
	}
	return float64(t.hits[key]) / float64(t.tries[key])
}

func (t *tally) f1() float64 {
	p, r := float64(t.tp)/float64(max(1, t.tp+t.fp)), float64(t.tp)/float64(max(1, t.tp+t.fn))
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// shortBody is the size of the largest page that short runs read, in bytes.
const shortBody = 100_000

// scoreFolder reads every page of a manifest.
func scoreFolder(t *testing.T, folder string) *tally {
	t.Helper()
	sum := &tally{hits: map[string]int{}, tries: map[string]int{}}
	for _, row := range manifest(t, folder) {
		body, err := os.ReadFile(filepath.Join(folder, row.File))
		if err != nil {
			t.Fatal(err)
		}
		if testing.Short() && len(body) > shortBody {
			continue
		}
		sum.page(row, Read(row.open(t, body), signals.Reading{}))
	}
	return sum
}

func manifest(t *testing.T, folder string) []truthPage {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []truthPage
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var row truthPage
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", lines.Text()[:min(80, len(lines.Text()))], err)
		}
		rows = append(rows, row)
	}
	return rows
}

func (row truthPage) open(t *testing.T, body []byte) *page.Document {
	t.Helper()
	return page.Open(page.Page{URL: row.URL, ContentType: row.ContentType, StatusCode: row.Status, Body: encoded(t, body, row.Encode), At: row.at()})
}

// at is when the page was captured, as judge.py tells it.
func (row truthPage) at() time.Time {
	s := row.CapturedAt
	if s == "" {
		return time.Time{}
	}
	if len(s) <= 10 {
		s += "-28"[:max(0, min(3, 10-len(s)))] + "T12:00:00+08:00"
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return at
}

// page adds one page to the tally.
func (t *tally) page(row truthPage, got page.Result) {
	want := signals.Outcome(row.Outcome)
	if o, ok := sameOutcome[row.Outcome]; ok {
		want = o
	}
	t.add("outcome", got.Outcome == want, "%s: want %s, got %s (%s; %d notices)", row.File, want, got.Outcome, got.Why, len(got.Notices))
	if !want.Measurement() {
		t.add("no_false_measurement", !got.Outcome.Measurement(), "%s: %s read as %s", row.File, want, got.Outcome)
	}
	if want != signals.OutcomeOK {
		return
	}
	if row.Page == "detail" {
		t.detail(row, got)
		return
	}
	t.list(row, got)
}

func (t *tally) detail(row truthPage, got page.Result) {
	var truth map[string]any
	if len(row.Notices) > 0 {
		truth = row.Notices[0]
	}
	var n signals.Notice
	if len(got.Notices) > 0 {
		n = got.Notices[0]
	}
	for _, key := range []string{"title", "type", "buyer", "agency", "winner", "amount", "published", "project_no", "region"} {
		want := accepted(truth, key)
		if empty(truth[key]) {
			continue
		}
		ok := slices.ContainsFunc(want, func(w any) bool { return same(key, w, n) })
		t.add("detail_"+key, ok, "%s: want %v, got %v", row.File, want, field(key, n))
	}
	if v, ok := truth["amount"]; ok && v == nil {
		t.add("amount_absent", n.Amount == nil, "%s: no amount is stated, got %v", row.File, n.Amount)
	}
	if v, ok := truth["winner"]; ok && v == nil && empty(truth["winner_alt"]) {
		t.add("winner_absent", len(n.Winners) == 0, "%s: no winner is stated, got %v", row.File, n.Winners)
	}
}

func (t *tally) list(row truthPage, got page.Result) {
	if row.Count != nil {
		t.add("exact_count", len(got.Notices) == *row.Count, "%s: want %d, got %d", row.File, *row.Count, len(got.Notices))
	}
	if row.Next != nil {
		t.add("next", got.Next != nil && got.Next.URL == *row.Next, "%s: want %s, got %v", row.File, *row.Next, got.Next)
	}
	pairs, missing := pairUp(row.Notices, got.Notices)
	t.tp += len(pairs)
	t.fn += len(missing)
	if row.Count == nil || len(row.Notices) >= *row.Count {
		t.fp += max(0, len(got.Notices)-len(pairs))
	}
	for i, m := range missing {
		if i < 2 {
			t.misses = append(t.misses, fmt.Sprintf("title: %s: missing %v (%d in all)", row.File, m["title"], len(missing)))
		}
	}
	for _, p := range pairs {
		date := ""
		if p.got.Published != nil {
			date = p.got.Published.String()
		}
		dates := accepted(p.truth, "published")
		ok := len(dates) == 0 && date == "" || slices.ContainsFunc(dates, func(w any) bool { return w == date })
		t.add("date", ok, "%s: %q: want %v, got %s", row.File, p.got.Title, dates, date)
		if kind, ok := p.truth["type"].(string); ok && kind != "" && kind != "other" {
			ok := slices.ContainsFunc(accepted(p.truth, "type"), func(w any) bool { return w == string(p.got.Type) })
			t.add("list_type", ok, "%s: %q: want %s, got %s", row.File, p.got.Title, kind, p.got.Type)
		}
		for _, key := range []string{"buyer", "agency", "winner", "amount", "project_no", "region"} {
			if want := accepted(p.truth, key); len(want) > 0 && !empty(p.truth[key]) {
				ok := slices.ContainsFunc(want, func(w any) bool { return same(key, w, p.got) })
				t.add("list_"+key, ok, "%s: %q: want %v, got %v", row.File, p.got.Title, want, field(key, p.got))
			}
		}
	}
}

type pair struct {
	truth map[string]any
	got   signals.Notice
}

// pairUp pairs truth and notices by title, one to one; a title may begin with the other.
func pairUp(truth []map[string]any, got []signals.Notice) (pairs []pair, missing []map[string]any) {
	pool := map[string][]signals.Notice{}
	for _, g := range got {
		pool[plain(g.Title)] = append(pool[plain(g.Title)], g)
	}
	for _, t := range truth {
		key := poolKey(pool, accepted(t, "title"))
		if key == "" {
			missing = append(missing, t)
			continue
		}
		url, _ := t["url"].(string)
		best := max(0, slices.IndexFunc(pool[key], func(n signals.Notice) bool {
			return url != "" && strings.HasSuffix(n.URL, strings.TrimLeft(url, "./"))
		}))
		pairs = append(pairs, pair{t, pool[key][best]})
		pool[key] = slices.Delete(slices.Clone(pool[key]), best, best+1)
	}
	return pairs, missing
}

func poolKey(pool map[string][]signals.Notice, titles []any) string {
	for _, title := range titles {
		if key := plain(fmt.Sprint(title)); len(pool[key]) > 0 {
			return key
		}
	}
	for _, key := range slices.Sorted(maps.Keys(pool)) {
		for _, title := range titles {
			want := plain(fmt.Sprint(title))
			short := min(len([]rune(want)), len([]rune(key)))
			if len(pool[key]) > 0 && short >= 8 && (strings.HasPrefix(key, want) || strings.HasPrefix(want, key)) {
				return key
			}
		}
	}
	return ""
}

// accepted is the truth of a key and what else is right.
func accepted(truth map[string]any, key string) []any {
	var out []any
	if v := truth[key]; !empty(v) {
		out = append(out, v)
	}
	if v := truth[key+"_alt"]; !empty(v) {
		if list, ok := v.([]any); ok {
			return append(out, list...)
		}
		out = append(out, v)
	}
	return out
}

func empty(v any) bool {
	if v == nil || v == "" {
		return true
	}
	list, ok := v.([]any)
	return ok && len(list) == 0
}

// plain is a text without blanks, signs and width, as judge.py compares it.
func plain(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
}

func field(key string, n signals.Notice) any {
	switch key {
	case "title":
		return n.Title
	case "type":
		return n.Type
	case "buyer":
		return n.Buyer
	case "agency":
		return n.Agency
	case "winner":
		return n.Winners
	case "amount":
		return n.Amount
	case "published":
		return n.Published
	case "project_no":
		return n.ProjectNo
	}
	return n.Region
}

func same(key string, want any, n signals.Notice) bool {
	switch key {
	case "amount":
		w, ok := want.(float64)
		return ok && n.Amount != nil && math.Abs(n.Amount.InexactFloat64()-w) <= 0.005*math.Max(1, math.Abs(w))
	case "winner":
		var names []string
		if list, ok := want.([]any); ok {
			for _, x := range list {
				names = append(names, plain(fmt.Sprint(x)))
			}
		} else {
			names = []string{plain(fmt.Sprint(want))}
		}
		var got []string
		for _, w := range n.Winners {
			got = append(got, plain(w))
		}
		slices.Sort(names)
		slices.Sort(got)
		return slices.Equal(slices.Compact(names), slices.Compact(got))
	case "published":
		return n.Published != nil && n.Published.String() == want
	case "type":
		return string(n.Type) == want
	case "region":
		w, g := plain(fmt.Sprint(want)), plain(n.Region)
		return g != "" && (strings.Contains(g, w) || strings.Contains(w, g))
	}
	g := plain(fmt.Sprint(field(key, n)))
	return g != "" && g == plain(fmt.Sprint(want))
}
