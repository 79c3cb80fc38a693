package charset

import (
	"encoding/binary"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// decodeGB18030 decodes as the decoder of x/text does, to which it leaves what is not ASCII:
// two thirds of a page's bytes and more are markup and scripts.
//
// No byte below 0x30 is part of a longer character (GB 18030-2022: a second byte is 0x30 or
// more), nor does the decoder look beyond one. So a character begins at each of them, and what
// lies between two can be decoded by itself.
func decodeGB18030(body []byte) ([]byte, error) {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	text := idleText(roomFor(body))
	for len(body) > 0 {
		n := asciiStart(body)
		text, body = append(text, body[:n]...), body[n:]
		n = beforeBreak(body)
		var err error
		if text, _, err = transform.Append(decoder, text, body[:n]); err != nil {
			return nil, err
		}
		body = body[n:]
	}
	return text, nil
}

// gb18030 is the charset whose decoded texts can be released.
const gb18030 = "gb18030"

// idleTexts is memory of decoded texts that are not needed any more.
var idleTexts sync.Pool

// largestIdleText is the largest text, in bytes, whose memory is used again.
const largestIdleText = 512 << 10

// idleText is memory for a text of size bytes, empty.
func idleText(size int) []byte {
	if used, ok := idleTexts.Get().(*[]byte); ok && cap(*used) >= size {
		return (*used)[:0]
	}
	const step = 16 << 10 // what one page needed does for the next one, which is about as large
	return make([]byte, 0, (size+step-1)/step*step)
}

// Release lets the texts of other pages use the memory of one that Decode gave. Nothing may
// look at it, or at strings that are parts of it, any more. It need not be called.
func Release(text []byte, charset string) {
	if charset == gb18030 && cap(text) <= largestIdleText {
		idleTexts.Put(&text)
	}
}

// roomFor is the memory for a decoded body: most pages are mostly markup, which takes a byte a
// character either way.
func roomFor(body []byte) int { return len(body) + len(body)/8 + 64 }

// asciiStart is how many bytes at the start are ASCII.
func asciiStart(b []byte) int {
	n := 0
	for ; n+8 <= len(b); n += 8 {
		if binary.LittleEndian.Uint64(b[n:])&0x8080808080808080 != 0 {
			break
		}
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// beforeBreak is how many bytes there are before the first one below 0x30.
func beforeBreak(b []byte) int {
	for i, c := range b {
		if c < 0x30 {
			return i
		}
	}
	return len(b)
}
