package records

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// transparent tells markup that only formats a part of a text.
func transparent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Font, atom.U, atom.Mark, atom.Sub, atom.Sup, atom.Nobr:
		return true
	case atom.B, atom.Strong, atom.Em, atom.I:
		return inText(n) && !factsBehind(n)
	case atom.Span:
		return len(n.Attr) > 0 && highlight(dom.Attr(n, "class")) && inText(n)
	}
	return false
}

// factsBehind tells a line of facts behind a text: <h4>Engineer<em>Berlin | 3 years</em></h4>.
func factsBehind(n *html.Node) bool {
	c := n.FirstChild
	return n.NextSibling == nil && c != nil && c == n.LastChild && c.Type == html.TextNode && len(c.Data) < 120 && strings.ContainsAny(c.Data, "|｜·")
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
