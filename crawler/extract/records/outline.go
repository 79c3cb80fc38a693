package records

import (
	"sync"

	"golang.org/x/net/html"
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
