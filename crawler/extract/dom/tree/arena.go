package tree

import (
	"sync"

	"golang.org/x/net/html"
)

const (
	// nodesAtOnce and attrsAtOnce are how many are allocated at a time.
	nodesAtOnce = 256
	attrsAtOnce = 256
	// largestIdle is the most blocks of nodes, or of attributes, of an arena that is kept
	// for the next page: about 1 MB.
	largestIdle = 40
)

// arena is the memory of one tree: blocks that are handed out node by node, and used again
// for another tree when this one is not needed any more. A page's tree is most of what
// reading the page allocates.
type arena struct {
	nodes [][]html.Node
	attrs [][]html.Attribute
	block int // of nodes that is handed out from
	next  int // node of that block
	list  int // blocks of attributes in use
}

var arenas = sync.Pool{New: func() any { return &arena{} }}

func newArena() *arena { return arenas.Get().(*arena) }

func (a *arena) node() *html.Node {
	if a.next == nodesAtOnce {
		a.block, a.next = a.block+1, 0
	}
	if a.block == len(a.nodes) {
		a.nodes = append(a.nodes, make([]html.Node, nodesAtOnce))
	}
	n := &a.nodes[a.block][a.next]
	a.next++
	return n
}

// attributes is room for attributes, at least as many as said.
func (a *arena) attributes(atLeast int) []html.Attribute {
	if atLeast > attrsAtOnce {
		return make([]html.Attribute, 0, atLeast) // not kept
	}
	if a.list == len(a.attrs) {
		a.attrs = append(a.attrs, make([]html.Attribute, 0, attrsAtOnce))
	}
	a.list++
	return a.attrs[a.list-1]
}

// release takes all nodes back. They are cleared, so that no text stays in memory for them.
func (a *arena) release() {
	if len(a.nodes) > largestIdle || len(a.attrs) > largestIdle {
		return
	}
	for i := range min(a.block+1, len(a.nodes)) {
		clear(a.nodes[i])
	}
	for _, list := range a.attrs[:a.list] {
		clear(list[:attrsAtOnce])
	}
	a.block, a.next, a.list = 0, 0, 0
	arenas.Put(a)
}
