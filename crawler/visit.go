package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/evidence"
	"dealvitals/signals"
)

// visit is one list page as it was read.
type visit struct {
	page     signals.RunPage
	state    signals.PageState
	postings []signals.Posting
	notices  []signals.Notice
	total    *int
	next     *extract.Request
	instead  bool // next is the system that the page embeds
}

// visit reads one list page. Trouble of the site is told by the page's outcome.
func (w *walk) visit(ctx context.Context, r extract.Request) (*visit, error) {
	key := requestKey(r)
	known, ok, err := w.c.memory.Page(ctx, w.target.ID, key)
	if err != nil {
		return nil, fmt.Errorf("looking up what is known of %s: %w", r.URL, err)
	}
	usable := ok && known.Reader == w.reader && known.Outcome.Measurement()
	var v validators
	if usable {
		v = validators{known.ETag, known.LastModified}
	}
	began := time.Now()
	got, err := w.session.get(ctx, r, v)
	if err != nil {
		return failedVisit(r, err, began)
	}
	if w.target.Reading.Render != renderBrowser {
		defer got.releaseBody()
	}
	if usable && (got.status == http.StatusNotModified || known.Hash == evidence.Hash(got.body)) {
		return w.unchanged(r, got, known, began), nil
	}
	return w.changed(ctx, r, got, known, began)
}

func failedVisit(r extract.Request, err error, began time.Time) (*visit, error) {
	var failed *PageError
	if !errors.As(err, &failed) {
		return nil, err
	}
	return &visit{page: signals.RunPage{URL: r.URL, Outcome: failed.Outcome, Problem: failed.Problem, Took: took(began)}}, nil
}

// unchanged is a page that need not be read again: its records were seen once more.
func (w *walk) unchanged(r extract.Request, got *answer, known signals.PageState, began time.Time) *visit {
	known.CheckedAt = w.c.clock()
	w.session.barred.add(known.Barred)
	if got.status != http.StatusNotModified {
		known.ETag, known.LastModified = validatorsOf(got)
	}
	return &visit{
		page: signals.RunPage{
			URL: r.URL, Outcome: known.Outcome, StatusCode: got.status, Items: len(known.Items),
			Evidence: known.Hash, Unchanged: true, Took: took(began),
		},
		state: known,
		total: known.Total,
		next:  readRequest(known.Next),
	}
}

func validatorsOf(got *answer) (etag, lastModified string) {
	return got.header.Get("ETag"), got.header.Get("Last-Modified")
}

// changed is a page that is new or different: it is kept and read.
func (w *walk) changed(ctx context.Context, r extract.Request, got *answer, known signals.PageState, began time.Time) (*visit, error) {
	ev, err := w.c.keep(ctx, r, got)
	if err != nil {
		return nil, err
	}
	w.keep(ev)
	read := w.c.readPage(w.c.page(got), w.target.Kind, w.target.Reading)
	if read.Outcome == signals.OutcomeScriptShell && w.target.Reading.Render == renderBrowser {
		if read, ev, err = w.rendered(ctx, r, got, read, ev); err != nil {
			return nil, err
		}
		got = withoutValidators(got) // a shell stays the same while what it shows changes
	}
	v := &visit{page: signals.RunPage{
		URL: r.URL, StatusCode: got.status, Evidence: ev.Hash, Outcome: read.Outcome, Problem: problemOf(read),
	}}
	if read.Outcome.Measurement() {
		w.fill(v, r, read, ev.Hash)
		w.remember(v, r, got, read, known)
		w.session.barred.add(read.Barred)
		v.state.Barred = read.Barred
	}
	v.page.Took = took(began)
	return v, nil
}

// fill puts a page's records into the visit, with what only the run knows of them.
func (w *walk) fill(v *visit, r extract.Request, read extract.Result, hash string) {
	if read.Instead != nil && !w.instead {
		w.instead, v.instead = true, true
		v.next = read.Instead
		return
	}
	v.total, v.next = read.Total, read.Next
	v.postings, v.notices = read.Postings, read.Notices
	for i := range v.postings {
		p := &v.postings[i]
		p.TargetID, p.CustomerID, p.Evidence = w.target.ID, w.target.CustomerID, hash
		p.ID = idOr(p.ID, p.URL, p.Title, p.Place)
	}
	for i := range v.notices {
		n := &v.notices[i]
		n.TargetID, n.Evidence = w.target.ID, hash
		n.FirstSeen, n.LastSeen = w.result.Run.StartedAt, w.result.Run.StartedAt
		n.ID = idOr(n.ID, n.URL, n.Title, "")
	}
	v.page.Items = len(v.postings) + len(v.notices)
	v.next = w.nextOf(r, v, read.More != "")
}

