package crawler

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// largeBody is the size, in bytes, from which on a body waits packed until its end is there.
// Of those that are longer than a page may be, several may come in at a time, and none of
// them is ever needed.
const largeBody = 1 << 20

// readLarge goes on with a body of which the first part was read.
func readLarge(first []byte, in io.Reader, limit bodyLimit) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	rest := io.LimitReader(in, limit.size+1-int64(len(first)))
	size, err := io.Copy(z, io.MultiReader(bytes.NewReader(first), rest))
	if size > limit.size && !limit.cut {
		return nil, tooLarge("it is larger than the limit of %d bytes", limit.size)
	}
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return unpack(&packed, min(size, limit.size))
}

// unpack reads the first size bytes of a gzip member.
func unpack(packed io.Reader, size int64) ([]byte, error) {
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	body := make([]byte, size)
	_, err = io.ReadFull(z, body)
	return body, err
}
