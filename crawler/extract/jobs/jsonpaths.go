package jobs

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readPaths reads a JSON answer by an administrator's paths.
func readPaths(d *page.Document, rules signals.JSONRules) page.Result {
	r := page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: byPaths}
	v := d.JSON()
	if v == nil {
		r = nothing(d, false)
		r.Extractor = byPaths
		r.Why = fmt.Sprintf("configured reading: the page is %s, no JSON; %s", d.Format, r.Why)
		return r
	}
	if why := badFields(rules); why != "" {
		r.Why = "configured reading: " + why
		return r
	}
	at := along(v, rules.Items)
	if len(at) == 0 {
		r.Why = fmt.Sprintf("configured reading: nothing stands at %q", rules.Items)
		return r
	}
	var all []signals.Posting
	records, isList := recordsAt(at)
	if !isList {
		r.Why = fmt.Sprintf("configured reading: what stands at %q is no list", rules.Items)
		return r
	}
	for _, m := range records {
		if p, ok := pathPosting(d, m, rules); ok {
			all = append(all, p)
		}
	}
	r.Form = page.FormAPI
	switch {
	case len(all) > 0:
		r.Outcome, r.Postings = signals.OutcomeOK, withIDs(all)
		r.Why = fmt.Sprintf("configured reading: %d records at %q", len(all), rules.Items)
		r.Total, r.Next = totalAt(v, rules), nextAt(d, v, rules)
	case len(records) == 0:
		r.Outcome, r.Why = signals.OutcomeEmpty, fmt.Sprintf("configured reading: the list at %q is empty", rules.Items)
	default:
		r.Why = fmt.Sprintf("configured reading: none of the %d records at %q has a title at %q", len(records), rules.Items, rules.Fields["title"])
	}
	return r
}

func badFields(rules signals.JSONRules) string {
	for f := range rules.Fields {
		if !knownField(f) && !strings.Contains(rules.Link, "{"+f+"}") {
			return fmt.Sprintf("unknown field %q", f)
		}
	}
	if rules.Fields["title"] == "" {
		return "no path for title"
	}
	return ""
}

// along follows a path of dot-separated keys; "*" steps into every record of an array, a
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
	switch v := v.(type) {
	case map[string]any:
		if x, ok := v[key]; ok {
			return []any{x}
		}
		if key == "*" {
			out := make([]any, 0, len(v))
			for _, x := range v {
				out = append(out, x)
			}
			return out
		}
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

// recordsAt flattens what a path led to: an array's records, or records themselves.
func recordsAt(at []any) (out []any, isList bool) {
	for _, x := range at {
		switch x := x.(type) {
		case []any:
			out, isList = append(out, x...), true
		case map[string]any:
			out, isList = append(out, x), true
		}
	}
	return out, isList
}

func pathPosting(d *page.Document, m any, rules signals.JSONRules) (signals.Posting, bool) {
	values := map[string]string{}
	for field, path := range rules.Fields {
		values[field] = scalars(along(m, path))
	}
	if rules.Link != "" && values["url"] == "" {
		values["url"] = filled(rules.Link, values)
	}
	return configured(d, values)
}

// filled is a template with its {field} parts replaced.
func filled(template string, values map[string]string) string {
	for field, value := range values {
		template = strings.ReplaceAll(template, "{"+field+"}", url.PathEscape(value))
	}
	return template
}

// scalars are the plain values that a path led to, as one text.
func scalars(at []any) string {
	var out []string
	for _, x := range at {
		switch x := x.(type) {
		case string:
			out = append(out, dom.Clean(x))
		case json.Number:
			out = append(out, x.String())
		case bool:
			out = append(out, strconv.FormatBool(x))
		case []any:
			if s := scalars(x); s != "" {
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, "; ")
}

func totalAt(v any, rules signals.JSONRules) *int {
	if rules.Total == "" {
		return nil
	}
	n, err := strconv.Atoi(scalars(along(v, rules.Total)))
	if err != nil || n < 0 {
		return nil
	}
	return &n
}

// nextAt is the next request: an address at the path, else a cursor that goes into the
// page's own address.
func nextAt(d *page.Document, v any, rules signals.JSONRules) *page.Request {
	next := ""
	if rules.Next != "" {
		next = scalars(along(v, rules.Next))
	}
	if next == "" || next == "false" || next == "0" {
		return nil
	}
	if strings.Contains(next, "/") || strings.HasPrefix(next, "?") {
		return nextRequest(d.Resolve(next))
	}
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	q := u.Query()
	q.Set(lastKey(rules.Next), next)
	u.RawQuery = q.Encode()
	return nextRequest(u.String())
}

// lastKey is the name under which a cursor goes back: that of its own path.
func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
