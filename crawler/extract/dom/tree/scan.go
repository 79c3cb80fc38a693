package tree

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tag is a start or end tag.
type tag struct {
	atom  atom.Atom
	name  string // in lower case
	is    nature
	attrs []html.Attribute
	at    int  // where it begins in the text
	whole bool // it ends with "/>": it closes itself where that counts
	twice bool // an attribute stands there more than once
}

// tag reads the tag whose name begins at a place, and sets the position behind it; false
// where the page ends inside it. It follows the tokenizer of x/net/html.
func (b *builder) tag(at int) (tag, bool) {
	t := tag{at: b.pos}
	end := at + 1
	for end < len(b.text) && !endsName(b.text[end]) {
		end++
	}
	t.atom, t.name, t.is = lookUp(b.text[at:end])
	b.pos = end
	first, slash := len(b.attrs), -1
	for {
		b.skipBlanks()
		if b.pos == len(b.text) {
			b.odd = true
			return t, false
		}
		if b.text[b.pos] == '>' {
			t.whole = slash == b.pos
			b.pos++
			break
		}
		first = b.attribute(&t, first, &slash)
	}
	if n := len(b.attrs); n > first {
		t.attrs = b.attrs[first:n:n]
	}
	return t, true
}

// lookUp is an element by its name as written.
func lookUp(name string) (atom.Atom, string, nature) {
	if e, ok := find(name); ok {
		return e.atom, e.name, e.is
	}
	lower := lowerASCII(name)
	if e, ok := find(lower); ok {
		return e.atom, e.name, e.is
	}
	return atom.Lookup([]byte(lower)), lower, 0
}

func lowerASCII(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			lower := []byte(s)
			for j := i; j < len(lower); j++ {
				if c := lower[j]; c >= 'A' && c <= 'Z' {
					lower[j] = c | 0x20
				}
			}
			return string(lower)
		}
	}
	return s
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r' }

func endsName(c byte) bool { return c == '>' || c == '/' || isBlank(c) }

func (b *builder) skipBlanks() {
	for b.pos < len(b.text) && isBlank(b.text[b.pos]) {
		b.pos++
	}
}

// attribute reads one attribute of a tag, or a stray "/". first is where the tag's
// attributes begin in b.attrs; it changes when they have to move. slash is set to where
// the text goes on behind a stray "/".
func (b *builder) attribute(t *tag, first int, slash *int) int {
	start := b.pos
	for b.pos < len(b.text) && !endsName(b.text[b.pos]) && (b.text[b.pos] != '=' || b.pos == start) {
		b.pos++
	}
	key := b.text[start:b.pos]
	b.skipBlanks()
	value := ""
	switch {
	case b.pos == len(b.text):
	case b.text[b.pos] == '/':
		b.pos++
		*slash = b.pos
	case b.text[b.pos] == '=':
		b.pos++
		value = b.value()
	}
	if key == "" {
		return first
	}
	if len(b.attrs)-first == maxAttributes {
		b.odd = true
		return first
	}
	key = lowerASCII(key)
	for _, a := range b.attrs[first:] {
		if a.Key == key {
			t.twice = true
			return first
		}
	}
	if len(b.attrs) == cap(b.attrs) {
		moved := b.arena.attributes(2 * (len(b.attrs) - first))
		b.attrs, first = append(moved, b.attrs[first:]...), 0
	}
	b.attrs = append(b.attrs, html.Attribute{Key: key, Val: value})
	return first
}

// value reads what follows the "=" of an attribute.
func (b *builder) value() string {
	b.skipBlanks()
	if b.pos == len(b.text) || b.text[b.pos] == '>' {
		return ""
	}
	quote := b.text[b.pos]
	if quote != '"' && quote != '\'' {
		start := b.pos
		for b.pos < len(b.text) && b.text[b.pos] != '>' && !isBlank(b.text[b.pos]) {
			b.pos++
		}
		return attributeText(b.text[start:b.pos])
	}
	start := b.pos + 1
	n := strings.IndexByte(b.text[start:], quote)
	if n < 0 {
		b.pos = len(b.text)
		return ""
	}
	b.pos = start + n + 1
	return attributeText(b.text[start : start+n])
}
