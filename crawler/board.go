package crawler

import (
	"sync"

	"dealvitals/signals"
)

// board shows the runs under way.
type board struct {
	mu   sync.Mutex
	runs map[string]signals.Progress // by target
}

func (b *board) put(targetID string, p signals.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.runs[targetID] = p
}

func (b *board) take(targetID string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.runs, targetID)
}

// Progress is how far the run of a target has come that is under way in this process.
func (c *Crawler) Progress(targetID string) (signals.Progress, bool) {
	c.board.mu.Lock()
	defer c.board.mu.Unlock()
	p, ok := c.board.runs[targetID]
	return p, ok
}

// progress shows how far the run has come, after each page.
func (w *walk) progress(p signals.RunPage) {
	w.c.logger.Debug("page read", "target", w.target.ID, "url", p.URL, "outcome", p.Outcome, "items", p.Items, "unchanged", p.Unchanged)
	w.shown.Pages, w.shown.Items, w.shown.URL, w.shown.Outcome, w.shown.Next = w.pagesRead(), w.addedCount(), p.URL, p.Outcome, ""
	w.show()
}

// asks shows which page is asked for.
func (w *walk) asks(url string) {
	w.shown.Next = url
	w.show()
}

func (w *walk) show() {
	w.c.board.put(w.target.ID, w.shown)
	if w.c.settings.Progress != nil {
		w.c.settings.Progress(w.target.ID, w.shown)
	}
}

// pagesRead counts the pages of lists and of single notices.
func (w *walk) pagesRead() int {
	n := len(w.result.Run.Pages)
	if w.tender != nil {
		n += len(w.tender.details.pages)
	}
	return n
}
