package crawler

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/crawler/render"
	"dealvitals/signals"
)

// screen is a browser that runs one script: it asks for the page, then for the script's
// data, and shows both.
type screen struct{ data string }

func (b screen) Page(ctx context.Context, address string, fetcher render.Fetcher) ([]byte, error) {
	page, err := fetcher(ctx, render.Request{Method: http.MethodGet, URL: address})
	if err != nil {
		return nil, err
	}
	data, err := fetcher(ctx, render.Request{Method: http.MethodPost, URL: b.data, Body: []byte("{}"), Headers: map[string]string{"X-Requested-With": "fetch", "User-Agent": "Mozilla"}})
	if err != nil {
		return nil, err
	}
	return append(page.Body, data.Body...), nil
}

// shellReader reads a page as a shell as long as it holds no job.
func shellReader(p extract.Page, kind signals.Kind, reading signals.Reading) extract.Result {
	r := readLines(p, kind, reading)
	if len(r.Postings) == 0 {
		r.Outcome, r.Why = signals.OutcomeScriptShell, "an empty root"
	}
	return r
}

func TestScriptShellIsRenderedWhereTheTargetAllowsIt(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = shellReader
	s := w.site()
	s.page("/", "<div id=app></div>")
	s.page("/api", "\njob 1 会计")
	w.browser = screen{s.URL + "/api"}

	plain := w.crawl(signals.Target{URL: s.URL + "/"})
	if plain.Run.Outcome != signals.OutcomeScriptShell || plain.Run.Complete {
		t.Errorf("without leave the run ended in %s, complete %v; want script_shell", plain.Run.Outcome, plain.Run.Complete)
	}
	s.forget()
	r := w.crawl(signals.Target{URL: s.URL + "/", Reading: signals.Reading{Render: "browser"}})
	if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || ids(r) != "1" {
		t.Fatalf("rendered: outcome %s (%s), complete %v, ids %q", r.Run.Outcome, r.Run.Problem, r.Run.Complete, ids(r))
	}
	if s.paths() != "/ /api" {
		t.Errorf("asked for %s, want the page once and then the script's data", s.paths())
	}
	asked := s.asked()[1]
	if asked.method != http.MethodPost || asked.body != "{}" || asked.header.Get("X-Requested-With") != "fetch" || !strings.HasPrefix(asked.header.Get("User-Agent"), "dealvitals/") {
		t.Errorf("the script's request went out as %s %q with %v", asked.method, asked.body, asked.header)
	}
	body, err := w.archive.Body(t.Context(), r.Evidence[len(r.Evidence)-1])
	if err != nil || !strings.Contains(string(body), "job 1 会计") || postingsOf(r)[0].Evidence != r.Evidence[len(r.Evidence)-1].Hash {
		t.Errorf("the posting's evidence is not the rendered page: %q, %v", body, err)
	}
}

func TestRenderedPageIsRenderedAgainAlthoughItsShellIsTheSame(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = shellReader
	s := w.site()
	s.handle("/", func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		rw.Header().Set("ETag", `"shell"`)
		text("<div id=app></div>")(rw, r)
	})
	s.page("/api", "\njob 1 会计")
	w.browser = screen{s.URL + "/api"}
	target := signals.Target{URL: s.URL + "/", Reading: signals.Reading{Render: "browser"}}
	w.crawl(target)
	s.page("/api", "\njob 1 会计\njob 2 司机")
	if r := w.crawl(target); ids(r) != "1 2" {
		t.Errorf("the second run read %q, want both jobs", ids(r))
	}
}

func TestScriptMayNotAskForAForbiddenAddress(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = shellReader
	s := w.site()
	s.page("/", "<div id=app></div>")
	w.browser = screen{"http://169.254.169.254/latest/meta-data/"}
	r := w.crawl(signals.Target{URL: s.URL + "/", Reading: signals.Reading{Render: "browser"}})
	if r.Run.Outcome != signals.OutcomeScriptShell || !strings.Contains(r.Run.Problem, "rendering it failed") {
		t.Errorf("outcome %s, problem %q", r.Run.Outcome, r.Run.Problem)
	}
}

func TestWithoutABrowserTheShellSaysHowToGetOne(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = shellReader
	s := w.site()
	s.page("/", "<div id=app></div>")
	w.browser = nil
	r := w.crawl(signals.Target{URL: s.URL + "/", Reading: signals.Reading{Render: "browser"}})
	if r.Run.Outcome != signals.OutcomeScriptShell || !strings.Contains(r.Run.Problem, "install the package chromium") {
		t.Errorf("outcome %s, problem %q", r.Run.Outcome, r.Run.Problem)
	}
}

// TestRealBrowserRendersARealShell goes the whole way with Chromium, where there is one.
func TestRealBrowserRendersARealShell(t *testing.T) {
	_, err := render.Find(renderLimit)
	var missing *render.MissingError
	if errors.As(err, &missing) {
		t.Skip(err)
	}
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = extract.Read
	s := w.site()
	s.handle("/", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		text(`<!doctype html><html><head><title>招聘</title><script src="/app.js" defer></script></head><body><div id="app"></div></body></html>`)(rw, nil)
	})
	s.handle("/app.js", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/javascript")
		text(`fetch("/api/jobs").then(r => r.json()).then(list => { document.getElementById("app").innerHTML =
			"<h1>招聘职位</h1><ul>" + list.map(j => "<li><a href='/job/" + j.i + ".html'>" + j.t + "</a> <span>上海</span> <span>2026-11-0" + j.i + "</span></li>").join("") + "</ul>"; });`)(rw, nil)
	})
	s.page("/api/jobs", `[{"i":1,"t":"机械工程师"},{"i":2,"t":"财务主管"},{"i":3,"t":"采购专员"},{"i":4,"t":"销售经理"}]`)
	r := w.crawl(signals.Target{URL: s.URL + "/", Reading: signals.Reading{Render: "browser"}})
	if r.Run.Outcome != signals.OutcomeOK || r.Run.Items != 4 {
		t.Errorf("outcome %s (%s), %d items; want 4", r.Run.Outcome, r.Run.Problem, r.Run.Items)
	}
}
