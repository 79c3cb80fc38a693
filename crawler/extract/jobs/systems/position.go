package systems

import (
	"net/url"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/page"
)

// A list that is paged by POST keeps its place in the request's body, which a page does not
// know. So the request for a further page says it in the fragment of its address too
// ("#offset=20"): servers never see fragments.

// positionOf is the number behind key in the fragment or query of the document's address;
// start where there is none.
func positionOf(d *page.Document, key string, start int) int {
	u, err := url.Parse(d.URL)
	if err != nil {
		return start
	}
	for _, text := range []string{u.Fragment, u.RawQuery} {
		q, err := url.ParseQuery(text)
		if err != nil {
			continue
		}
		if n, err := strconv.Atoi(q.Get(key)); err == nil && n >= 0 {
			return n
		}
	}
	return start
}

// post is the POST request for the page at a position, nil where the document's own
// address is unknown. An empty key leaves the position out of the address.
func post(d *page.Document, key string, position int, body string) *page.Request {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	u.Fragment = ""
	if key != "" {
		u.Fragment = key + "=" + strconv.Itoa(position)
	}
	return &page.Request{URL: u.String(), Method: "POST", ContentType: "application/json", Body: strings.ReplaceAll(body, "{n}", strconv.Itoa(position))}
}

// postNext is the next page of a list that is paged by an offset in a JSON body with {n}
// for the offset.
func postNext(key, body string) func(*page.Document, any, int, int) *page.Request {
	return func(d *page.Document, _ any, got, total int) *page.Request {
		offset := positionOf(d, key, 0) + got
		if got == 0 || offset >= total {
			return nil
		}
		return post(d, key, offset, body)
	}
}

// postPage is postNext for lists that count pages, from first on, of size records.
func postPage(key string, first, size int, body string) func(*page.Document, any, int, int) *page.Request {
	return func(d *page.Document, _ any, got, total int) *page.Request {
		n := positionOf(d, key, first)
		if got == 0 || (n-first)*size+got >= total {
			return nil
		}
		return post(d, key, n+1, body)
	}
}

// segment is the nth part of the path of the document's address, counted from 0.
func segment(d *page.Document, n int) string {
	u, err := url.Parse(d.URL)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if n >= len(parts) {
		return ""
	}
	return parts[n]
}

// origin is scheme and host of the document's address, "" where it is unknown.
func origin(d *page.Document) string {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// withQuery is the document's address with one parameter set, nil where it is unknown.
func withQuery(d *page.Document, key string, n int) *page.Request {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	q := u.Query()
	q.Set(key, strconv.Itoa(n))
	u.RawQuery = q.Encode()
	return &page.Request{URL: u.String()}
}
