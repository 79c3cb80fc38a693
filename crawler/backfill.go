package crawler

import (
	"context"
	"encoding/json"
	"fmt"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// backfillPage begins the address under which a PageState keeps where an unfinished walk
// over a tender site's list goes on; the list's key follows.
const backfillPage = "backfill:"

// backfill is a walk over a list that ended before the list did: at a limit, or in trouble.
// The pages from the list's beginning to it were read without a gap, by runs that met it:
// so the next run needs to read the new pages only, until it meets them, and goes on there.
type backfill struct {
	Request extract.Request `json:"request"` // of the last page that was read
	Page    int             `json:"page"`    // its number, from 1, where pages are numbered
	Records int             `json:"records"` // before it
	Run     string          `json:"run"`     // the newest run that met it
	Day     signals.Date    `json:"day"`     // on which that run began
}

// walked is where a run is in the list.
type walked struct {
	earlier  *backfill // of earlier runs; nil where there is none
	met      bool      // this run met it, and goes on there
	resumed  bool      // the next page is the first one there
	gap      bool      // that page showed nothing that was read before
	last     extract.Request
	number   int // of the last page
	records  int // before it
	skipPage int // pages and records that earlier runs read in this one's stead
	skipRecs int
}

// readBackfill looks up where an earlier run of the same list stopped.
func (c *Crawler) readBackfill(ctx context.Context, t signals.Target) (*backfill, error) {
	state, ok, err := c.memory.Page(ctx, t.ID, backfillPage+t.ListKey())
	if err != nil {
		return nil, fmt.Errorf("looking up where the list of target %s was left: %w", t.ID, err)
	}
	var b backfill
	if !ok || state.Reader != t.ListKey() || state.Next == "" || json.Unmarshal([]byte(state.Next), &b) != nil {
		return nil, nil
	}
	return &b, nil
}

// goOn is the request that the walk goes on with once it met an earlier one; nil where it
// came by that place itself.
func (w *walk) goOn() *extract.Request {
	place := &w.tender.walked
	place.met = true
	next := place.earlier.Request
	if w.requests[requestKey(next)] {
		return nil
	}
	place.resumed = true
	place.skipPage = place.earlier.Page - (len(w.pages) + 1)
	place.skipRecs = place.earlier.Records - w.records
	return &next
}

// arrived holds the page on which the walk went on against what is known: it was read
// before, so lists that only grew show something known. One that does not has a gap.
func (w *walked) arrived(anyKnown bool) {
	if w.resumed {
		w.resumed, w.gap = false, !anyKnown
	}
}

// passed notes a list page that was read.
func (w *walk) passed(r extract.Request, v *visit) {
	place := &w.tender.walked
	place.last, place.number = r, w.pagesBefore()
	place.records = w.recordsBefore() - len(v.state.Items)
}

// keepBackfill notes where the next run goes on, or that there is nothing left to do. A
// run that met no earlier walk leaves that one for the next, unless it came further itself.
func (w *walk) keepBackfill(complete bool) {
	place, run := &w.tender.walked, &w.result.Run
	state := signals.PageState{
		TargetID: w.target.ID, URL: backfillPage + w.target.ListKey(), Reader: w.target.ListKey(), CheckedAt: run.FinishedAt, ChangedAt: run.FinishedAt,
	}
	switch {
	case complete || place.gap || w.truncated == truncatedLoop:
		if place.earlier == nil {
			return
		}
	case !w.cutOff() || len(w.pages) < 2 || place.earlier != nil && !place.met && place.number < place.earlier.Page:
		return
	default:
		state.Next = writeBackfill(backfill{
			Request: place.last, Page: place.number, Records: place.records, Run: run.ID, Day: signals.DateOf(run.StartedAt.In(signals.Shanghai)),
		})
		w.explain("the next run goes on there")
	}
	w.result.Pages = append(w.result.Pages, state)
}

// cutOff tells whether the list goes on behind the last page that was read.
func (w *walk) cutOff() bool {
	return w.truncated == truncatedPages || w.truncated == truncatedTime || w.truncated == "" && !w.measured
}

func writeBackfill(b backfill) string {
	text, err := json.Marshal(b)
	if err != nil {
		return "" // strings and numbers: it cannot fail
	}
	return string(text)
}
