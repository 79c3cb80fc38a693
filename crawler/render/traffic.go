package render

import (
	"context"
	"sync"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// maxRequests is how many requests a page may make. One that makes more is no job list.
const maxRequests = 150

// traffic answers the browser's requests, and knows when there are no more.
type traffic struct {
	ctx     context.Context
	fetcher Fetcher
	working sync.WaitGroup

	mu      sync.Mutex
	open    int // requests that are not answered yet
	made    int
	last    time.Time // of the newest change
	changed chan struct{}
}

func newTraffic(ctx context.Context, fetcher Fetcher) *traffic {
	return &traffic{ctx: ctx, fetcher: fetcher, last: time.Now(), changed: make(chan struct{}, 1)}
}

// event takes a request that the browser wants to make.
func (t *traffic) event(ev any) {
	paused, ok := ev.(*fetch.EventRequestPaused)
	if !ok {
		return
	}
	t.note(1)
	t.working.Go(func() {
		defer t.note(-1)
		t.answer(paused)
	})
}

func (t *traffic) note(n int) {
	t.mu.Lock()
	t.open += n
	if n > 0 {
		t.made++
	}
	t.last = time.Now()
	t.mu.Unlock()
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// answer fetches a request through the crawler, or refuses it. That the browser is gone
// before its answer comes is no fault.
func (t *traffic) answer(paused *fetch.EventRequestPaused) {
	if !wanted(paused.ResourceType) || t.tooMany() {
		t.refuse(paused, network.ErrorReasonBlockedByClient)
		return
	}
	got, err := t.fetcher(t.ctx, requestOf(paused))
	if err != nil {
		t.refuse(paused, network.ErrorReasonFailed)
		return
	}
	_, _ = chromedp.Call(t.ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID: paused.RequestID, ResponseCode: int64(got.Status), ResponseHeaders: headersOf(got), Body: got.Body,
	})
}

func (t *traffic) refuse(paused *fetch.EventRequestPaused, why network.ErrorReason) {
	_, _ = chromedp.Call(t.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: paused.RequestID, ErrorReason: why})
}

func (t *traffic) tooMany() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made > maxRequests
}

// wanted tells what can matter to a list of text: pictures, fonts, films and looks cannot.
func wanted(kind network.ResourceType) bool {
	switch kind {
	case network.ResourceTypeDocument, network.ResourceTypeScript, network.ResourceTypeXHR, network.ResourceTypeFetch:
		return true
	}
	return false
}

func requestOf(paused *fetch.EventRequestPaused) Request {
	r := Request{Method: paused.Request.Method, URL: paused.Request.URL, Headers: make(map[string]string)}
	for name, value := range paused.Request.Headers {
		if text, ok := value.(string); ok {
			r.Headers[name] = text
		}
	}
	for _, entry := range paused.Request.PostDataEntries {
		r.Body = append(r.Body, entry.Bytes...)
	}
	return r
}

// headersOf are a response's headers for the browser, which gets the body decoded.
func headersOf(r Response) []*fetch.HeaderEntry {
	var headers []*fetch.HeaderEntry
	for name, values := range r.Headers {
		switch name {
		case "Content-Encoding", "Content-Length", "Transfer-Encoding":
			continue
		}
		for _, value := range values {
			headers = append(headers, &fetch.HeaderEntry{Name: name, Value: value})
		}
	}
	return headers
}

// settled waits until the browser has asked for nothing during a while.
func (t *traffic) settled(ctx context.Context, quiet time.Duration) error {
	for {
		t.mu.Lock()
		open, since := t.open, time.Since(t.last)
		t.mu.Unlock()
		wait := quiet - since
		if open > 0 {
			wait = time.Hour // until something changes
		} else if wait <= 0 {
			return nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-t.changed:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}
