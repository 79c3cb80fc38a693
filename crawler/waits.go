package crawler

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"dealvitals/signals"
)

// WaitError is a request that was not made, because its host or target has to wait.
type WaitError struct{ Wait signals.Wait }

func (e *WaitError) Error() string {
	w := e.Wait
	until := w.Until.In(signals.Shanghai).Format("2006-01-02 15:04")
	switch w.Reason {
	case signals.WaitQuietHours:
		return "it was not asked: its quiet hours last until " + until
	case signals.WaitHostBudget:
		return fmt.Sprintf("%s was not asked: %s; it goes on at %s", w.Host, w.Why, until)
	}
	return fmt.Sprintf("%s was not asked: it is left alone until %s: %s", w.Host, until, w.Why)
}

// mustWait is a page that was not asked for. It is no measurement, and nothing of the site.
func mustWait(w signals.Wait) *PageError {
	err := &WaitError{Wait: w}
	return &PageError{Outcome: signals.OutcomeUnreachable, Problem: err.Error(), Err: err}
}

// Waits tells why a target is not crawled now, and until when.
func (c *Crawler) Waits(ctx context.Context, t signals.Target) (signals.Wait, bool, error) {
	if until, quiet := t.Politeness.QuietUntil(c.clock()); quiet {
		return signals.Wait{Reason: signals.WaitQuietHours, Until: until}, true, nil
	}
	u, err := url.Parse(t.URL)
	if err != nil {
		return signals.Wait{}, false, nil // the run will say what is wrong with it
	}
	host := hostKey(u)
	if wait, open := c.transport.breaker.open(host); open {
		return wait, true, nil
	}
	return c.transport.budget.over(ctx, host)
}

// hostKey names a host, however it is spelled. The default ports are one site.
func hostKey(u *url.URL) string {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	switch port := u.Port(); port {
	case "", "80", "443":
		return name
	default:
		return name + ":" + port
	}
}

// runFor is how long a run of a target may take: until its quiet hours begin, at most.
func (c *Crawler) runFor(t signals.Target) (limit time.Duration, problem string) {
	limit = c.settings.RunTimeout
	problem = fmt.Sprintf("the run was ended after %v, the longest time for one", limit)
	now := c.clock()
	if next, ok := t.Politeness.NextQuiet(now); ok && next.Sub(now) < limit {
		return next.Sub(now), "the run was ended because the target's quiet hours began"
	}
	return limit, problem
}
