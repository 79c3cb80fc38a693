package charset

import (
	"bytes"

	"golang.org/x/text/encoding/charmap"
)

// undouble mends text that was taken for Latin-1 and encoded to UTF-8 a second time.
// Such text has hardly a character beyond U+00FF but those of windows-1252.
func undouble(text []byte) []byte {
	if bytes.IndexByte(text[:min(len(text), 1<<18)], 0xC3) < 0 { // none of U+00C0 to U+00FF
		return text
	}
	if !bytes.ContainsAny(text[:min(len(text), 1<<18)], "\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9") {
		return text
	}
	latin, other := 0, 0
	for _, r := range string(text) {
		switch {
		case r < 0x80:
		case r <= 0xFF:
			latin++
		case windows1252(r):
		default:
			other++
		}
	}
	if latin < 6 || other*20 > latin {
		return text
	}
	single := make([]byte, 0, len(text))
	for _, r := range string(text) {
		b, ok := toByte(r)
		if !ok {
			b = '?'
		}
		single = append(single, b)
	}
	if !mostlyUTF8(single) {
		return text
	}
	return bytes.ToValidUTF8(single, []byte("\uFFFD"))
}

func windows1252(r rune) bool {
	_, ok := charmap.Windows1252.EncodeRune(r)
	return ok
}

func toByte(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
