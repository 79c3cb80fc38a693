package webhooks

import (
	"sync"
	"time"
)

// rate is how many messages a robot takes in a time.
type rate struct {
	most int
	in   time.Duration
}

// limiter keeps robots' rates: in no window of the time given are there more messages than
// the rate allows. Two endpoints with the same robot share its rate.
type limiter struct {
	mu   sync.Mutex
	sent map[string][]time.Time // by address, oldest first
}

func newLimiter() *limiter { return &limiter{sent: make(map[string][]time.Time)} }

// take notes a message to an address, or says how long it has to wait.
func (l *limiter) take(address string, rates []rate, now time.Time) time.Duration {
	if len(rates) == 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	sent := l.sent[address]
	longest := time.Duration(0)
	wait := time.Duration(0)
	for _, r := range rates {
		longest = max(longest, r.in)
		if len(sent) >= r.most {
			wait = max(wait, sent[len(sent)-r.most].Add(r.in).Sub(now))
		}
	}
	if wait > 0 {
		return wait
	}
	for len(sent) > 0 && !sent[0].Add(longest).After(now) {
		sent = sent[1:]
	}
	l.sent[address] = append(sent, now)
	return 0
}
