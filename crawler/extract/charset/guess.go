package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

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
