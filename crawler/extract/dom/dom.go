// Package dom reads x/net/html trees: text, attributes, visibility.
package dom

import (
	"bytes"
	"strings"
	"unsafe"

	"dealvitals/crawler/extract/dom/tree"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// Attr is the value of n's attribute, "" when it has none.
func Attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// HasAttr tells whether n has the attribute at all.
func HasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// First is the first element below n (n included) in document order for which is holds.
func First(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := First(c, is); f != nil {
			return f
		}
	}
	return nil
}

// All is every element below n (n included) for which is holds, in document order.
func All(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	Walk(n, func(c *html.Node) bool {
		if c.Type == html.ElementNode && is(c) {
			out = append(out, c)
		}
		return true
	})
	return out
}

// Walk calls visit for n and all below it in document order; where visit says false,
// what is below that node is left out.
func Walk(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		Walk(c, visit)
	}
}

// Text is what a reader sees of n in one line: blanks made single, no scripts and styles.
func Text(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n, 0)
	return Clean(b.String())
}

// TextUpTo is Text, but stops after about limit bytes: enough to tell that a text is long.
func TextUpTo(n *html.Node, limit int) string {
	var b strings.Builder
	appendText(&b, n, limit)
	return Clean(b.String())
}

func appendText(b *strings.Builder, n *html.Node, limit int) {
	if limit > 0 && b.Len() > limit {
		return
	}
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.ElementNode:
		if Unseen(n) {
			return
		}
		if n.DataAtom == atom.Br || Block(n) {
			b.WriteByte(' ')
		}
	case html.CommentNode, html.DoctypeNode:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		appendText(b, c, limit)
	}
	if n.Type == html.ElementNode && Block(n) {
		b.WriteByte(' ')
	}
}

// OwnText is the text that stands directly in n, without that of its child elements.
func OwnText(n *html.Node) string {
	var only string
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || isBlank(c.Data) {
			continue
		}
		if count++; count == 1 {
			only = c.Data
			continue
		}
		only += " " + c.Data
	}
	return Clean(only)
}

func isBlank(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		default:
			return strings.TrimSpace(s) == ""
		}
	}
	return true
}

// Clean makes blanks single and trims; no-break, ideographic and zero-width blanks too.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == '\u00ad':
			continue
		case r <= ' ' || r == '\u00a0' || r == '\u3000' || r >= '\u2000' && r <= '\u200a' || r == '\u202f':
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean is a fast path for texts that need no cleaning.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0x7f || c >= 0xe4 && c <= 0xe9:
		case c < ' ' || c == 0x7f || c == 0xc2:
			return false
		case c == ' ':
			if i == 0 || i == len(s)-1 || s[i+1] == ' ' {
				return false
			}
		case c == 0xe2 || c == 0xe3 || c == 0xef:
			if i+2 >= len(s) || mayBeBlank(c, s[i+1], s[i+2]) {
				return false
			}
		}
	}
	return true
}

// mayBeBlank tells the characters of three bytes among which blanks are: U+2000 to U+203F,
// the ideographic one and the mark of byte order.
func mayBeBlank(a, b, c byte) bool {
	switch a {
	case 0xe2:
		return b == 0x80 && c <= 0xaf && (c <= 0x8f || c == 0xaf)
	case 0xe3:
		return b == 0x80 && c == 0x80
	}
	return b == 0xbb && c == 0xbf
}

// Unseen tells whether an element shows no text to a reader: scripts, styles, templates.
func Unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Textarea, atom.Select, atom.Datalist, atom.Object, atom.Canvas:
		return true
	}
	return false
}

// Hidden tells whether n is hidden by an attribute or its own style. Lists inside tabs are
// hidden that way too, so hidden is no reason to leave a record out, only a message.
func Hidden(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return true
		case "style":
			s := strings.ToLower(strings.ReplaceAll(n.Attr[i].Val, " ", ""))
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// Block tells whether an element stands on lines of its own.
func Block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details, atom.Div, atom.Dl, atom.Dt,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
		atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot,
		atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Option, atom.Button:
		return true
	}
	return false
}
