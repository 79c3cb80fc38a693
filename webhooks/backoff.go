package webhooks

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"time"
)

// pauses is how long after each failed attempt the next one is made: the schedule of the
// Standard Webhooks specification, three days in all. After the last one the event is a
// dead letter.
func pauses() []time.Duration {
	return []time.Duration{
		5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
		10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
	}
}

// longestAsked is the longest that an endpoint can put an event off by Retry-After.
const longestAsked = 24 * time.Hour

// jitterShare is the most that a pause is longer than the schedule says, as a share of it.
const jitterShare = 10 // a tenth

// nextAttempt is when an event is tried again after its n-th attempt failed, n from 1;
// false when it is given up. Asked is how long the endpoint wants to be left alone.
func nextAttempt(eventID string, n int, asked time.Duration, now time.Time) (time.Time, bool) {
	schedule := pauses()
	if n > len(schedule) {
		return time.Time{}, false
	}
	pause := schedule[n-1]
	pause += jitter(eventID, n, pause/jitterShare)
	return now.Add(max(pause, min(asked, longestAsked))), true
}

// jitter is up to most, the same for the same attempt at the same event, and spread evenly
// over the events: what failed together does not come back together.
func jitter(eventID string, n int, most time.Duration) time.Duration {
	h := fnv.New64a()
	h.Write([]byte(eventID))
	h.Write([]byte(strconv.Itoa(n)))
	return time.Duration(h.Sum64() % uint64(most+1))
}

// retryAfter reads RFC 9110 §10.2.3, seconds or a date; 0 where there is none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return max(at.Sub(now), 0)
}
