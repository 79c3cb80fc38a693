package words

import (
	"strings"
	"unicode/utf8"
)

func chineseTitle(text string) Likeness {
	if Notice(text) {
		return Title
	}
	if strings.Contains(text, " → ") {
		return NotTitle // a path from one job to the next
	}
	if strings.IndexFunc(text, endsClause) >= 0 && !labelled(text) && !announces(text) || utf8.RuneCountInString(text) > maxTitleRunes {
		return NotTitle
	}
	found, thing := NotTitle, false
	for i, r := range text {
		if r < 0x2E80 {
			continue
		}
		for _, w := range chinese[r] {
			if !strings.HasPrefix(text[i:], w.text) {
				continue
			}
			switch {
			case w.likeness == never:
				if w.text == "负责" && strings.HasPrefix(text[i:], "负责人") {
					continue
				}
				return NotTitle
			case w.text == "招聘会" && strings.HasPrefix(text[i:], "招聘会计"):
			case w.likeness == aThing:
				thing = true
			case w.likeness == Title && !endsHere(text[i+len(w.text):]):
				found = max(found, WeakTitle)
			default:
				found = max(found, w.likeness)
			}
		}
	}
	if found < Title && (endsLikeTitle(core(text)) || endsLikeTitle(core(lastOf(text))) || latinInside(text) || namesHours(text)) {
		found = Title
	}
	if found == WeakTitle && (thing || notATitleEnd(core(text))) || found == Title && thing && !endsLikeJob(text) {
		return NotTitle
	}
	return found
}

// endsHere tells that a word ends where rest begins, or is followed by what titles end in.
func endsHere(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if size == 0 || r < 0x2E80 || r > 0x9FFF && r < 0xAC00 || r > 0xD7A3 {
		return true
	}
	for _, w := range titleTails {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// endsLikeJob tells that a title's last word is a job, so that a thing before it is what
// the job is about: 课程顾问, 薪酬福利专员.
func endsLikeJob(text string) bool {
	if head, rest, found := strings.Cut(text, " "); found && len(text) < 90 {
		if endsLikeJob(head) || endsLikeJob(rest) {
			return true
		}
	}
	c := core(text)
	if endsLikeTitle(c) {
		return true
	}
	for i, r := range c {
		for _, w := range chinese[r] {
			if w.likeness == Title && c[i:] == w.text {
				return true
			}
		}
	}
	return false
}

// lastOf is the last of several jobs named in one title: 促销/导购员, 水电工、绿化工. It is "" where
// there is one.
func lastOf(text string) string {
	i := strings.LastIndexAny(text, "/、")
	if i < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return strings.TrimSpace(text[i+size:])
}

// namesHours tells a title that ends in how much of a week the job takes: 摄影（兼职）.
func namesHours(text string) bool {
	if strings.Contains(text, "招聘") {
		return false
	}
	for _, end := range []string{"全职）", "兼职）", "全职)", "兼职)"} {
		if strings.HasSuffix(text, end) {
			return strings.IndexAny(text, "(（") > 0
		}
	}
	return false
}

// announces tells a text such as 招聘：销售经理 or 诚聘！前台.
func announces(text string) bool {
	return (strings.HasPrefix(text, "招聘") || strings.HasPrefix(text, "诚聘") || strings.HasPrefix(text, "急聘")) && len(text) < 60 && !strings.ContainsAny(text, "。；;")
}

// labelled tells a text such as 职位：销售经理.
func labelled(text string) bool { return TitleLabel(text) != "" }

// latinInside tells a Latin noun in a Chinese title: HRBP, Java Engineer 北京.
func latinInside(text string) bool {
	s := scanWords(text, isASCIILetter)
	return s.nouns > 0 && !s.sentence
}

// endsLikeTitle tells a last character that names a person by work: 检验员, 铆工, 安全岗.
func endsLikeTitle(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	if size == 0 || len(text) < 6 || !strings.ContainsRune(titleEnds, last) {
		return false
	}
	for _, w := range noTitleEnds {
		if strings.HasSuffix(text, w) {
			return false
		}
	}
	return true
}

func notATitleEnd(text string) bool {
	for _, w := range weakEnds {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
