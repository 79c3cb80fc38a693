package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk/desktest"

	"github.com/chromedp/chromedp"
)

// screenshots is where the browser test leaves what it saw, for people to look at.
const screenshots = "DEALVITALS_SCREENSHOTS"

func TestReviewerReadsTheTableInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed: .ci/install installs it")
	}
	w := newWorld(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WindowSize(1366, 860))
	browser, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	tab, stopTab := chromedp.NewContext(browser)
	defer stopTab()

	if err := chromedp.Do(tab, chromedp.Navigate(w.server.URL+"/")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.SendKeys(`input[name=key]`, w.secrets["sales_ops"]+"\r")); err != nil {
		t.Fatal(err)
	}
	row := textOf(t, ctx, "tbody tr")
	for _, want := range []string{"<b>一期</b>", "宏图机械有限公司", "李雷", "1,234.57 万元", "高", "低", "冷关系", "冻结"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row does not show %q: %s", want, row)
		}
	}
	keep(t, ctx, "deals.png")

	if _, err := chromedp.RunResponse(ctx, chromedp.Click("tbody th a")); err != nil {
		t.Fatal(err)
	}
	keep(t, ctx, "deal.png")
	err := chromedp.Do(ctx, chromedp.SendKeys(`form:has(input[value=release]) textarea`, "网站改版"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.Click("form:has(input[value=release]) button")); err != nil {
		t.Fatal(err)
	}
	if done := textOf(t, ctx, "[role=status]"); !strings.Contains(done, "解除") {
		t.Errorf("after the release the page says %q", done)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > window.innerWidth"))
	if err != nil || wide {
		t.Errorf("the page has to be scrolled sideways on a laptop (%v)", err)
	}
}

func TestTheBacktestIsSeenInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed: .ci/install installs it")
	}
	w := newWorld(t)
	if err := desktest.Ended(t.Context(), w.db, 200, today.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WindowSize(1366, 860))
	browser, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	tab, stopTab := chromedp.NewContext(browser)
	defer stopTab()
	if err := chromedp.Do(tab, chromedp.Navigate(w.server.URL+"/login?next=/backtest")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.SendKeys(`input[name=key]`, w.secrets["sales_ops"]+"\r")); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.Click("form.filters button")); err != nil {
		t.Fatal(err)
	}
	if answer := textOf(t, ctx, ".verdict"); !strings.Contains(answer, "标记优于基准率") {
		t.Errorf("the answer reads %q", answer)
	}
	keep(t, ctx, "backtest.png")
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > window.innerWidth"))
	if err != nil || wide {
		t.Errorf("the page has to be scrolled sideways on a laptop (%v)", err)
	}
}

func textOf(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Text(selector))
	if err != nil {
		t.Fatalf("reading %s: %v", selector, err)
	}
	return text
}

// keep writes a screenshot where one is asked for.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv(screenshots)
	if folder == "" {
		return
	}
	image, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), image, 0o600); err != nil {
		t.Fatal(err)
	}
}
