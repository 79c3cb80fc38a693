// Package charset turns the bytes of a page into UTF-8.
//
// What a page says of its own charset is often wrong: fragments pasted from Word carry a
// gb2312 meta inside UTF-8 bytes, proxies transcode and leave the meta as it was. So bytes
// that are valid UTF-8 are UTF-8 whatever is said; only others are decoded by what the
// header, then the meta, then the content say.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
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

func fromHeader(contentType string) string {
	return afterCharset([]byte(contentType))
}

func fromMeta(body []byte) string {
	head := body[:min(len(body), metaWindow)]
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return ""
		}
		head = head[i+1:]
		if !hasPrefixFold(head, "meta") && !hasPrefixFold(head, "?xml") {
			continue
		}
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			end = len(head)
		}
		if name := afterCharset(head[:end]); name != "" {
			return name
		}
	}
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// afterCharset is the name behind charset= or encoding=, as the WHATWG list calls it.
func afterCharset(b []byte) string {
	low := strings.ToLower(string(b))
	for _, key := range []string{"charset", "encoding"} {
		_, rest, found := strings.Cut(low, key)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\"'")
		name, _, _ := strings.Cut(rest, ";")
		name = strings.TrimRight(strings.TrimSpace(name), "\"'/? ")
		if i := strings.IndexAny(name, "\"' \t?>"); i >= 0 {
			name = name[:i]
		}
		if _, canonical := charset.Lookup(name); canonical != "" {
			return canonical
		}
	}
	return ""
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

// guess tries the charsets that pages without any statement are in, and takes the one
// that decodes to the most plausible text.
func guess(body []byte) ([]byte, string) {
	candidates := []struct {
		name string
		e    encoding.Encoding
	}{
		{gb18030, simplifiedchinese.GB18030},
		{"big5", traditionalchinese.Big5},
		{"shift_jis", japanese.ShiftJIS},
		{"euc-jp", japanese.EUCJP},
		{"euc-kr", korean.EUCKR},
		{"windows-1252", charmap.Windows1252},
	}
	sample := sampleOf(body)
	best, bestScore := 0, -1e9
	for i, c := range candidates {
		if s := plausible(decodeWith(sample, c.e), c.name); s > bestScore {
			best, bestScore = i, s
		}
	}
	return decodeWith(body, candidates[best].e), candidates[best].name
}

// sampleOf is the part of a body that holds its first bytes beyond ASCII.
func sampleOf(body []byte) []byte {
	const size = 32 << 10
	for i, b := range body {
		if b >= 0x80 {
			return body[i:min(len(body), i+size)]
		}
	}
	return body[:min(len(body), size)]
}

// plausible scores a decoded text: common characters up, broken and rare ones down.
func plausible(text []byte, name string) float64 {
	var score float64
	total := 0
	for _, r := range string(text) {
		if r < 0x80 {
			continue
		}
		total++
		switch {
		case r == utf8.RuneError:
			score -= 8
		case name == "windows-1252":
			score += latinScore(r)
		case strings.ContainsRune(common, r):
			score += 3
		case r >= 0x3040 && r <= 0x30FF:
			score += kanaScore(name)
		case r >= 0xAC00 && r <= 0xD7A3:
			score++
		case r >= 0x4E00 && r <= 0x9FA5:
			score += 0.6
		case r >= 0xFF01 && r <= 0xFF5E || r >= 0x3000 && r <= 0x303F:
			score += 0.6
		case r >= 0xE000 && r <= 0xF8FF || r > 0xFFFF || r >= 0xFF61 && r <= 0xFF9F:
			score -= 3
		default:
			score -= 0.5
		}
	}
	return score / float64(max(1, total))
}

// latinScore favours lone accented letters among ASCII over long runs of them.
func latinScore(r rune) float64 {
	if r >= 0xC0 && r <= 0xFF || r == '’' || r == '–' || r == '“' || r == '”' || r == '©' || r == '®' || r == '·' || r == '\u00a0' {
		return 0.5
	}
	return -0.5
}

func kanaScore(name string) float64 {
	if name == "shift_jis" || name == "euc-jp" {
		return 1.5
	}
	return -0.5
}

// common holds the most frequent characters of Chinese pages, simplified and traditional.
const common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经" +
	"招聘职位岗公司企业任职要求工程师经理北京上海深圳广州有限科技电话地址首页新闻产品关于联系，。：、（）" +
	"職務員電話業應徵單項資訊會與為這個們時來說對學發經過國產當後開關問題請選擇"

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
