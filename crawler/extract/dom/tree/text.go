package tree

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const blanks = " \t\r\n\f"

func blank(s string) bool {
	for i := range len(s) {
		if !isBlank(s[i]) {
			return false
		}
	}
	return true
}

func plainText(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// attributeText replaces the character references of an attribute's value. There a name
// without its semicolon counts only where it is a whole word that no "=" follows.
func attributeText(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var out strings.Builder
	for at >= 0 {
		out.WriteString(s[:at])
		s = s[at:]
		end := referenceEnd(s)
		out.WriteString(reference(s[:end], s[end:]))
		s = s[end:]
		at = strings.IndexByte(s, '&')
	}
	out.WriteString(s)
	return out.String()
}

// referenceEnd is where the character reference that s may begin with ends.
func referenceEnd(s string) int {
	end := 1
	if end < len(s) && s[end] == '#' {
		end++
	}
	for end < len(s) && (isLetter(s[end]) || s[end] >= '0' && s[end] <= '9') {
		end++
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return end
}

// reference is what a possible character reference of an attribute's value stands for.
func reference(s, rest string) string {
	plain := html.UnescapeString(s)
	switch {
	case plain == s || s[1] == '#':
		return plain
	case s[len(s)-1] == ';':
		if len(plain) > 1 && plain[len(plain)-1] == ';' {
			return s // only the beginning of the name is one
		}
	case utf8.RuneCountInString(plain) > 1 || strings.HasPrefix(rest, "="):
		return s
	}
	return plain
}

// textToken takes text between markup (§13.2.6.4.1 to 23).
func (b *builder) textToken(s string) {
	s = plainText(s)
	switch b.mode {
	case initial, beforeHTML, beforeHead:
		b.odd = !blank(s)
	case inHead, afterHead, inColumns, inTable, inTableBody, inRow:
		if b.odd = !blank(s); !b.odd {
			b.appendText(s)
		}
	case afterBody, afterAfterBody:
		if !blank(s) {
			b.mode = inBody
		}
		b.bodyText(s)
	default:
		b.bodyText(s)
	}
}

func (b *builder) bodyText(s string) {
	if n := b.top(); n.FirstChild == nil && (n.Data == "pre" || n.Data == "listing") {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n")
	}
	b.appendText(s)
}

// rawElement makes an element whose content is text, below a parent.
func (b *builder) rawElement(parent *html.Node, t tag) {
	content, ok := b.rawText(t.name)
	if !ok {
		b.odd = true
		return
	}
	n := b.element(parent, t)
	if t.is&escapable != 0 {
		content = plainText(content)
	}
	if t.name == "textarea" {
		content = strings.TrimPrefix(strings.TrimPrefix(content, "\r"), "\n")
	}
	if content == "" {
		return
	}
	text := b.newNode()
	text.Type, text.Data = html.TextNode, content
	appendTo(n, text)
}

// rawText reads up to and over the end tag of a raw element.
func (b *builder) rawText(name string) (string, bool) {
	end := rawEnd(b.text, b.pos, name)
	if end < 0 {
		return "", false
	}
	content := b.text[b.pos:end]
	// Inside a comment a script may hold a script that has its own end tag.
	if name == "script" && strings.Contains(content, "<!--") && strings.Contains(strings.ToLower(content), "<script") {
		return "", false
	}
	b.pos = end
	_, ok := b.tag(end + 2)
	return content, ok
}

// rawEnd is where the end tag of a raw element begins, −1 where it has none.
func rawEnd(text string, from int, name string) int {
	for at := from; ; at += 2 {
		i := strings.Index(text[at:], "</")
		if i < 0 {
			return -1
		}
		at += i
		end := at + 2 + len(name)
		if end < len(text) && endsName(text[end]) && strings.EqualFold(text[at+2:end], name) {
			return at
		}
	}
}

// declaration reads a comment, a doctype, or what is neither.
func (b *builder) declaration() {
	rest := b.text[b.pos+2:]
	if strings.HasPrefix(rest, "--") {
		b.properComment(b.pos + 4)
		return
	}
	if len(rest) >= 7 && strings.EqualFold(rest[:7], "doctype") {
		b.doctype(b.pos + 9)
		return
	}
	b.bogusComment(b.pos + 2)
}

// properComment reads a comment whose content begins at a place.
func (b *builder) properComment(at int) {
	rest := b.text[at:]
	end := strings.Index(rest, "-->")
	if end < 0 || strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "->") || strings.Contains(rest[:end], "--!>") {
		b.odd = true
		return
	}
	b.pos = at + end + len("-->")
	b.commentToken(rest[:end])
}

// bogusComment reads what begins like a comment and ends with the next ">".
func (b *builder) bogusComment(at int) {
	end := strings.IndexByte(b.text[at:], '>')
	if end < 0 {
		b.odd = true
		return
	}
	b.pos = at + end + 1
	b.commentToken(b.text[at : at+end])
}

func (b *builder) commentToken(s string) {
	parent := b.top()
	switch b.mode {
	case afterBody:
		parent = b.stack[0].node
	case afterAfterBody:
		parent = b.doc
	}
	b.comment(parent, plainText(s))
}

// doctype reads a doctype. All but the simplest is taken apart by x/net/html.
func (b *builder) doctype(at int) {
	end := strings.IndexByte(b.text[at:], '>')
	if end < 0 {
		b.odd = true
		return
	}
	began := b.pos
	b.pos = at + end + 1
	if b.mode != initial {
		return
	}
	b.mode = beforeHTML
	if strings.EqualFold(strings.Trim(b.text[at:at+end], blanks), "html") {
		n := b.newNode()
		n.Type, n.Data = html.DoctypeNode, "html"
		appendTo(b.doc, n)
		return
	}
	other, err := html.Parse(strings.NewReader(b.text[began:b.pos]))
	if err != nil {
		b.odd = true
		return
	}
	n := other.FirstChild
	other.RemoveChild(n)
	appendTo(b.doc, n)
}
