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
	w.c.board.put(w.target.ID, signals.Progress{
		RunID: w.result.Run.ID, Pages: len(w.result.Run.Pages), Items: w.addedCount(), URL: p.URL, Outcome: p.Outcome, Since: w.result.Run.StartedAt,
	})
	if w.c.settings.Progress == nil {
		return
	}
	w.c.settings.Progress(Progress{
		TargetID: w.target.ID, URL: p.URL, Outcome: p.Outcome, Pages: len(w.result.Run.Pages), Items: w.addedCount(),
	})
}
