package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// blocked is a site that keeps programs out.
func blocked(t *testing.T) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if _, err := w.Write([]byte("<title>安全验证</title><body>请输入验证码")); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(site.Close)
	return site.URL
}

func TestTargetsAreListedWithWhatToDoPausedAndResumed(t *testing.T) {
	folder := t.TempDir()
	db, table := filepath.Join(folder, "a.db"), filepath.Join(folder, "targets.csv")
	begin(t, db)
	if out, _ := typed(t, ExitOK, "", "targets", "list", "--db", db); !strings.Contains(out, "no targets yet\nNext: dealvitals probe") {
		t.Errorf("an empty list says %s", out)
	}
	if err := os.WriteFile(table, []byte("id,kind,customer_id,url\nT1,采购,,"+blocked(t)+"/list\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	typed(t, ExitOK, "", "import", "targets", table, "--db", db)
	if out, _ := typed(t, ExitOK, "", "crawl", "--allow-network", "127.0.0.0/8", "--db", db); !strings.Contains(out, "dealvitals targets list tells what to do about 1 target that gave no data") {
		t.Errorf("the crawl ends with %s", out)
	}
	for lang, want := range map[string]string{"zh": "降低频率", "en": "Ask more slowly"} {
		if out, _ := typed(t, ExitOK, "", "targets", "list", "--lang", lang, "--db", db); !strings.Contains(out, want) || !strings.Contains(out, "blocked") || !strings.Contains(out, "failing") {
			t.Errorf("the list in %s says %s", lang, out)
		}
	}
	if out, _ := typed(t, ExitOK, "", "targets", "pause", "T1", "--db", db); !strings.Contains(out, "target T1 is paused\nNext: dealvitals targets resume T1") {
		t.Errorf("pause says %s", out)
	}
	if out, _ := typed(t, ExitOK, "", "targets", "show", "T1", "--db", db); !strings.Contains(out, `"state": "paused"`) {
		t.Errorf("show says %s", out)
	}
	typed(t, ExitOK, "", "targets", "resume", "T1", "--db", db)
	if out, _ := typed(t, ExitOK, "", "targets", "list", "--format", "json", "--db", db); !strings.Contains(out, `"state": "failing"`) {
		t.Errorf("after it is resumed: %s", out)
	}
	if _, said := typed(t, ExitFailure, "", "targets", "shows-all", "T1", "--db", db); !strings.Contains(said, "only a hiring page shows all jobs") {
		t.Errorf("of a tender site shows-all says %s", said)
	}
	for _, args := range [][]string{{"targets", "show", "T9"}, {"targets", "pause", "T9"}, {"crawl", "T9"}} {
		if _, said := typed(t, ExitFailure, "", append(args, "--db", db)...); !strings.Contains(said, "List the targets with `dealvitals targets list`") {
			t.Errorf("%v says %s", args, said)
		}
	}
	typed(t, ExitUsage, "", "targets", "list", "--lang", "fr", "--db", db)
}

func TestAProbeSaysWhatToDoAboutAPageThatGivesNothing(t *testing.T) {
	out, _ := typed(t, ExitOK, "", "probe", "--kind", "hiring", blocked(t)+"/jobs", "--allow-network", "127.0.0.0/8")
	for _, want := range []string{"what to do    Ask more slowly", "降低频率", "its crawls would end as blocked and measure nothing"} {
		if !strings.Contains(out, want) {
			t.Errorf("the probe does not say %q: %s", want, out)
		}
	}
}

func TestManyMissingFactorsAreCounted(t *testing.T) {
	healths := make([]scorer.Health, 80)
	for i := range healths {
		unknown := scorer.FactorScore{Status: signals.StatusUnknown, Reason: "no_target"}
		healths[i] = scorer.Health{Factors: scorer.FactorScores{Hiring: unknown, Tender: unknown, WeChat: unknown}}
	}
	var out strings.Builder
	if err := printMissing(&out, healths); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 6 || !strings.Contains(out.String(), "80") {
		t.Errorf("it says\n%s", out.String())
	}
}
