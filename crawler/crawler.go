package crawler

import (
	"context"
	"log/slog"
	"net/url"
	"runtime"
	"strings"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/crawler/render"
	"dealvitals/evidence"
	"dealvitals/signals"
)

// Memory is what is known from earlier runs.
type Memory interface {
	Page(ctx context.Context, targetID, url string) (signals.PageState, bool, error)
	KnownNotices(ctx context.Context, targetID string, ids []string) (map[string]bool, error)
	Notice(ctx context.Context, targetID, id string) (signals.Notice, error)
	// UnreadDetails lists the notices of a target whose own pages were not read so far.
	UnreadDetails(ctx context.Context, targetID string) ([]signals.UnreadDetail, error)
}

// RunHistory is what a Memory may know besides: how earlier runs went. Only with it can a
// crawl of a tender site end at the first page that is known, for a notice that is known
// does not tell whether what lies behind it was ever read.
type RunHistory interface {
	Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error)
}

// Interest is what a Memory may know besides: which notices matter to somebody.
type Interest interface {
	// TenderDays is over how many days tenders are counted.
	TenderDays(ctx context.Context, at time.Time) (int, error)
	// SoughtWords are those that make a title likely to matter: names of customers, products.
	SoughtWords(ctx context.Context) ([]string, error)
}

// Archive keeps what was received.
type Archive interface {
	Keep(ctx context.Context, c evidence.Capture) (signals.Evidence, error)
	// Sync returns when what Keep returned is on disk, or says that it is not.
	Sync(ctx context.Context, kept []signals.Evidence) error
}

// Crawler crawls targets. It is safe for concurrent use.
type Crawler struct {
	settings  Settings
	memory    Memory
	history   RunHistory // nil where the memory has none
	interest  Interest   // nil where the memory has none
	archive   Archive
	clock     func() time.Time
	logger    *slog.Logger
	transport *transport
	board     board
	seats     chan struct{} // one taken for each page that is being packed or read
	browser   renderer      // nil where there is none on this machine
	read      func(extract.Page, signals.Kind, signals.Reading) extract.Result
}

// New makes a crawler. The clock dates pages and runs; waiting goes by the machine's own.
// A crawler that is only for Fetch needs no memory and no archive.
func New(s Settings, memory Memory, archive Archive, clock func() time.Time, logger *slog.Logger) (*Crawler, error) {
	return newCrawler(s, memory, archive, clock, logger, waiting{now: time.Now, sleep: sleep})
}

// waiting is the time that politeness goes by.
type waiting struct {
	now   func() time.Time
	sleep func(ctx context.Context, d time.Duration) error
}

func newCrawler(s Settings, memory Memory, archive Archive, clock func() time.Time, logger *slog.Logger, wait waiting) (*Crawler, error) {
	s = s.withDefaults()
	t, err := newTransport(s, clock, wait, logger)
	if err != nil {
		return nil, err
	}
	c := &Crawler{
		settings: s, memory: memory, archive: archive, clock: clock, logger: logger, transport: t, read: extract.Read,
		board: board{runs: make(map[string]signals.Progress)},
		seats: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	c.history, _ = memory.(RunHistory)
	c.interest, _ = memory.(Interest)
	if b, err := render.Find(renderLimit); err == nil {
		c.browser = b
	}
	return c, nil
}

// Close lets go of idle connections. The crawler can still be used.
func (c *Crawler) Close() { c.transport.base.CloseIdleConnections() }

// Fetch gets one page, as a crawl would: politely, guarded, and by the target's request.
// A site that cannot be read is told by a *PageError; a page with an error status is a page.
func (c *Crawler) Fetch(ctx context.Context, address string, reading signals.Reading) (extract.Page, error) {
	if (signals.Target{Kind: signals.KindTender, URL: address, Reading: reading}).Searches() {
		return extract.Page{}, refused("it searches for a customer: say for whom in the place of %s", signals.CustomerPart)
	}
	s, err := c.newSession(signals.Target{URL: address, Reading: reading.WithHeadersHidden()})
	if err != nil {
		return extract.Page{}, err
	}
	got, err := s.get(ctx, firstRequest(address, reading), validators{})
	if err != nil {
		return extract.Page{}, err
	}
	return c.page(got), nil
}

// AskRobots asks the host of an address for its robots.txt.
func (c *Crawler) AskRobots(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return pageError(ctx, address, err)
	}
	if _, err := c.transport.robots.rules(ctx, u, c.settings.manners(signals.Politeness{})); err != nil {
		return pageError(ctx, address, err)
	}
	return nil
}

func (c *Crawler) page(a *answer) extract.Page {
	return extract.Page{
		URL: a.url.String(), ContentType: a.header.Get("Content-Type"), RobotsTag: robotsTag(a), StatusCode: a.status, Body: a.body, At: c.clock(),
	}
}

func robotsTag(a *answer) string { return strings.Join(a.header.Values("X-Robots-Tag"), ",") }

// hostOf is the host and port of an address, "" where it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
