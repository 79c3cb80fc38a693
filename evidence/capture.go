package evidence

import (
	"net/http"
	"strings"
	"time"
)

// Capture is one request with the response that it brought.
type Capture struct {
	URL            string // that answered, after redirects
	Method         string // GET where empty
	RequestHeader  http.Header
	RequestBody    []byte
	StatusCode     int
	ResponseHeader http.Header // as received
	Body           []byte      // after content decoding
	At             time.Time
	Address        string // IP address that answered, "" where unknown
}

// redacted stands where a secret was.
const redacted = "[redacted]"

// secretParts are what the names of headers that carry secrets are made of: Cookie,
// Set-Cookie, Authorization, Proxy-Authorization, X-Api-Key, X-CSRF-Token, …
var secretParts = []string{"cookie", "auth", "key", "token", "secret", "session", "password", "signature"}

func secret(name string) bool {
	name = strings.ToLower(name)
	for _, part := range secretParts {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
