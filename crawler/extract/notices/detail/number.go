package detail

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/pattern"
)

// numberValue is a project's number at the start of a value.
var numberValue = pattern.New(`^[\s\[【（(]*([A-Za-z0-9\p{Han}][A-Za-z0-9\p{Han}\-—－–_/.．#·:：（）()\[\]〔〕【】\\+&、,，]*)`)

// projectNo is the project's number.
func (r *reader) projectNo() string {
	for _, want := range []label.Role{label.ProjectNo, label.ProjectNoWeak, label.ContractNo} {
		if v := r.first(want, cleanNumber); v != "" {
			return v
		}
		if want == label.ProjectNo {
			if m := numberInText.FindStringSubmatch(r.text); m != nil {
				if v, ok := cleanNumber(m[1]); ok {
					return v
				}
			}
		}
	}
	if m := solicitation.FindString(r.text); m != "" {
		return strings.TrimRight(m, ".,;:-")
	}
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		for j, head := range t.Head {
			if label.Of(head) == label.ProjectNo && len(t.Rows) > 0 && j < len(t.Rows[0]) {
				if v, ok := cleanNumber(t.Rows[0][j]); ok {
					return v
				}
			}
		}
	}
	return ""
}

// solicitation is the number of an American or British call inside of a text.
var solicitation = pattern.New(`\b(?:IFB|ITB|RFP|RFQ|ITQ|ITN|RFT|ITT|RFSQ|EOI|NIT|Solicitation|Bid)\s*(?:No\.?|Number|#)\s*[:#]?\s*[A-Z0-9][\w\-/]*\d[\w\-/]*`)

// numberInText is a number in brackets behind the project's name.
var numberInText = pattern.New(`(?:采购|项目|招标|标书|询价|询比|竞价|谈判|磋商|比选|采购项目|招标项目|标段)(?:项目|文件)?(?:编号|编码)\s*(?:为|是)?\s*[:：]\s*([^，。；\n]{3,60})`)

// cleanNumber is a project's number without what stands behind it.
func cleanNumber(v string) (string, bool) {
	v = strings.TrimSpace(otherNumber.ReplaceAllString(strings.ReplaceAll(v, "\n", " "), ""))
	m := numberValue.FindStringSubmatch(v)
	if m == nil {
		return "", false
	}
	number := unopened(m[1])
	number = strings.TrimRight(number, "、,，.．:：-—_/（(［【[")
	digits := strings.ContainsAny(number, "0123456789")
	n := utf8.RuneCountInString(number)
	return number, digits && n >= 3 && n <= 100 && !numberNoise.MatchString(number)
}

// otherNumber is a number of another kind in brackets behind: "（招标文件编号：…".
var otherNumber = pattern.New(`\s*[（(][^（()）]{0,20}[:：].*$`)

var numberNoise = pattern.New(`^(?:详见|见|无|/|暂无)|^\d{4}[年]|电话`)

// unopened cuts a number before the first bracket that closes what was not opened in it.
func unopened(s string) string {
	depth := 0
	for i, c := range s {
		switch c {
		case '(', '（', '[', '【', '〔':
			depth++
		case ')', '）', ']', '】', '〕':
			if depth--; depth < 0 {
				return s[:i]
			}
		}
	}
	return s
}
