package induce

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/casing"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
)

// titleOf is the title of a record, cleaned of numbering, badges, pay and headcount.
func (v *view) titleOf(leaf int32) string {
	text := v.o.Leaves[leaf].Text
	element := v.o.Leaves[leaf].Element
	if cutShort(text) {
		text = v.wholeTitle(element, text)
	}
	return CleanTitle(text)
}

func cutShort(text string) bool {
	return strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…")
}

// wholeTitle is the title attribute that a text cut short with dots stands for.
func (v *view) wholeTitle(element int32, text string) string {
	head := strings.TrimRight(text, ".… ")
	for n := 0; element >= 0 && n < 3; n++ {
		if t := dom.Clean(dom.Attr(v.o.Elements[element].Node, "title")); len(t) > len(head) && strings.HasPrefix(t, head) {
			return t
		}
		element = v.o.Elements[element].Parent
	}
	return text
}

// CleanTitle takes from a title what is no part of it: numbering, 急聘, NEW, a salary or a
// headcount in brackets.
func CleanTitle(text string) string {
	if t := words.TitleLabel(text); t != "" {
		text = t
	} else if t := words.Counted(text); t != "" {
		text = t
	}
	text = dropWanted(strings.TrimRight(dropNumbering(text), "：: "))
	for {
		next := dropFile(dropBadge(dropCount(strings.TrimSpace(text))))
		if next == text || next == "" {
			return strings.TrimSpace(text)
		}
		text = next
	}
}

// dropNumbering takes "1、", "(2)", "三、", "①", "岗位一：" from the front.
func dropNumbering(text string) string {
	t := strings.TrimLeft(text, " ●•·■◆▪★☆※*►▶✦➤→-–—>")
	if r, size := utf8.DecodeRuneInString(t); r >= '①' && r <= '⑳' {
		t = strings.TrimLeft(t[size:], " 、.")
	}
	for _, prefix := range []string{"招聘岗位", "招聘职位", "岗位", "职位"} {
		if rest, ok := strings.CutPrefix(t, prefix); ok && rest != "" {
			if n := numeral(rest); n > 0 {
				if after := strings.TrimLeft(rest[n:], " "); strings.HasPrefix(after, "：") || strings.HasPrefix(after, ":") || strings.HasPrefix(after, "、") {
					return strings.TrimLeft(after, "：:、 ")
				}
			}
		}
	}
	open := 0
	for _, b := range []string{"(", "（", "第", "【", "["} {
		if strings.HasPrefix(t, b) {
			open = len(b)
		}
	}
	n := numeral(t[open:])
	if n == 0 || open+n >= len(t) {
		return t
	}
	rest := t[open+n:]
	for _, end := range []string{"、", ".", "．", "）", ")", "：", ":", "】", "]", "，"} {
		if strings.HasPrefix(rest, end) && !(end == "." && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9') {
			rest = strings.TrimLeft(rest[len(end):], " 、.．：:")
			if rest != "" {
				return rest
			}
		}
	}
	return t
}

// numeral is the size of a number at the start of text, in digits or Chinese characters.
func numeral(text string) int {
	n := 0
	for n < len(text) && n < 3 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	for n < len(text) && n <= 9 {
		r, size := utf8.DecodeRuneInString(text[n:])
		if !strings.ContainsRune("一二三四五六七八九十", r) {
			break
		}
		n += size
	}
	return n
}

// dropBadge takes a badge in brackets from either end, a bare one only where a blank or a
// mark sets it off. Where both ends bear one, the badge that is listed first goes first.
func dropBadge(text string) string {
	if text == "" {
		return text
	}
	rest, order := text, len(badges)
	for _, s := range badgeStarts[text[0]] {
		if left, ok := strings.CutPrefix(text, s.text); ok && strings.TrimSpace(left) != "" {
			rest, order = strings.TrimLeft(left, " :：-!！"), s.order
			break
		}
	}
	for _, s := range badgeEnds[text[len(text)-1]] {
		if s.order >= order {
			break
		}
		if left, ok := strings.CutSuffix(text, s.text); ok && strings.TrimSpace(left) != "" {
			return strings.TrimRight(left, " ")
		}
	}
	return rest
}

