package formats

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// node is an XML element. Namespaces are left out: the readers' formats use each local name
// for one thing.
type node struct {
	name  string
	attrs map[string]string
	text  string
	kids  []*node
}

// Bounds of an XML document; notices of TED have under 20 000 elements.
const (
	maxNodes = 300_000
	maxDepth = 200
)

// parseXML reads a document whose characters are UTF-8 already, whatever it says; nil where
// it is no XML at all. What is cut off is read as far as it goes.
func parseXML(text []byte) *node {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &node{}
	stack := []*node{root}
	for count := 0; count < maxNodes; {
		token, err := dec.Token()
		if err != nil {
			break
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(stack) > maxDepth {
				return root.first()
			}
			count++
			n := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				if n.attrs == nil {
					n.attrs = map[string]string{}
				}
				n.attrs[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" {
				top.text = strings.TrimSpace(top.text + " " + s)
			}
		}
	}
	return root.first()
}

func (n *node) first() *node {
	if len(n.kids) == 0 {
		return nil
	}
	return n.kids[0]
}

// find is the first element at a path of names, each a direct child of the one before.
func (n *node) find(path ...string) *node {
	for _, name := range path {
		if n == nil {
			return nil
		}
		var hit *node
		for _, k := range n.kids {
			if k.name == name {
				hit = k
				break
			}
		}
		n = hit
	}
	return n
}

// deep is the first element of a name at any depth.
func (n *node) deep(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if hit := k.deep(name); hit != nil {
			return hit
		}
	}
	return nil
}

// all are the elements of a name at any depth, in order, none inside of another.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
			continue
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// value is the text of the element at a path, with that of its paragraphs.
func (n *node) value(path ...string) string {
	hit := n.find(path...)
	if hit == nil {
		return ""
	}
	return hit.whole()
}

func (n *node) whole() string {
	if n == nil {
		return ""
	}
	parts := []string{}
	if n.text != "" {
		parts = append(parts, n.text)
	}
	for _, k := range n.kids {
		if s := k.whole(); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}
