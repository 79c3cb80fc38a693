package page

import "bytes"

// grams is which runs of four bytes a text holds, hashed: a mark of which one run is
// missing is not in the text. One pass over a text answers for the hundreds of marks by
// which systems and firewalls are known, nearly all of which are missing.
type grams [1 << 12]uint64

func gramsOf(text []byte) *grams {
	var g grams
	if len(text) < 4 {
		return &g
	}
	run := uint32(text[0])<<16 | uint32(text[1])<<8 | uint32(text[2])
	for _, c := range text[3:] {
		run = run<<8 | uint32(c)
		h := run * 2654435761 >> 14
		g[h>>6] |= 1 << (h & 63)
	}
	return &g
}

func (g *grams) mayHold(mark string) bool {
	for i := 0; i+4 <= len(mark); i++ {
		run := uint32(mark[i])<<24 | uint32(mark[i+1])<<16 | uint32(mark[i+2])<<8 | uint32(mark[i+3])
		h := run * 2654435761 >> 14
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
