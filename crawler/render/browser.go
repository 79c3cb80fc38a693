package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Request is what the browser asks for.
type Request struct {
	Method  string
	URL     string
	Headers map[string]string
	Body    []byte
}

// Response is what it is answered.
type Response struct {
	Status  int
	Headers map[string][]string
	Body    []byte // decoded
}

// Fetcher answers one request as the crawler would make it. An error is a request that
// may not be made, or that failed.
type Fetcher func(ctx context.Context, r Request) (Response, error)

// Browser is a Chromium on this machine.
type Browser struct {
	path  string
	limit time.Duration // for one page
	turn  chan struct{} // one page at a time: a browser costs hundreds of megabytes
}

// names are what Chromium is called, in the order of preference.
func names() []string {
	return []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"}
}

// MissingError says that there is no browser on this machine.
type MissingError struct{}

func (e *MissingError) Error() string {
	return "rendering needs Chromium, and there is none on this machine: install the package chromium"
}

// Find looks for a browser on this machine.
func Find(limit time.Duration) (*Browser, error) {
	for _, name := range names() {
		if path, err := exec.LookPath(name); err == nil {
			return &Browser{path: path, limit: limit, turn: make(chan struct{}, 1)}, nil
		}
	}
	return nil, &MissingError{}
}

// quiet is how long a page must ask for nothing before it is taken to be complete.
const quiet = 700 * time.Millisecond

// memory is the most that the page's scripts may hold, in MiB.
const memory = "256"

// Page renders an address and returns its HTML as the browser then has it.
func (b *Browser) Page(ctx context.Context, address string, fetcher Fetcher) (html []byte, err error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	profile, err := os.MkdirTemp("", "dealvitals-render-")
	if err != nil {
		return nil, fmt.Errorf("making a profile for the browser: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(profile)) }()
	limited, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	html, err = b.show(limited, profile, address, fetcher)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		err = fmt.Errorf("the page was not rendered within %s", b.limit)
	}
	return html, err
}

// options start a browser that cannot reach anything by itself: what is not intercepted
// ends at a proxy that is not there.
func (b *Browser) options(profile string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(b.path),
		chromedp.UserDataDir(profile),
		chromedp.DisableGPU,
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("blink-settings", "imagesEnabled=false"),
		chromedp.Flag("js-flags", "--max-old-space-size="+memory),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), // Chromium refuses its sandbox to root
	)
}

func (b *Browser) show(ctx context.Context, profile, address string, fetcher Fetcher) ([]byte, error) {
	ctx, stop := chromedp.NewExecAllocator(ctx, b.options(profile)...)
	defer stop()
	ctx, end := chromedp.NewContext(ctx)
	defer end()
	t := newTraffic(ctx, fetcher)
	if err := chromedp.Listen(ctx, t.event); err != nil {
		return nil, fmt.Errorf("starting the browser: %w", err)
	}
	html, err := t.load(ctx, address)
	end()
	t.working.Wait()
	return html, err
}

// load opens an address and waits until the page asks for nothing any more.
func (t *traffic) load(ctx context.Context, address string) ([]byte, error) {
	every := []*fetch.RequestPattern{{URLPattern: "*", RequestStage: fetch.RequestStageRequest}}
	if _, err := chromedp.Call(ctx, fetch.Enable, fetch.EnableParams{Patterns: every}); err != nil {
		return nil, fmt.Errorf("taking over the browser's requests: %w", err)
	}
	opened, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: address})
	if err != nil {
		return nil, fmt.Errorf("opening the page: %w", err)
	}
	if opened.ErrorText != "" {
		return nil, fmt.Errorf("opening the page: the browser says %s", opened.ErrorText)
	}
	if err := t.settled(ctx, quiet); err != nil {
		return nil, err
	}
	html, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.documentElement.outerHTML"))
	if err != nil {
		return nil, fmt.Errorf("reading what was rendered: %w", err)
	}
	return []byte("<!DOCTYPE html>\n" + html), nil
}
