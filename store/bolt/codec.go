package bolt

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// The records that there are millions of are written in a compact form: numbers as
// varints, texts behind their length, times as nanoseconds. The first byte of each
// says which form it is, so that a later one can be read beside it.

// errCorrupt says that bytes are not what the program writes.
var errCorrupt = errors.New("the record is damaged")

// encoder writes the compact form.
type encoder []byte

func (e *encoder) byte(b byte)      { *e = append(*e, b) }
func (e *encoder) uint(n uint64)    { *e = binary.AppendUvarint(*e, n) }
func (e *encoder) int(n int64)      { *e = binary.AppendVarint(*e, n) }
func (e *encoder) time(t time.Time) { e.int(int64(instantOf(t))) }
func (e *encoder) float(f float64)  { *e = binary.BigEndian.AppendUint64(*e, math.Float64bits(f)) }
func (e *encoder) text(s string)    { e.uint(uint64(len(s))); *e = append(*e, s...) }
func (e *encoder) flags(on ...bool) { e.uint(packed(on)) }

// maybe writes a number that may be missing.
func (e *encoder) maybe(f *float64) {
	if f == nil {
		e.byte(0)
		return
	}
	// Most numbers are small and whole: they take three bytes instead of nine.
	if n := math.Trunc(*f); n == *f && math.Abs(n) < 1<<20 && !(n == 0 && math.Signbit(n)) {
		e.byte(1)
		e.int(int64(n))
		return
	}
	e.byte(2)
	e.float(*f)
}

func packed(on []bool) uint64 {
	var bits uint64
	for i, b := range on {
		if b {
			bits |= 1 << i
		}
	}
	return bits
}

// decoder reads the compact form. After the first damage it reads zeros, and err tells.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail() { d.rest, d.err = nil, errCorrupt }

func (d *decoder) byte() byte {
	if len(d.rest) == 0 {
		d.fail()
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) int() int64 {
	n, size := binary.Varint(d.rest)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) time() time.Time { return instant(d.int()).time() }

func (d *decoder) float() float64 {
	if len(d.rest) < 8 {
		d.fail()
		return 0
	}
	bits := binary.BigEndian.Uint64(d.rest)
	d.rest = d.rest[8:]
	return math.Float64frombits(bits)
}

func (d *decoder) maybe() *float64 {
	var f float64
	switch d.byte() {
	case 0:
		return nil
	case 1:
		f = float64(d.int())
	case 2:
		f = d.float()
	default:
		d.fail()
		return nil
	}
	return &f
}

func (d *decoder) text() string { return string(d.bytes()) }

// bytes reads a text that holds only as long as what is being read.
func (d *decoder) bytes() []byte {
	n := d.uint()
	if n > uint64(len(d.rest)) {
		d.fail()
		return nil
	}
	raw := d.rest[:n]
	d.rest = d.rest[n:]
	return raw
}

// count reads how many elements follow, each of which takes at least one byte.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.rest)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) form(want byte) {
	if d.byte() != want {
		d.fail()
	}
}
