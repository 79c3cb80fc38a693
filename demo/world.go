package demo

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// daysBetween is how far apart the world's two moments are: a month, and two days so
// that a target without stated dates has been observed for more than the 30 days that
// its measure needs.
const daysBetween = 32

// World is the running demo world.
type World struct {
	now    time.Time // of the second moment
	pages  *pages
	moment moment
	sites  map[string]*site // by target id
	ended  chan error
}

// Start opens every site of the world, at its first moment. now is the second moment.
func Start(now time.Time) (*World, error) {
	p, err := loadPages()
	if err != nil {
		return nil, err
	}
	w := &World{now: now, pages: p, sites: make(map[string]*site)}
	for id, handler := range w.handlers() {
		s, err := openSite(handler)
		if err != nil {
			return nil, errors.Join(err, w.Close(context.Background()))
		}
		w.sites[id] = s
	}
	w.ended = make(chan error, len(w.sites))
	for _, s := range w.sites {
		go func() { w.ended <- s.serve() }()
	}
	return w, nil
}

func (w *World) handlers() map[string]http.Handler {
	handlers := make(map[string]http.Handler)
	for n, c := range cast() {
		handlers[hiringTarget(c)] = w.hiringSite(n, c)
	}
	for _, s := range tenderSites() {
		handlers[s.id()] = w.tenderBoard(s)
	}
	return handlers
}

// hiringTarget is the id of a customer's hiring target.
func hiringTarget(c customer) string { return "T-" + c.id }

// Now is the world's time: it stands still at each of the two moments.
func (w *World) Now() time.Time {
	if w.moment.second.Load() {
		return w.now
	}
	return w.now.AddDate(0, 0, -daysBetween)
}

// MoveOn takes the world to its second moment: a month of postings, notices and messages
// later, with one site behind a captcha, one redesigned and one down.
func (w *World) MoveOn(ctx context.Context) error {
	w.moment.second.Store(true)
	for _, c := range cast() {
		if c.site == siteDown {
			if err := w.sites[hiringTarget(c)].close(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close ends all sites and waits for them.
func (w *World) Close(ctx context.Context) error {
	var problems error
	for _, s := range w.sites {
		problems = errors.Join(problems, s.close(ctx))
	}
	if w.ended == nil {
		return problems
	}
	for range w.sites {
		problems = errors.Join(problems, <-w.ended)
	}
	return problems
}
