package crawler

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"

	"github.com/gocolly/colly/v2"
)

const (
	maxRedirects = 10
	// maxVisits is how often one address may occur on a way of redirects: once more than
	// once, for sites that set a cookie and send back to the same page.
	maxVisits = 2
)

// session is the collector of one run.
type session struct {
	collector *colly.Collector
	manners   manners
	headers   http.Header // of the target
	host      string      // that they are for
	secrets   *sealedSecrets
	barred    *barred
}

// newSession makes a run's collector. It is not made by colly.NewCollector, which lets
// COLLY_* variables of the environment override what is set here.
func (c *Crawler) newSession(t signals.Target) (*session, error) {
	opened, err := c.openSecrets(t)
	if err != nil {
		return nil, err
	}
	s := &session{manners: c.settings.manners(t.Politeness), headers: headersOf(t.Reading), host: hostOf(t.URL), secrets: opened, barred: newBarred(t)}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s.collector = &colly.Collector{}
	s.collector.Init()
	s.collector.UserAgent = c.settings.userAgent()
	s.collector.AllowURLRevisit = true        // what was visited is the run's concern, and bounded there
	s.collector.IgnoreRobotsTxt = true        // the transport obeys it, on every hop
	s.collector.MaxBodySize = 0               // the transport bounds it
	s.collector.ParseHTTPErrorResponse = true // what an error page says is for the extractors to tell
	s.collector.WithTransport(c.transport)
	s.collector.SetCookieJar(jar)
	s.collector.SetRequestTimeout(0) // the transport limits each attempt; waiting for a turn is no fault
	s.collector.SetRedirectHandler(s.redirect)
	return s, nil
}

// manners are the settings', or a target's where it wants to be asked less hard.
func (s Settings) manners(p signals.Politeness) manners {
	m := manners{delay: max(s.Delay, time.Duration(p.Delay)), atOnce: s.Concurrency}
	if p.Concurrency > 0 {
		m.atOnce = min(m.atOnce, p.Concurrency)
	}
	return m
}

// headersOf are the headers that a target asks for. It may not hide who asks, nor change
// how the message travels.
func headersOf(r signals.Reading) http.Header {
	h := make(http.Header)
	for name, value := range r.Headers {
		switch http.CanonicalHeaderKey(name) {
		case "User-Agent", "Host", "Accept-Encoding", "Content-Length", "Transfer-Encoding", "Connection", "Te", "Trailer", "Upgrade":
		default:
			h.Set(name, value)
		}
	}
	return h
}

// validators make a request conditional.
type validators struct{ etag, lastModified string }

// get fetches one page.
func (s *session) get(ctx context.Context, r extract.Request, v validators) (*answer, error) {
	if err := s.barred.refuse(r); err != nil {
		return nil, pageError(ctx, r.URL, err)
	}
	return s.ask(ctx, r, s.header(r, v))
}

// ask makes one request with the headers given.
func (s *session) ask(ctx context.Context, r extract.Request, header http.Header) (*answer, error) {
	x := &exchange{manners: s.manners, secrets: s.secrets}
	s.collector.Context = withExchange(ctx, x)
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	var err error
	if r.Body == "" {
		err = s.collector.Request(method, r.URL, nil, nil, header)
	} else {
		err = s.collector.Request(method, r.URL, strings.NewReader(r.Body), nil, header)
	}
	if err == nil && x.answer == nil {
		err = errStray
	}
	if err != nil {
		return nil, pageError(ctx, r.URL, err)
	}
	return x.answer, nil
}

func (s *session) header(r extract.Request, v validators) http.Header {
	h := http.Header{
		"User-Agent":      {s.collector.UserAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,*/*;q=0.8"},
		"Accept-Language": {"zh-CN,zh;q=0.9,en;q=0.8"},
		"Accept-Encoding": {acceptEncoding},
	}
	if r.ContentType != "" {
		h.Set("Content-Type", r.ContentType)
	}
	if v.etag != "" {
		h.Set("If-None-Match", v.etag)
	}
	if v.lastModified != "" {
		h.Set("If-Modified-Since", v.lastModified)
	}
	if hostOf(r.URL) == s.host {
		for name, values := range s.headers {
			h[name] = values
		}
	}
	return h
}

// redirect judges a redirect before it is followed. Whether its address may be fetched
// at all is judged by the transport.
func (s *session) redirect(req *http.Request, via []*http.Request) error {
	if len(via) >= maxRedirects {
		return looping("it redirects more than %d times", maxRedirects)
	}
	visits := 1
	for _, earlier := range via {
		if earlier.URL.String() == req.URL.String() && earlier.Method == req.Method {
			visits++
		}
	}
	if visits > maxVisits {
		return looping("it redirects in a circle")
	}
	if req.URL.Host != s.host {
		for name := range s.headers {
			req.Header.Del(name)
		}
	}
	return nil
}

// pageError makes what went wrong a *PageError. Only the end of the context stays as it is.
func pageError(ctx context.Context, address string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var page *PageError
	if !errors.As(err, &page) {
		page = &PageError{Outcome: signals.OutcomeUnsafe, Problem: "its address cannot be used: " + plain(err), Err: err}
	}
	told := *page // the same error may be shared by several runs: a robots.txt denial is cached
	told.URL = address
	return &told
}
