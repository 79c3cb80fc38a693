package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"dealvitals/signals"
)

// pageTeller says how far runs are, page by page, where somebody wants to see it.
type pageTeller struct {
	mu sync.Mutex
	to io.Writer // nil tells nobody
}

// begin tells from now on.
func (p *pageTeller) begin(to io.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to = to
}

// Write writes what else is to be told there, not in the middle of a line.
func (p *pageTeller) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to == nil {
		return len(b), nil
	}
	return p.to.Write(b)
}

// tell says how far a run is. What cannot be written is not worth a run.
func (p *pageTeller) tell(targetID string, at signals.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to == nil {
		return
	}
	if _, err := io.WriteString(p.to, progressLine(targetID, at)); err != nil {
		p.to = nil
	}
}

// progressLine says in one line how far a run is.
func progressLine(targetID string, at signals.Progress) string {
	parts := []string{fmt.Sprintf("%s: %d pages, %d items", targetID, at.Pages, at.Items)}
	if at.URL != "" {
		parts = append(parts, fmt.Sprintf("%s %s", at.Outcome, at.URL))
	}
	if at.Next != "" {
		parts = append(parts, "next "+at.Next)
	}
	return strings.Join(parts, ", ") + "\n"
}
