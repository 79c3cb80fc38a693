package match

// automaton finds all names in one pass over a text (Aho and Corasick 1975), whatever
// their number. Its alphabet is the rune: with bytes, and a table of 256 transitions for
// each state as in github.com/BobuSumisu/aho-corasick, thirty thousand Chinese names
// need more than a gigabyte. Here an edge costs about 20 bytes in one flat hash table.
type automaton struct {
	edges  edgeTable
	fail   []int32 // the longest proper suffix that is a prefix of some name
	output []int32 // index into names of the name that ends here, -1 none
	next   []int32 // nearest state on the fail chain with an output, 0 none
	depth  []int32
}

// edgeTable maps (state, rune) to a state by open addressing. Key 0 is free: no edge
// leaves the root by rune 0.
type edgeTable struct {
	keys []uint64
	to   []int32
	used int
}

func newEdgeTable(size int) edgeTable {
	n := 64
	for n < size {
		n *= 2
	}
	return edgeTable{keys: make([]uint64, n), to: make([]int32, n)}
}

func edgeKey(state int32, r rune) uint64 { return uint64(state)<<21 | uint64(r) }

func (t *edgeTable) slot(key uint64) int {
	mask := uint64(len(t.keys) - 1)
	at := (key * 0x9e3779b97f4a7c15 >> 20) & mask
	for t.keys[at] != 0 && t.keys[at] != key {
		at = (at + 1) & mask
	}
	return int(at)
}

func (t *edgeTable) get(state int32, r rune) (int32, bool) {
	at := t.slot(edgeKey(state, r))
	return t.to[at], t.keys[at] != 0
}

func (t *edgeTable) put(state int32, r rune, to int32) {
	if 2*(t.used+1) > len(t.keys) {
		t.grow()
	}
	at := t.slot(edgeKey(state, r))
	t.keys[at], t.to[at] = edgeKey(state, r), to
	t.used++
}

func (t *edgeTable) grow() {
	old := *t
	*t = newEdgeTable(2 * len(old.keys))
	t.used = old.used
	for i, key := range old.keys {
		if key != 0 {
			at := t.slot(key)
			t.keys[at], t.to[at] = key, old.to[i]
		}
	}
}

// newAutomaton builds the automaton of distinct, non-empty names.
func newAutomaton(names [][]rune) *automaton {
	a := &automaton{edges: newEdgeTable(64)}
	a.state(0)
	type edge struct {
		from, to int32
		r        rune
	}
	var edges []edge
	for i, name := range names {
		state := int32(0)
		for _, r := range name {
			to, ok := a.edges.get(state, r)
			if !ok {
				to = a.state(a.depth[state] + 1)
				a.edges.put(state, r, to)
				edges = append(edges, edge{state, to, r})
			}
			state = to
		}
		a.output[state] = int32(i)
	}
	// Breadth first, by depth, so that each fail link is set before it is followed.
	byDepth := make([][]edge, 0, 64)
	for _, e := range edges {
		d := int(a.depth[e.to])
		for len(byDepth) <= d {
			byDepth = append(byDepth, nil)
		}
		byDepth[d] = append(byDepth[d], e)
	}
	for _, level := range byDepth {
		for _, e := range level {
			a.link(e.from, e.to, e.r)
		}
	}
	return a
}

func (a *automaton) state(depth int32) int32 {
	a.fail = append(a.fail, 0)
	a.output = append(a.output, -1)
	a.next = append(a.next, 0)
	a.depth = append(a.depth, depth)
	return int32(len(a.fail) - 1)
}

func (a *automaton) link(from, to int32, r rune) {
	if from != 0 {
		a.fail[to] = a.step(a.fail[from], r)
	}
	if f := a.fail[to]; a.output[f] >= 0 {
		a.next[to] = f
	} else {
		a.next[to] = a.next[f]
	}
}

// step is the state after r was read in state.
func (a *automaton) step(state int32, r rune) int32 {
	for {
		if to, ok := a.edges.get(state, r); ok {
			return to
		}
		if state == 0 {
			return 0
		}
		state = a.fail[state]
	}
}

// walk calls found for each name in the text, by where it ends, longest first.
func (a *automaton) walk(letters []rune, found func(name int32, start, end int)) {
	state := int32(0)
	for i, r := range letters {
		state = a.step(state, r)
		at := state
		if a.output[at] < 0 {
			at = a.next[at]
		}
		for ; at != 0; at = a.next[at] {
			found(a.output[at], i+1-int(a.depth[at]), i+1)
		}
	}
}
