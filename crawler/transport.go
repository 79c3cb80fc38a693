package crawler

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"dealvitals/crawler/guard"
)

// maxHeader bounds a response's headers, in bytes.
const maxHeader = 256 << 10

// transport does what must hold for each single request. It is the http.RoundTripper of
// every run's collector.
type transport struct {
	settings  Settings
	base      *http.Transport
	guard     *guard.Guard
	turns     *turns // of hosts
	machines  *turns // of addresses that hosts share
	addresses *addressBook
	breaker   *breaker
	budget    *budget
	robots    *robotsCache
	waiting   waiting
}

func newTransport(s Settings, clock func() time.Time, wait waiting, logger *slog.Logger) (*transport, error) {
	proxy, err := s.proxy()
	if err != nil {
		return nil, err
	}
	g := newGuard(s)
	t := &transport{
		settings: s, guard: g, turns: newTurns(wait), machines: newTurns(wait), addresses: newAddressBook(g.Resolve, wait.now),
		breaker: newBreaker(s.CircuitFailures, wait, s.Circuits, logger), budget: newBudget(s.HostBudget, s.Ledger, clock), waiting: wait,
	}
	t.base = &http.Transport{
		Proxy:                  proxy,
		DialContext:            g.Dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    guard.ConnectTimeout,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // undone in body.go, within limits
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
	}
	t.robots = newRobotsCache(t.readRobots, wait.now)
	return t, t.breaker.restore(context.Background())
}

// answer is what one request brought in the end.
type answer struct {
	url     *url.URL
	method  string
	status  int
	request http.Header
	header  http.Header
	body    []byte // decoded
	address string // that answered
}

// exchange goes with a request's context through colly and back: the manners to ask with,
// and the answer, which colly must not touch: it would decode its characters by the
// header alone.
type exchange struct {
	manners manners
	secrets *sealedSecrets
	answer  *answer
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// secretsOf are those that go with a context's requests.
func secretsOf(ctx context.Context) *sealedSecrets {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x.secrets
	}
	return nil
}

// errStray is a request that did not come through a session.
var errStray = errors.New("a request outside a session")

// RoundTrip makes one hop of a page's way.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, errStray
	}
	if err := judged(t.guard.URL(req.URL)); err != nil {
		return nil, err
	}
	m, err := t.admitted(req.Context(), req.URL, x.manners)
	if err != nil {
		return nil, err
	}
	got, err := t.persist(req, m, bodyLimit{size: t.settings.MaxBody}, endedWell)
	if err != nil {
		return nil, err
	}
	x.answer = got
	return bare(req, got), nil
}

// admitted asks robots.txt, and takes over its Crawl-delay.
func (t *transport) admitted(ctx context.Context, u *url.URL, m manners) (manners, error) {
	rules, err := t.robots.rules(ctx, u, m)
	if err != nil {
		return m, err
	}
	if !rules.Allowed(u.RequestURI()) {
		return m, denied("robots.txt of %s does not allow it", u.Host)
	}
	m.delay = max(m.delay, min(rules.Delay, t.settings.MaxCrawlDelay))
	return m, nil
}

// bare is an answer as colly sees it: status and headers, without the body.
func bare(req *http.Request, a *answer) *http.Response {
	return &http.Response{
		Status: http.StatusText(a.status), StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Body: http.NoBody, Uncompressed: true, Request: req,
	}
}

// attempt makes a request once, in its host's turn.
func (t *transport) attempt(req *http.Request, m manners, limit bodyLimit) (*answer, error) {
	if err := t.budget.take(req.Context(), hostKey(req.URL)); err != nil {
		return nil, err
	}
	leave, err := t.turn(req.Context(), req.URL, m)
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(req.Context(), t.settings.PageTimeout)
	defer cancel()
	got := &answer{url: req.URL, method: req.Method, request: req.Header}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) {
		got.address = c.Conn.RemoteAddr().String()
	}})
	out, err := outgoing(ctx, req)
	if err != nil {
		return nil, err
	}
	secrets := secretsOf(req.Context())
	if err := secrets.fill(out); err != nil {
		return nil, err
	}
	if err := t.receive(out, got, limit); err != nil {
		return nil, answered(failure(req.Context(), err, t.settings.PageTimeout), got)
	}
	secrets.hide(got)
	return got, nil
}

// answered notes on an error that the host was there.
func answered(err error, got *answer) error {
	var page *PageError
	if errors.As(err, &page) {
		page.answered = got.address != ""
	}
	return err
}

// outgoing is a request as it leaves, with a fresh body.
func outgoing(ctx context.Context, req *http.Request) (*http.Request, error) {
	out := req.Clone(ctx)
	if req.GetBody == nil {
		return out, nil
	}
	body, err := req.GetBody()
	out.Body = body
	return out, err
}

func (t *transport) receive(out *http.Request, got *answer, limit bodyLimit) error {
	response, err := t.base.RoundTrip(out)
	if err != nil {
		t.tellTrust(out.URL, err)
		return err
	}
	defer response.Body.Close()
	t.tellTime(out.URL, got.address, response.Header)
	got.status, got.header = response.StatusCode, response.Header
	if isRedirect(got.status) {
		return nil // its body is for people
	}
	got.body, err = readBody(response, limit)
	return err
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
