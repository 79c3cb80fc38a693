package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runProbe probes a saved page and returns its JSON and what was said beside it.
func runProbe(t *testing.T, page string, args ...string) (map[string]any, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(name, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	code := Main(t.Context(), Process{Args: append([]string{"probe", "--kind", "hiring", "--format", "json", name}, args...), Out: &out, Err: &said})
	if code != ExitOK {
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	var probe map[string]any
	if err := json.Unmarshal(out.Bytes(), &probe); err != nil {
		t.Fatal(err)
	}
	return probe, said.String()
}

const relativeDates = `<html><body><h1>招聘职位</h1><ul>
<li><a href="/job/1">机械工程师</a><span>上海</span><span>3天前</span></li>
<li><a href="/job/2">财务主管</a><span>苏州</span><span>昨天</span></li>
<li><a href="/job/3">采购专员</a><span>无锡</span><span>5天前</span></li></ul></body></html>`

func postedOf(t *testing.T, probe map[string]any) []any {
	t.Helper()
	var days []any
	postings, _ := probe["postings"].([]any)
	for _, p := range postings {
		days = append(days, p.(map[string]any)["posted"])
	}
	return days
}

func TestProbeCountsRelativeDaysFromTheCapture(t *testing.T) {
	probe, _ := runProbe(t, relativeDates, "--at", "2026-11-24T12:00:00+08:00")
	if days := postedOf(t, probe); len(days) != 3 || days[0] != "2026-11-21" || days[1] != "2026-11-23" {
		t.Errorf("read the days %v", days)
	}
}

func TestProbeOfAPageCapturedNobodyKnowsWhenIsReadWithoutRelativeDays(t *testing.T) {
	probe, said := runProbe(t, relativeDates, "--at", "2025-28T12:00:00+08:00")
	if days := postedOf(t, probe); len(days) != 3 || days[0] != nil {
		t.Errorf("read the days %v, want three postings without one", days)
	}
	if !strings.Contains(said, "unknown") {
		t.Errorf("nothing was said of the instant: %q", said)
	}
}
