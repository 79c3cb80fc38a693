package webhooks

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// answer is what came of one request.
type answer struct {
	ok      bool
	gone    bool          // the endpoint wants no more
	wait    time.Duration // that it wants to be left alone, with all that waits for it
	status  int           // of HTTP; 0 where there was no answer
	problem string        // why it is not ok
}

// breather is how long an endpoint is left alone that said it is asked too much without
// saying for how long.
const breather = 5 * time.Second

// statusAnswer reads an answer by its status, as the specification has it: 2xx is a
// success, 410 ends it, everything else, redirects too, is a failure.
func statusAnswer(r *http.Response, body []byte, now time.Time) answer {
	a := answer{status: r.StatusCode}
	switch {
	case r.StatusCode >= 200 && r.StatusCode < 300:
		a.ok = true
		return a
	case r.StatusCode == http.StatusGone:
		a.gone = true
	case r.StatusCode == http.StatusTooManyRequests || r.StatusCode == http.StatusBadGateway || r.StatusCode == http.StatusGatewayTimeout:
		a.wait = max(breather, retryAfter(r.Header, now))
	default:
		a.wait = retryAfter(r.Header, now)
	}
	a.problem = fmt.Sprintf("answered %d %s", r.StatusCode, http.StatusText(r.StatusCode))
	if r.StatusCode >= 300 && r.StatusCode < 400 {
		a.problem += ": redirects are not followed, give the endpoint the final address"
	}
	if said := excerpt(body); said != "" {
		a.problem += ": " + said
	}
	return a
}

// excerpt is the beginning of what an endpoint said, for people: one line.
func excerpt(body []byte) string {
	const most = 160
	text := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(body), ""))
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
