package tree

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (b *builder) newNode() *html.Node { return b.arena.node() }

func (b *builder) top() *html.Node {
	if len(b.stack) == 0 {
		return b.doc
	}
	return b.stack[len(b.stack)-1].node
}

// isTop tells whether the current node is of one of some natures.
func (b *builder) isTop(is nature) bool {
	return len(b.stack) > 0 && b.stack[len(b.stack)-1].is&is != 0
}

// appendTo makes n the last child of a node. n has neither parent nor siblings.
func appendTo(parent, n *html.Node) {
	n.Parent = parent
	if last := parent.LastChild; last != nil {
		last.NextSibling, n.PrevSibling = n, last
	} else {
		parent.FirstChild = n
	}
	parent.LastChild = n
}

// element makes a tag's element below a parent.
func (b *builder) element(parent *html.Node, t tag) *html.Node {
	n := b.newNode()
	n.Type, n.DataAtom, n.Data, n.Attr = html.ElementNode, t.atom, t.name, t.attrs
	appendTo(parent, n)
	return n
}

// add makes an element that has no content.
func (b *builder) add(t tag) *html.Node { return b.element(b.top(), t) }

// push makes an element and opens it.
func (b *builder) push(t tag) *html.Node {
	n := b.add(t)
	b.stack = append(b.stack, open{n, t.atom, t.is})
	b.odd = b.odd || len(b.stack) > maxOpen
	return n
}

// pushFormatting opens a formatting element. x/net/html sorts the attributes of those.
func (b *builder) pushFormatting(t tag) {
	if len(t.attrs) > 1 {
		slices.SortFunc(t.attrs, func(x, y html.Attribute) int { return strings.Compare(x.Key, y.Key) })
	}
	b.push(t)
}

// imply opens an element that no tag stands for.
func (b *builder) imply(a atom.Atom) *html.Node {
	e := known[a.String()]
	n := b.push(tag{atom: a, name: e.name, is: e.is})
	if a == atom.Head {
		b.head = n
	}
	return n
}

// comment makes a comment below a parent.
func (b *builder) comment(parent *html.Node, s string) {
	n := b.newNode()
	n.Type, n.Data = html.CommentNode, s
	appendTo(parent, n)
}

// appendText adds text to the current node.
func (b *builder) appendText(s string) { b.textBelow(b.top(), s) }

// textBelow adds text to a node, and to the text before it where nothing stands between
// them.
func (b *builder) textBelow(parent *html.Node, s string) {
	if s == "" {
		return
	}
	if last := parent.LastChild; last != nil && last.Type == html.TextNode {
		last.Data += s
		b.joined += len(last.Data)
		b.odd = b.odd || b.joined > maxJoined
		return
	}
	n := b.newNode()
	n.Type, n.Data = html.TextNode, s
	appendTo(parent, n)
}

func (b *builder) pop() { b.stack = b.stack[:len(b.stack)-1] }
