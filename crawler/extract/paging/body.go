package paging

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/page"
)

// maxBodyDepth is how deep a JSON body is searched for the number of its page.
const maxBodyDepth = 4

// NextByBody is a request with the page or offset of its body, a form or JSON, moved on by
// one page of got records; nil where its body has none, or where total says that this was
// the last. Without a total, a page that is not full is the last, and of one that does not
// say how many it asked for nobody can tell.
func NextByBody(r page.Request, got int, total *int) *page.Request {
	if start := strings.TrimSpace(r.Body); strings.HasPrefix(start, "{") {
		return nextInJSON(r, got, total)
	}
	return nextInForm(r, got, total)
}

// nextNumber is the next page's number, as far as the answer tells.
func (p place) nextNumber(got int, total *int) (int, bool) {
	if total != nil {
		return p.next(got, *total)
	}
	if p.size <= 0 || got < p.size {
		return 0, false
	}
	if p.offset {
		return p.number + got, true
	}
	return p.number + 1, true
}

func nextInForm(r page.Request, got int, total *int) *page.Request {
	fields := strings.Split(r.Body, "&")
	at := make(map[string]int, len(fields))
	names := make([]string, 0, len(fields))
	for i, field := range fields {
		name, _, _ := strings.Cut(field, "=")
		if plainName, err := url.QueryUnescape(name); err == nil {
			at[plainName], names = i, append(names, plainName)
		}
	}
	value := func(name string) (int, bool) {
		_, text, _ := strings.Cut(fields[at[name]], "=")
		return numberOf(text)
	}
	key, here, ok := placeIn(names, value)
	if !ok {
		return nil
	}
	next, more := here.nextNumber(got, total)
	if !more {
		return nil
	}
	fields[at[key]] = url.QueryEscape(key) + "=" + strconv.Itoa(next)
	r.Body = strings.Join(fields, "&")
	return &r
}

func nextInJSON(r page.Request, got int, total *int) *page.Request {
	decoder := json.NewDecoder(strings.NewReader(r.Body))
	decoder.UseNumber()
	var body map[string]any
	if decoder.Decode(&body) != nil {
		return nil
	}
	holder, key, here, ok := placeInJSON(body, 0)
	if !ok {
		return nil
	}
	next, more := here.nextNumber(got, total)
	if !more {
		return nil
	}
	if _, isText := holder[key].(string); isText {
		holder[key] = strconv.Itoa(next)
	} else {
		holder[key] = next
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // sites read the body as they know it
	if encoder.Encode(body) != nil {
		return nil
	}
	r.Body = strings.TrimSuffix(text.String(), "\n")
	return &r
}

// placeInJSON finds the parameter that turns pages in a body or, level by level, in the
// objects inside it: {"condition": …, "page": {"pageNo": 1}}.
func placeInJSON(body map[string]any, depth int) (holder map[string]any, key string, at place, ok bool) {
	names := make([]string, 0, len(body))
	for name := range body {
		names = append(names, name)
	}
	slices.Sort(names)
	value := func(name string) (int, bool) {
		switch x := body[name].(type) {
		case json.Number:
			return numberOf(x.String())
		case string:
			return numberOf(x)
		}
		return 0, false
	}
	if key, at, ok = placeIn(names, value); ok {
		return body, key, at, true
	}
	if depth >= maxBodyDepth {
		return nil, "", at, false
	}
	for _, name := range names {
		inner, isObject := body[name].(map[string]any)
		if !isObject {
			continue
		}
		if holder, key, at, ok = placeInJSON(inner, depth+1); ok {
			return holder, key, at, true
		}
	}
	return nil, "", at, false
}
