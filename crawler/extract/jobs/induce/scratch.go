package induce

import "sync"

// scratch is the memory that counting the texts of a page takes, used again for the next
// page. It holds numbers only, but for the addresses in kinds.
type scratch struct {
	score, labels []int8
	held, before  []int32
	count, all    map[uint64]int32
	alike         map[pair]int32
	direct        map[int32]int32 // seeds on lines of one element
	seen          map[pair]bool
	kinds         map[string]linkKind
	seeds         []int32
	leaves, boxes int // of the page
}

var idleScratch = sync.Pool{New: func() any {
	return &scratch{
		count: map[uint64]int32{}, all: map[uint64]int32{}, alike: map[pair]int32{}, direct: map[int32]int32{}, seen: map[pair]bool{}, kinds: map[string]linkKind{},
	}
}}

// scratchFor is memory for a page with so many texts and elements, all of it zero.
func scratchFor(leaves, elements int) *scratch {
	s := idleScratch.Get().(*scratch)
	s.leaves, s.boxes = leaves, elements
	s.score, s.labels, s.held, s.before = zeroed(s.score, leaves), zeroed(s.labels, leaves), zeroed(s.held, elements), zeroed(s.before, leaves+1)
	return s
}

func zeroed[T int8 | int32](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// largestScratch is the most texts or elements of a page whose memory is used again: with
// the maps it is less than 1 MB.
const largestScratch = 4_000

// release lets the next page use the memory. Nothing of it may be used any more.
func (s *scratch) release() {
	if s.leaves > largestScratch || s.boxes > largestScratch {
		return
	}
	clear(s.count)
	clear(s.all)
	clear(s.alike)
	clear(s.direct)
	clear(s.seen)
	clear(s.kinds)
	s.seeds = s.seeds[:0]
	idleScratch.Put(s)
}
