package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dealvitals/crawler/extract/pattern"

	"golang.org/x/text/width"
)

// Pair is a label and its value within a line.
type Pair struct{ Label, Value string }

// colons are the signs between labels and values.
const colons = ":：﹕︰"

// maxLabel is the length of the longest label, in characters. 主要中标或者成交标的的名称、规格
// 型号、数量、单价、服务要求 is one.
const maxLabel = 30

// maxWestern is that of labels without Chinese characters: "Deadline for receipt of tenders or
// requests to participate" is one.
const maxWestern = 64

// long tells a text that has too many characters for a label.
func long(label string) bool {
	n := utf8.RuneCountInString(label)
	return n > maxWestern || n > maxLabel && hasHan(label)
}

// numbering stands before headings and labels.
var numbering = pattern.New(`^[\s★▲●◆■•*※]*(?:[（(【\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）】\]][、.．:：\s]*|(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2}){0,3})(?:[、.．)）]|\s+|:|：)[、.．\s]*|\d{1,2}(?:\.\d{1,2}){1,3}[\s、.．]*)`)

// inner are labels that begin within a line, without any sign before them.
var inner = pattern.New(`(?:项目联系人|联系人|联系电话|联系方式|联系地址|详细地址|地\s*址|电\s*话|传\s*真|邮\s*编|邮政编码|邮箱|电子邮箱|电子邮件|法定代表人|统一社会信用代码|开户银?行|账\s*号|采购项目编号|项目编号|招标编号|采购编号|项目名称|采购方式|采购人名称|采购人|招标人|招标代理机构|招标代理|采购代理机构|代理机构|采购单位|建设单位|中标金额|中标价|中标人|中标单位|成交金额|成交价|成交供应商|中标供应商|投标报价|投标总价|报价|预算金额|采购预算|最高限价|发布时间|发布日期|发布人|信息来源|来源|浏览次数|阅读次数|点击数|作者|工期|质量|项目经理|项目负责人|信用代码|数量|单价|品牌|规格型号|评审总?得分|得分)$`)

// Pairs splits a line such as "采购人：某局 电话：010-1" into labels and values. A colon
// within a time, an address or a long sentence makes no label.
func Pairs(line string) []Pair {
	var out []Pair
	rest, from := line, 0
	for {
		at, size := colon(rest, from)
		if at < 0 {
			break
		}
		before := rest[:at]
		if len(out) == 0 {
			label, ok := firstLabel(before)
			if ok && inFigures.MatchString(label) {
				return nil
			}
			if !ok {
				from = at + size
				continue
			}
			out = append(out, Pair{Label: label})
			rest, from = rest[at+size:], 0
			continue
		}
		start := innerLabel(before)
		if start < 0 {
			from = at + size
			continue
		}
		out[len(out)-1].Value = trimValue(before[:start])
		out = append(out, Pair{Label: before[start:]})
		rest, from = rest[at+size:], 0
	}
	if len(out) > 0 {
		out[len(out)-1].Value = trimValue(rest)
	}
	return out
}

// inFigures are words that say how an amount is written, and no label of its own.
var inFigures = pattern.New(`^[（(]?(?:人民币)?[（(]?(?:大写|小写)(?:金额)?[)）]?$|^人民币$`)

// colon finds the next colon that can end a label.
func colon(s string, from int) (at, size int) {
	for i := from; i < len(s); i++ {
		if s[i] == ':' {
			if (i+2 < len(s) && s[i+1:i+3] == "//") || (i > 0 && i+1 < len(s) && digit(s[i-1]) && digit(s[i+1])) {
				continue
			}
			return i, 1
		}
		if r, size := utf8.DecodeRuneInString(s[i:]); size > 1 && strings.ContainsRune(colons, r) {
			return i, size
		}
	}
	return -1, 0
}

// Signed tells whether a text ends with the sign between a label and its value, or begins with it.
func Signed(text string) bool {
	text = strings.TrimSpace(text)
	return strings.Trim(text, colons) != text
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// firstLabel is the label at the start of a line: what stands before the colon, or what
// stands behind the last comma or bracket of it where that is too long.
func firstLabel(before string) (string, bool) {
	label := numbering.ReplaceAllString(strings.TrimSpace(before), "")
	if label == "" {
		return "", false
	}
	if i := strings.LastIndexAny(label, "，。；;、（(【,"); i >= 0 && long(label) {
		_, size := utf8.DecodeRuneInString(label[i:])
		label = label[i+size:]
		if !inner.MatchString(label) {
			return "", false
		}
	}
	if long(label) || strings.ContainsAny(label, "。！？") || !hasLetter(label) {
		return "", false
	}
	return label, true
}

// innerLabel is where a label begins at the end of a value, -1 where none does.
func innerLabel(before string) int {
	if loc := inner.FindStringIndex(before); loc != nil {
		if loc[0] == 0 || !continues(before[:loc[0]]) {
			return loc[0]
		}
	}
	trimmed := strings.TrimRight(before, " ")
	i := strings.LastIndexAny(trimmed, " \t；;，,。\n")
	if i < 0 {
		return -1
	}
	_, size := utf8.DecodeRuneInString(trimmed[i:])
	label := trimmed[i+size:]
	if n := utf8.RuneCountInString(label); n < 2 || n > 14 || !cjkOnly(label) || strings.Contains(label, "大写") || strings.Contains(label, "小写") {
		return -1
	}
	return i + size
}

// continues tells a text that an inner label may belong to: 中标供应商 before 联系地址 is one
// label, 采购 before 项目编号 too.
func continues(before string) bool {
	for _, end := range []string{"采购", "招标", "供应商", "单位", "机构", "中标", "成交", "项目", "的", "（", "(", "、", "和", "及", "人", "总", "包"} {
		if strings.HasSuffix(before, end) {
			return strings.LastIndexAny(before, " \t；;，,。") >= 0 || utf8.RuneCountInString(before) < 8
		}
	}
	return false
}

func cjkOnly(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) && r != '（' && r != '）' && r != '(' && r != ')' && r != '/' {
			return false
		}
	}
	return true
}

func hasLetter(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

func trimValue(s string) string {
	return strings.Trim(s, " \t\u00a0\u3000；;")
}

// Label makes a label comparable: without numbering, blanks and the colon behind it, in
// narrow letters.
func Label(s string) string {
	s = width.Fold.String(s)
	s = numbering.ReplaceAllString(strings.TrimSpace(s), "")
	s = strings.TrimRight(s, colons+" ")
	if !hasHan(s) {
		return strings.ToLower(strings.Join(strings.Fields(s), " "))
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '*' || r == '★' || r == '▲' {
			return -1
		}
		return r
	}, s)
}

func hasHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}
