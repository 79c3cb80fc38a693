// Package dom reads x/net/html trees: text, attributes, visibility.
package dom

import (
	"golang.org/x/net/html"
)

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
