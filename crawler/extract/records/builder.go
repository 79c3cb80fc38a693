package records

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

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
		if p.DataAtom == atom.Br && n.DataAtom != atom.Td && n.DataAtom != atom.Th {
			break // another line begins
		}
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
