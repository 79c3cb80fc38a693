package detail

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// maxTitle is the length of the longest title, in characters.
const maxTitle = 220

// title is the notice's title: of the record, of a heading, of the page, of the first lines;
// else the name of the project.
func (r *reader) title() string {
	if t := dom.Clean(r.src.Title); t != "" {
		return t
	}
	for _, candidate := range []string{r.headingTitle(), metaContent(r.src.Root, "ArticleTitle"), r.pageTitle(), r.leadTitle()} {
		if noticeTitle(candidate) {
			return candidate
		}
	}
	if h := r.mainHeading(); !chinese(h) && utf8.RuneCountInString(h) >= 6 && strings.HasPrefix(r.pageTitle(), h) {
		return h
	}
	if name := firstOf(r.projectName(), r.numberedTitle()); name != "" {
		return name
	}
	for _, candidate := range []string{r.mainHeading(), metaContent(r.src.Root, "ArticleTitle"), r.leadLine(), r.pageTitle()} {
		if n := utf8.RuneCountInString(candidate); n >= 6 && n <= maxTitle {
			return candidate
		}
	}
	return ""
}

// noticeTitle tells a text that reads as the title of a notice.
func noticeTitle(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 8 && n <= maxTitle && kind.Of(s) != "" && !siteWords.MatchString(s) && !strings.ContainsAny(s, "。；")
}

// siteWords are of names of sites, sections and columns, which no title of a notice is.
var siteWords = pattern.New(`(?:采购网|交易网|招标网|采购平台|交易平台|服务平台|交易中心|门户|网站|官网|信息网|采购中心|投标网|招投标网|商务平台|(?:采购|招标|招投标|交易)(?:与|和|及)?\p{Han}{0,8}(?:中心|办公室|办)|公告公示|公告信息|信息公告|采购公告列表|政府采购电子交易平台.{0,4}公告)$|^(?:招标公告|采购公告|中标公告|成交公告|结果公告|更正公告|中标候选人公示|公开招标公告|招标信息|采购信息|项目概况|公告概要|财政部.{0,20}|第[一二三]章.{0,8})$|(?:平台|网|中心)\s*[-_|—–]+\s*\p{Han}{0,6}(?:公告|公示)$|^(?i:(?:contract )?award notice|contract (?:award )?notice|(?:prior information|tender|procurement|bid(?:ding)?|award) notice|notice of award|(?:invitation|request) (?:to|for) (?:tenders?|bids?|proposals?|quotations?|quotes?|expressions? of interest))$|^(?i:view|home|details?|tender details|bid details|notice details|solicitation details|current|open)\b|^(?:上一篇|下一篇|相关|附件|来源)`)

// headingTitle is the best of the page's headings, and of elements whose class says title.
func (r *reader) headingTitle() string {
	best, bestScore := "", 0
	for i := range r.sheet.Lines {
		l := &r.sheet.Lines[i]
		if l.Level == 0 || l.Level > 4 || i > 150 {
			continue
		}
		if score := titleScore(l.Text) + 4 - l.Level; noticeTitle(l.Text) && score > bestScore {
			best, bestScore = l.Text, score
		}
	}
	if best != "" {
		return best
	}
	classed := dom.First(r.src.Root, func(n *html.Node) bool {
		c := strings.ToLower(dom.Attr(n, "class") + " " + dom.Attr(n, "id"))
		if !titleClass.MatchString(c) {
			return false
		}
		return noticeTitle(dom.TextUpTo(n, 1200))
	})
	if classed == nil {
		return ""
	}
	return dom.Text(classed)
}

// mainHeading is the page's only heading of the first level, whatever it says.
func (r *reader) mainHeading() string {
	found := ""
	for i := range r.sheet.Lines {
		if r.sheet.Lines[i].Level != 1 {
			continue
		}
		if found != "" {
			return ""
		}
		found = r.sheet.Lines[i].Text
	}
	if siteWords.MatchString(found) {
		return ""
	}
	return found
}

var titleClass = pattern.New(`\b(?:\w*title\w*|\w*-tit|tit|\w*headline\w*|bt|xxbt|newstitle|articletitle|detail-?name|ewb-\w*-h|h-?title|subject|info-?name)\b`)

// titleScore prefers headings that state a type over long sentences.
func titleScore(s string) int {
	score := 1
	if strings.Contains(s, "公告") || strings.Contains(s, "公示") || strings.Contains(s, "通知") || strings.Contains(s, "项目") {
		score += 5
	}
	return score
}

// suffix is the name of the site behind a page's title.
var suffix = pattern.New(`\s*[-_|—–»>]+\s*[^-_|—–»>]{2,40}$`)

