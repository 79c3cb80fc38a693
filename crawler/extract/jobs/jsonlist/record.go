package jsonlist

import (
	"encoding/json"
	"html"
	"strconv"
	"strings"
	"unicode"

	"dealvitals/crawler/extract/dom"
)

// wrappers are keys behind which answers put the record itself: hits.hits[]._source,
// edges[].node, data[].attributes.
var wrappers = []string{
	"_source", "node", "attributes", "job", "position", "jobposting", "posting", "data", "document", "item", "requisition", "fields",
	"matchedobjectdescriptor", "source", "jobad", "jobopening", "offer", "vacancy", "opening", "job_posting", "post", "detail", "acf", "jobinfo", "info", "sys",
}

var wrapperRank = rank(plainAll(wrappers))

// record is a job's fields under their plain names. What stands inside a wrapper counts
// as the record's own, behind the fields outside.
type record struct {
	own  map[string]any
	keys int
}

func fieldsOf(m map[string]any) record {
	r := record{own: make(map[string]any, len(m)+4), keys: len(m)}
	r.take(m)
	for k, v := range m {
		inner, ok := v.(map[string]any)
		if !ok || len(inner) < 2 {
			continue
		}
		if _, wraps := wrapperRank[plain(k)]; wraps && (len(m) <= 8 || len(inner) > len(m)) {
			r.take(inner)
			r.keys += len(inner)
			for k2, v2 := range inner { // attributes.job, node.fields
				deeper, ok := v2.(map[string]any)
				if _, wraps := wrapperRank[plain(k2)]; ok && wraps && len(deeper) >= 2 && len(inner) <= 4 {
					r.take(deeper)
					r.keys += len(deeper)
				}
			}
		}
	}
	return r
}

func (r record) take(m map[string]any) {
	for k, v := range m {
		p := plain(bare(k))
		if old, taken := r.own[p]; taken && !blank(old) {
			continue
		}
		r.own[p] = v
	}
}

// bare is a key without what stores add to it: Drupal's field_ before, and the mark of a
// type behind, as Solr's dynamic fields have it (title_s, posted_dt).
func bare(key string) string {
	key = strings.TrimPrefix(key, "field_")
	if i := strings.LastIndexByte(key, '_'); i > 0 {
		switch key[i+1:] {
		case "s", "ss", "t", "txt", "dt", "dts", "i", "l":
			return key[:i]
		}
	}
	return key
}

func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// text is what a person reads of a value: a string, a number, the name of an object
// ({"name": …}, {"rendered": …}), those of an array joined by "; ".
func text(v any) string { return textOf(v, 0) }

func textOf(v any, depth int) string {
	switch v := v.(type) {
	case string:
		return readable(v)
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		if depth > 2 {
			return ""
		}
		for _, k := range []string{"name", "rendered", "label", "title", "text", "value", "display", "displayName", "locationName", "location", "city", "cityName", "descriptor", "zh_CN", "zh-CN", "zh", "cn", "default", "en", "en_US", "i18n", "fullName", "region", "country"} {
			if t := textOf(v[k], depth+1); t != "" {
				return t
			}
		}
	case []any:
		return joined(v, depth)
	}
	return ""
}

func joined(v []any, depth int) string {
	var parts []string
	for _, item := range v[:min(len(v), 50)] {
		t := textOf(item, depth+1)
		if t == "" || containsString(parts, t) {
			continue
		}
		parts = append(parts, t)
	}
	return strings.Join(parts, "; ")
}

func containsString(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// readable takes marks of markup away: entities, the <em> around a searched word.
func readable(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = withoutTags(s)
	}
	return dom.Clean(s)
}

// withoutTags leaves out what stands between < and > where a tag can begin.
func withoutTags(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			b.WriteString(s)
			break
		}
		c := s[i+1]
		end := strings.IndexByte(s[i:], '>')
		if end < 0 || (c != '/' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i])
		if strings.HasPrefix(strings.ToLower(s[i:]), "<br") {
			b.WriteByte(' ')
		}
		s = s[i+end+1:]
	}
	return b.String()
}

// named is the text of the first of the keys that holds a title: letters, and of a length
// that titles have.
func (r record) named(keys []string) (string, string) {
	for _, k := range keys {
		v, ok := r.own[k]
		if !ok {
			continue
		}
		if t := text(v); isTitle(t) {
			return t, k
		}
	}
	return "", ""
}

// maxTitle is the length in characters beyond which a text is a description, no title.
const maxTitle = 200

func isTitle(t string) bool {
	if t == "" || len(t) > maxTitle*4 || strings.HasPrefix(t, "http://") || strings.HasPrefix(t, "https://") {
		return false
	}
	n, letters := 0, 0
	for _, c := range t {
		n++
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return n <= maxTitle && letters >= 1
}

// requisitionOf is the number of the requisition that a record was posted for; "" where it
// has none, or only a placeholder.
func requisitionOf(f record) string {
	t := f.first([]string{"requisitionid", "reqid", "jobreqid", "jobrequisitionid", "requisitionnumber", "reqnumber", "reqno", "requisitionno", "requisitioncode"})
	if len(t) < 3 || !strings.ContainsAny(t, "0123456789") {
		return ""
	}
	return t
}

func (r record) first(keys []string) string {
	for _, k := range keys {
		if v, ok := r.own[k]; ok {
			if t := text(v); t != "" {
				return t
			}
		}
	}
	return ""
}

func plainAll(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = plain(k)
	}
	return out
}

// Readable is a text as a person reads it: without markup, entities and double blanks.
func Readable(s string) string { return readable(s) }

// Place is a place in any of the forms that answers give it: a text, an object with a
// name or with city, region and country, or an array of those.
func Place(v any) string { return placeText(v) }
