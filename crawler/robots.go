package crawler

import (
	"container/list"
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"dealvitals/crawler/robots"
	"dealvitals/signals"
)

const (
	// robotsFor is how long a robots.txt holds (RFC 9309 §2.4: at most 24 hours).
	robotsFor = 24 * time.Hour
	// robotsDeniedFor is how long a host is left alone whose robots.txt cannot be had.
	robotsDeniedFor = 10 * time.Minute
	// maxRobotsHops is how many redirects of robots.txt are followed (§2.3.1.2).
	maxRobotsHops = 5
	// robotsMemory bounds what the rules of all hosts take together, in bytes.
	robotsMemory = 8 << 20
)

// robotsCache holds hosts' robots.txt, those used last.
type robotsCache struct {
	load func(ctx context.Context, origin *url.URL, m manners) (robots.Rules, error)
	now  func() time.Time

	mu      sync.Mutex
	entries map[string]*list.Element
	order   *list.List // of *robotsEntry, used last first
	size    int
	loading map[string]chan struct{} // closed when the load is over
}

type robotsEntry struct {
	origin string
	rules  robots.Rules
	err    error
	from   time.Time
	until  time.Time
}

func newRobotsCache(load func(context.Context, *url.URL, manners) (robots.Rules, error), now func() time.Time) *robotsCache {
	return &robotsCache{
		load: load, now: now, entries: make(map[string]*list.Element), order: list.New(), loading: make(map[string]chan struct{}),
	}
}

// rules returns what the host of u says. One caller asks the host; others who come
// meanwhile wait for the answer.
func (c *robotsCache) rules(ctx context.Context, u *url.URL, m manners) (robots.Rules, error) {
	origin := u.Scheme + "://" + u.Host
	for {
		c.mu.Lock()
		if e, ok := c.fresh(origin); ok {
			c.mu.Unlock()
			return e.rules, e.err
		}
		busy, ok := c.loading[origin]
		if !ok {
			busy = make(chan struct{})
			c.loading[origin] = busy
			c.mu.Unlock()
			return c.ask(ctx, u, origin, m, busy)
		}
		c.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return robots.Rules{}, ctx.Err()
		}
	}
}

// fresh finds an entry that still holds. One from the future is not trusted: the clock
// was set back.
func (c *robotsCache) fresh(origin string) (*robotsEntry, bool) {
	element, ok := c.entries[origin]
	if !ok {
		return nil, false
	}
	e, now := element.Value.(*robotsEntry), c.now()
	if now.Before(e.from) || !now.Before(e.until) {
		c.remove(element)
		return nil, false
	}
	c.order.MoveToFront(element)
	return e, true
}

func (c *robotsCache) ask(ctx context.Context, u *url.URL, origin string, m manners, busy chan struct{}) (robots.Rules, error) {
	rules, err := c.load(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host}, m)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.loading, origin)
	close(busy)
	hold := robotsFor
	if err != nil {
		hold = robotsDeniedFor
	}
	if cacheable(err) {
		now := c.now().Round(0) // the wall clock: a machine that sleeps must not keep it longer
		c.add(&robotsEntry{origin: origin, rules: rules, err: err, from: now, until: now.Add(hold)})
	}
	return rules, err
}

// cacheable tells an answer of the host from the end of a caller's context and from a
// host that could not be reached, which the next run may ask again.
func cacheable(err error) bool {
	var page *PageError
	return err == nil || errors.As(err, &page) && page.Outcome == signals.OutcomeRobotsDenied
}

func (c *robotsCache) add(e *robotsEntry) {
	if old, ok := c.entries[e.origin]; ok {
		c.remove(old)
	}
	c.entries[e.origin] = c.order.PushFront(e)
	c.size += e.size()
	for c.size > robotsMemory && c.order.Len() > 1 {
		c.remove(c.order.Back())
	}
}

func (c *robotsCache) remove(element *list.Element) {
	e := c.order.Remove(element).(*robotsEntry)
	delete(c.entries, e.origin)
	c.size -= e.size()
}

func (e *robotsEntry) size() int { return 256 + len(e.origin) + e.rules.Size() }

// readRobots asks a host for its robots.txt.
func (t *transport) readRobots(ctx context.Context, origin *url.URL, m manners) (robots.Rules, error) {
	at := &url.URL{Scheme: origin.Scheme, Host: origin.Host, Path: "/robots.txt"}
	for range maxRobotsHops + 1 {
		if err := judged(t.guard.URL(at)); err != nil {
			return robots.Rules{}, err
		}
		// A robots.txt that can be had says nothing of the pages, whose failures go on counting.
		got, err := t.persist(t.robotsRequest(ctx, at), m, bodyLimit{size: robots.MaxSize, cut: true}, endedUnsaid)
		if err != nil {
			return robots.Rules{}, robotsFailure(ctx, origin, err)
		}
		next, err := at.Parse(got.header.Get("Location"))
		if !isRedirect(got.status) || got.header.Get("Location") == "" || err != nil {
			return robotsAnswer(origin, got)
		}
		at = next
	}
	return robots.Rules{}, nil // §2.3.1.2: too many redirects are as good as no file
}

func (t *transport) robotsRequest(ctx context.Context, at *url.URL) *http.Request {
	req := &http.Request{Method: http.MethodGet, URL: at, Host: at.Host, Header: http.Header{
		"User-Agent": {t.settings.userAgent()}, "Accept": {"text/plain, */*;q=0.5"}, "Accept-Encoding": {acceptEncoding},
	}}
	return req.WithContext(ctx)
}

// robotsAnswer follows §2.3.1: what can be read holds, a missing file allows everything,
// a server in trouble allows nothing.
func robotsAnswer(origin *url.URL, got *answer) (robots.Rules, error) {
	switch {
	case got.status >= 500:
		return robots.Rules{}, denied("robots.txt of %s cannot be had now (HTTP %d), so nothing of it is fetched", origin.Host, got.status)
	case got.status >= 200 && got.status < 300:
		return robots.Parse(got.body, robots.Product), nil
	}
	return robots.Rules{}, nil
}

// robotsFailure says what it means that robots.txt could not be had. A host that cannot
// be reached at all is told as such: that robots.txt could not be read is the lesser news.
func robotsFailure(ctx context.Context, origin *url.URL, err error) error {
	var page *PageError
	if !errors.As(err, &page) || ctx.Err() != nil {
		return err
	}
	switch page.Outcome {
	case signals.OutcomeUnsafe:
		return page
	case signals.OutcomeUnreachable:
		if !page.answered {
			return page
		}
	}
	return denied("robots.txt of %s cannot be had now (%s), so nothing of it is fetched", origin.Host, page.Problem)
}