// pageTitle is the page's <title> without the site's name.
func (r *reader) pageTitle() string {
	n := dom.First(r.src.Root, func(n *html.Node) bool { return n.Data == "title" && n.FirstChild != nil })
	if n == nil {
		return ""
	}
	title := dom.Clean(n.FirstChild.Data)
	if h := r.mainHeading(); utf8.RuneCountInString(h) >= 6 && strings.HasPrefix(title, h) {
		return h
	}
	for range 3 {
		loc := suffix.FindStringIndex(title)
		if loc == nil || loc[0] < 12 || kind.Of(title[loc[0]:]) != "" && !siteWords.MatchString(title) {
			break
		}
		title = title[:loc[0]]
	}
	return title
}

// leadTitle joins the first lines until one says what the notice is: pasted documents set
// their title on two or three lines of their own.
func (r *reader) leadTitle() string {
	joined := ""
	for i := 0; i < len(r.sheet.Lines) && i < 8; i++ {
		l := &r.sheet.Lines[i]
		if l.Table > 0 {
			break
		}
		text := l.Text
		if l.Menu || strings.HasPrefix(text, "首页") {
			continue
		}
		if len(sheet.Pairs(text)) > 0 || utf8.RuneCountInString(text) > 90 || strings.ContainsAny(text, "。；") {
			break
		}
		joined += text
		if closing.MatchString(text) && utf8.RuneCountInString(joined) >= 8 {
			return joined
		}
		if utf8.RuneCountInString(joined) > 120 {
			break
		}
	}
	return ""
}

// numberedTitle is the line that begins with the solicitation's number: American calls are
// named so.
func (r *reader) numberedTitle() string {
	for i := 0; i < len(r.sheet.Lines) && i < 200; i++ {
		text := r.sheet.Lines[i].Text
		loc := solicitation.FindStringIndex(text)
		if loc == nil || loc[0] != 0 || len(text) < loc[1]+10 || len(text) > maxTitle || kind.Of(text) == signals.NoticeCorrection {
			continue
		}
		return text
	}
	return ""
}

// closing is how titles end.
var closing = pattern.New(`(?:公告|公示|通知|通知书|邀请函|结果|意向|计划|公告书|函)(?:[（(][^)）]*[)）])?$`)

// leadLine is the first line, where it can be a title.
func (r *reader) leadLine() string {
	for i := 0; i < len(r.sheet.Lines) && i < 4; i++ {
		l := &r.sheet.Lines[i]
		if l.Table > 0 || l.Menu || siteWords.MatchString(l.Text) {
			continue
		}
		if n := utf8.RuneCountInString(l.Text); n >= 6 && n <= 100 && len(sheet.Pairs(l.Text)) == 0 && !strings.ContainsAny(l.Text, "。；") {
			return l.Text
		}
	}
	return ""
}

// projectName is what the text calls the project: by label, else in a sentence before its
// number.
func (r *reader) projectName() string {
	named := ""
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if r.roles[i] != label.ProjectName || label.Losers(f.Section) {
			continue
		}
		v := strings.TrimSpace(strings.ReplaceAll(f.Value, "\n", ""))
		n := utf8.RuneCountInString(v)
		if n < 4 || n > maxTitle || strings.ContainsAny(v, "。") {
			continue
		}
		if f.Label == "项目名称" || f.Label == "采购项目名称" || f.Label == "招标项目名称" {
			return v
		}
		if named == "" {
			named = v
		}
	}
	if m := nameBeforeNumber.FindStringSubmatch(r.text); m != nil {
		return strings.TrimSpace(leadVerb.ReplaceAllString(m[1], ""))
	}
	if named == "" {
		if m := soughtFor.FindStringSubmatch(r.text); m != nil {
			named = firstOf(m[1], m[2])
		}
	}
	return named
}

// soughtFor is how running text says what is bought: "invites sealed bids for the supply of
// pumps", "本招标项目 X 已由…批准建设".
var soughtFor = pattern.New(`(?i:\b(?:invites?|seeks?|requests?|calls? for)\b[^.\n]{0,60}?\b(?:bids|tenders|proposals|quotations|quotes|offers)\b[^.\n]{0,60}?\bfor (?:the )?)([^.;\n]{10,150})|本招标项目\s*([^，。；\n]{4,80}?)\s*(?:[（(]项目名称[）)])?\s*已(?:由|经)`)

// leadVerb stands between the parties of a sentence and the name of the project.
var leadVerb = pattern.New(`^(?:现?就其?|对其?|将|关于|为|拟对|组织)`)

// nameBeforeNumber is "…就X项目（项目编号：…" and "…公告的X项目（采购编号：…".
var nameBeforeNumber = pattern.New(`(?:公告的|就其?|对其?|关于|的|，|^|\n)\s*([^，。；：\n（(的]{4,80}(?:（[^）]{1,20}）)?[^，。；：\n（(]{0,30}?)\s*[（(]\s*(?:采购|项目|招标|标书|询价|采购项目|招标项目)?(?:项目)?编号\s*[:：]`)

func metaContent(root *html.Node, name string) string {
	n := dom.First(root, func(n *html.Node) bool {
		return n.Data == "meta" && strings.EqualFold(dom.Attr(n, "name"), name)
	})
	if n == nil {
		return ""
	}
	return dom.Clean(dom.Attr(n, "content"))
}
