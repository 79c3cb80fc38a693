package evidence

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// packer makes gzip members one after the other. Its compressor takes about 1 MiB, so
// packers are used again.
type packer struct {
	gzip *gzip.Writer
	head bytes.Buffer // of the record being written
	out  bytes.Buffer // the members made
}

// largestIdle is how large the output of a packer may be that is kept for its next use.
const largestIdle = 1 << 20

// packers hands packers out.
type packers struct{ pool sync.Pool }

func (p *packers) get() (*packer, error) {
	if used, ok := p.pool.Get().(*packer); ok {
		return used, nil
	}
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return &packer{gzip: z}, err
}

func (p *packers) put(k *packer) {
	if k.out.Cap() > largestIdle {
		return
	}
	k.out.Reset()
	p.pool.Put(k)
}

// record adds one record as a member of its own.
func (k *packer) record(kind recordType, fields []field, block ...[]byte) error {
	k.head.Reset()
	writeHead(&k.head, kind, fields, block)
	k.gzip.Reset(&k.out)
	if _, err := k.gzip.Write(k.head.Bytes()); err != nil {
		return err
	}
	for _, part := range block {
		if _, err := k.gzip.Write(part); err != nil {
			return err
		}
	}
	if _, err := k.gzip.Write([]byte(recordEnd)); err != nil {
		return err
	}
	return k.gzip.Close()
}

// expand reads the gzip member that r begins with, at most limit bytes of it.
func expand(r io.Reader, limit int64) ([]byte, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return io.ReadAll(io.LimitReader(z, limit))
}
