package list

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/crawler/extract/records"
)

// titled finds the title among the links and texts of a record.
func (s *site) titled(r *row, rec records.Record) {
	best, bestScore := (*html.Node)(nil), 0
	bestText := ""
	for _, root := range rec.Nodes {
		dom.Walk(root, func(n *html.Node) bool {
			if n.Type != html.ElementNode || dom.Unseen(n) {
				return n.Type != html.ElementNode
			}
			if !titleElement(n) || n.DataAtom == atom.A && s.holdsTitle(n) {
				return true
			}
			text := fullTitle(n, dom.Text(n))
			if score := s.titleScore(n, text); score > bestScore {
				best, bestScore, bestText = n, score, text
			}
			return true
		})
	}
	if best == nil {
		if r.title != "" { // of a column: another one may hold the link
			r.url = firstText(r.url, s.anyLink(rec, r.title))
		}
		return
	}
	r.raw = dom.Text(best)
	if r.title == "" || bestScore >= 8 && !strings.Contains(bestText, r.title) && kind.Of(r.title) == "" && kind.Of(bestText) != "" {
		r.title = cleanTitle(bestText)
	}
	if r.url == "" {
		r.url = s.link(best)
	}
	if r.url == "" {
		r.url = s.anyLink(rec, r.title)
	}
	r.id = firstText(r.id, formID(best))
}

// labelledText tells a text that is a label and its value, unless the label is that of a title.
func labelledText(text string) bool {
	pairs := sheet.Pairs(text)
	if len(pairs) == 0 {
		return false
	}
	role := label.Of(sheet.Label(pairs[0].Label))
	return role != label.None && role != label.ProjectName && role != label.NoticeType
}

// fileLink are addresses of files, which stand beneath notices.
var fileLink = pattern.New(`(?i)\.(?:pdf|docx?|xlsx?|zip|rar|7z|jpe?g|png|tif)(?:$|\?)|/(?:documentcenter|download|attach(?:ment)?s?|file(?:s|server)?|uploadfiles?)/`)

// leads tells a record that something opens when it is clicked.
func leads(rec records.Record) bool {
	for _, root := range rec.Nodes {
		if dom.First(root, func(n *html.Node) bool { return n.DataAtom == atom.A || dom.HasAttr(n, "onclick") }) != nil {
			return true
		}
	}
	return false
}

// holdsTitle tells a link around a whole card: the title is an element inside of it.
func (s *site) holdsTitle(a *html.Node) bool {
	return dom.First(a, func(n *html.Node) bool {
		return n != a && n.DataAtom != atom.A && titleElement(n) && s.titleScore(n, fullTitle(n, dom.TextUpTo(n, 1200))) > 0
	}) != nil
}

// titleElement tells elements that can hold a title: links, headings, and what their class
// calls a title.
func titleElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	case atom.Td, atom.Span, atom.P, atom.Div, atom.Strong, atom.Li, atom.Dt:
		return dom.HasAttr(n, "title") || titleClass.MatchString(strings.ToLower(dom.Attr(n, "class"))) || dom.HasAttr(n, "onclick")
	}
	return false
}

var titleClass = pattern.New(`title|subject|\bname\b|headline|\btit\b|\bbt\b`)

// titleScore is how much an element's text reads as a notice's title.
func (s *site) titleScore(n *html.Node, text string) int {
	score, known := s.scores[text]
	if !known {
		score = textScore(text)
		s.scores[text] = score
	}
	if score > 0 && n.DataAtom == atom.A {
		score += 2
	}
	return score
}

// textScore is how much a text reads as a notice's title, 0 where it is none.
func textScore(text string) int {
	length := utf8.RuneCountInString(text)
	if length < minTitle || length > maxTitle || moreLink.MatchString(text) {
		return 0
	}
	if kind.Document(text) || dateOnly.MatchString(text) || strings.Count(text, "：") > 1 || labelledText(text) {
		return 0
	}
	score := 1
	if kind.Of(text) != "" {
		score += 4
	}
	if projectWords.MatchString(text) {
		score += 2
	}
	if length >= 12 {
		score += 2
	}
	return score
}

var (
	moreLink     = pattern.New(`(?i)^\W*(?:(?:\[?read (?:on|more)|more|view|see|show|full details|details?|download|corrigendum|total no)\b|查看|更多|详情|下载|收藏|点击|附件)`)
	projectWords = pattern.New(`项目|工程|采购|服务|设备|系统|建设|施工|改造|物资|材料|(?i)\b(project|services?|supply|construction|improvements?|replacement|maintenance|repairs?|purchase|installation|system|equipment|works?|design|consult\w+)\b`)
	dateOnly     = pattern.New(`^[\s\d年月日:/.\-\[\]()]+$`)
	numberPrefix = pattern.New(`^(?:[·•▪■□◆>»]+\s*|\d{1,3}\s*[、.．]\s*)`)
	namePrefix   = pattern.New(`(?i)^\s*(?:name of work|tender title|title|标题|项目名称|公告标题)\s*[:：]\s*`)
)

func cleanTitle(s string) string {
	s = namePrefix.ReplaceAllString(numberPrefix.ReplaceAllString(dom.Clean(s), ""), "")
	return strings.TrimSpace(trailingDate.ReplaceAllString(s, ""))
}

// trailingDate is a date that stands inside of the link behind the title.
var trailingDate = pattern.New(`\s*[\[(【（]?\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】）]?$|\s*(?i:new)$`)

// fullTitle is the title attribute where the text is cut or stands in pieces.
func fullTitle(n *html.Node, text string) string {
	text = cleanTitle(text)
	attr := cleanTitle(dom.Attr(n, "title"))
	if attr == "" {
		if inner := dom.First(n, func(c *html.Node) bool { return c != n && len(dom.Attr(c, "title")) > 8 }); inner != nil {
			attr = cleanTitle(dom.Attr(inner, "title"))
		}
	}
	if attr == "" || utf8.RuneCountInString(attr) < minTitle || strings.ContainsAny(attr, "\n") {
		return text
	}
	cut := strings.TrimRight(text, ".… ")
	if text == "" || cut != text || strings.HasPrefix(squeeze(attr), squeeze(cut)) || squeeze(attr) == squeeze(text) {
		return attr
	}
	return text
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
