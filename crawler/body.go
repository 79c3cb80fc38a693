package crawler

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const (
	// acceptEncoding is what readers below can undo.
	acceptEncoding = "gzip, deflate, zstd"
	// maxRatio is how many times larger than what was received a body may become. Lists
	// of like records reach about 50; bombs need more than 200 to be worth it.
	maxRatio = 200
	// freeOfRatio is the decoded size up to which the ratio is not looked at, in bytes.
	freeOfRatio = 1 << 20
	// maxEncodings bounds encodings within each other.
	maxEncodings = 2
	// zstdWindow bounds what a zstd frame may ask for (RFC 9659 §3: 8 MiB).
	zstdWindow = 8 << 20
)

// bodyLimit is how much of a body is read.
type bodyLimit struct {
	size int64
	cut  bool // keep the first part of a larger body, where it would be an error otherwise
}

// readBody reads and decodes a response's body within its limit.
func readBody(r *http.Response, limit bodyLimit) ([]byte, error) {
	encodings, err := encodingsOf(r.Header)
	if err != nil {
		return nil, err
	}
	if len(encodings) == 0 && r.ContentLength > limit.size && !limit.cut {
		return nil, tooLarge("its %d bytes are more than the limit of %d", r.ContentLength, limit.size)
	}
	received := &counter{r: r.Body}
	var in io.Reader = received
	for i := len(encodings) - 1; i >= 0; i-- {
		decoder, err := decoderOf(encodings[i], in)
		if err != nil {
			return nil, err
		}
		defer decoder.Close()
		in = decoder
	}
	if len(encodings) > 0 {
		in = &ratioGuard{r: in, received: received}
	}
	return readLimited(in, limit, sizeHint(r, encodings))
}

func sizeHint(r *http.Response, encodings []string) int64 {
	switch {
	case r.ContentLength < 0:
		return 32 << 10
	case len(encodings) > 0:
		return min(r.ContentLength*4, 1<<20)
	}
	return r.ContentLength
}

func readLimited(in io.Reader, limit bodyLimit, hint int64) ([]byte, error) {
	// A length that a header states is not believed before the bytes come.
	b := bytes.NewBuffer(bodyBuffer(int(min(hint, largeBody) + bytes.MinRead)))
	_, err := b.ReadFrom(io.LimitReader(in, min(limit.size+1, largeBody)))
	if err == nil && b.Len() == largeBody && limit.size >= largeBody {
		return readLarge(b.Bytes(), in, limit)
	}
	if int64(b.Len()) > limit.size {
		if limit.cut {
			return b.Bytes()[:limit.size], nil
		}
		return nil, tooLarge("it is larger than the limit of %d bytes", limit.size)
	}
	return b.Bytes(), err
}

// idleBodies is memory of bodies that are not needed any more.
var idleBodies sync.Pool

// largestIdleBody is the largest body, in bytes, whose memory is used again.
const largestIdleBody = 512 << 10

// bodyStep is what the size of bodies' memory is a multiple of, in bytes, so that what one
// page needed does for the next one, which is about as large.
const bodyStep = 16 << 10

// bodyBuffer is memory for a body of size bytes, empty.
func bodyBuffer(size int) []byte {
	size = (size + bodyStep - 1) / bodyStep * bodyStep
	if used, ok := idleBodies.Get().(*[]byte); ok && cap(*used) >= size {
		return (*used)[:0]
	}
	return make([]byte, 0, size)
}

// releaseBody lets the bodies of other answers use the memory of this one's. The caller
// made sure that nothing else knows it: what was read of the page stands on its own, and no
// browser was given it. It need not be called.
func (a *answer) releaseBody() {
	if body := a.body; cap(body) > 0 && cap(body) <= largestIdleBody {
		idleBodies.Put(&body)
	}
	a.body = nil
}

// encodingsOf lists a body's content encodings, the innermost first.
func encodingsOf(h http.Header) ([]string, error) {
	var encodings []string
	for _, value := range h.Values("Content-Encoding") {
		for part := range strings.SplitSeq(strings.ToLower(value), ",") {
			part = strings.TrimPrefix(strings.TrimSpace(part), "x-")
			switch part {
			case "", "identity", "none", "utf-8":
			case "gzip", "deflate", "zstd":
				encodings = append(encodings, part)
			default:
				return nil, broken(nil, "it answered in the encoding %q, which was not asked for", part)
			}
		}
	}
	if len(encodings) > maxEncodings {
		return nil, tooLarge("its %d encodings within each other are more than %d", len(encodings), maxEncodings)
	}
	return encodings, nil
}

// decoderOf undoes one encoding. A body that is not encoded although its header says so
// is common, and passed through.
func decoderOf(encoding string, in io.Reader) (io.ReadCloser, error) {
	buffered := bufio.NewReader(in)
	start, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case encoding == "gzip" && bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		return gzip.NewReader(buffered)
	case encoding == "zstd" && bytes.HasPrefix(start, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		d, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case encoding == "deflate" && isZlib(start):
		return zlib.NewReader(buffered)
	case encoding == "deflate" && len(start) > 0 && start[0] != '<' && start[0] != '{' && start[0] != '[':
		return flate.NewReader(buffered), nil // raw, as some servers send it
	}
	return io.NopCloser(buffered), nil
}

// isZlib tells a zlib header (RFC 1950 §2.2).
func isZlib(start []byte) bool {
	return len(start) >= 2 && start[0]&0x0f == 8 && (uint(start[0])<<8|uint(start[1]))%31 == 0
}

// counter counts what was received.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// ratioGuard ends a body that grows out of proportion to what was received.
type ratioGuard struct {
	r        io.Reader
	received *counter
	n        int64
}

func (g *ratioGuard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	if g.n > freeOfRatio && g.n > maxRatio*g.received.n {
		return n, tooLarge("it unpacks to more than %d times its size", maxRatio)
	}
	return n, err
}
