package records

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// Outline is a page as a reader sees it: its texts in document order, and the elements
// that hold them. It is made in one walk; everything about lists is told from it.
type Outline struct {
	Elements []Element
	Leaves   []Leaf
	Title    string // of the head
}

// Element is an element that may show something.
type Element struct {
	Node   *html.Node
	Parent int32 // -1 for the first
	End    int32 // the first element after all below this one
	First  int32 // the leaves below are Leaves[First:Last]
	Last   int32
	Link   int32 // the nearest <a href> around, itself included; -1 where there is none
	Nth    int16 // which cell of its row, which of its kind in a line
	Level  int8  // 1 to 6 of a heading around or itself, else 0
	Region Region
	Class  uint32 // what the vocabulary says of its class and id
	Around uint32 // the same of all around it, itself included
	// Make tells elements written alike: the tag and the first class that is no mere state.
	Make uint64
	// Key tells elements that stand alike in the page: Make in the Make of what is around.
	Key uint64
}

// Leaf is a run of text that a reader sees as one.
type Leaf struct {
	Text    string
	Element int32
}

// Region says in which part of a page an element stands.
type Region uint16

const (
	Nav Region = 1 << iota
	Foot
	Head
	Aside
	Crumbs
	Pager
	Hidden // by an attribute or its own style: lists in closed tabs are, too
	Dialog
	Control // a button, a label or a field of a form
	Filter  // what narrows a list down
)

// Content, as a bit of a vocabulary, says that a class names what the page is about, so that
// no other word of it ("menu", "hot") makes a part of the page's frame of it.
const Content uint32 = 1 << 31

// Vocabulary tells what a class or id says, in bits of the caller's own.
type Vocabulary func(word string) uint32

// Of is the outline of a page; words may be nil.
func Of(root *html.Node, words Vocabulary) *Outline {
	b := &builder{out: idle.Get().(*Outline), words: words, classes: map[string]classed{}, current: -1}
	b.walk(root, -1)
	b.flush()
	return b.out
}

// idle are outlines that were released.
var idle = sync.Pool{New: func() any {
	return &Outline{Elements: make([]Element, 0, 1024), Leaves: make([]Leaf, 0, 512)}
}}

// largestIdle is the most elements of an outline whose memory is used again: about 1 MB.
const largestIdle = 10_000

// Release lets the outlines of the next pages use the memory of this one, of which nothing
// may be used any more. It need not be called.
func (o *Outline) Release() {
	if cap(o.Elements) > largestIdle || cap(o.Leaves) > largestIdle {
		return
	}
	clear(o.Elements)
	clear(o.Leaves)
	o.Elements, o.Leaves, o.Title = o.Elements[:0], o.Leaves[:0], ""
	idle.Put(o)
}

type builder struct {
	out     *Outline
	words   Vocabulary
	classes map[string]classed
	current int32 // the element that pending text belongs to
	pending string
	joined  []byte // pending text of more than one node
	many    bool
}

// maxElements bounds the work on pages that are far beyond what any site sends.
const maxElements = 120_000

func (b *builder) walk(n *html.Node, parent int32) {
	switch n.Type {
	case html.TextNode:
		b.text(n.Data, parent)
		return
	case html.ElementNode:
		b.element(n, parent)
		return
	case html.DocumentNode:
		b.children(n, parent)
	}
}

func (b *builder) children(n *html.Node, element int32) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c, element)
	}
}

func (b *builder) element(n *html.Node, parent int32) {
	if n.DataAtom == atom.Head {
		b.head(n)
		return
	}
	if dom.Unseen(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br, atom.Hr:
		b.flush()
		return
	case atom.Img, atom.Input, atom.Wbr:
		return
	}
	if transparent(n) {
		b.children(n, parent)
		return
	}
	b.flush()
	if len(b.out.Elements) >= maxElements {
		return
	}
	i := b.add(n, parent)
	b.children(n, i)
	b.flush()
	e := &b.out.Elements[i]
	e.End, e.Last = int32(len(b.out.Elements)), int32(len(b.out.Leaves))
}

func (b *builder) head(n *html.Node) {
	if t := dom.First(n, func(c *html.Node) bool { return c.DataAtom == atom.Title }); t != nil && b.out.Title == "" && t.FirstChild != nil {
		b.out.Title = dom.Clean(t.FirstChild.Data)
	}
}

