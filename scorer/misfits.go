package scorer

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// misfits lists what in a document has no place in a policy: keys that there are none of,
// and values of another kind than belongs there.
func misfits(root *yaml.Node) PolicyErrors {
	m := &matcher{}
	m.node(root, reflect.TypeFor[Policy](), "")
	return m.found
}

// matcher compares a document with a Go type.
type matcher struct{ found PolicyErrors }

func (m *matcher) wrong(n *yaml.Node, path, reason string) {
	m.found = append(m.found, &PolicyError{Path: path, Reason: reason, Line: n.Line})
}

func (m *matcher) node(n *yaml.Node, t reflect.Type, path string) {
	switch {
	case n.Kind == yaml.DocumentNode:
		m.node(n.Content[0], t, path)
	case n.Kind == yaml.AliasNode:
		m.node(n.Alias, t, path)
	case n.Tag == "!!null":
	case t.Kind() == reflect.Pointer:
		m.node(n, t.Elem(), path)
	case t == reflect.TypeFor[time.Time]():
		m.scalar(n, path, "a time", "!!str", "!!timestamp")
	case t.Kind() == reflect.Struct:
		m.object(n, path, func(key string) (reflect.Type, bool) { return fieldOf(t, key) })
	case t.Kind() == reflect.Map:
		m.object(n, path, func(string) (reflect.Type, bool) { return t.Elem(), true })
	case t.Kind() == reflect.Slice:
		m.list(n, t.Elem(), path)
	case t.Kind() == reflect.String:
		m.scalar(n, path, "a text", "!!str")
	case t.Kind() == reflect.Bool:
		m.scalar(n, path, "true or false", "!!bool")
	case t.Kind() == reflect.Float64:
		m.scalar(n, path, "a number", "!!int", "!!float")
	case t.Kind() == reflect.Int:
		m.whole(n, path)
	}
}

// object compares a mapping. The type of what a key holds is what typeOf says.
func (m *matcher) object(n *yaml.Node, path string, typeOf func(key string) (reflect.Type, bool)) {
	if n.Kind != yaml.MappingNode {
		m.wrong(n, path, "it is "+kindOf(n)+" where keys with values belong")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Tag == "!!merge" {
			m.object(resolved(value), path, typeOf)
			continue
		}
		at := path + "/" + escape(key.Value)
		t, known := typeOf(key.Value)
		if !known {
			m.wrong(key, at, "there is no such setting")
			continue
		}
		m.node(value, t, at)
	}
}

func (m *matcher) list(n *yaml.Node, t reflect.Type, path string) {
	if n.Kind != yaml.SequenceNode {
		m.wrong(n, path, "it is "+kindOf(n)+" where a list belongs")
		return
	}
	for i, item := range n.Content {
		m.node(item, t, path+"/"+strconv.Itoa(i))
	}
}

func (m *matcher) scalar(n *yaml.Node, path, wanted string, tags ...string) {
	if n.Kind != yaml.ScalarNode || !oneOf(n.Tag, tags) {
		m.wrong(n, path, fmt.Sprintf("it is %s where %s belongs", kindOf(n), wanted))
	}
}

func (m *matcher) whole(n *yaml.Node, path string) {
	var x float64
	if n.Kind != yaml.ScalarNode || n.Decode(&x) != nil || x != math.Trunc(x) || math.Abs(x) > maxNumber || n.Tag == "!!str" {
		m.wrong(n, path, fmt.Sprintf("it is %s where a whole number belongs", kindOf(n)))
	}
}

// kindOf says what a node is.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys with values"
	case yaml.SequenceNode:
		return "a list"
	}
	text := []rune(n.Value)
	if len(text) > 40 {
		text = append(text[:40], '…')
	}
	if n.Tag == "!!str" {
		return "the text " + strconv.Quote(string(text))
	}
	return string(text)
}

// fieldOf is the type of the field that JSON calls so.
func fieldOf(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() && name == key {
			return f.Type, true
		}
	}
	return nil, false
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// lineOf is the line of what a JSON pointer names, or of the nearest that is there.
func lineOf(root *yaml.Node, pointer string) int {
	n := root
	if n.Kind == yaml.DocumentNode {
		n = n.Content[0]
	}
	line := n.Line
	for _, part := range strings.Split(pointer, "/")[1:] {
		key, child := childOf(resolved(n), strings.NewReplacer("~1", "/", "~0", "~").Replace(part))
		if child == nil {
			return line
		}
		n, line = child, key.Line
	}
	return line
}

// childOf finds what a part of a pointer names, and where it begins.
func childOf(n *yaml.Node, part string) (key, child *yaml.Node) {
	if n.Kind == yaml.SequenceNode {
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i], n.Content[i]
		}
		return nil, nil
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == part {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}
