package jsonlist

import (
	"slices"
	"sort"
	"strings"
)

// Limits that keep a hostile document cheap: beyond them it is read no further.
const (
	maxDepth   = 40
	maxNodes   = 2_000_000
	maxRecords = 20_000
)

// list is an array of objects somewhere in a document. Arrays that stand at the same
// place in several objects (the jobs of each department) are one list.
type list struct {
	path    []string // plain keys from the root; indexes and ids left out
	records []map[string]any
	fields  []record // of the records, made when they are scored
	seen    int      // how many arrays or maps went into it
}

func (l *list) name() string { return strings.Join(l.path, ".") }

// finder walks a document and gathers its lists in the order of the document.
type finder struct {
	lists  []*list
	byName map[string]*list
	empty  []emptyList
	nodes  int
	aside  bool // the only list of jobs is one of suggestions
}

// emptyList is an array without anything in it.
type emptyList struct{ path []string }

func findLists(v any) *finder {
	f := &finder{byName: map[string]*list{}}
	f.walk(v, nil, 0)
	return f
}

func (f *finder) walk(v any, path []string, depth int) {
	f.nodes++
	if depth > maxDepth || f.nodes > maxNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		f.array(v, path, depth)
	case map[string]any:
		f.object(v, path, depth)
	case string:
		if inner := jsonInString(v); inner != nil {
			f.walk(inner, path, depth+1)
		}
	}
}

func (f *finder) array(v []any, path []string, depth int) {
	if len(v) == 0 {
		f.empty = append(f.empty, emptyList{slices.Clone(path)})
		return
	}
	f.add(path, objectsOf(v))
	for _, item := range v {
		switch item.(type) {
		case map[string]any, []any:
			f.walk(item, path, depth+1)
		}
	}
}

func (f *finder) object(v map[string]any, path []string, depth int) {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	byID := keyedByID(v, keys)
	if byID {
		f.add(path, objectsByKey(v, keys))
	}
	for _, k := range keys {
		next := path
		if !byID {
			next = append(slices.Clip(path), plain(k))
		}
		f.walk(v[k], next, depth+1)
	}
}

func (f *finder) add(path []string, records []map[string]any) {
	if len(records) == 0 {
		return
	}
	name := strings.Join(path, ".")
	l := f.byName[name]
	if l == nil {
		l = &list{path: slices.Clone(path)}
		f.byName[name] = l
		f.lists = append(f.lists, l)
	}
	l.seen++
	l.records = append(l.records, records[:min(len(records), max(0, maxRecords-len(l.records)))]...)
}

// objectsOf is the objects of an array that is mostly objects; an array of arrays or
// scalars is no list.
func objectsOf(v []any) []map[string]any {
	out := make([]map[string]any, 0, len(v))
	for _, item := range v {
		if m, ok := item.(map[string]any); ok && len(m) > 0 {
			out = append(out, m)
		}
	}
	if len(out)*2 < len(v) {
		return nil
	}
	return out
}

// keyedByID tells an object that is a list in disguise: {"1042": {...}, "1043": {...}}, the
// keys numbers or long ids, or all of its values objects of one shape.
func keyedByID(v map[string]any, keys []string) bool {
	if len(keys) == 0 {
		return false
	}
	ids := 0
	var shape map[string]any
	for _, k := range keys {
		m, ok := v[k].(map[string]any)
		if !ok || len(m) < 2 {
			return false
		}
		if shape == nil {
			shape = m
		} else if !sameShape(shape, m) {
			return false
		}
		if looksID(k) {
			ids++
		}
	}
	return ids == len(keys)
}

func looksID(k string) bool {
	digits := 0
	for _, c := range k {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits > 0 && (digits*2 >= len(k) || len(k) >= 16)
}

// sameShape tells whether two objects share most of their keys.
func sameShape(a, b map[string]any) bool {
	shared := 0
	for k := range a {
		if _, ok := b[k]; ok {
			shared++
		}
	}
	return shared*2 >= min(len(a), len(b))
}

func objectsByKey(v map[string]any, keys []string) []map[string]any {
	out := make([]map[string]any, 0, len(keys))
	for _, k := range keys {
		if m, ok := v[k].(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}
