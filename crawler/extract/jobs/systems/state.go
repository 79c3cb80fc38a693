package systems

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/page"
)

// assigned is the JSON value that a script assigns behind marker ("window.__appData"): the
// first value after the equals sign. Nil where there is none, or where it is no JSON.
func assigned(text []byte, marker string) any {
	for rest := text; ; {
		i := bytes.Index(rest, []byte(marker))
		if i < 0 {
			return nil
		}
		rest = rest[i+len(marker):]
		after := bytes.TrimLeft(rest, " \t\r\n")
		if len(after) == 0 || after[0] != '=' && after[0] != ':' {
			continue
		}
		if v := valueAt(bytes.TrimLeft(after[1:], " \t\r\n")); v != nil {
			return v
		}
	}
}

func valueAt(text []byte) any {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil
	}
	return v
}

// elementText is the JSON value inside the element with an id:
// <script id="__NEXT_DATA__" type="application/json">…</script>.
func elementText(d *page.Document, id string) any {
	i := bytes.Index(d.Text, []byte(`id="`+id+`"`))
	if i < 0 {
		return nil
	}
	rest := d.Text[i:]
	j := bytes.IndexByte(rest, '>')
	if j < 0 {
		return nil
	}
	rest = bytes.TrimLeft(rest[j+1:], " \t\r\n")
	if v := valueAt(rest); v != nil {
		return v
	}
	end := bytes.IndexByte(rest, '<')
	if end < 0 {
		return nil
	}
	return valueAt([]byte(html.UnescapeString(string(rest[:end]))))
}

// attributeValue is the JSON in the value attribute of the input with an id:
// <input type="hidden" id="jobs" value="[{&#34;…">.
func attributeValue(d *page.Document, id string) any {
	i := bytes.Index(d.Text, []byte(`id="`+id+`"`))
	if i < 0 {
		return nil
	}
	start := bytes.LastIndexByte(d.Text[:i], '<')
	if start < 0 {
		return nil
	}
	tag := d.Text[start:]
	for _, quote := range []string{`"`, `'`} {
		j := bytes.Index(tag, []byte("value="+quote))
		if j < 0 {
			continue
		}
		val := tag[j+len("value=")+1:]
		if end := bytes.Index(val, []byte(quote)); end >= 0 {
			return valueAt([]byte(html.UnescapeString(string(val[:end]))))
		}
	}
	return nil
}

// deep is the value under the first key of that name, at most depth levels down.
func deep(v any, key string, depth int) any {
	if depth < 0 {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		if found, ok := v[key]; ok && found != nil {
			return found
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if found := deep(v[name], key, depth-1); found != nil {
				return found
			}
		}
	case []any:
		for _, inner := range v[:min(len(v), 50)] {
			if found := deep(inner, key, depth-1); found != nil {
				return found
			}
		}
	}
	return nil
}