// remember makes the page's state for the next run.
func (w *walk) remember(v *visit, r extract.Request, got *answer, read extract.Result, known signals.PageState) {
	now := w.c.clock()
	v.state = signals.PageState{
		TargetID: w.target.ID, URL: requestKey(r), Hash: v.page.Evidence, Reader: w.reader, Outcome: read.Outcome,
		Extractor: read.Extractor, AllDated: allDated(v.postings), Total: v.total, Next: writeRequest(v.next), CheckedAt: now, ChangedAt: now,
	}
	v.state.ETag, v.state.LastModified = validatorsOf(got)
	if v.next == nil {
		v.state.More, v.state.Pager = read.More, read.Pager
	}
	v.state.Feed = read.Form == extract.FormFeed
	v.state.Oldest, v.state.Newest = publishedOf(v.notices)
	if known.Hash == v.state.Hash {
		v.state.ChangedAt = known.ChangedAt
	}
	v.state.Items = idsOf(v)
}

// idsOf are the ids of a page's records, the postings first. They have memory of their own: a
// run holds them to its end, and its postings packed.
func idsOf(v *visit) []string {
	var ids []string
	ids = slices.Grow(ids, len(v.postings)+len(v.notices))
	for i := range v.postings {
		ids = append(ids, v.postings[i].ID)
	}
	for i := range v.notices {
		ids = append(ids, v.notices[i].ID)
	}
	rest := strings.Join(ids, "")
	for i, id := range ids {
		ids[i], rest = rest[:len(id)], rest[len(id):]
	}
	return ids
}

// publishedOf is the oldest and the newest publication of some notices; nil where one does
// not say.
func publishedOf(notices []signals.Notice) (oldest, newest *signals.Date) {
	for _, n := range notices {
		if n.Published == nil {
			return nil, nil
		}
		if oldest == nil || n.Published.Before(*oldest) {
			oldest = n.Published
		}
		if newest == nil || newest.Before(*n.Published) {
			newest = n.Published
		}
	}
	return oldest, newest
}

// allDated tells whether every posting states the day on which it was published.
func allDated(postings []signals.Posting) bool {
	for _, p := range postings {
		if p.Posted == nil || p.Basis != signals.DatePublished {
			return false
		}
	}
	return len(postings) > 0
}

// idOr is an id, or one made of what identifies a record where the reader gave none.
func idOr(id string, parts ...string) string {
	if id != "" {
		return id
	}
	text := ""
	for _, part := range parts {
		text += part + "\x00"
	}
	return "made-" + evidence.Hash([]byte(text))[:20]
}

func (c *Crawler) keep(ctx context.Context, r extract.Request, got *answer) (signals.Evidence, error) {
	defer c.takeSeat()()
	address := got.address
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	return c.archive.Keep(ctx, evidence.Capture{
		URL: got.url.String(), Method: got.method, RequestHeader: got.request, RequestBody: []byte(r.Body), StatusCode: got.status,
		ResponseHeader: got.header, Body: got.body, At: c.clock(), Address: address,
	})
}

// takeSeat waits until one of the processors is free for a page, and returns what gives
// it back. Packing and reading take a processor each: more at a time would only hold more
// trees and compressors in memory.
func (c *Crawler) takeSeat() (leave func()) {
	c.seats <- struct{}{}
	return func() { <-c.seats }
}

// readPage asks the readers what a page says. What they make of an error page is no
// measurement, and a reader that panics harms this page only.
func (c *Crawler) readPage(p extract.Page, kind signals.Kind, reading signals.Reading) (result extract.Result) {
	defer func() {
		if cause := recover(); cause != nil {
			c.logger.Error("a reader panicked", "url", p.URL, "panic", cause, "stack", string(debug.Stack()))
			result = extract.Result{Outcome: signals.OutcomeNotRelevant, Why: "the reader failed on this page; please report it with the captured page"}
		}
	}()
	defer c.takeSeat()()
	result = c.read(p, kind, reading)
	return sober(result, p.StatusCode)
}
