package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"dealvitals/signals"
)

const (
	// firstBackOff is the pause before the second attempt; it doubles from there.
	firstBackOff = time.Second
	// longestBackOff is the longest pause between two attempts. A site that asks for more
	// (Retry-After) is left alone in this run.
	longestBackOff = 2 * time.Minute
)

// persist makes a request that its host's circuit lets through, and tells it the end; that
// it was answered is told as answered says.
func (t *transport) persist(req *http.Request, m manners, limit bodyLimit, answered ending) (*answer, error) {
	host := hostKey(req.URL)
	if err := t.breaker.enter(req.Context(), host); err != nil {
		return nil, err
	}
	got, err := t.tryAgain(req, m, limit)
	how, why := endingOf(got, err)
	if how == endedWell {
		how = answered
	}
	changed := t.breaker.report(host, how, why)
	if got != nil && passing(got.status) {
		if asked, ok := retryAfter(got.header, t.waiting.now()); ok && asked > longestBackOff {
			t.breaker.holdOff(host, asked)
			changed = true
		}
	}
	if changed {
		t.breaker.keep(req.Context(), host)
	}
	return got, err
}

// endingOf judges a request for its host's circuit.
func endingOf(got *answer, err error) (how ending, why string) {
	var page *PageError
	var waits *WaitError
	switch {
	case err == nil && passing(got.status):
		return endedBadly, fmt.Sprintf("it answers with HTTP %d", got.status)
	case err == nil:
		return endedWell, ""
	case errors.As(err, &waits):
		return endedUnsaid, ""
	case errors.As(err, &page) && page.Outcome == signals.OutcomeUnreachable:
		return endedBadly, page.Problem
	}
	return endedUnsaid, ""
}

// tryAgain tries a request until it has an answer that another attempt would not better.
func (t *transport) tryAgain(req *http.Request, m manners, limit bodyLimit) (*answer, error) {
	for attempt := 0; ; attempt++ {
		got, err := t.attempt(req, m, limit)
		pause, again := t.pause(got, err, attempt)
		if !again || attempt >= t.settings.Retries {
			return got, err
		}
		if err := t.rest(req, got, pause); err != nil {
			return nil, err
		}
	}
}

// pause tells whether another attempt makes sense, and after how long.
func (t *transport) pause(got *answer, err error, attempt int) (time.Duration, bool) {
	pause := firstBackOff << min(attempt, 6)
	if err != nil {
		var page *PageError
		return pause, errors.As(err, &page) && page.again
	}
	if !passing(got.status) {
		return 0, false
	}
	if asked, ok := retryAfter(got.header, t.waiting.now()); ok {
		pause = max(pause, asked)
	}
	return pause, pause <= longestBackOff
}

// passing tells a status that may be another one soon.
func passing(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusRequestTimeout:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500
}

// rest pauses before another attempt. A host that said it is asked too much is left
// alone by every run.
func (t *transport) rest(req *http.Request, got *answer, pause time.Duration) error {
	if got != nil && (got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable) {
		t.turns.holdBack(hostKey(req.URL), pause)
		return nil // the next attempt waits for its turn
	}
	return t.waiting.sleep(req.Context(), pause)
}

// retryAfter reads RFC 9110 §10.2.3: seconds or a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	value := h.Get("Retry-After")
	if value == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return max(at.Sub(now), 0), true
}
