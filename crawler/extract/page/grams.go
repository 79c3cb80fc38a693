package page

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// grams is which runs of five bytes a text holds that begin at an even place, hashed: a
// mark is not in the text where, begin it at an even or an odd place, one run is missing.
// One pass over a text answers for the hundreds of marks by which systems and firewalls
// are known, nearly all of which are missing.
type grams [1 << 12]uint64

const gramSize = 5

func gramsOf(text []byte) *grams {
	g := idleGrams.Get().(*grams)
	clear(g[:])
	for ; len(text) >= 8; text = text[2:] {
		g.add(hashOf(binary.LittleEndian.Uint64(text)))
	}
	for ; len(text) >= gramSize; text = text[2:] {
		g.add(hashOf(runOf(text)))
	}
	return g
}

// idleGrams are those of documents that were closed.
var idleGrams = sync.Pool{New: func() any { return &grams{} }}

func (g *grams) add(h uint64) { g[h>>6] |= 1 << (h & 63) }

// runOf is the run at the start of a text.
func runOf[T string | []byte](text T) uint64 {
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 | uint64(text[4])<<32
}

// hashOf hashes the lower five bytes, to 18 bits.
func hashOf(run uint64) uint64 { return run << 24 * 0x9E3779B97F4A7C15 >> 46 }

func (g *grams) mayHold(mark string) bool { return g.mayHoldFrom(mark, 0) || g.mayHoldFrom(mark, 1) }

// mayHoldFrom tells whether the text may hold the mark where the runs of it that are asked
// for begin at every second place from one on.
func (g *grams) mayHoldFrom(mark string, from int) bool {
	for i := from; i+gramSize <= len(mark); i += 2 {
		h := hashOf(runOf(mark[i:]))
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
