package configured

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readPaths reads a JSON answer by paths of keys.
func readPaths(d *page.Document, rules signals.JSONRules) page.Result {
	v := d.JSON()
	if v == nil {
		return wrong("the page is %s, no JSON", d.Format)
	}
	if name := unknown(rules.Fields); name != "" && !strings.Contains(rules.Link, "{"+name+"}") {
		return wrong("unknown field %q", name)
	}
	records, isList := recordsAt(along(v, rules.Items))
	if !isList {
		return wrong("no list stands at %q", rules.Items)
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormAPI, Extractor: "configured"}
	for _, record := range records {
		values := map[string]string{}
		for field, path := range rules.Fields {
			values[field] = joined(along(record, path))
		}
		if values["url"] == "" && rules.Link != "" {
			values["url"] = filled(rules.Link, values)
		}
		if n, ok := notice(d, values); ok {
			r.Notices = append(r.Notices, n)
		}
	}
	switch {
	case len(records) == 0:
		return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormAPI, Extractor: "configured", Why: fmt.Sprintf("configured reading: the list at %q is empty", rules.Items)}
	case len(r.Notices) == 0:
		return wrong("none of the %d records at %q has a title", len(records), rules.Items)
	}
	r.Why = fmt.Sprintf("configured reading: %d records at %q", len(r.Notices), rules.Items)
	if n, err := strconv.Atoi(joined(along(v, rules.Total))); err == nil && rules.Total != "" {
		r.Total = &n
	}
	if next := joined(along(v, rules.Next)); rules.Next != "" && strings.ContainsAny(next, "/?") {
		r.Next = &page.Request{URL: d.Resolve(next)}
	}
	return r
}

// along follows a path of dot-separated keys; "*" steps into every record of a list, a
// number into one.
func along(v any, path string) []any {
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

func step(v any, key string) []any {
	switch x := v.(type) {
	case map[string]any:
		if inner, ok := x[key]; ok {
			return []any{inner}
		}
	case []any:
		if key == "*" {
			return x
		}
		if n, err := strconv.Atoi(key); err == nil && n >= 0 && n < len(x) {
			return []any{x[n]}
		}
	}
	return nil
}

func recordsAt(at []any) (records []any, isList bool) {
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

// joined are the plain values that a path led to, as one text.
func joined(at []any) string {
	var out []string
	for _, x := range at {
		switch x := x.(type) {
		case string:
			out = append(out, strings.TrimSpace(x))
		case json.Number:
			out = append(out, x.String())
		case []any:
			out = append(out, joined(x))
		}
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" })
	return strings.Join(out, "; ")
}

// filled is a template with its {field} parts replaced.
func filled(template string, values map[string]string) string {
	for field, value := range values {
		template = strings.ReplaceAll(template, "{"+field+"}", url.PathEscape(value))
	}
	return template
}
