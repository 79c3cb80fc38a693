package crawler

import (
	"context"
	"fmt"
	"time"

	"dealvitals/signals"
)

// orderPage begins the address under which a PageState keeps that a tender site's list is
// not in falling order of its dates; the list's key follows.
const (
	orderPage  = "order:"
	orderMixed = "mixed"
)

const (
	// maxPinned is how many notices at the top of a list may stand there for their weight
	// (置顶), not for their date: a third of its first page at most.
	maxPinned = 5
	// maxRise is by how many days a notice may be newer than one before it in a list that is
	// still taken to be in falling order: sites sort by the hour at which they post, and
	// show the day that the notice states.
	maxRise = 3
)

// orderRow is a notice in its place in a list.
type orderRow struct {
	id  string
	day *signals.Date // of publication; nil where nobody knows it yet
	// seen is the day on which it was first seen.
	seen signals.Date
}

// listOrder tells whether a list is in falling order of its notices' days. Only then is what
// stands behind a page older than the page.
type listOrder struct {
	pages   [][]orderRow  // without what earlier pages of the run had shown
	lowest  *signals.Date // the oldest day so far, without what is pinned
	rise    int           // days by which a notice was newer than one before it, at most
	mixed   bool          // the list is in another order
	unknown bool          // the day of a notice is not known
	strict  bool          // nothing is pinned, nor a little newer: results may be sorted by relevance
	shown   map[string]bool
}

// add goes on with the next page.
func (o *listOrder) add(rows []orderRow) {
	o.pages = append(o.pages, rows)
	if len(o.pages) == 1 && !o.strict {
		rows = withoutPinned(rows)
	}
	for _, row := range rows {
		switch {
		case row.day == nil:
			o.unknown = true
		case o.lowest == nil || !o.lowest.Before(*row.day):
			o.lowest = row.day
		default:
			o.rise = max(o.rise, riseOf(*o.lowest, *row.day))
			o.mixed = o.mixed || o.strict || o.rise > maxRise
		}
	}
}

// withoutPinned leaves out what stands at the top of a list for its weight: the rows before
// the last great rise of the days, where they are few.
func withoutPinned(rows []orderRow) []orderRow {
	pinned := 0
	for i := 1; i < len(rows); i++ {
		before, day := rows[i-1].day, rows[i].day
		if before != nil && day != nil && riseOf(*before, *day) > maxRise {
			pinned = i
		}
	}
	if pinned > maxPinned || 3*pinned > len(rows) {
		return rows
	}
	return rows[pinned:]
}

// riseOf is how many days later one day is than another.
func riseOf(from, to signals.Date) int {
	return int(to.Start().Sub(from.Start()) / (24 * time.Hour))
}

func (o *listOrder) falls() bool { return o.lowest != nil && !o.mixed && !o.unknown }

// olderBehind tells whether all that stands behind the pages read is older than a day.
func (o *listOrder) olderBehind(day signals.Date) bool {
	return o.falls() && o.lowest.AddDays(o.rise).Before(day)
}

// reach is the first day from which on the list showed everything, once it was read to its
// end; dayOf is the day of a notice, as far as the run came to know it. The oldest notices of
// a single page that is in no order may be pinned.
func (o *listOrder) reach(run signals.Date, dayOf func(orderRow) signals.Date) signals.Date {
	known := listOrder{strict: o.strict}
	var oldest *signals.Date
	for _, page := range o.pages {
		rows := make([]orderRow, len(page))
		for i, row := range page {
			day := dayOf(row)
			rows[i] = orderRow{id: row.id, day: &day}
			if oldest == nil || day.Before(*oldest) {
				oldest = &day
			}
		}
		known.add(rows)
	}
	first := oldest
	if !known.mixed {
		first = known.lowest
	}
	if first == nil || known.mixed && len(o.pages) == 1 || run.Before(first.AddDays(1)) {
		return run
	}
	return first.AddDays(1) // of its oldest day it may have left some out
}

// rowsOf are the notices of a page that no earlier page of the run showed, in their order.
func (w *walk) rowsOf(ctx context.Context, v *visit, known map[string]bool) ([]orderRow, error) {
	order := &w.tender.order
	if order.shown == nil {
		order.shown = make(map[string]bool)
	}
	days := make(map[string]*signals.Date, len(v.notices))
	for _, n := range v.notices {
		days[n.ID] = n.Published
	}
	today := signals.DateOf(w.result.Run.StartedAt.In(signals.Shanghai))
	var rows []orderRow
	for _, id := range v.state.Items {
		if order.shown[id] {
			continue
		}
		order.shown[id] = true
		row := orderRow{id: id, day: days[id], seen: today}
		if row.day == nil && known[id] {
			n, err := w.c.memory.Notice(ctx, w.target.ID, id)
			if err != nil {
				return nil, fmt.Errorf("looking up notice %s of target %s: %w", id, w.target.ID, err)
			}
			row.day, row.seen = n.Published, signals.DateOf(n.FirstSeen.In(signals.Shanghai))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// readOrder looks up whether earlier runs found the list in no order.
func (c *Crawler) readOrder(ctx context.Context, t signals.Target) (mixed bool, err error) {
	state, ok, err := c.memory.Page(ctx, t.ID, orderPage+t.ListKey())
	if err != nil {
		return false, fmt.Errorf("looking up the order of the list of target %s: %w", t.ID, err)
	}
	return ok && state.Reader == t.ListKey() && state.Next == orderMixed, nil
}

// keepOrder notes for the next runs that the list is in no order, or that it is by now:
// whoever reads its first page only may not see it.
func (w *walk) keepOrder(complete bool) {
	order, run := &w.tender.order, &w.result.Run
	if order.mixed {
		w.explain("the list is not in falling order of its dates, so that new notices may stand anywhere: each run reads it to its end. Give the address of the list sorted by date, if there is one")
	}
	if order.mixed == w.tender.wasMixed || w.tender.wasMixed && !complete {
		return
	}
	state := signals.PageState{
		TargetID: w.target.ID, URL: orderPage + w.target.ListKey(), Reader: w.target.ListKey(), CheckedAt: run.FinishedAt, ChangedAt: run.FinishedAt,
	}
	if order.mixed {
		state.Next = orderMixed
	}
	w.result.Pages = append(w.result.Pages, state)
}
