package jsonlist

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
)

// totalKeys hold how many records the whole list has, in order of preference.
var totalKeys = []string{
	"totalfound", "totalcount", "totalelements", "totalrecords", "totalrecord", "totalresults", "totalhits", "totalitems", "totaljobs", "totaljobscount", "totaljobcount", "totalnum", "totalnumber", "totalsize", "totalrows", "totalrow", "totalcnt", "total_count", "total",
	"recordcount", "recordstotal", "recordtotal", "resultcount", "jobcount", "jobscount", "positioncount", "positiontotal", "numfound", "nbhits", "hitcount", "rowcount", "allcount", "itemcount", "numberofresults", "numberelements", "datacount", "totalnumber", "hits", "searchresultcountall", "searchresultcount", "positonnum", "positionnum", "found", "count", "amount", "sum", "all", "总数",
}

// isCap tells a round number from which on a stated total is a limit of the search, no count:
// 1000, 2000, 10 000, 100 000. Systems that stop counting stop at such numbers.
func isCap(n int) bool {
	if n < 1000 {
		return false
	}
	for n%10 == 0 {
		n /= 10
	}
	return n == 1 || n == 2 || n == 5
}

// Total is the number of records that a value states for a list: digits, or an object
// around them ({"value": 57, "relation": "eq"}). Nothing for "500+", a relation "gte", or
// a number that is plainly a limit of the search.
func Total(v any) *int {
	if m, ok := v.(map[string]any); ok {
		if r := value.Text(m, "relation"); r != "" && r != "eq" {
			return nil
		}
		for _, k := range []string{"value", "count", "total", "totalCount"} {
			if value.Has(m, k) {
				return Total(m[k])
			}
		}
		return nil
	}
	n, ok := countOf(v)
	if !ok || n < 0 || isCap(n) {
		return nil
	}
	return &n
}

func countOf(v any) (int, bool) {
	switch v := v.(type) {
	case json.Number, float64:
		return value.Int(v, "")
	case string:
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(v), ",", ""))
		return n, err == nil
	}
	return 0, false
}

// totalFor is the total that stands nearest to the list at path: beside it, in a meta or
// page object beside it, or further out. stated tells that a number was there, though it
// may be a cap.
func totalFor(root any, path []string) (total *int, stated bool) {
	levels := levelsTo(root, path)
	for i := len(levels) - 1; i >= 0; i-- {
		if v, ok := totalIn(levels[i]); ok {
			return Total(v), true
		}
	}
	return nil, false
}

// countFor is the number stated for the list at path, be it a cap; 0 where none is.
func countFor(root any, path []string) int {
	levels := levelsTo(root, path)
	for i := len(levels) - 1; i >= 0; i-- {
		if v, ok := totalIn(levels[i]); ok {
			if m, isMap := v.(map[string]any); isMap {
				v = m["value"]
			}
			n, _ := countOf(v)
			return n
		}
	}
	return 0
}

// levelsTo are the objects on the way to path, outermost first, the array's own object last.
func levelsTo(root any, path []string) []map[string]any {
	var out []map[string]any
	at := root
	for i := 0; ; i++ {
		if list, ok := at.([]any); ok && len(list) > 0 {
			at = list[0]
		}
		if s, ok := at.(string); ok {
			at = jsonInString(s)
		}
		m, ok := at.(map[string]any)
		if !ok {
			return out
		}
		out = append(out, m)
		if i >= len(path) {
			return out
		}
		at = child(m, path[i])
		if i == len(path)-1 {
			return out
		}
	}
}

func child(m map[string]any, plainKey string) any {
	if v, ok := m[plainKey]; ok {
		return v
	}
	for _, k := range slices.Sorted(maps.Keys(m)) { // of two spellings always the same one
		if plain(k) == plainKey {
			return m[k]
		}
	}
	return nil
}

var pageObjects = []string{"meta", "page", "pagination", "paging", "pageinfo", "pager", "pageform", "pagebean", "paginator", "metadata", "summary", "stat", "stats", "jobstats", "info", "pageable", "pageparam", "pagevo", "pageresult"}

// totalIn is the total that an object states, itself or in the facts of its paging, which may
// stand one in the other: meta.pagination.
func totalIn(m map[string]any) (any, bool) { return totalWithin(m, 2) }

func totalWithin(m map[string]any, depth int) (any, bool) {
	own := map[string]any{}
	for k, v := range m {
		own[plain(k)] = v
	}
	if v, ok := firstCount(own); ok || depth == 0 {
		return v, ok
	}
	for _, k := range pageObjects {
		if inner, ok := own[k].(map[string]any); ok {
			if v, ok := totalWithin(inner, depth-1); ok {
				return v, true
			}
		}
	}
	return nil, false
}

func firstCount(own map[string]any) (any, bool) {
	for _, k := range totalKeys {
		v, ok := own[k]
		if !ok {
			continue
		}
		if _, ok := countOf(v); ok {
			return v, true
		}
		if m, ok := v.(map[string]any); ok && (value.Has(m, "value") || value.Has(m, "count")) {
			return v, true
		}
		if s, ok := v.(string); ok && strings.HasSuffix(strings.TrimSpace(s), "+") {
			return v, true
		}
	}
	return nil, false
}

// under tells whether a path begins with another one.
func under(path, prefix []string) bool {
	return len(path) >= len(prefix) && slices.Equal(path[:len(prefix)], prefix)
}
