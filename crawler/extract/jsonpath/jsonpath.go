// Package jsonpath follows the paths by which an administrator names the parts of a JSON
// answer: keys separated by dots, where "*" steps into every element and a number into one.
// The same path leads through the same document to the same values in the same order.
package jsonpath

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
)

// Along are the values that a path leads to. An empty path leads to the document itself.
func Along(v any, path string) []any {
	at := []any{v}
	if path == "" {
		return at
	}
	for key := range strings.SplitSeq(path, ".") {
		var next []any
		for _, x := range at {
			next = append(next, step(x, key)...)
		}
		at = next
	}
	return at
}

// step goes one key further. "*" takes the elements of an object in the order of their
// keys, for JSON gives them none.
func step(v any, key string) []any {
	switch v := v.(type) {
	case map[string]any:
		if x, ok := v[key]; ok {
			return []any{x}
		}
		if key != "*" {
			return nil
		}
		var out []any
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, v[name])
		}
		return out
	case []any:
		if key == "*" {
			return v
		}
		if n, err := strconv.Atoi(key); err == nil && n >= 0 && n < len(v) {
			return []any{v[n]}
		}
	}
	return nil
}

// Records are those that a path led to: the elements of a list, or records themselves.
// False where it led to neither.
func Records(at []any) (records []any, isList bool) {
	for _, x := range at {
		switch x := x.(type) {
		case []any:
			records, isList = append(records, x...), true
		case map[string]any:
			records, isList = append(records, x), true
		}
	}
	return records, isList
}

// Text is the plain values that a path led to, as one text; values in lists count, objects
// do not.
func Text(at []any) string {
	var out []string
	for _, x := range at {
		text := ""
		switch x := x.(type) {
		case string:
			text = dom.Clean(x)
		case json.Number:
			text = x.String()
		case bool:
			text = strconv.FormatBool(x)
		case []any:
			text = Text(x)
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, "; ")
}

// Number is the whole number of zero or more that a path leads to, nil where there is none.
func Number(v any, path string) *int {
	if path == "" {
		return nil
	}
	n, err := strconv.Atoi(Text(Along(v, path)))
	if err != nil || n < 0 {
		return nil
	}
	return &n
}

// Fill is a template with its {field} parts replaced, as parts of an address.
func Fill(template string, values map[string]string) string {
	pairs := make([]string, 0, 2*len(values))
	for _, field := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, "{"+field+"}", url.PathEscape(values[field]))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// Next is the request for the next page: an address that stands at a path, else a cursor,
// which goes back under its own name in the page's address. Nil where there is none.
func Next(d *page.Document, v any, path string) *page.Request {
	if path == "" {
		return nil
	}
	next := Text(Along(v, path))
	if next == "" || next == "false" || next == "0" {
		return nil
	}
	if strings.Contains(next, "/") || strings.HasPrefix(next, "?") {
		return &page.Request{URL: d.Resolve(next)}
	}
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	q := u.Query()
	q.Set(path[strings.LastIndexByte(path, '.')+1:], next)
	u.RawQuery = q.Encode()
	return &page.Request{URL: u.String()}
}
