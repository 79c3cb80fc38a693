package dom

import (
	"bytes"
	"unsafe"

	"dealvitals/crawler/extract/dom/tree"

	"golang.org/x/net/html"
)

// maxDepth is how deep a tree may nest. x/net/html itself refuses more than 512 open
// elements; pages that never close their tags are flattened to this depth instead.
const maxDepth = 300

// Parse makes a tree of any bytes. It never fails: what nests too deeply is flattened.
// The tree's strings may be parts of text, which must not change as long as one of them is
// used.
func Parse(text []byte) *html.Node {
	root, _ := Borrow(text)
	return root
}

// Borrow is Parse for a tree of which nothing is looked at any more once release is called:
// its memory is then used for others.
func Borrow(text []byte) (root *html.Node, release func()) {
	if root, release, ok := tree.Parse(unsafe.String(unsafe.SliceData(text), len(text))); ok {
		return root, release
	}
	return repaired(text), func() {}
}

// repaired makes the tree of a page that does not nest as its tags say.
func repaired(text []byte) *html.Node {
	root, err := html.ParseWithOptions(bytes.NewReader(text), html.ParseOptionEnableScripting(true))
	if err == nil {
		return root
	}
	root, err = html.ParseWithOptions(bytes.NewReader(flatten(text)), html.ParseOptionEnableScripting(true))
	if err == nil {
		return root
	}
	return &html.Node{Type: html.DocumentNode}
}

// flatten leaves out the start tags that stand deeper than maxDepth, and as many end tags.
func flatten(text []byte) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(text))
	depth, dropped := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if voidElement(string(name)) {
				out.Write(raw)
				continue
			}
			if depth >= maxDepth {
				dropped++
				continue
			}
			depth++
			out.Write(raw)
		case html.EndTagToken:
			if dropped > 0 {
				dropped--
				continue
			}
			depth = max(0, depth-1)
			out.Write(z.Raw())
		default:
			out.Write(z.Raw())
		}
	}
}

func voidElement(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
