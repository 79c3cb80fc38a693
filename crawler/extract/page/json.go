package page

import (
	"bytes"
	"encoding/json"
	"html"
)

// isJSON tells whether text (without leading blanks) is JSON, or JSON inside a callback,
// a <pre> of a browser's viewer, or behind a guard such as )]}' or while(1);.
func isJSON(t []byte) bool {
	part := jsonPart(t)
	if len(part) == 0 {
		return false
	}
	if part[0] == '[' && len(part) > 1 && !startsValue(part[1:]) {
		return false
	}
	return part[0] == '{' && startsKey(part[1:]) || part[0] == '['
}

func startsKey(t []byte) bool {
	t = bytes.TrimLeft(t, " \t\r\n")
	return len(t) > 0 && (t[0] == '"' || t[0] == '}')
}

func startsValue(t []byte) bool {
	t = bytes.TrimLeft(t, " \t\r\n")
	return len(t) > 0 && bytes.IndexByte([]byte(`{["]0123456789-tfn`), t[0]) >= 0
}

// jsonPart is the JSON inside t, nil where there is none.
func jsonPart(t []byte) []byte {
	t = bytes.TrimLeft(t, " \t\r\n\uFEFF")
	if len(t) == 0 {
		return nil
	}
	if t[0] == '{' || t[0] == '[' {
		return t
	}
	if t[0] == '<' {
		return insidePre(t)
	}
	head := t[:min(len(t), 80)]
	for _, guard := range []string{")]}'", ")]}',", "while(1);", "for(;;);", "/**/", "{}&&"} {
		if bytes.HasPrefix(t, []byte(guard)) {
			return jsonPart(bytes.TrimLeft(t[len(guard):], ","))
		}
	}
	// callback({...}); and var name = {...};
	i := bytes.IndexAny(head, "{[")
	if i <= 0 || !callbackHead(head[:i]) {
		return nil
	}
	return t[i:]
}

func callbackHead(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) == 0 || (head[len(head)-1] != '(' && head[len(head)-1] != '=') {
		return false
	}
	for _, c := range head {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && bytes.IndexByte([]byte("_$.( =?&;/*'\""), c) < 0 {
			return false
		}
	}
	return true
}

// insidePre reads the JSON that a browser shows as a page of one <pre>.
func insidePre(t []byte) []byte {
	head := t[:min(len(t), 1500)]
	i := bytes.Index(head, []byte("<pre"))
	if i < 0 || bytes.Contains(head[:i], []byte("<div")) {
		return nil
	}
	j := bytes.IndexByte(t[i:], '>')
	end := bytes.LastIndex(t, []byte("</pre>"))
	if j < 0 || end < i+j {
		return nil
	}
	inner := bytes.TrimSpace(t[i+j+1 : end])
	if len(inner) == 0 || (inner[0] != '{' && inner[0] != '[') {
		return nil
	}
	return []byte(html.UnescapeString(string(inner)))
}

// decodeJSON reads the first value of t, nil when there is none; what follows it is ignored.
func decodeJSON(t []byte) any {
	if len(t) == 0 {
		return nil
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(t))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return jsonLines(t)
	}
	if dec.More() {
		if lines := jsonLines(t); len(lines) > 1 {
			return lines
		}
	}
	return v
}

// jsonLines reads JSON lines, as crawlers save them. A broken end is left out.
func jsonLines(t []byte) []any {
	var out []any
	dec := json.NewDecoder(bytes.NewReader(t))
	dec.UseNumber()
	for {
		var v any
		if err := dec.Decode(&v); err != nil {
			return out
		}
		out = append(out, v)
	}
}
