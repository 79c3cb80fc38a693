package evidence

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// compressors are used again: each holds about 1 MiB.
type compressors struct{ pool sync.Pool }

// member compresses plain into one gzip member at the end of to.
func (c *compressors) member(to *bytes.Buffer, plain []byte) error {
	w, ok := c.pool.Get().(*gzip.Writer)
	if !ok {
		var err error
		if w, err = gzip.NewWriterLevel(nil, gzip.BestSpeed); err != nil {
			return err
		}
	}
	defer c.pool.Put(w)
	w.Reset(to)
	if _, err := w.Write(plain); err != nil {
		return err
	}
	return w.Close()
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
