package jobs

import (
	"encoding/json"
	"html"
	"strings"
)

// looseJSON reads JSON as pages carry it: inside comments or CDATA, with entities, line
// breaks in strings, trailing commas, comments. Nil where nothing can be made of it.
func looseJSON(text string) any {
	text = unwrap(text)
	if v, ok := strictJSON(text); ok {
		return v
	}
	if strings.Contains(text, "&quot;") || strings.Contains(text, "&#34;") {
		text = html.UnescapeString(text)
		if v, ok := strictJSON(text); ok {
			return v
		}
	}
	if v, ok := strictJSON(mended(text)); ok {
		return v
	}
	return nil
}

func strictJSON(text string) (any, bool) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, false
	}
	return v, true
}

// unwrap takes comment and CDATA marks from around JSON.
func unwrap(text string) string {
	text = strings.TrimSpace(text)
	for changed := true; changed; {
		changed = false
		for _, mark := range []string{"<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[", "\ufeff"} {
			if rest, ok := strings.CutPrefix(text, mark); ok {
				text, changed = strings.TrimSpace(rest), true
			}
		}
		for _, mark := range []string{"-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";"} {
			if rest, ok := strings.CutSuffix(text, mark); ok {
				text, changed = strings.TrimSpace(rest), true
			}
		}
	}
	return text
}

// mended is JSON with its commonest breaks set right.
func mended(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 64)
	inString := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if inString {
			i += mendInString(&b, text, i, &inString)
			continue
		}
		switch {
		case c == '"':
			inString = true
			b.WriteByte(c)
		case c == '/' && i+1 < len(text) && text[i+1] == '/':
			i += max(0, lineEnd(text[i:])-1)
		case c == '/' && i+1 < len(text) && text[i+1] == '*':
			end := strings.Index(text[i:], "*/")
			if end < 0 {
				return b.String()
			}
			i += end + 1
		case c == ',' && closes(text[i+1:]):
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// mendInString writes one character of a string and says how many more it has used.
func mendInString(b *strings.Builder, text string, i int, inString *bool) int {
	switch c := text[i]; {
	case c == '\\' && i+1 < len(text):
		if strings.IndexByte(`"\/bfnrtu`, text[i+1]) < 0 {
			b.WriteByte(text[i+1])
			return 1
		}
		b.WriteByte(c)
		b.WriteByte(text[i+1])
		return 1
	case c == '"' && !endsString(text[i+1:]):
		b.WriteString(`\"`)
	case c == '"':
		*inString = false
		b.WriteByte(c)
	case c == '\n':
		b.WriteString(`\n`)
	case c == '\r':
	case c == '\t':
		b.WriteByte(' ')
	case c < ' ':
	default:
		b.WriteByte(c)
	}
	return 0
}

// endsString tells by what follows a quotation mark whether it ends its string: an
// unescaped quotation mark inside a text is followed by more text.
func endsString(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n")
	return rest == "" || strings.IndexByte(",:}]/", rest[0]) >= 0
}

// closes tells that nothing but blanks and comments stand before the next closing bracket.
func closes(rest string) bool {
	for n := 0; n < 20; n++ {
		rest = strings.TrimLeft(rest, " \t\r\n")
		switch {
		case strings.HasPrefix(rest, "//"):
			rest = rest[lineEnd(rest):]
		case strings.HasPrefix(rest, "/*") && strings.Contains(rest, "*/"):
			_, rest, _ = strings.Cut(rest, "*/")
		default:
			return rest == "" || rest[0] == '}' || rest[0] == ']'
		}
	}
	return false
}

func lineEnd(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}
