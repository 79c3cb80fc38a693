package render

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const shell = `<!doctype html><html><head><title>Jobs</title>
<link rel="stylesheet" href="/style.css"><script src="/app.js" defer></script></head>
<body><div id="app"></div><img src="/logo.png"></body></html>`

const app = `fetch("/api/jobs", {method: "POST", body: JSON.stringify({page: 1})}).then(r => r.json()).then(jobs => {
  document.getElementById("app").innerHTML = "<ul>" + jobs.map(j => "<li><a href='/job/" + j.id + "'>" + j.title + "</a></li>").join("") + "</ul>";
});
fetch("http://secret.internal/steal").then(r => r.text()).then(t => { document.title = t; }, () => {});`

func find(t *testing.T) *Browser {
	t.Helper()
	b, err := Find(30 * time.Second)
	var missing *MissingError
	if errors.As(err, &missing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// site answers from memory what the page may ask for, and notes what it asked for.
type site struct {
	mu    sync.Mutex
	asked []string
}

func (s *site) fetch(_ context.Context, r Request) (Response, error) {
	s.mu.Lock()
	s.asked = append(s.asked, r.Method+" "+r.URL+" "+string(r.Body))
	s.mu.Unlock()
	switch r.URL {
	case "https://careers.example/":
		return Response{Status: 200, Headers: map[string][]string{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(shell)}, nil
	case "https://careers.example/app.js":
		return Response{Status: 200, Headers: map[string][]string{"Content-Type": {"text/javascript"}}, Body: []byte(app)}, nil
	case "https://careers.example/api/jobs":
		return Response{Status: 200, Headers: map[string][]string{"Content-Type": {"application/json"}}, Body: []byte(`[{"id":7,"title":"机械工程师"},{"id":8,"title":"会计"}]`)}, nil
	}
	return Response{}, fmt.Errorf("%s is refused", r.URL)
}

func TestScriptedListIsRenderedThroughTheFetcherOnly(t *testing.T) {
	b, s := find(t), &site{}
	html, err := b.Page(t.Context(), "https://careers.example/", s.fetch)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a href="/job/7">机械工程师</a>`, `<a href="/job/8">会计</a>`} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the rendered page lacks %s:\n%s", want, html)
		}
	}
	asked := strings.Join(s.asked, "\n")
	if !strings.Contains(asked, `POST https://careers.example/api/jobs {"page":1}`) {
		t.Errorf("the body of the script's request was lost:\n%s", asked)
	}
	for _, unwanted := range []string{"logo.png", "style.css"} {
		if strings.Contains(asked, unwanted) {
			t.Errorf("the browser was let ask for %s", unwanted)
		}
	}
}

func TestBrowserReachesNothingByItself(t *testing.T) {
	b := find(t)
	var reached atomic.Bool
	outside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer outside.Close()
	page := `<html><body><p>x</p><script>
new WebSocket("ws` + strings.TrimPrefix(outside.URL, "http") + `/socket");
navigator.sendBeacon("` + outside.URL + `/beacon", "x");
new Image().src = "` + outside.URL + `/image";
</script><iframe src="` + outside.URL + `/frame"></iframe></body></html>`
	_, err := b.Page(t.Context(), "https://careers.example/", func(_ context.Context, r Request) (Response, error) {
		if r.URL != "https://careers.example/" {
			return Response{}, errors.New("refused")
		}
		return Response{Status: 200, Headers: map[string][]string{"Content-Type": {"text/html"}}, Body: []byte(page)}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if reached.Load() {
		t.Error("the browser made a connection of its own")
	}
}

func TestEndlessScriptEndsAtTheLimit(t *testing.T) {
	b := find(t)
	b.limit = 3 * time.Second
	_, err := b.Page(t.Context(), "https://careers.example/", func(context.Context, Request) (Response, error) {
		return Response{Status: 200, Headers: map[string][]string{"Content-Type": {"text/html"}}, Body: []byte(`<html><body><script>while(true){}</script></body></html>`)}, nil
	})
	if err == nil || !strings.Contains(err.Error(), "within 3s") {
		t.Errorf("got %v, want the time limit", err)
	}
}

func TestRefusedPageIsAnError(t *testing.T) {
	b := find(t)
	_, err := b.Page(t.Context(), "https://careers.example/", func(context.Context, Request) (Response, error) {
		return Response{}, &net.AddrError{Err: "unsafe", Addr: "careers.example"}
	})
	if err == nil {
		t.Error("a page that may not be fetched was rendered")
	}
}
