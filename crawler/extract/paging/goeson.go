package paging

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The fields by which answers say whether their list goes on, as plain makes them.
var (
	moreFields    = []string{"hasmore", "hasnext", "hasnextpage", "hasmorepages", "hasmoreresults", "hasnextdata", "ismore", "morepages", "moreavailable", "moreresultsavailable", "havenext", "havemore"}
	lastFields    = []string{"last", "islast", "islastpage", "lastpage", "isend", "isfinished", "isfinish", "nomore", "endoflist", "reachedend"}
	pagesFields   = []string{"totalpages", "totalpage", "pagecount", "pages", "pagescount", "lastpage", "maxpage", "totalpagecount", "pagetotal", "allpage", "allpages", "numpages", "nbpages"}
	currentFields = []string{"page", "currentpage", "current", "pageno", "pageindex", "curpage", "currpage", "pagenum", "pagenumber", "currentpagenumber"}
	partFields    = []string{"meta", "metadata", "page", "pagination", "paging", "pageinfo", "pager", "paginator", "pageable", "pagevo", "pageresult", "links"}
)

// GoesOn is what an answer says by which its list goes on behind the part that it shows: a
// flag (hasMore: true, last: false), or a number of pages of which this is not the last. It
// is "" where the answer says nothing of the kind, or that this is the end. around are the
// objects around the list, the nearest last; what stands nearest to the list counts.
func GoesOn(around []map[string]any) string {
	for _, o := range slices.Backward(around) {
		for _, part := range append([]map[string]any{o}, partsOf(o, 2)...) {
			if said, told := ownWord(part); told {
				return said
			}
		}
	}
	return ""
}

// partsOf are the objects in which an answer keeps the facts of its paging: meta, pagination,
// meta.pagination.
func partsOf(o map[string]any, depth int) []map[string]any {
	var parts []map[string]any
	for _, key := range slices.Sorted(maps.Keys(o)) {
		part, ok := o[key].(map[string]any)
		if !ok || !slices.Contains(partFields, plain(key)) {
			continue
		}
		parts = append(parts, part)
		if depth > 1 {
			parts = append(parts, partsOf(part, depth-1)...)
		}
	}
	return parts
}

// ownWord is what one object says: told is false where it says nothing.
func ownWord(o map[string]any) (said string, told bool) {
	if key, v, ok := fieldOf(o, moreFields, isFlag); ok {
		return saidIf(flag(v), key, v), true
	}
	if key, v, ok := fieldOf(o, lastFields, isBool); ok {
		return saidIf(!flag(v), key, v), true
	}
	key, v, ok := fieldOf(o, pagesFields, isNumber)
	if !ok {
		return "", false
	}
	pages := number(v)
	current := 1
	if from, at, ok := fieldOf(o, currentFields, isNumber); ok {
		current = number(at)
		if current == 0 || plain(key) == "nbpages" && plain(from) == "page" { // Algolia counts from 0 too
			current++
		}
	} else if _, at, ok := fieldOf(o, []string{"number"}, isNumber); ok { // Spring does so too
		current = number(at) + 1
	}
	return saidIf(current < pages, key, v), true
}

func saidIf(goesOn bool, key string, v any) string {
	if !goesOn {
		return ""
	}
	return fmt.Sprintf("%s: %v", key, v)
}

// fieldOf is the first of some fields that an object has with a value of the kind wanted.
func fieldOf(o map[string]any, names []string, is func(any) bool) (key string, v any, ok bool) {
	for _, name := range names {
		for _, key := range slices.Sorted(maps.Keys(o)) {
			if plain(key) == name && is(o[key]) {
				return key, o[key], true
			}
		}
	}
	return "", nil, false
}

func isBool(v any) bool {
	_, ok := v.(bool)
	return ok
}

// isFlag tells a bool, or what programs write for one: 1, 0, "true", "false".
func isFlag(v any) bool {
	switch v := v.(type) {
	case bool:
		return true
	case json.Number:
		return v == "0" || v == "1"
	case string:
		_, err := strconv.ParseBool(strings.ToLower(v))
		return err == nil
	}
	return false
}

func flag(v any) bool {
	on, err := strconv.ParseBool(strings.ToLower(fmt.Sprint(v)))
	return err == nil && on
}

func isNumber(v any) bool {
	switch v := v.(type) {
	case json.Number:
		return number(v) >= 0
	case float64:
		return v >= 0
	}
	return false
}

func number(v any) int {
	switch v := v.(type) {
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n
		}
	case float64:
		return int(v)
	}
	return -1
}