// dropCount takes a headcount or pay behind the title: （3名）, 2人, [8-12K].
func dropCount(text string) string {
	for _, p := range [][2]string{{"（", "）"}, {"(", ")"}, {"[", "]"}, {"【", "】"}} {
		if !strings.HasSuffix(text, p[1]) {
			continue
		}
		i := strings.LastIndex(text, p[0])
		if i <= 0 {
			continue
		}
		inside := strings.TrimSuffix(text[i+len(p[0]):], p[1])
		if onlyCount(inside) || words.Salary(inside) && !strings.Contains(inside, "薪") {
			return strings.TrimRight(text[:i], " ")
		}
	}
	i := strings.LastIndexFunc(text, setsOff)
	if i > 0 && onlyCount(strings.Trim(text[i:], " \u3000：:")) {
		return strings.TrimRight(text[:i], " \u3000：:-—")
	}
	return dropBareCount(text)
}

// setsOff tells what may stand between a title and its headcount.
func setsOff(r rune) bool { return r == ' ' || r == '\u3000' || r == '：' || r == ':' }

// dropBareCount takes 2名 or 若干名 that stands right behind the title.
func dropBareCount(text string) string {
	for _, unit := range []string{"名", "人"} {
		t, ok := strings.CutSuffix(text, unit)
		if !ok {
			continue
		}
		if rest, ok := strings.CutSuffix(t, "若干"); ok && len(rest) >= 6 {
			return strings.TrimRight(rest, " ：:-—")
		}
		cut := strings.TrimRight(t, "0123456789")
		if cut != t && len(cut) >= 6 {
			return strings.TrimRight(cut, " ：:-—×x*")
		}
	}
	return text
}

// dropWanted takes 招聘 from the front of a title that ends in how many are wanted: 招聘焊工2名.
// 招聘专员2名 keeps it.
func dropWanted(text string) string {
	bare := dropCount(text)
	if bare == text {
		return text
	}
	for _, verb := range []string{"现招聘", "诚聘", "急聘", "招聘"} {
		rest, ok := strings.CutPrefix(bare, verb)
		if !ok {
			continue
		}
		for _, job := range ownJobs {
			if verb == "招聘" && strings.HasPrefix(rest, job) {
				return text
			}
		}
		if words.LooksTitle(rest) == words.Title {
			return strings.TrimLeft(rest, "：: ")
		}
	}
	return text
}

// ownJobs are the words that make a job of 招聘 itself.
var ownJobs = strings.Fields(`专员 经理 主管 助理 顾问 总监 负责人 主任 实习 HR 专家 岗 文员 会计 组长 高级 资深`)

// onlyCount tells a text that is only a headcount.
func onlyCount(text string) bool {
	t := strings.TrimSpace(text)
	for _, prefix := range []string{"招聘人数", "人数", "招聘", "需求", "招", ":", "："} {
		t = strings.TrimPrefix(t, prefix)
	}
	t = strings.TrimLeft(t, "：: ")
	if t == "若干" || t == "若干名" || t == "若干人" || t == "数名" {
		return true
	}
	unit := false
	for _, u := range []string{"名", "人", "位", "个"} {
		if rest, ok := strings.CutSuffix(t, u); ok {
			t, unit = rest, true
		}
	}
	if !unit {
		return false
	}
	t = strings.Trim(t, " 0123456789-~－—至一二两三四五六七八九十")
	return t == ""
}

// Count is the headcount that a text states, as a number or with its unit; 0 where none.
func Count(text string) int { return max(words.Number(text), words.Headcount(text)) }

// dropFile takes what says that the link behind a title leads to a file: (PDF, 230 KB),
// [docx], .pdf.
func dropFile(text string) string {
	for _, end := range []string{".pdf", ".docx", ".doc"} {
		if bare := len(text) - len(end); bare >= 0 && strings.EqualFold(text[bare:], end) {
			return text[:bare]
		}
	}
	if last, _ := utf8.DecodeLastRuneInString(text); last != ')' && last != ']' && last != '）' && last != '】' {
		return text
	}
	open := strings.LastIndexAny(text, "([（【")
	if open <= 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[open:])
	rest := casing.Lower(text[open+size:])
	for _, kind := range []string{"pdf", "doc", "word"} {
		if strings.HasPrefix(rest, kind) && len(rest) < 30 {
			return strings.TrimRight(text[:open], " -–")
		}
	}
	return text
}
