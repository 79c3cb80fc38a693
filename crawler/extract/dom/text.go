package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
