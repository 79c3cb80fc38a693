// Package words knows what the texts of hiring pages read like: titles of jobs, the facts
// beside them, the buttons and headings around them. It judges one short text at a time.
package words

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
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

// hasMark tells the marks that only job titles bear: (m/w/d), H/F.
func hasMark(text string) bool {
	if strings.IndexByte(text, '/') < 0 && !strings.Contains(text, "(all genders)") {
		return false
	}
	low := casing.Lower(text)
	for _, m := range marks {
		if i := strings.Index(low, m); i >= 0 && (i == 0 || !letter(low[i-1])) && (i+len(m) == len(low) || !letter(low[i+len(m)])) {
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
	if (strings.Contains(text, "校园招聘") || strings.Contains(text, "社会招聘") || strings.Contains(text, "秋招") || strings.Contains(text, "春招")) && strings.Contains(text, "20") && !noticeAfter.In(text) {
		return utf8.RuneCountInString(text) <= 80
	}
	return noticeOf.In(text) && noticeKinds.In(text) && !noticeAfter.In(text) && utf8.RuneCountInString(text) <= 80 && utf8.RuneCountInString(text) > 6
}

var (
	noticeOf    = anyof.Of("招聘", "引进", "招募", "选聘", "招录", "招考", "聘用", "遴选")
	noticeKinds = anyof.Of("公告", "启事", "简章", "通告", "招聘通知", "招聘信息", "招聘方案")
	noticeAfter = anyof.Of("拟聘", "拟录", "公示", "成绩", "面试", "笔试", "体检", "资格复审", "资格审查", "名单", "结果", "招标", "采购", "中标", "政审", "考察", "准考证", "递补", "取消", "延期")
)

// Counted is the job of a line that says how many are wanted for it (车间主任：1名，大专以上学历,
// or 1、焊工2名，要求持证); "" where it is no such line.
func Counted(text string) string {
	if title := countedInText(text); title != "" {
		return title
	}
	i := strings.Index(text, "：")
	if i < 0 {
		i = strings.IndexByte(text, ':')
	}
	if i <= 0 || i > 60 {
		return ""
	}
	rest := strings.TrimLeft(text[i:], "：: ")
	if rest == "" || !isDigit(rest[0]) || Headcount(rest[:min(len(rest), 12)]) == 0 {
		return ""
	}
	title := strings.TrimLeft(text[:i], "0123456789.、)） （(")
	if LooksTitle(title) != Title {
		return ""
	}
	return title
}

// countedInText is the job of a numbered line of running text, whose headcount stands right
// behind it.
func countedInText(text string) string {
	rest := afterNumber(text)
	i := strings.IndexAny(rest, "123456789")
	if i < 6 || i > 60 {
		return ""
	}
	end := i
	for end < len(rest) && isDigit(rest[end]) {
		end++
	}
	unit, size := utf8.DecodeRuneInString(rest[end:])
	next, _ := utf8.DecodeRuneInString(rest[min(len(rest), end+size):])
	if unit != '名' && unit != '人' && unit != '位' || !strings.ContainsRune("，,。；;（(、", next) {
		return ""
	}
	title := strings.TrimRight(rest[:i], "：: ，,（(")
	if LooksTitle(title) != Title {
		return ""
	}
	return title
}

// afterNumber is what follows the number at the start of a line: 1、 (2) 三、; "" where there
// is none.
func afterNumber(text string) string {
	bare := strings.TrimLeft(text, "(（")
	rest := strings.TrimLeft(bare, "0123456789一二三四五六七八九十")
	if size := len(bare) - len(rest); size == 0 || size > 9 {
		return ""
	}
	after := strings.TrimLeft(rest, "、.．)） ")
	if after == rest {
		return ""
	}
	return after
}

// AfterNotice tells the title of what follows a recruitment notice: who was chosen, results.
func AfterNotice(text string) bool { return noticeAfter.In(text) && announcements.In(text) }

var announcements = anyof.Of("公示", "公告", "通知", "名单", "通告")
