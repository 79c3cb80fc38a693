package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestACrawlSaysPageByPageHowFarItIs(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/jobs" {
			http.NotFound(w, r)
			return
		}
		page, next := r.URL.Query().Get("page"), ""
		if page == "" {
			page, next = "1", `<a rel="next" href="/jobs?page=2">下一页</a>`
		}
		fmt.Fprint(w, "<html><body><h1>招聘职位</h1><ul>")
		for i := range 5 {
			fmt.Fprintf(w, `<li><a href="/job/%s%d">软件工程师 %s%d</a> <span>上海</span> <span>2026-11-20</span></li>`, page, i, page, i)
		}
		fmt.Fprint(w, "</ul>", next, "</body></html>")
	}))
	defer site.Close()
	folder := t.TempDir()
	db := filepath.Join(folder, "a.db")
	for name, text := range map[string]string{
		"customers": "id,name\nC1,华信有限公司\n", "targets": "id,kind,customer_id,url\nT1,hiring,C1," + site.URL + "/jobs\n",
	} {
		file := filepath.Join(folder, name+".csv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	typed(t, ExitOK, "", "import", "customers", filepath.Join(folder, "customers.csv"), "--db", db)
	typed(t, ExitOK, "", "import", "targets", filepath.Join(folder, "targets.csv"), "--db", db)
	_, told := typed(t, ExitOK, "", "crawl", "--pages", "--allow-network", "127.0.0.0/8", "--db", db)
	for _, line := range []string{
		"T1: 0 pages, 0 items, next " + site.URL + "/jobs\n",
		"T1: 1 pages, 5 items, ok " + site.URL + "/jobs, next " + site.URL + "/jobs?page=2\n",
		"T1: 2 pages, 10 items, ok " + site.URL + "/jobs?page=2\n",
	} {
		if !strings.Contains(told, line) {
			t.Errorf("it does not say %q:\n%s", line, told)
		}
	}
	if _, told := typed(t, ExitOK, "", "crawl", "--allow-network", "127.0.0.0/8", "--db", db); strings.Contains(told, "next ") {
		t.Errorf("it says each page unasked:\n%s", told)
	}
}
