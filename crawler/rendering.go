package crawler

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/crawler/render"
	"dealvitals/evidence"
	"dealvitals/signals"
)

const (
	// renderBrowser is what Reading.Render says where the administrator allows rendering.
	renderBrowser = "browser"
	// renderLimit is the longest time for rendering a page, its scripts' requests included.
	renderLimit = 2 * time.Minute
	// renderedHeader marks what is kept of a rendered page: no site sent it so.
	renderedHeader = "X-Dealvitals-Rendered"
)

// renderer is a browser that shows a page, asking for everything through fetcher.
type renderer interface {
	Page(ctx context.Context, address string, fetcher render.Fetcher) ([]byte, error)
}

// rendered reads a script shell again as a browser shows it. Where that fails, or shows no
// more, the page stays the shell that it was read as, and says why.
func (w *walk) rendered(ctx context.Context, r extract.Request, got *answer, shell extract.Result, shown signals.Evidence) (extract.Result, signals.Evidence, error) {
	if w.c.browser == nil {
		shell.Why = (&render.MissingError{}).Error()
		return shell, shown, nil
	}
	html, err := w.c.browser.Page(ctx, got.url.String(), w.fetcher(r, got))
	if err != nil {
		shell.Why = "rendering it failed: " + err.Error()
		return shell, shown, ctx.Err()
	}
	page := extract.Page{URL: got.url.String(), ContentType: "text/html; charset=utf-8", RobotsTag: robotsTag(got), StatusCode: got.status, Body: html, At: w.c.clock()}
	read := w.c.readPage(page, w.target.Kind, w.target.Reading)
	kept, err := w.c.archive.Keep(ctx, evidence.Capture{
		URL: page.URL, Method: got.method, RequestHeader: got.request, StatusCode: got.status, Body: html, At: page.At,
		ResponseHeader: http.Header{"Content-Type": {page.ContentType}, renderedHeader: {"chromium"}},
	})
	if err != nil {
		return shell, shown, err
	}
	w.keep(kept)
	if read.Outcome == signals.OutcomeScriptShell {
		read.Why = "a browser shows no more: " + read.Why
	}
	return read, kept, nil
}

// fetcher answers a browser's requests as the run would make them: by robots.txt, in turn,
// guarded and within limits. The page itself was fetched already.
func (w *walk) fetcher(r extract.Request, got *answer) render.Fetcher {
	var turn sync.Mutex // a session makes one request at a time
	return func(ctx context.Context, asked render.Request) (render.Response, error) {
		if asked.Method == http.MethodGet && (asked.URL == r.URL || asked.URL == got.url.String()) {
			return responseOf(got), nil
		}
		turn.Lock()
		defer turn.Unlock()
		request := extract.Request{URL: asked.URL, Method: asked.Method, Body: string(asked.Body)}
		answered, err := w.session.ask(ctx, request, w.scriptHeader(request, asked.Headers))
		if err != nil {
			return render.Response{}, err
		}
		return responseOf(answered), nil
	}
}

// scriptHeader is the run's own header with what the page's script adds to it. A script
// cannot change who asks, nor how the message travels.
func (w *walk) scriptHeader(r extract.Request, added map[string]string) http.Header {
	h := w.session.header(r, validators{})
	for name, value := range added {
		switch name = http.CanonicalHeaderKey(name); {
		case name == "Accept" || name == "Content-Type" || name == "Referer" || name == "Authorization":
			h.Set(name, value)
		case strings.HasPrefix(name, "X-"):
			h.Set(name, value)
		}
	}
	return h
}

func responseOf(got *answer) render.Response {
	return render.Response{Status: got.status, Headers: got.header, Body: got.body}
}

// withoutValidators is an answer whose page must be asked for whole the next time.
func withoutValidators(got *answer) *answer {
	plain := *got
	plain.header = got.header.Clone()
	plain.header.Del("ETag")
	plain.header.Del("Last-Modified")
	return &plain
}
