package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"dealvitals/api"

	"github.com/chromedp/chromedp"
)

// screenshots is where the browser test leaves what it saw, for people to look at.
const screenshots = "DEALVITALS_SCREENSHOTS"

// chromium is one browser for all tests: to start it takes longer than most of them.
var chromium sharedBrowser

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.stop()
	os.Exit(code)
}

type sharedBrowser struct {
	once sync.Once
	ctx  context.Context
	end  []context.CancelFunc
	err  error
}

// open starts the browser when the first test asks for it.
func (b *sharedBrowser) open() (context.Context, error) {
	b.once.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute)) // a machine under load starts it slowly
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, leave := chromedp.NewContext(allocator)
		b.ctx, b.end, b.err = ctx, []context.CancelFunc{leave, stop}, chromedp.Do(ctx)
	})
	return b.ctx, b.err
}

func (b *sharedBrowser) stop() {
	for _, end := range b.end {
		end()
	}
}

// browse opens the dashboard as a role in a tab of its own. Tabs share no cookies, so
// tests in the browser run side by side.
func browse(t *testing.T, w *world, role api.Role) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed: .ci/install installs it")
	}
	t.Parallel()
	browser, err := chromium.open()
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1366, 860), chromedp.Navigate(w.server.URL+"/")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(cancel)
	follow(t, ctx, chromedp.SendKeys(`input[name=key]`, w.secrets[role]+"\r"))
	return ctx
}

// follow does what leads to another page, and waits for it.
func follow(t *testing.T, ctx context.Context, action chromedp.Action[chromedp.Void]) {
	t.Helper()
	if _, err := chromedp.RunResponse(ctx, action); err != nil {
		t.Fatal(err)
	}
}

// fits fails where a page has to be scrolled sideways on a laptop.
func fits(t *testing.T, ctx context.Context, page string) {
	t.Helper()
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > window.innerWidth"))
	if err != nil || wide {
		t.Errorf("%s has to be scrolled sideways on a laptop (%v)", page, err)
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
