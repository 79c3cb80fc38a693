// Package records finds the repeated records of a page: cards, rows, list items,
// definition lists, headings with what follows them. It knows nothing of what they hold.
package records

import "golang.org/x/net/html"

// Record is one of a list's records: a single element, or a run of siblings that begins
// with a heading.
type Record struct {
	Nodes []*html.Node
}

// List is a group of records of the same make.
type List struct {
	Container *html.Node
	Records   []Record
}

// Lists are the repeated records below root, in document order.
func Lists(root *html.Node) []List {
	var out []List
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		groups := map[string][]Record{}
		var order []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				if groups[c.Data] == nil {
					order = append(order, c.Data)
				}
				groups[c.Data] = append(groups[c.Data], Record{Nodes: []*html.Node{c}})
			}
			walk(c)
		}
		for _, k := range order {
			if len(groups[k]) > 1 {
				out = append(out, List{Container: n, Records: groups[k]})
			}
		}
	}
	walk(root)
	return out
}
