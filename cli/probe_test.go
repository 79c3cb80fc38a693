package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// A search is probed for one customer, by GET and by POST, and shown as the target that it
// is for all of them.
func TestProbeAsksASearchForACustomer(t *testing.T) {
	var asked []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/s" {
			http.NotFound(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, r.Method+" "+r.URL.Query().Get("kw")+string(body))
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"total":1,"records":[{"title":"云溪县教育局校车采购招标公告","publishTime":"2026-11-20","url":"/n/1"}]}`)
	}))
	defer site.Close()
	probe := func(args ...string) (map[string]any, string) {
		var out, said bytes.Buffer
		all := append([]string{"probe", "--kind", "tender", "--format", "json", "--allow-network", "127.0.0.0/8"}, args...)
		code := Main(t.Context(), Process{Args: all, Out: &out, Err: &said})
		if code != ExitOK {
			t.Fatalf("exit code %d: %s", code, said.String())
		}
		var result map[string]any
		if err := json.Unmarshal(out.Bytes(), &result); err != nil {
			t.Fatal(err)
		}
		return result, site.URL
	}
	template := site.URL + "/s?kw={customer}"
	got, _ := probe(template, "--customer", "云溪县教育局")
	if target, _ := got["target"].(map[string]any); got["count"] != 1.0 || target["url"] != template {
		t.Errorf("%v", got)
	}
	got, _ = probe(site.URL+"/s", "--body", `{"kw":"{customer}"}`, "--customer", "云溪县教育局")
	if got["count"] != 1.0 {
		t.Errorf("%v", got)
	}
	got, _ = probe(template)
	if got["outcome"] != "unsafe" {
		t.Errorf("without a customer: %v", got)
	}
	if want := `[GET 云溪县教育局 POST {"kw":"云溪县教育局"}]`; fmt.Sprint(asked) != want {
		t.Errorf("asked %v, want %s", asked, want)
	}
}
