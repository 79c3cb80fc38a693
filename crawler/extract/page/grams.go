package page

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// grams is which runs of four bytes a text holds that begin at an even place, hashed: a
// mark is not in the text where, begin it at an even or an odd place, one run is missing.
// One pass over a text answers for the hundreds of marks by which systems and firewalls
// are known, nearly all of which are missing.
type grams [1 << 12]uint64

func gramsOf(text []byte) *grams {
	g := idleGrams.Get().(*grams)
	clear(g[:])
	for ; len(text) >= 4; text = text[2:] {
		h := hashOf(binary.LittleEndian.Uint32(text))
		g[h>>6] |= 1 << (h & 63)
	}
	return g
}

// idleGrams are those of documents that were closed.
var idleGrams = sync.Pool{New: func() any { return &grams{} }}

func hashOf(run uint32) uint32 { return run * 2654435761 >> 14 }

func (g *grams) mayHold(mark string) bool { return g.mayHoldFrom(mark, 0) || g.mayHoldFrom(mark, 1) }

// mayHoldFrom tells whether the text may hold the mark where the runs of it that are asked
// for begin at every second place from one on.
func (g *grams) mayHoldFrom(mark string, from int) bool {
	for i := from; i+4 <= len(mark); i += 2 {
		h := hashOf(uint32(mark[i]) | uint32(mark[i+1])<<8 | uint32(mark[i+2])<<16 | uint32(mark[i+3])<<24)
		if g[h>>6]&(1<<(h&63)) == 0 {
			return false
		}
	}
	return true
}

// Contains tells whether the page's text holds a mark. It is cheap for the many marks that
// are not there.
func (d *Document) Contains(mark string) bool {
	if d.grams == nil {
		d.grams = gramsOf(d.Text)
	}
	return d.grams.mayHold(mark) && bytes.Contains(d.Text, []byte(mark))
}
