package jsonlist

import (
	"math"
	"net/url"
	"slices"
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/paging"
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
	if stated <= len(r.records) && goesOn(root, r.path) != "" {
		stated = math.MaxInt // however many: it says itself that there are more
	}
	return paging.NextByQuery(d.URL, len(r.records), stated)
}

// goesOn is what an answer says by which the list at path goes on.
func goesOn(root any, path []string) string { return paging.GoesOn(levelsTo(root, path)) }

func statedNext(d *page.Document, root any, path []string) string {
	for _, m := range around(root, path, "links", "meta", "pagination", "paging", "_links") {
		for _, k := range nextKeys {
			u := addressOf(child(m, k))
			if u == "" {
				continue
			}
			if abs := d.Resolve(u); strings.HasPrefix(abs, "http") {
				return abs
			}
		}
	}
	return ""
}

// around are the objects in which an answer tells of its next page: those that hold the
// list, from the inmost to the outmost, each with its own parts of the names given.
func around(root any, path []string, parts ...string) []map[string]any {
	var all []map[string]any
	for _, level := range slices.Backward(levelsTo(root, path)) {
		all = append(all, level)
		for _, name := range parts {
			if part, ok := child(level, name).(map[string]any); ok {
				all = append(all, part)
			}
		}
	}
	return all
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
	for _, m := range around(root, path, "meta", "pagination", "paging") {
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
