// Package words knows what the texts of hiring pages read like: titles of jobs, the facts
// beside them, the buttons and headings around them. It judges one short text at a time.
package words

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/fold"
)

// Likeness is how much a text reads like the title of a job.
type Likeness int8

const (
	NotTitle  Likeness = iota
	WeakTitle          // may be a job, a department or a field of work: 销售, 前端开发, 招聘公告
	Title              // names a job: 销售经理, Software Engineer
)

// Longest text, in bytes and in words, that is looked at as a title.
const (
	maxTitleBytes = 150
	maxTitleWords = 14
	maxTitleRunes = 36 // of a Chinese title
)

// LooksTitle tells how much a clean text reads like the title of a job.
func LooksTitle(text string) Likeness {
	if len(text) < 3 || len(text) > maxTitleBytes {
		return NotTitle
	}
	if Nothing(text) {
		return NotTitle
	}
	if hasCJK(text) {
		return chineseTitle(text)
	}
	return latinTitle(text)
}

func hasCJK(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xE3 && s[i] <= 0xED {
			return true
		}
	}
	return false
}

// Nothing tells a text that says that there is nothing: 暂无数据, No results.
func Nothing(text string) bool {
	for _, w := range []string{"暂无", "没有", "暂没有", "无数据", "未找到", "抱歉", "No ", "no ", "Sorry", "Nothing ", "There are no", "There are currently", "0 "} {
		if strings.HasPrefix(text, w) && (len(text) < 60 || w == "抱歉" || w == "Sorry") {
			return true
		}
	}
	return false
}

// scan is what the words of a Latin text tell.
type scan struct {
	words, nouns, fields, small int
	sentence                    bool
}

func latinTitle(text string) Likeness {
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "r.") || strings.ContainsAny(text, "?!;") || strings.Contains(text, "…") || strings.Contains(text, ". ") && len(text) > 60 {
		return NotTitle
	}
	if hasMark(text) {
		return Title
	}
	s := scanWords(text, letter)
	switch {
	case s.words == 0 || s.words > maxTitleWords || s.sentence:
		return NotTitle
	case s.nouns > 0:
		return Title
	case s.fields > 0 && s.words >= 2 && s.small == 0:
		return WeakTitle
	}
	return NotTitle
}

func scanWords(text string, letter func(byte) bool) scan {
	var s scan
	var buffer [32]byte
	for i := 0; i < len(text); {
		c := text[i]
		if !letter(c) {
			i++
			continue
		}
		n, j := 0, i
		for j < len(text) && (letter(text[j]) || text[j] == '\'' || isDigit(text[j])) {
			if n < len(buffer) {
				buffer[n] = lower(text[j])
				n++
			}
			j++
		}
		s.word(buffer[:n], i > 0 && text[i-1] == '(')
		i = j
	}
	return s
}

func (s *scan) word(w []byte, bracketed bool) {
	s.words++
	switch latin[string(w)] {
	case noun:
		s.nouns++
	case field:
		s.fields++
	case speech:
		s.sentence = true
	case opening:
		if s.words == 1 {
			s.sentence = true
		}
	case small:
		s.small++
	case follower:
		if s.words == 2 {
			s.sentence = true
		}
	case none:
		if len(w) > 4 && w[len(w)-1] == 's' && latin[string(w[:len(w)-1])] == noun {
			s.nouns++
		} else if len(w) >= 9 && compound(string(w)) {
			s.nouns++
		}
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// hasMark tells the marks that only job titles bear: (m/w/d), H/F.
func hasMark(text string) bool {
	if strings.IndexByte(text, '/') < 0 && !strings.Contains(text, "(all genders)") {
		return false
	}
	low := fold.Lower(text)
	for _, m := range marks {
		if i := strings.Index(low, m); i >= 0 && (i == 0 || !letter(low[i-1])) && (i+len(m) == len(low) || !letter(low[i+len(m)])) {
			return true
		}
	}
	return false
}

// compound tells German compounds: softwareentwickler, vertriebsmitarbeiterin.
func compound(w string) bool {
	for _, end := range compoundEnds {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// Notice tells the title of a recruitment notice, as public bodies publish them: 公开招聘公告.
// Notices of what follows (results, lists of names) are none.
func Notice(text string) bool {
	if !strings.Contains(text, "招") && !strings.Contains(text, "聘") && !strings.Contains(text, "引进") && !strings.Contains(text, "遴选") {
		return false // none of the words below
	}
	if (strings.Contains(text, "校园招聘") || strings.Contains(text, "社会招聘") || strings.Contains(text, "秋招") || strings.Contains(text, "春招")) && strings.Contains(text, "20") && !containsOne(text, noticeAfter) {
		return utf8.RuneCountInString(text) <= 80
	}
	return containsOne(text, noticeOf) && containsOne(text, noticeKinds) && !containsOne(text, noticeAfter) && utf8.RuneCountInString(text) <= 80 && utf8.RuneCountInString(text) > 6
}

var (
	noticeOf    = []string{"招聘", "引进", "招募", "选聘", "招录", "招考", "聘用", "遴选"}
	noticeKinds = []string{"公告", "启事", "简章", "通告", "招聘通知", "招聘信息", "招聘方案"}
	noticeAfter = []string{"拟聘", "拟录", "公示", "成绩", "面试", "笔试", "体检", "资格复审", "资格审查", "名单", "结果", "招标", "采购", "中标", "政审", "考察", "准考证", "递补", "取消", "延期"}
)

func containsOne(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func chineseTitle(text string) Likeness {
	if Notice(text) {
		return Title
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
	if found < Title && (endsLikeTitle(core(text)) || latinInside(text)) {
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
