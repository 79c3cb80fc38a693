// Package records finds the repeated records of a page: cards, rows, list items,
// definition lists, headings with what follows them. It knows nothing of what they hold.
package records

import "golang.org/x/net/html"

// Record is one of a list's records: an element, and where a list is written flat (a
// heading, then paragraphs) what follows it up to the next record.
type Record struct {
	Nodes []*html.Node
}

// List is a group of records that stand alike in the page, in document order.
type List struct {
	Container *html.Node // of the first record
	Records   []Record
	Flat      bool // records are more than one element each
}

// maxFlat is the most siblings that make up one flat record.
const maxFlat = 60

// Lists are the repeated records below root: all elements with text that stand alike,
// wherever in the page, so that a list spread over tabs is one.
func Lists(root *html.Node) []List {
	o := Of(root, nil)
	groups := map[uint64][]int32{}
	var order []uint64
	for i := range o.Elements {
		e := &o.Elements[i]
		if e.Last == e.First || e.Parent < 0 {
			continue
		}
		if groups[e.Key] == nil {
			order = append(order, e.Key)
		}
		groups[e.Key] = append(groups[e.Key], int32(i))
	}
	var out []List
	for _, key := range order {
		if len(groups[key]) > 1 {
			out = append(out, o.list(groups[key]))
		}
	}
	return out
}

func (o *Outline) list(members []int32) List {
	l := List{Container: o.Elements[members[0]].Node.Parent}
	for _, i := range members {
		r := Record{Nodes: []*html.Node{o.Elements[i].Node}}
		for s := o.Elements[i].End; len(r.Nodes) < maxFlat && s < int32(len(o.Elements)) && o.Elements[s].Parent == o.Elements[i].Parent && o.Elements[s].Key != o.Elements[i].Key; s = o.Elements[s].End {
			r.Nodes = append(r.Nodes, o.Elements[s].Node)
		}
		l.Records = append(l.Records, r)
	}
	l.Flat = len(l.Records[0].Nodes) > 1
	return l
}
