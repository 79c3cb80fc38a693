// Package tree makes the trees of HTML pages that nest as their tags say, which most do,
// in a fraction of the time that golang.org/x/net/html takes. Where the standard's rules
// for repair would come in (misnested formatting, content of tables outside their cells,
// templates, frames, what a file's end cuts off), Parse gives up and leaves the page to
// x/net/html. A tree that it makes is the one that x/net/html makes.
//
// The comments name sections of https://html.spec.whatwg.org/multipage/parsing.html.
package tree

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// maxOpen is how many elements may be open at a time: as many as x/net/html allows.
	maxOpen = 512
	// maxAttributes is how many attributes of a tag are held against each other for one
	// that is there twice: the time grows with the square of their number.
	maxAttributes = 128
	// maxJoined bounds the bytes that are copied to join texts between which nothing came
	// to stand, as an end tag without a start tag.
	maxJoined = 1 << 16
)

// Parse makes the tree of a page, false where its nesting needs repair. The strings of
// the tree are parts of text: they keep it in memory as long as one of them is. release
// lets the next pages use the memory of the tree's nodes; it need not be called, and after
// it no node may be looked at.
func Parse(text string) (root *html.Node, release func(), ok bool) {
	if strings.IndexByte(text, 0) >= 0 {
		return nil, nil, false
	}
	b := &builder{text: withoutReturns(text), stack: make([]open, 0, 32), arena: newArena()}
	b.doc = b.newNode()
	b.doc.Type = html.DocumentNode
	for b.pos < len(b.text) && !b.odd {
		b.token()
	}
	if b.odd {
		b.arena.release()
		return nil, nil, false
	}
	b.end()
	if b.odd {
		b.arena.release()
		return nil, nil, false
	}
	return b.doc, b.arena.release, true
}

// withoutReturns makes each line end with "\n" alone, as the standard's preprocessing.
func withoutReturns(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// mode is the insertion mode (§13.2.4.1).
type mode int

const (
	initial mode = iota
	beforeHTML
	beforeHead
	inHead
	afterHead
	inBody
	inTable
	inTableBody
	inRow
	inCell
	inCaption
	inColumns
	afterBody
	afterAfterBody
)

// open is an element on the stack of open elements (§13.2.4.2).
type open struct {
	node *html.Node
	atom atom.Atom
	is   nature
}

// builder makes one tree.
type builder struct {
	text string
	pos  int
	odd  bool // the page needs rules that are not here

	doc    *html.Node
	stack  []open
	mode   mode
	head   *html.Node
	form   *html.Node
	joined int

	arena *arena
	attrs []html.Attribute // part of the arena's; those of the tag being read are at its end
}

// token reads the text up to the next markup, or the markup.
func (b *builder) token() {
	at := nextMarkup(b.text, b.pos)
	if at > b.pos {
		s := b.text[b.pos:at]
		b.pos = at
		b.textToken(s)
		return
	}
	if at+1 == len(b.text) {
		b.odd = true
		return
	}
	switch c := b.text[at+1]; {
	case c == '!':
		b.declaration()
	case c == '?':
		b.bogusComment(at + 1)
	case c != '/':
		if t, ok := b.tag(at + 1); ok {
			b.start(t)
		}
	case at+2 < len(b.text) && isLetter(b.text[at+2]):
		if t, ok := b.tag(at + 2); ok {
			b.endTag(t)
		}
	default:
		b.odd = true
	}
}

// nextMarkup is where the next tag, comment or declaration begins, at or behind from, or
// where the text ends.
func nextMarkup(text string, from int) int {
	for at := from; ; at++ {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			return len(text)
		}
		at += i
		if at+1 == len(text) || isLetter(text[at+1]) || text[at+1] == '/' || text[at+1] == '!' || text[at+1] == '?' {
			return at
		}
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// end makes what the page left out (§13.2.6.4.1 to 6).
func (b *builder) end() {
	if b.mode < beforeHead {
		b.imply(atom.Html)
		b.mode = beforeHead
	}
	if b.mode == beforeHead {
		b.imply(atom.Head)
		b.mode = inHead
	}
	if b.mode == inHead {
		b.pop()
		b.mode = afterHead
	}
	if b.mode == afterHead {
		b.imply(atom.Body)
	}
}
