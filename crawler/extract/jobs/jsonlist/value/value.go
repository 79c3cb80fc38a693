// Package value reads decoded JSON (map[string]any, []any, string, json.Number, bool, nil)
// by dotted paths. A path that leads nowhere gives the zero value: answers of other
// people's programs leave fields out, so a missing field is no error.
package value

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// At follows a path of keys and indexes ("data.list.0"); "" is v itself.
func At(v any, path string) any {
	for path != "" && v != nil {
		var key string
		key, path, _ = strings.Cut(path, ".")
		v = step(v, key)
	}
	return v
}

func step(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[key]
	case []any:
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(v) {
			return nil
		}
		return v[i]
	}
	return nil
}

// Has tells whether v is an object with the key, whatever its value.
func Has(v any, key string) bool {
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	_, ok = m[key]
	return ok
}

// Object is the object at path, nil where there is none.
func Object(v any, path string) map[string]any {
	m, _ := At(v, path).(map[string]any)
	return m
}

// List is the array at path, nil where there is none.
func List(v any, path string) []any {
	l, _ := At(v, path).([]any)
	return l
}

// Text is the string or number at path; "" for anything else.
func Text(v any, path string) string {
	switch v := At(v, path).(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// First is the first text of the paths that is not empty.
func First(v any, paths ...string) string {
	for _, p := range paths {
		if t := Text(v, p); t != "" {
			return t
		}
	}
	return ""
}

// Int is the whole number at path; digits in a string count. False for anything else.
func Int(v any, path string) (int, bool) {
	switch v := At(v, path).(type) {
	case json.Number:
		return whole(v.String())
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > 1<<52 {
			return 0, false
		}
		return int(v), true
	case string:
		return whole(strings.TrimSpace(v))
	}
	return 0, false
}

func whole(digits string) (int, bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

// True tells whether a true, "true" or 1 stands at path.
func True(v any, path string) bool { return truth(At(v, path)) == "true" }

// False tells whether a false, "false" or 0 stands at path; a missing value is not false.
func False(v any, path string) bool { return truth(At(v, path)) == "false" }

func truth(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case string:
		return strings.ToLower(strings.TrimSpace(v))
	case json.Number:
		return map[string]string{"0": "false", "1": "true"}[v.String()]
	}
	return ""
}

// Texts is every text at path: a string, the strings of an array, or what the first of
// keys names in each object of it.
func Texts(v any, path string, keys ...string) []string {
	var out []string
	add := func(v any) {
		if t := Text(v, ""); t != "" {
			out = append(out, t)
			return
		}
		if t := First(v, keys...); t != "" {
			out = append(out, t)
		}
	}
	at := At(v, path)
	list, ok := at.([]any)
	if !ok {
		add(at)
		return out
	}
	for _, item := range list {
		add(item)
	}
	return out
}