func (b *builder) add(n *html.Node, parent int32) int32 {
	e := Element{Node: n, Parent: parent, First: int32(len(b.out.Leaves)), Link: -1, Level: headingLevel(n)}
	c := b.classOf(n)
	e.Class, e.Region, e.Make = c.bits, c.region|regionOfTag(n), mix(tagHash(n), c.make)
	e.Around = e.Class
	i := int32(len(b.out.Elements))
	if n.DataAtom == atom.A && dom.HasAttr(n, "href") {
		e.Link = i
	}
	e.Nth = nth(n)
	up := uint64(7)
	if parent >= 0 {
		p := &b.out.Elements[parent]
		e.Region |= p.Region
		e.Around |= p.Around
		if e.Link < 0 {
			e.Link = p.Link
		}
		if e.Level == 0 {
			e.Level = p.Level
		}
		up = p.Key
		if c.make != 0 {
			up = p.Make
		}
	}
	e.Key = mix(mix(e.Make, uint64(e.Nth)), up)
	b.out.Elements = append(b.out.Elements, e)
	return i
}

// nth tells cells of a row and pieces of a line apart. Blocks are not told apart: they
// are the records.
func nth(n *html.Node) int16 {
	switch n.DataAtom {
	case atom.Td, atom.Th:
	case atom.Span, atom.I, atom.Em, atom.B, atom.Strong, atom.Label, atom.Small, atom.Dd:
		if dom.HasAttr(n, "class") {
			return 0
		}
	default:
		return 0
	}
	count := int16(1)
	steps := 0
	for p := n.PrevSibling; p != nil && steps < 120; p = p.PrevSibling {
		steps++
		if p.Type == html.ElementNode && (p.DataAtom == n.DataAtom || p.DataAtom == atom.Th && n.DataAtom == atom.Td) {
			count++
		}
		if n.DataAtom == atom.Dd && p.DataAtom == atom.Dt {
			break
		}
	}
	return count
}

func headingLevel(n *html.Node) int8 {
	switch n.DataAtom {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// transparent tells markup that only formats a part of a text.
func transparent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Font, atom.U, atom.Mark, atom.Sub, atom.Sup, atom.Nobr:
		return true
	case atom.B, atom.Strong, atom.Em, atom.I:
		return inText(n)
	case atom.Span:
		return len(n.Attr) > 0 && highlight(dom.Attr(n, "class")) && inText(n)
	}
	return false
}

func highlight(class string) bool {
	return class != "" && (strings.Contains(class, "highlight") || strings.Contains(class, "keyword") || strings.Contains(class, "hlt"))
}

// inText tells that n stands in a text that goes on beside it. A bold start that is
// followed by a dash, a bracket or a blank is a heading of its own.
func inText(n *html.Node) bool {
	before, after := beside(n, false), beside(n, true)
	if before != "" {
		return true
	}
	if after == "" || n.FirstChild == nil {
		return false
	}
	switch after[0] {
	case '-', '|', '(', '[', ',', '/':
		return false
	case ' ', '\n', '\t', '\r':
		return endsInColon(n)
	}
	for _, mark := range []string{"（", "—", "–", "，", "　", "\u00a0", "【"} {
		if strings.HasPrefix(after, mark) {
			return false
		}
	}
	return true
}

func endsInColon(n *html.Node) bool {
	last := n.LastChild
	if last.Type != html.TextNode {
		return false
	}
	t := strings.TrimRight(last.Data, " \n\t\r\u00a0")
	return strings.HasSuffix(t, ":") || strings.HasSuffix(t, "：")
}

// beside is the text node next to n, "" where none but blanks stands there.
func beside(n *html.Node, after bool) string {
	s := n.PrevSibling
	if after {
		s = n.NextSibling
	}
	if s == nil || s.Type != html.TextNode || blank(s.Data) {
		return ""
	}
	return s.Data
}

func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		default:
			return !shows(s[i]) && dom.Clean(s) == ""
		}
	}
	return true
}

// shows tells the first byte of a character that is no blank: ASCII, and most of Chinese.
func shows(c byte) bool { return c > ' ' && c < 0x7f || c >= 0xE4 && c <= 0xE9 }

func (b *builder) text(data string, element int32) {
	if element != b.current {
		b.flush()
		b.current = element
	}
	switch {
	case b.many:
		b.joined = append(b.joined, data...)
	case b.pending == "":
		b.pending = data
	default:
		b.joined = append(append(b.joined[:0], b.pending...), data...)
		b.many = true
	}
}

// flush makes a leaf of the pending text.
func (b *builder) flush() {
	text := b.pending
	if b.many {
		text = string(b.joined)
	}
	b.pending, b.many = "", false
	if text == "" || b.current < 0 || blank(text) || len(b.out.Leaves) >= maxElements {
		return
	}
	text = dom.Clean(strings.Trim(text, " \n\t\r\f"))
	if text != "" {
		b.out.Leaves = append(b.out.Leaves, Leaf{Text: text, Element: b.current})
	}
}
