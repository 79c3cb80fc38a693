// Package charset turns the bytes of a page into UTF-8.
//
// What a page says of its own charset is often wrong: fragments pasted from Word carry a
// gb2312 meta inside UTF-8 bytes, proxies transcode and leave the meta as it was. So bytes
// that are valid UTF-8 are UTF-8 whatever is said; only others are decoded by what the
// header, then the meta, then the content say.
package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// metaWindow is how far into a page a meta is looked for. The standard says 1024; pages
// with long comments before their meta are common.
const metaWindow = 8192

// Decode returns body in UTF-8, without a byte order mark, and the name of the charset it
// was in ("utf-8", "gb18030", "big5", …). It never fails: what cannot be decoded becomes
// U+FFFD.
func Decode(body []byte, contentType string) ([]byte, string) {
	if text, name, ok := byMark(body); ok {
		return text, name
	}
	if name := stateful(body, contentType); name != "" {
		return decodeAs(body, name)
	}
	if looksUTF16(body) {
		return decodeWith(body, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)), "utf-16le"
	}
	if valid(body) {
		return undouble(body), "utf-8"
	}
	for _, name := range []string{fromHeader(contentType), fromMeta(body)} {
		if name == "" || name == "utf-8" {
			continue
		}
		text, canonical := decodeAs(body, name)
		if canonical != "" && badShare(text) < 0.002 {
			return text, canonical
		}
	}
	if mostlyUTF8(body) {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), "utf-8"
	}
	return guess(body)
}

func byMark(body []byte) ([]byte, string, bool) {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		rest := bytes.TrimPrefix(body[3:], []byte{0xEF, 0xBB, 0xBF})
		return undouble(bytes.ToValidUTF8(rest, []byte("\uFFFD"))), "utf-8", true
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return decodeWith(body[2:], unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)), "utf-16le", true
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return decodeWith(body[2:], unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)), "utf-16be", true
	}
	return nil, "", false
}

// stateful names the charsets whose bytes are all ASCII, so that only a statement tells.
func stateful(body []byte, contentType string) string {
	if !bytes.Contains(body, []byte{0x1b, '$'}) && !bytes.Contains(body, []byte("~{")) {
		return ""
	}
	for _, name := range []string{fromHeader(contentType), fromMeta(body)} {
		if name == "iso-2022-jp" || name == "hz-gb-2312" {
			return name
		}
	}
	return ""
}

// looksUTF16 tells ASCII markup with a zero byte after each character.
func looksUTF16(body []byte) bool {
	return len(body) >= 4 && body[0] != 0 && body[1] == 0 && body[2] != 0 && body[3] == 0
}

// valid tells UTF-8, allowing for a last character that was cut off.
func valid(body []byte) bool {
	if utf8.Valid(body) {
		return true
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(body); cut++ {
		if utf8.RuneStart(body[len(body)-cut]) {
			return utf8.Valid(body[:len(body)-cut])
		}
	}
	return false
}

// mostlyUTF8 tells UTF-8 with a few broken places: at least fifty whole characters of
// several bytes for each broken byte.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good > 0 && bad*20 <= good
}

func decodeAs(body []byte, name string) ([]byte, string) {
	if name == "gbk" || name == "gb2312" {
		name = gb18030 // a superset of both
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, ""
	}
	return decodeWith(body, e), name
}

func decodeWith(body []byte, e encoding.Encoding) []byte {
	text, err := decodeBy(body, e)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return text
}

func decodeBy(body []byte, e encoding.Encoding) ([]byte, error) {
	if e == simplifiedchinese.GB18030 {
		return decodeGB18030(body)
	}
	text, _, err := transform.Append(e.NewDecoder(), make([]byte, 0, roomFor(body)), body)
	return text, err
}

// badShare is the share of characters beyond ASCII that could not be decoded.
func badShare(text []byte) float64 {
	bad := bytes.Count(text, []byte("\uFFFD"))
	if bad == 0 {
		return 0
	}
	beyond := 0
	for _, b := range text {
		if b >= 0xC0 {
			beyond++
		}
	}
	return float64(bad) / float64(max(1, beyond))
}
