package jsonlist

import (
	"net/url"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/page"
)

// nextKeys hold the address of the next page.
var nextKeys = []string{"next", "nextpage", "nextpageurl", "nexturl", "nextlink", "nexthref"}

// nextPage is the request for the page behind this one: an address that the answer itself
// gives, else the document's own address with its page or offset moved on, where the total
// says that there is more.
func nextPage(d *page.Document, root any, r rated) *page.Request {
	if u := statedNext(d, root, r.path); u != "" {
		return &page.Request{URL: u}
	}
	if next := byCursor(d, root, r.path); next != nil {
		return next
	}
	stated := countFor(root, r.path)
	if stated <= len(r.records) {
		return nil
	}
	return NextByQuery(d.URL, len(r.records), stated)
}

func statedNext(d *page.Document, root any, path []string) string {
	levels := levelsTo(root, path)
	for i := len(levels) - 1; i >= 0; i-- {
		for _, at := range []any{levels[i], child(levels[i], "links"), child(levels[i], "meta"), child(levels[i], "pagination"), child(levels[i], "paging"), child(levels[i], "_links")} {
			m, ok := at.(map[string]any)
			if !ok {
				continue
			}
			for _, k := range nextKeys {
				if u := addressOf(child(m, k)); u != "" {
					if abs := d.Resolve(u); strings.HasPrefix(abs, "http") {
						return abs
					}
				}
			}
		}
	}
	return ""
}

// cursors are fields that hold a cursor, and the parameters that take it.
var cursors = []struct{ field, param string }{
	{"nextCursor", "cursor"}, {"next_cursor", "cursor"}, {"nextPageToken", "pageToken"}, {"next_page_token", "page_token"}, {"nextToken", "nextToken"}, {"scrollId", "scrollId"}, {"searchAfter", "searchAfter"},
}

// byCursor is the document's own address with the cursor that the answer gives.
func byCursor(d *page.Document, root any, path []string) *page.Request {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	levels := levelsTo(root, path)
	for i := len(levels) - 1; i >= 0; i-- {
		for _, at := range []any{levels[i], child(levels[i], "meta"), child(levels[i], "pagination"), child(levels[i], "paging")} {
			m, ok := at.(map[string]any)
			if !ok {
				continue
			}
			for _, c := range cursors {
				token, ok := m[c.field].(string)
				q := u.Query()
				if !ok || token == "" || q.Get(c.param) == token {
					continue
				}
				q.Set(c.param, token)
				u.RawQuery = q.Encode()
				return &page.Request{URL: u.String()}
			}
		}
	}
	return nil
}

func addressOf(v any) string {
	if m, ok := v.(map[string]any); ok {
		v = m["href"]
	}
	s, _ := v.(string)
	if strings.HasPrefix(s, "http") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "?") {
		return s
	}
	return ""
}

var (
	pageParams   = []string{"page", "pageno", "pageindex", "pagenum", "pagenumber", "currentpage", "curpage", "current", "p", "pn", "pageid"}
	offsetParams = []string{"offset", "from", "start", "skip", "startrow", "firstresult", "startindex", "begin"}
	sizeParams   = []string{"limit", "size", "pagesize", "perpage", "per_page", "rows", "count", "top", "take", "num", "resultsperpage"}
)

// NextByQuery is an address with its page or offset parameter moved on by one page of got
// records; nil where it has no such parameter, or where total says that this was the last.
func NextByQuery(address string, got, total int) *page.Request {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || got <= 0 {
		return nil
	}
	q := u.Query()
	size := got
	if _, n, ok := numberIn(q, sizeParams); ok && n >= got {
		size = n
	}
	if k, n, ok := numberIn(q, offsetParams); ok {
		if n+got >= total {
			return nil
		}
		q.Set(k, strconv.Itoa(n+got))
		u.RawQuery = q.Encode()
		return &page.Request{URL: u.String()}
	}
	k, n, ok := numberIn(q, pageParams)
	if !ok {
		return nil
	}
	before := max(0, n-1) // pages before this one; page 0 and page 1 are both the first
	if got < size && before*size+got != total {
		size = got // the server gives fewer than asked for
	}
	if before*size+got >= total {
		return nil
	}
	q.Set(k, strconv.Itoa(n+1))
	u.RawQuery = q.Encode()
	return &page.Request{URL: u.String()}
}

func numberIn(q url.Values, names []string) (string, int, bool) {
	for _, name := range names {
		for k, v := range q {
			if plain(k) != plain(name) || len(v) == 0 {
				continue
			}
			if n, err := strconv.Atoi(v[0]); err == nil && n >= 0 {
				return k, n, true
			}
		}
	}
	return "", 0, false
}
