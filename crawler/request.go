package crawler

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// pagePart and offsetPart stand in an address or body for a page's number, from 1, and
// for the number of records before it.
const (
	pagePart   = "{page}"
	offsetPart = "{offset}"
)

// firstRequest is the request of a target's first list page.
func firstRequest(address string, r signals.Reading) extract.Request {
	return nthRequest(address, r, 1, 0)
}

// nthRequest is the request of a list page of a target that is paged by {page} or
// {offset} in its address or body.
func nthRequest(address string, r signals.Reading, page, offset int) extract.Request {
	fill := strings.NewReplacer(pagePart, strconv.Itoa(page), offsetPart, strconv.Itoa(offset))
	request := extract.Request{URL: fill.Replace(address), Method: strings.ToUpper(r.Method), Body: fill.Replace(r.Body)}
	if request.Body == "" {
		return request
	}
	if request.Method == "" {
		request.Method = http.MethodPost
	}
	request.ContentType = contentTypeOf(request.Body, r.Headers)
	return request
}

// contentTypeOf is what a target says its body is, else what it looks like.
func contentTypeOf(body string, headers map[string]string) string {
	for name, value := range headers {
		if http.CanonicalHeaderKey(name) == "Content-Type" {
			return value
		}
	}
	if start := strings.TrimSpace(body); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// paged tells whether a target's own request says how to turn pages.
func paged(address string, r signals.Reading) bool {
	text := address + r.Body
	return strings.Contains(text, pagePart) || strings.Contains(text, offsetPart)
}

// requestKey names a request in a PageState: the address, with method and body where it
// is not a plain GET. The part of an address behind "#" is not sent.
func requestKey(r extract.Request) string {
	address, _, _ := strings.Cut(r.URL, "#")
	if r.Body == "" && (r.Method == "" || r.Method == http.MethodGet) {
		return address
	}
	return r.Method + " " + address + " " + r.Body
}

// writeRequest and readRequest bring a request into a PageState and back.
func writeRequest(r *extract.Request) string {
	if r == nil {
		return ""
	}
	text, err := json.Marshal(r)
	if err != nil {
		return "" // strings only: it cannot fail
	}
	return string(text)
}

func readRequest(text string) *extract.Request {
	var r extract.Request
	if text == "" || json.Unmarshal([]byte(text), &r) != nil || r.URL == "" {
		return nil
	}
	return &r
}
