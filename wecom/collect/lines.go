package collect

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lineReader reads lines of at most maxLine bytes. What is longer is skipped, and told.
type lineReader struct {
	in     *bufio.Reader
	number int
}

func newLineReader(feed io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(feed, maxLine)}
}

// next reads a line without the blanks around it. It holds until the next call. After the
// last one the error is io.EOF.
func (r *lineReader) next() (line []byte, tooLong bool, err error) {
	line, err = r.in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		tooLong = true
		_, err = r.in.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && (len(line) > 0 || tooLong) {
		err = nil
	}
	if err != nil {
		return nil, false, err
	}
	r.number++
	return bytes.TrimSpace(line), tooLong, nil
}
