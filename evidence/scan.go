package evidence

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// record is one record in plain form.
type record struct {
	kind  recordType
	head  textproto.MIMEHeader
	block []byte
}

var errNotWARC = errors.New("it is no WARC record")

// parseRecord reads a record as this package writes it.
func parseRecord(plain []byte) (record, error) {
	first, rest, found := bytes.Cut(plain, []byte("\r\n"))
	if !found || string(first) != version {
		return record{}, errNotWARC
	}
	headText, block, found := bytes.Cut(rest, []byte("\r\n\r\n"))
	if !found {
		return record{}, errNotWARC
	}
	reader := textproto.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader(headText), strings.NewReader("\r\n\r\n"))))
	head, err := reader.ReadMIMEHeader()
	if err != nil {
		return record{}, errNotWARC
	}
	length, err := strconv.Atoi(head.Get("Content-Length"))
	if err != nil || length < 0 || len(block) != length+len("\r\n\r\n") {
		return record{}, errors.New("its length is wrong")
	}
	return record{kind: recordType(head.Get("WARC-Type")), head: head, block: block[:length]}, nil
}

// scan reads a file from its beginning and returns what lies in it, and where its last
// whole record ends. Whatever follows that was torn by a crash.
// A disk that cannot be read is an error: nothing may be cut off for that.
func scan(f io.Reader) ([]entry, int64, error) {
	in := &countingReader{r: bufio.NewReaderSize(f, 1<<16)}
	var entries []entry
	var z *gzip.Reader
	for {
		start := in.n
		var err error
		if z == nil {
			z, err = gzip.NewReader(in)
		} else {
			err = z.Reset(in)
		}
		if err != nil {
			return entries, start, in.failed
		}
		z.Multistream(false)
		plain, err := io.ReadAll(io.LimitReader(z, maxRecord))
		if err != nil {
			return entries, start, in.failed
		}
		r, err := parseRecord(plain)
		if err != nil {
			return entries, start, in.failed
		}
		if e, ok := entryOf(r); ok {
			e.offset, e.length = start, in.n-start
			entries = append(entries, e)
		}
	}
}

// goesOn tells whether a whole record lies somewhere behind a place where none does: then
// the file is damaged in its middle, and what follows must not be cut off.
func goesOn(f io.ReaderAt, from, size int64) (bool, error) {
	rest := make([]byte, size-from)
	if _, err := f.ReadAt(rest, from); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	magic := []byte{0x1f, 0x8b, 8}
	for at := 1; at < len(rest); at++ {
		i := bytes.Index(rest[at:], magic)
		if i < 0 {
			return false, nil
		}
		at += i
		if plain, err := expand(bytes.NewReader(rest[at:]), maxRecord); err == nil {
			if _, err := parseRecord(plain); err == nil {
				return true, nil
			}
		}
	}
	return false, nil
}

// entryOf is the index line of a record, without its place; false for records that the
// index does not name.
func entryOf(r record) (entry, bool) {
	if r.kind != typeResponse && r.kind != typeRevisit {
		return entry{}, false
	}
	at, err := time.Parse(dateForm, r.head.Get("WARC-Date"))
	if err != nil {
		return entry{}, false
	}
	e := entry{
		url: r.head.Get("WARC-Target-URI"), at: at, again: r.kind == typeRevisit,
		hash: strings.TrimPrefix(r.head.Get("WARC-Payload-Digest"), digestMark),
	}
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(r.block)), nil)
	if err != nil {
		return e, true
	}
	e.status, e.mime = response.StatusCode, mediaType(response.Header.Get("Content-Type"))
	return e, response.Body.Close() == nil
}

// countingReader counts what was taken from r. It reads byte by byte where the gzip
// reader asks for that, so that n stands exactly at a member's end.
type countingReader struct {
	r      *bufio.Reader
	n      int64
	failed error // other than the end of the file
}

func (c *countingReader) note(err error) {
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed = err
	}
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.note(err)
	return n, err
}

func (c *countingReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	c.note(err)
	return b, err
}
